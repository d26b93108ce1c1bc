"""Standings: what one query sums is what one would add up by hand, and the rules do the rest."""

from collections import Counter
from datetime import date
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.models import Dossier, Score
from scoring.rules.kinds import Side, Source
from scoring.rules.points import shown
from scoring.rules.workflow import DossierState
from scoring.services.standings import standings, standings_of
from tests.factories import a_decision
from tests.scoring.marked import a_year, give, mark, put, unrecorded
from tests.worlds import a_draft_dossier, a_province, a_verified_dossier, an_open_period
from units.services import units

pytestmark = pytest.mark.django_db


def by_hand(dossier: Dossier, side: Side) -> tuple[Fraction, Fraction, Fraction | None]:
    """Points, applicable maximum, difference: read row by row, added one by one."""
    points = maximum = Fraction(0)
    differences = []
    for row in Score.objects.filter(dossier=dossier).select_related("criterion"):
        source = row.criterion.source
        unsettled = row.verified_points is None and not row.not_applicable
        if side == Side.SELF or (side == Side.PROVISIONAL and unsettled):
            figure, excused = row.self_points, row.self_not_applicable
            if source != Source.SELF:
                continue
        else:
            figure, excused = row.verified_points, row.not_applicable
        if figure is not None:
            points += -figure if source == Source.PENALTY else figure
        if not excused and source not in (Source.BONUS, Source.PENALTY):
            maximum += Fraction(row.maximum)
    for row in Score.objects.filter(dossier=dossier):
        if row.self_points is not None and row.verified_points is not None:
            differences.append(row.verified_points - row.self_points)
    return max(Fraction(0), points), maximum, sum(differences, Fraction(0)) if differences else None


@pytest.mark.parametrize("side", Side)
def test_the_sums_of_one_query_are_those_added_up_by_hand(side):
    year = a_year(a_province(departments=4))
    found = list(Dossier.objects.filter(period=year.period))
    rows = list(Score.objects.filter(dossier__in=found).select_related("criterion"))

    @settings(max_examples=15)
    @given(st.randoms(use_true_random=False), st.lists(st.sampled_from(DossierState), min_size=4))
    def agrees(random, states):
        for dossier, state in zip(found, states, strict=False):
            put(dossier, state, year.organiser)
        mark(rows, random)

        table = standings_of(year.block, side=side)

        exact = {}
        for row in table.rows:
            points, maximum, difference = by_hand(row.dossier, side)
            assert (row.points, row.maximum, row.difference) == (points, maximum, difference)
            if maximum and row.placing:
                exact[row.dossier.pk] = points / maximum * 100
        ranked = {row.dossier.pk: row.placing for row in table.ranked}
        assert ranked.keys() == exact.keys()
        for pk, placing in ranked.items():
            assert placing.figure == exact[pk]
            assert placing.rank == 1 + sum(other > exact[pk] for other in exact.values())
            assert placing.percent == shown(exact[pk])
            assert placing.band == year.period.scale.band(placing.percent)

    agrees()


@pytest.mark.parametrize(
    ("side", "ranked"),
    [
        (Side.VERIFIED, {DossierState.VERIFIED}),
        (Side.SELF, {DossierState.VERIFIED, DossierState.SUBMITTED}),
        (Side.PROVISIONAL, {DossierState.VERIFIED, DossierState.SUBMITTED}),
    ],
)
def test_only_what_is_settled_on_a_side_is_ranked_and_the_rest_stands_below(side, ranked):
    year = a_year(a_province(departments=5))
    for dossier, state in zip(Dossier.objects.order_by("pk"), DossierState, strict=True):
        put(dossier, state, year.organiser)
        give(dossier, _1_1_1="5")

    table = standings_of(year.block, side=side)

    assert {row.dossier.state for row in table.ranked} == ranked
    assert {row.dossier.state for row in table.unranked} == set(DossierState) - ranked
    assert all(row.placing is None for row in table.unranked)


def test_a_bonus_adds_to_the_points_and_not_to_the_maximum():
    year = a_year(a_province(departments=1))
    dossier = year.period.dossiers.get()
    put(dossier, DossierState.VERIFIED, year.organiser)
    give(dossier, _1_1_1="5", _4_1_1="2.5")

    (row,) = standings_of(year.block).ranked

    assert (row.points, row.maximum) == (Fraction("7.5"), 100)
    assert [(area.code, area.points, area.lost) for area in row.areas][3:] == [
        ("4", Fraction("2.5"), None),
        ("5", 0, None),
    ]


@pytest.mark.parametrize(("earned", "left"), [("5", 0), ("10", 2)])
def test_a_penalty_takes_away_but_never_below_nought(earned, left):
    year = a_year(a_province(departments=1))
    dossier = year.period.dossiers.get()
    put(dossier, DossierState.VERIFIED, year.organiser)
    give(dossier, _1_2_1=earned, _5_1_1="8")

    (row,) = standings_of(year.block).ranked

    assert row.points == left


