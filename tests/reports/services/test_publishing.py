"""Publishing freezes the results, seals them and sends the paper to the press; once."""

from datetime import timedelta
from fractions import Fraction

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from kombu.exceptions import OperationalError

from cchc_portal.kit.errors import MoveRefused
from reports import seal
from reports.models import Edition, EditionResult, RenderState
from reports.services import editions
from reports.services.previews import CHANGED, NOT_TICKED, preview_of
from reports.tasks import render_edition
from scoring.rules.workflow import READ, PeriodState, PeriodVerb
from scoring.services import periods
from scoring.services.standings import standings
from tests.factories import a_decision as a_unit_decision
from tests.factories import a_unit
from tests.races import at_once
from tests.reports.situations import a_decision, a_locked_period, an_edition, publish
from tests.worlds import an_open_period
from units.permissions import Role
from units.services import units

pytestmark = pytest.mark.django_db


def test_what_is_published_is_the_standing_of_the_locked_period():
    ready = a_locked_period(verified=2)
    (table,) = standings(ready.period)

    edition = publish(ready.period, by=ready.head, decision=a_decision())

    first, second = edition.results.order_by("position")
    best, other = table.ranked
    assert [first.unit_name, second.unit_name] == [best.unit.name, other.unit.name]
    assert (first.points, first.maximum) == (best.points, best.maximum)
    assert (first.percent, first.rank, first.band) == (best.placing.percent, 1, best.placing.band)
    assert first.percent > second.percent
    assert (first.block_name, first.unit_code) == ("Khối phòng", best.unit.code)
    assert (first.satisfied, first.rated) == (2518, 2756)
    assert sum(Fraction(area["points"]) for area in first.areas) == first.points
    assert sum(Fraction(area["maximum"]) for area in first.areas) == first.maximum
    assert ready.period.state == PeriodState.PUBLISHED
    assert ready.period.events.filter(verb=PeriodVerb.PUBLISH, by=ready.head).count() == 1


def test_the_edition_keeps_the_decision_and_the_rules_of_the_period():
    ready = a_locked_period(places=3)
    decision = a_decision(number="3412/QĐ-CAT-PV01", place="Hà Tĩnh", signer_authority="KT.")

    edition = publish(ready.period, by=ready.head, decision=decision)

    edition.refresh_from_db()
    assert (edition.decision_number, edition.place) == ("3412/QĐ-CAT-PV01", "Hà Tĩnh")
    assert (edition.issuer_name, edition.superior_name) == ("Công an tỉnh Thử Nghiệm", "Bộ Công an")
    assert (edition.number, edition.places, edition.title) == (1, 3, ready.period.title)
    assert edition.band_floors == ready.period.band_floors
    assert edition.band_labels == ready.period.band_labels
    assert (edition.published_by, edition.render_state) == (ready.head, RenderState.WAITING)


def test_a_unit_without_a_rank_is_kept_with_the_reason():
    edition = an_edition(verified=1).edition

    excused = edition.results.get(rank=None)
    assert excused.unranked_reason == "không đánh giá kỳ này"
    assert (excused.points, excused.maximum, excused.percent, excused.band) == (
        None,
        None,
        None,
        "",
    )
    assert excused.areas == []


def test_names_are_those_of_the_day_of_the_decision():
    ready = a_locked_period()
    unit = ready.year.province.departments[0]
    today = timezone.localdate()
    units.rename(
        unit,
        name="Phòng Tên mới",
        decision=a_unit_decision(today),
        by=ready.year.province.administrator,
    )

    edition = publish(ready.period, by=ready.head, decision=a_decision(today - timedelta(days=1)))

    assert edition.results.get(unit=unit).unit_name == "Phòng Nghiệp vụ 1"


def test_the_seal_holds_when_everything_is_read_back():
    edition = an_edition(verified=2).edition

    read = Edition.objects.get(pk=edition.pk)

    assert seal.holds(read, read.results.all())


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        (1, "Ngày quyết định không thể sau ngày hôm nay."),
        (-3, "Ngày quyết định không thể trước ngày cuối của kỳ số liệu"),
    ],
)
def test_a_decision_on_a_day_that_cannot_be_publishes_nothing(days, sentence):
    ready = a_locked_period()
    decision = a_decision(timezone.localdate() + timedelta(days=days))

    with pytest.raises(MoveRefused, match=sentence):
        publish(ready.period, by=ready.head, decision=decision)

    assert ready.period.state == PeriodState.LOCKED
    assert not Edition.objects.exists()


