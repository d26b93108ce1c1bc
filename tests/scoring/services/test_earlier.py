"""Against which earlier period a year is held."""

from fractions import Fraction

import pytest

from scoring.models import Period
from scoring.rules.workflow import DossierState
from scoring.services import blocks, earlier
from tests.scoring.ranked import a_ranked_year, publish
from tests.worlds import a_draft_period, a_province

pytestmark = pytest.mark.django_db


def a_year_of(number: int, province, totals=("90", "80"), **columns):
    return a_ranked_year(totals, province, year=number, title=f"Kỳ {number}", **columns)


def test_the_last_one_published_before_is_taken_with_what_its_units_reached():
    province = a_province(departments=2)
    publish(a_year_of(2023, province, ("50", "60")))
    last = publish(a_year_of(2024, province, ("70", "80")))
    a_year_of(2025, province)  # not published

    found = earlier.before(a_draft_period(province, year=2026).period)

    first, second = province.departments
    assert found.period == last
    assert {unit: (then.figure, then.rank, then.block) for unit, then in found.results.items()} == {
        first.pk: (Fraction(70), 2, "Khối phòng"),
        second.pk: (Fraction(80), 1, "Khối phòng"),
    }


def test_a_unit_that_was_excused_then_reached_nothing():
    province = a_province(departments=2)
    publish(a_year_of(2025, province, ("70", DossierState.ABSENT)))

    found = earlier.before(a_draft_period(province, year=2026).period)

    assert found.results.keys() == {province.departments[0].pk}


@pytest.mark.parametrize(
    "columns", [{"year": 2025}, {"year": 2024}, {"year": 2026, "kind": "model"}]
)
def test_neither_the_same_year_nor_a_later_one_nor_another_kind_is_held_against(columns):
    province = a_province(departments=2)
    publish(a_year_of(2025, province))

    assert earlier.before(a_draft_period(province, **columns).period) is None


def test_what_another_assessor_published_is_not_held_against():
    publish(a_year_of(2025, a_province("LN", departments=2)))

    assert earlier.before(a_draft_period(a_province(), year=2026).period) is None


def test_what_was_reached_costs_as_many_queries_whatever_there_is(django_assert_num_queries):
    province = a_province(departments=3)
    publish(a_year_of(2025, province, ("70", "80", "90")))
    period = Period.objects.get(pk=a_draft_period(province, year=2026).period.pk)

    with django_assert_num_queries(8):
        earlier.before(period)
    with django_assert_num_queries(2):
        earlier.before(period)


def test_of_one_block_only_what_its_units_reached_is_summed_up():
    province = a_province(departments=3)
    publish(a_year_of(2025, province, ("70", "80", "90")))
    year = a_draft_period(province, year=2026)
    block = blocks.add(year.period, by=year.organiser, name="Khối phòng", kinds=[])
    other = blocks.add(year.period, by=year.organiser, name="Khối khác", kinds=[])

    of_block = earlier.before(year.period, block=block)

    assert of_block == earlier.before(year.period)
    assert of_block.mean_of("Khối phòng") == 80
    assert earlier.before(year.period, block=other).results == {}