def test_a_bonus_can_carry_a_unit_above_the_maximum():
    year = a_year(a_province(departments=1))
    dossier = year.period.dossiers.get()
    put(dossier, DossierState.VERIFIED, year.organiser)
    full = {
        "_" + row.criterion.code.replace(".", "_"): str(row.maximum)
        for row in dossier.scores.select_related("criterion")
    }
    give(dossier, **(full | {"_5_1_1": "0"}))

    (row,) = standings_of(year.block).ranked

    assert (row.placing.percent, row.placing.band) == (105, "Xuất sắc")


def test_what_does_not_apply_leaves_the_maximum_so_that_nothing_is_lost_by_it():
    year = a_year(a_province(departments=2))
    one, other = year.period.dossiers.order_by("unit__code")
    for dossier in (one, other):
        put(dossier, DossierState.VERIFIED, year.organiser)
        give(dossier, _1_1_1="5", _1_2_1="10")
    with unrecorded():
        one.scores.filter(criterion__code="2.1.1").update(verified_points=None, not_applicable=True)

    first, second = standings_of(year.block).ranked

    assert (first.dossier, first.maximum, first.placing.figure) == (one, 85, Fraction(1500, 85))
    assert (second.dossier, second.maximum, second.placing.figure) == (other, 100, 15)
    assert (first.placing.rank, second.placing.rank) == (1, 2)


def test_a_unit_to_whom_nothing_applies_is_not_ranked():
    year = a_year(a_province(departments=2))
    one, other = year.period.dossiers.order_by("unit__code")
    for dossier in (one, other):
        put(dossier, DossierState.VERIFIED, year.organiser)
        give(dossier)
    with unrecorded():
        one.scores.update(verified_points=None, not_applicable=True)

    table = standings_of(year.block)

    assert [row.dossier for row in table.ranked] == [other]
    assert [row.dossier for row in table.unranked] == [one]


@pytest.mark.parametrize(("tie_rule", "ranks"), [("skip", [1, 2, 2, 4]), ("dense", [1, 2, 2, 3])])
def test_equals_share_a_rank_and_stand_in_the_order_of_units(tie_rule, ranks):
    year = a_year(a_province(departments=4), tie_rule=tie_rule)
    thirds = ("8/3", "10/3", "8/3", "7/3")
    for dossier, points in zip(year.period.dossiers.order_by("unit__code"), thirds, strict=True):
        put(dossier, DossierState.VERIFIED, year.organiser)
        give(dossier, _1_1_1=points)

    table = standings_of(year.block)

    assert [row.placing.rank for row in table.ranked] == ranks
    assert [row.unit.code[-1] for row in table.ranked] == ["2", "1", "3", "4"]


def test_the_difference_counts_only_what_both_sides_have_scored():
    work = a_verified_dossier()

    (row,) = standings_of(work.year.block).ranked

    assert row.difference == 0
    assert row.points > standings_of(work.year.block, side=Side.SELF).row_of(work.dossier).points


def test_a_dossier_nobody_has_scored_has_no_difference():
    work = a_draft_dossier()

    assert standings_of(work.year.block).row_of(work.dossier).difference is None


def test_satisfaction_is_the_answer_to_the_survey_component():
    work = a_verified_dossier()

    (row,) = standings_of(work.year.block).ranked

    assert (row.satisfaction.satisfied, row.satisfaction.rated) == (2518, 2756)


def test_units_bear_the_name_of_the_last_day_of_the_data():
    province = a_province(departments=2)
    year = an_open_period(province, data_until=date(2026, 1, 31))
    renamed = province.departments[0]
    units.rename(
        renamed,
        name="Phòng Tên mới",
        decision=a_decision(date(2026, 3, 1)),
        by=province.administrator,
    )

    names = {row.unit.code: row.name for row in standings_of(year.block).rows}

    assert names == {"TN-P01": "Phòng Nghiệp vụ 1", "TN-P02": "Phòng Nghiệp vụ 2"}


def test_every_block_has_its_own_ranks():
    year = a_year(a_province(departments=2, communes=3), communes=True)
    for dossier in year.period.dossiers.all():
        put(dossier, DossierState.VERIFIED, year.organiser)
        give(dossier, _1_1_1=str(dossier.pk % 5))

    tables = standings(year.period)

    assert [table.block.name for table in tables] == ["Khối phòng", "Khối Công an cấp xã"]
    assert [len(table.ranked) for table in tables] == [2, 3]
    assert [table.ranked[0].placing.rank for table in tables] == [1, 1]


def test_three_hundred_units_cost_as_many_queries_as_three(
    assert_flat_queries, django_assert_num_queries
):
    small = a_year(a_province("TN", departments=3))
    year = {"now": small.period}

    def grow():
        province = a_province("LN", departments=300)
        grown = a_year(province, title="Kỳ của ba trăm đơn vị").period
        rows = list(Score.objects.filter(dossier__period=grown).select_related("criterion"))
        mark(rows, Random(1))
        Dossier.objects.filter(period=grown).update(state=DossierState.DRAFT)
        year["now"] = grown

    assert_flat_queries(lambda: standings(year["now"]), grow=grow)
    with django_assert_num_queries(7):
        assert Counter(len(table.rows) for table in standings(year["now"])) == {300: 1}
