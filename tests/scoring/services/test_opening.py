"""Opening a period: what is in the way, what is made, small at once and large by a worker."""

from datetime import timedelta
from decimal import Decimal

import pytest

from cchc_portal.kit.errors import MoveRefused
from scoring import clock, tasks
from scoring.models import BlockUnit, Dossier, Period, PeriodEvent, Score
from scoring.rules.workflow import DossierState, PeriodState, PeriodVerb
from scoring.services import blocks, criteria, periods, readiness
from tests.factories import a_decision
from tests.worlds import a_draft_period, a_prepared_period, a_province, an_open_period
from units.kinds import UnitKind
from units.permissions import Role
from units.services import mergers

COMPONENTS = 11


@pytest.mark.django_db
def test_opening_makes_a_dossier_a_unit_and_a_score_a_component():
    year = an_open_period(a_province(departments=3))

    assert year.period.state == PeriodState.OPEN
    dossiers = Dossier.objects.filter(period=year.period)
    assert {dossier.unit_id for dossier in dossiers} == {
        unit.pk for unit in year.province.departments
    }
    assert {dossier.state for dossier in dossiers} == {DossierState.DRAFT}
    assert Score.objects.filter(dossier__in=dossiers).count() == 3 * COMPONENTS


@pytest.mark.django_db
def test_a_score_row_is_blank_and_carries_its_maximum():
    year = an_open_period()

    for score in Score.objects.filter(dossier__period=year.period).select_related("criterion"):
        assert score.maximum == score.criterion.maximum
        assert not score.answered
        assert not score.settled
        assert (score.version, score.self_note, score.approved_points) == (1, "", None)


@pytest.mark.django_db
def test_forty_one_units_with_sixty_two_components_make_exactly_their_rows():
    province = a_province(departments=41)
    year = a_prepared_period(province)
    first = year.block.criteria_set.criteria.get(code="1.1.1")
    for _ in range(62 - COMPONENTS):
        criteria.add_component(
            first.parent, by=year.organiser, title="Thêm", maximum=1, rule={"type": "binary"}
        )
    criteria.edit(first, by=year.organiser, seen=1, maximum=Decimal(1))
    periods.edit(year.period, by=year.organiser, seen=1, scale_total=Decimal(100 + 51 - 4))

    periods.open(year.period, by=year.organiser)

    assert Dossier.objects.count() == 41
    assert Score.objects.count() == 41 * 62


@pytest.mark.django_db
def test_each_block_is_scored_by_its_own_criteria():
    province = a_province(departments=1, communes=1)
    year = a_prepared_period(province)
    other = blocks.add(
        year.period, by=year.organiser, name="Công an cấp xã", kinds=[UnitKind.COMMUNE_POLICE]
    )
    criteria.copy_into(other, year.block.criteria_set, by=year.organiser)
    blocks.choose_by_kind(other, by=year.organiser)

    periods.open(year.period, by=year.organiser)

    for block in (year.block, other):
        owned = set(block.criteria_set.criteria.components())
        assert {score.criterion for score in Score.objects.filter(dossier__block=block)} == owned


@pytest.mark.django_db
def test_the_opening_and_the_start_are_in_the_log():
    year = an_open_period()

    lines = year.period.events.filter(verb__in=PeriodVerb.values).order_by("pk")
    told = [(line.verb, line.source, line.target, line.by) for line in lines]
    assert told == [
        ("open", "preparing", "opening", year.organiser),
        ("start", "opening", "open", None),
    ]


@pytest.mark.django_db
def test_a_period_without_blocks_says_so():
    year = a_draft_period()

    assert [one.sentence for one in readiness.obstacles(year.period)] == [
        "Kỳ đánh giá chưa có khối nào."
    ]


@pytest.mark.django_db
def test_every_obstacle_is_named_with_the_block_where_it_is_mended():
    year = a_prepared_period()
    empty = blocks.add(year.period, by=year.organiser, name="Khối trống", kinds=[])
    component = year.block.criteria_set.criteria.get(code="1.1.1")
    criteria.edit(component, by=year.organiser, seen=1, maximum=Decimal(7))

    found = {(one.sentence, one.block, one.criteria) for one in readiness.obstacles(year.period)}

    assert found == {
        ("Khối “Khối trống” chưa có đơn vị nào.", empty.pk, False),
        ("Khối “Khối trống” chưa có bộ tiêu chí.", empty.pk, True),
        (
            "Khối “Khối phòng”: tổng điểm của bộ tiêu chí là 102,00, "
            "khác thang điểm 100,00 của kỳ.",
            year.block.pk,
            True,
        ),
    }


@pytest.mark.django_db
def test_an_unsound_set_keeps_the_period_shut():
    year = a_prepared_period()
    component = year.block.criteria_set.criteria.get(code="1.1.1")
    criteria.edit(component, by=year.organiser, seen=1, rule={"type": "checklist", "items": []})

    with pytest.raises(MoveRefused, match="Khối “Khối phòng”, mã 1.1.1: Danh mục kiểm tra"):
        periods.open(year.period, by=year.organiser)

    assert not Dossier.objects.exists()


