"""“Được gì nếu…?”: the figures of the standings before, and those they would have after."""

from fractions import Fraction
from random import Random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from scoring.models import Score, ScoreChange
from scoring.rules.kinds import Side
from scoring.rules.outlook import Beside, Said
from scoring.rules.ranking import TieRule
from scoring.rules.workflow import DossierState
from scoring.services import outlook as outlooks
from scoring.services.standings import standings_of
from tests.scoring.marked import a_year, mark, put
from tests.scoring.ranked import a_ranked_year
from tests.worlds import a_settled_dossier, an_answer, settle

pytestmark = pytest.mark.django_db


def seen(dossier, side=Side.VERIFIED, said=None, *, all_told=True):
    stated = outlooks.components_of(dossier, side)
    return outlooks.outlook(dossier, side, stated, said or {}, all_told=all_told)


def test_as_it_stands_it_is_the_figure_class_and_rank_of_the_standings_whatever_was_marked():
    year = a_year()
    for dossier in year.period.dossiers.all():
        put(dossier, DossierState.VERIFIED, year.organiser)
    rows = list(Score.objects.filter(dossier__period=year.period).select_related("criterion"))
    for seed in range(4):
        mark(rows, Random(seed))
        for side in (Side.SELF, Side.VERIFIED):
            for row in standings_of(year.block, side=side).rows:
                found = seen(row.dossier, side)
                assert found.now.account.total.points == row.points
                assert found.now.placing == row.placing
                assert found.then == found.now
                losses = [one.lost for one in found.components]
                assert losses == sorted(losses, reverse=True)


def test_what_is_supposed_comes_to_what_the_standings_say_once_it_is_written():
    work = a_settled_dossier()
    work.dossier = work.now()
    put(work.dossier, DossierState.VERIFIED, work.verifier)
    ratio = work.score("1.2.1")
    answer = an_answer(ratio, {"numerator": "1", "denominator": "7"})
    excused = next(
        one.code for one in outlooks.components_of(work.dossier, Side.VERIFIED) if one.excusable
    )

    said = {"1.2.1": Said(answer), excused: Said(None, True)}
    supposed = seen(work.now(), said=said)

    put(work.dossier, DossierState.SUBMITTED, work.verifier)
    settle(work, "1.2.1", answer=answer, reason="Theo sổ.")
    settle(work, excused, not_applicable=True, reason="Không áp dụng.")
    put(work.dossier, DossierState.VERIFIED, work.verifier)
    row = standings_of(work.year.block).row_of(work.dossier)
    assert supposed.then.account.total.points == row.points
    assert supposed.then.placing == row.placing
    assert len(supposed.changed) == 2
    assert supposed.then.placing != supposed.now.placing


def test_the_supposed_rank_is_found_among_the_others_by_the_tie_rule_of_the_period():
    year = a_ranked_year(["90", "90", "80"], tie_rule=TieRule.DENSE)
    third = year.period.dossiers.select_related("period", "block").order_by("unit__code")[2]
    low = seen(third)

    assert (low.now.placing.rank, low.ahead.rank, low.ahead.sharing) == (2, 1, 2)
    assert (low.ahead.missing, low.ahead.exact) == (10, Fraction(10))


def test_no_figure_of_another_unit_can_be_found_out_before_it_is_told():
    year = a_ranked_year(["90", "80", "70"])
    second = year.period.dossiers.select_related("period", "block").order_by("unit__code")[1]
    stated = outlooks.components_of(second, Side.VERIFIED)

    blind = seen(second, said={stated[0].code: Said(None, False)}, all_told=False)

    assert blind.ahead is None
    assert blind.then.placing is None
    assert all(one.beside is None for one in blind.components)  # two others would be named by it
    assert blind.now.placing.rank == 2


def test_how_many_others_got_what_was_lost_is_counted_among_those_that_are_ranked():
    year = a_ranked_year(["100", "100", "50", "10", DossierState.SUBMITTED])
    low = year.period.dossiers.select_related("period", "block").order_by("unit__code")[3]

    first = seen(low, all_told=False).components[0]

    assert first.beside == Beside(full=2, better=3, among=3)


def test_nothing_is_written_whatever_is_supposed(client):
    work = a_settled_dossier()
    stated = outlooks.components_of(work.dossier, Side.SELF)
    before = list(Score.objects.order_by("pk").values())
    lines = ScoreChange.objects.count()

    with CaptureQueriesContext(connection) as asked:
        found = seen(work.now(), Side.SELF, {one.code: Said(None) for one in stated})

    assert len(found.changed) == len([one for one in stated if one.answer])
    assert all(query["sql"].startswith("SELECT") for query in asked.captured_queries)
    assert list(Score.objects.order_by("pk").values()) == before
    assert ScoreChange.objects.count() == lines
