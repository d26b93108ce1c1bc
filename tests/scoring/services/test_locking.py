"""Locking, unlocking and publishing a period."""

from fractions import Fraction

import pytest
from django.core.exceptions import PermissionDenied

from cchc_portal.kit.errors import MoveRefused
from scoring.models import Dossier, Period, Score
from scoring.rules.workflow import PeriodState
from scoring.services import dossiers, periods
from tests.races import at_once
from tests.worlds import a_province, a_verified_dossier, an_open_period
from units.permissions import Role


def excuse_all(year) -> None:
    for dossier in Dossier.objects.filter(period=year.period, state="draft"):
        dossiers.excuse(dossier, by=year.organiser, comment="Đơn vị mới thành lập")


def a_lockable_period():
    """One dossier verified, the other unit excused."""
    work = a_verified_dossier()
    excuse_all(work.year)
    return work


@pytest.mark.django_db
def test_locking_makes_the_verified_points_the_approved_ones():
    work = a_lockable_period()

    locked = periods.lock(work.year.period, by=work.year.organiser)

    scores = Score.objects.filter(dossier=work.dossier)
    assert locked.state == PeriodState.LOCKED
    assert any(score.approved_points for score in scores)
    for score in scores:
        assert score.approved_points == score.verified_points
        assert isinstance(score.approved_points, Fraction | None)


@pytest.mark.django_db
def test_an_excused_unit_gets_no_approved_points():
    work = a_lockable_period()

    periods.lock(work.year.period, by=work.year.organiser)

    others = Score.objects.exclude(dossier=work.dossier)
    assert others.exists()
    assert set(others.values_list("approved_points", flat=True)) == {None}


@pytest.mark.django_db
def test_a_period_with_an_unverified_dossier_is_not_locked_and_the_unit_is_named():
    year = an_open_period(a_province(departments=1))

    with pytest.raises(MoveRefused, match="còn 1 hồ sơ chưa thẩm định xong .Phòng Nghiệp vụ 1"):
        periods.lock(year.period, by=year.organiser)

    assert Period.objects.get(pk=year.period.pk).state == PeriodState.OPEN


@pytest.mark.django_db
def test_many_units_in_the_way_are_named_in_part():
    year = an_open_period(a_province(departments=7))

    with pytest.raises(MoveRefused, match="còn 7 hồ sơ .*và 2 nội dung khác"):
        periods.lock(year.period, by=year.organiser)


@pytest.mark.django_db
def test_unlocking_needs_a_reason_and_takes_the_approval_back():
    work = a_lockable_period()
    periods.lock(work.year.period, by=work.year.organiser)
    head = work.year.province.a_person(Role.HEAD, work.year.province.police)

    with pytest.raises(MoveRefused, match="lý do"):
        periods.unlock(work.year.period, by=head, comment="  ")
    periods.unlock(work.year.period, by=head, comment=" Còn sai sót ")

    assert Period.objects.get().state == PeriodState.OPEN
    assert not Score.objects.exclude(approved_points=None).exists()
    assert work.year.period.events.latest("pk").comment == "Còn sai sót"


@pytest.mark.django_db
def test_only_a_locked_period_is_published_and_by_the_head_of_the_assessor():
    work = a_lockable_period()
    year = work.year
    head = year.province.a_person(Role.HEAD, year.province.police)
    with pytest.raises(MoveRefused, match="“đang đánh giá”"):
        periods.mark_published(year.period, by=head)
    periods.lock(year.period, by=year.organiser)
    with pytest.raises(PermissionDenied):
        periods.mark_published(year.period, by=year.organiser)

    published = periods.mark_published(year.period, by=head)

    assert published.state == PeriodState.PUBLISHED
    assert year.period.events.latest("pk").by == head


@pytest.mark.django_db
def test_a_published_period_is_not_unlocked():
    work = a_lockable_period()
    year = work.year
    head = year.province.a_person(Role.HEAD, year.province.police)
    periods.lock(year.period, by=year.organiser)
    periods.mark_published(year.period, by=head)

    with pytest.raises(MoveRefused, match="“đã công bố”"):
        periods.unlock(year.period, by=head, comment="Muộn rồi")


@pytest.mark.parametrize("turn", range(4))
@pytest.mark.django_db(transaction=True)
def test_a_lock_and_a_recall_at_once_never_leave_a_locked_period_with_an_open_dossier(turn):
    year = an_open_period(a_province(departments=1))
    excuse_all(year)
    dossier = Dossier.objects.get()

    refusals = at_once(
        lambda: periods.lock(year.period, by=year.organiser),
        lambda: dossiers.recall(dossier, by=year.organiser, comment="Xem lại"),
    )

    locked = Period.objects.get().state == PeriodState.LOCKED
    settled = Dossier.objects.get().state == "absent"
    assert len(refusals) == 1
    assert locked == settled


@pytest.mark.django_db(transaction=True)
def test_two_who_lock_at_once_lock_once():
    year = an_open_period(a_province(departments=1))
    excuse_all(year)

    (refusal,) = at_once(
        lambda: periods.lock(year.period, by=year.organiser),
        lambda: periods.lock(year.period, by=year.organiser),
    )

    assert "“đã chốt”" in refusal
    assert year.period.events.filter(verb="lock").count() == 1