@pytest.mark.django_db
def test_a_unit_that_has_gone_before_the_day_of_opening_keeps_the_period_shut():
    year = a_prepared_period(a_province(departments=2))
    leaving, staying = year.province.departments
    mergers.merge(
        [leaving],
        into=staying,
        decision=a_decision(year.period.opens_on - timedelta(days=1)),
        by=year.province.administrator,
    )

    with pytest.raises(MoveRefused, match=f"{leaving.name} không trực thuộc"):
        periods.open(year.period, by=year.organiser)


@pytest.mark.django_db
def test_many_obstacles_are_told_in_part_and_counted():
    year = a_draft_period()
    for number in range(4):
        blocks.add(year.period, by=year.organiser, name=f"Khối {number}", kinds=[])

    with pytest.raises(MoveRefused, match="và 3 nội dung khác"):
        periods.open(year.period, by=year.organiser)


@pytest.mark.django_db
def test_a_period_opens_once():
    year = an_open_period()

    with pytest.raises(MoveRefused, match="đang ở trạng thái “đang đánh giá”"):
        periods.open(year.period, by=year.organiser)

    assert Dossier.objects.count() == 2


@pytest.mark.django_db
def test_a_large_period_is_left_to_a_worker(monkeypatch, django_capture_on_commit_callbacks):
    monkeypatch.setattr(periods, "UNITS_AT_ONCE", 2)
    year = a_prepared_period(a_province(departments=3))

    with django_capture_on_commit_callbacks() as errands:
        opened = periods.open(year.period, by=year.organiser)

    assert opened.state == PeriodState.OPENING
    assert len(errands) == 1
    assert periods.progress(year.period) == (0, 3)


@pytest.mark.django_db
def test_an_opening_cut_off_in_the_middle_is_finished_by_the_next_run(monkeypatch):
    year = opening_period(monkeypatch, departments=5)
    monkeypatch.setattr(tasks, "UNITS_A_STEP", 2)
    assert tasks.take_a_step(year.period.pk)
    assert periods.progress(year.period) == (2, 5)

    tasks.fill_period(year.period.pk)
    tasks.fill_period(year.period.pk)

    assert Period.objects.get(pk=year.period.pk).state == PeriodState.OPEN
    assert Dossier.objects.count() == 5
    assert Score.objects.count() == 5 * COMPONENTS
    assert PeriodEvent.objects.filter(verb=PeriodVerb.START).count() == 1


@pytest.mark.django_db
def test_a_task_for_a_period_that_is_not_opening_does_nothing():
    year = a_prepared_period()

    tasks.fill_period(year.period.pk)

    assert not Dossier.objects.exists()
    assert Period.objects.get(pk=year.period.pk).state == PeriodState.PREPARING


def test_a_real_worker_opens_a_large_period(real_worker, monkeypatch):
    monkeypatch.setattr(periods, "UNITS_AT_ONCE", 5)
    year = a_prepared_period(a_province(departments=12))

    periods.open(year.period, by=year.organiser)

    real_worker.wait_for(lambda: is_open(year.period))
    assert Score.objects.count() == 12 * COMPONENTS


def test_the_clock_has_an_opening_finished_whose_errand_was_lost(real_worker, monkeypatch):
    year = opening_period(monkeypatch, departments=12)
    monkeypatch.setattr(tasks, "UNITS_A_STEP", 5)
    tasks.take_a_step(year.period.pk)

    clock.resume_openings()

    real_worker.wait_for(lambda: is_open(year.period))
    assert Score.objects.count() == 12 * COMPONENTS


@pytest.mark.django_db
def test_the_moves_offered_are_those_of_the_state_and_the_role():
    year = an_open_period()
    head = year.province.a_person(Role.HEAD, year.province.police)

    assert [move.verb for move in periods.open_moves(year.period, year.organiser)] == ["lock"]
    assert periods.open_moves(year.period, head) == []


@pytest.mark.django_db
def test_nobody_is_offered_the_start(monkeypatch):
    year = opening_period(monkeypatch, departments=3)

    assert periods.open_moves(year.period, year.organiser) == []


def is_open(period) -> bool:
    return Period.objects.filter(pk=period.pk, state=PeriodState.OPEN).exists()


def opening_period(monkeypatch, *, departments: int):
    """Opened, with the errand lost before any worker took it up."""
    with monkeypatch.context() as lost:
        lost.setattr(periods, "UNITS_AT_ONCE", 2)
        lost.setattr(tasks.fill_period, "delay_on_commit", lambda period: None)
        year = a_prepared_period(a_province(departments=departments))
        year.period = periods.open(year.period, by=year.organiser)
    assert BlockUnit.objects.waiting(year.period.pk).count() == departments
    return year
