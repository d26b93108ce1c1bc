"""The time before, found by the lineage of components and of units."""

from datetime import timedelta

import pytest
from django.utils import timezone

from scoring.models import Dossier
from scoring.rules.kinds import PeriodKind, Source
from scoring.rules.oddities import Odd
from scoring.services import dossiers, periods, review
from tests.worlds import (
    Year,
    a_filled_dossier,
    a_province,
    a_verified_dossier,
    an_answer,
    an_open_period,
    fill,
    hand_in,
    settle,
)
from units.models import Succession

pytestmark = pytest.mark.django_db

THIS_YEAR = timezone.localdate().year


def a_year(province, year: int, **columns) -> Year:
    """An open period of that number, its dates around today all the same."""
    return an_open_period(province, year=year, title=f"Kỳ {year}", **columns)


def closed(work) -> None:
    """Everybody else excused, the period locked."""
    for other in work.year.period.dossiers.exclude(pk=work.dossier.pk):
        dossiers.excuse(other, by=work.year.organiser, comment="Không đánh giá")
    periods.lock(work.year.period, by=work.year.organiser)


def verified_in(province, year: int, **columns):
    """The first department, verified in a locked period of that year."""
    work = a_verified_dossier(a_year(province, year, **columns))
    closed(work)
    return work


def test_the_time_before_is_told_by_the_key_of_the_component():
    province = a_province()
    verified_in(province, THIS_YEAR - 1)
    now = a_filled_dossier(a_year(province, THIS_YEAR))

    found = review.time_before(now.dossier)

    assert found["t_ban_hanh"].year == THIS_YEAR - 1
    assert found["t_ban_hanh"].points == 5
    assert found["t_ban_hanh"].unit == ""
    assert len(found) == 11


def test_the_latest_year_counts_and_neither_this_one_nor_a_later_one():
    province = a_province()
    for year in (THIS_YEAR - 3, THIS_YEAR - 1, THIS_YEAR + 1):
        verified_in(province, year)
    now = a_filled_dossier(a_year(province, THIS_YEAR))

    assert {before.year for before in review.time_before(now.dossier).values()} == {THIS_YEAR - 1}


def test_another_matter_is_not_the_time_before():
    province = a_province()
    verified_in(province, THIS_YEAR - 1, kind=PeriodKind.MODEL)
    now = a_filled_dossier(a_year(province, THIS_YEAR))

    assert review.time_before(now.dossier) == {}


def test_a_period_that_is_still_open_is_not_the_time_before():
    province = a_province()
    a_verified_dossier(a_year(province, THIS_YEAR - 1))
    now = a_filled_dossier(a_year(province, THIS_YEAR))

    assert review.time_before(now.dossier) == {}


def test_a_unit_that_succeeds_another_is_compared_with_it_by_name():
    province = a_province()
    before = verified_in(province, THIS_YEAR - 1)
    year = a_year(province, THIS_YEAR)
    heir = year.period.dossiers.exclude(unit=before.dossier.unit).get()
    Succession.objects.create(
        predecessor=before.dossier.unit,
        successor=heir.unit,
        happened_on=timezone.localdate() - timedelta(days=30),
    )

    found = review.time_before(Dossier.objects.for_page().get(pk=heir.pk))

    assert {one.unit for one in found.values()} == {before.dossier.unit.name}


def test_a_unit_with_a_year_of_its_own_is_not_compared_with_whom_it_succeeds():
    province = a_province()
    before = verified_in(province, THIS_YEAR - 1)
    now = a_filled_dossier(a_year(province, THIS_YEAR))
    Succession.objects.create(
        predecessor=province.departments[1],
        successor=now.dossier.unit,
        happened_on=timezone.localdate(),
    )

    assert before.dossier.unit == now.dossier.unit
    assert {one.unit for one in review.time_before(now.dossier).values()} == {""}


def test_far_more_than_the_time_before_is_named_with_both_figures():
    province = a_province()
    earlier = a_filled_dossier(a_year(province, THIS_YEAR - 1))
    fill(earlier, "1.1.1", {"yes": False})
    _carry_through(earlier)
    now = a_filled_dossier(a_year(province, THIS_YEAR))

    (odd,) = [one for one in review.odd_things(now.dossier) if one.kind == Odd.FAR_ABOVE]

    assert odd.code == "1.1.1"
    assert odd.sentence.startswith(f"Năm {THIS_YEAR - 1} được 0,00/5,00 điểm")


def _carry_through(work) -> None:
    """Handed in, settled as it is, verified; then the period is closed."""
    hand_in(work)
    for score in work.dossier.scores.select_related("criterion"):
        code = score.criterion.code
        if score.criterion.source == Source.SELF:
            settle(work, code)
        else:
            settle(work, code, answer=an_answer(score), reason="Kết quả đo lường.")
    dossiers.verify(work.dossier, by=work.verifier)
    closed(work)