@pytest.mark.parametrize("role", [role for role in Role if role != Role.HEAD])
def test_nobody_but_the_head_of_the_assessor_publishes(role):
    ready = a_locked_period()
    person = ready.year.province.a_person(role, ready.year.province.police)
    head_of_a_unit = ready.year.province.a_person(Role.HEAD, ready.year.province.departments[0])
    head_above = ready.year.province.a_person(Role.HEAD, ready.year.province.ministry)

    for refused in (person, head_of_a_unit, head_above):
        with pytest.raises(PermissionDenied):
            publish(ready.period, by=refused, decision=a_decision())


def test_a_period_that_is_not_locked_is_not_published():
    year = an_open_period()
    head = year.province.a_person(Role.HEAD, year.province.police)

    with pytest.raises(MoveRefused, match="đang đánh giá"):
        publish(year.period, by=head, decision=a_decision())


def test_what_is_published_is_not_published_again():
    done = an_edition()

    with pytest.raises(MoveRefused, match="đã công bố"):
        publish(done.period, by=done.head, decision=a_decision())

    assert Edition.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_heads_at_once_publish_once():
    ready = a_locked_period()
    second = ready.year.province.a_person(Role.HEAD, ready.year.province.police)

    def press(by):
        return lambda: publish(ready.period, by=by, decision=a_decision())

    refused = at_once(press(ready.head), press(second), press(ready.head))

    assert len(refused) == 2
    assert all("đã công bố" in sentence for sentence in refused)
    assert Edition.objects.count() == 1
    assert EditionResult.objects.count() == 2


def test_other_figures_than_were_looked_at_are_not_published():
    ready = a_locked_period()
    looked = preview_of(ready.period, by=ready.head).all_seen
    periods.unlock(ready.period, by=ready.head, comment="Xem lại một hồ sơ.")
    periods.lock(ready.period, by=ready.year.organiser)

    with pytest.raises(MoveRefused, match=CHANGED[:40]):
        editions.publish(ready.period, by=ready.head, decision=a_decision(), looked=looked)

    assert ready.period.state == PeriodState.LOCKED
    assert not Edition.objects.exists()


def test_every_remark_is_ticked_and_the_log_keeps_them_with_who_and_when():
    ready = a_locked_period()
    looked = preview_of(ready.period, by=ready.head).all_seen
    (remark,) = preview_of(ready.period, by=ready.head).remarks

    with pytest.raises(MoveRefused, match=NOT_TICKED):
        editions.publish(
            ready.period,
            by=ready.head,
            decision=a_decision(),
            looked=looked._replace(ticked=frozenset()),
        )
    assert not ready.period.events.filter(verb=READ).exists()
    editions.publish(ready.period, by=ready.head, decision=a_decision(), looked=looked)

    event = ready.period.events.get(verb=READ)
    assert (event.by, event.comment) == (ready.head, f"{remark.block}: {remark.sentence}")
    assert "Không xếp hạng Phòng Nghiệp vụ 2: không đánh giá kỳ này." in event.comment


def test_looking_at_what_would_be_published_writes_nothing(django_assert_max_num_queries):
    ready = a_locked_period()
    before = ready.period.events.count()

    with django_assert_max_num_queries(20):
        preview = preview_of(ready.period, by=ready.head)

    assert (preview.edition.pk, preview.edition.decision_number) == (None, "")
    assert not Edition.objects.exists()
    assert (ready.period.state, ready.period.events.count()) == (PeriodState.LOCKED, before)


def test_the_paper_is_sent_to_the_press_only_after_commit(
    monkeypatch, django_capture_on_commit_callbacks
):
    ready = a_locked_period()
    sent = []
    monkeypatch.setattr(render_edition, "delay", sent.append)

    with django_capture_on_commit_callbacks(execute=True):
        edition = publish(ready.period, by=ready.head, decision=a_decision())
        assert sent == []

    assert sent == [edition.pk]


def test_a_silent_broker_does_not_take_the_publication_back(
    monkeypatch, caplog, django_capture_on_commit_callbacks
):
    ready = a_locked_period()

    def nobody_answers(*_):
        raise OperationalError("nobody answers")

    monkeypatch.setattr(render_edition, "delay", nobody_answers)

    with django_capture_on_commit_callbacks(execute=True):
        edition = publish(ready.period, by=ready.head, decision=a_decision())

    assert ready.period.state == PeriodState.PUBLISHED
    assert edition.render_state == RenderState.WAITING
    assert "nobody answers" in caplog.text


def test_bonus_points_may_lift_a_unit_above_the_maximum():
    edition = an_edition().edition
    best = edition.results.get(rank=1)

    above = EditionResult(
        edition=edition,
        position=9,
        unit=a_unit(),
        block_position=1,
        points=best.maximum + 1,
        maximum=best.maximum,
        percent=101,
        rank=1,
        band="Xuất sắc",
    )

    above.validate_constraints()
