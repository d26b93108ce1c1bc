"""Whatever the points are, every dashboard says what the standings say, to the last digit."""

from fractions import Fraction
from random import Random

import pytest
from django.utils import timezone

from reports import seal
from reports.board import board_of
from reports.command import command_of
from reports.services.analysis import OfEdition, OfPeriod
from scoring.models import Dossier, Period, Score
from scoring.rules.kinds import Side, Source
from scoring.rules.workflow import DossierState
from scoring.services.standings import standings
from tests.reports.situations import a_locked_period, publish
from tests.scoring.marked import a_year, mark, put, unrecorded
from tests.worlds import a_province

pytestmark = pytest.mark.django_db

PRIMES = (1009, 1013, 1019, 1021, 1031, 1033, 1039, 1049, 1051, 1061, 1063, 1069, 1087)
STATES = (DossierState.VERIFIED, DossierState.VERIFIED, DossierState.SUBMITTED, DossierState.DRAFT)


def by_hand(side: Side, scores: list[Score]) -> Fraction:
    """The points of a dossier, one after the other."""
    total = Fraction(0)
    for score in scores:
        sign = -1 if score.criterion.source == Source.PENALTY else 1
        own, found = score.self_points or Fraction(0), score.verified_points
        settled = found is not None or score.not_applicable
        if side == Side.SELF:
            total += sign * own
        elif settled or side == Side.VERIFIED:
            total += sign * (found or Fraction(0))
        elif score.criterion.source == Source.SELF:
            total += sign * own
    return max(Fraction(0), total)


@pytest.mark.parametrize("seed", [3, 7])
def test_command_view_board_and_analysis_agree_with_the_standings(seed):
    year, random = a_year(a_province(departments=8)), Random(seed)
    for place, dossier in enumerate(Dossier.objects.filter(period=year.period).order_by("pk")):
        put(dossier, STATES[place % len(STATES)], year.organiser)
    mark(list(Score.objects.select_related("criterion").order_by("pk")), random)
    period = Period.objects.select_related("assessor").get(pk=year.period.pk)
    scores: dict[int, list[Score]] = {}
    for score in Score.objects.select_related("criterion"):
        scores.setdefault(score.dossier_id, []).append(score)

    for side in Side:
        (table,) = standings(period, side=side)
        for row in table.rows:
            assert row.points == by_hand(side, scores[row.dossier.pk])
        read = OfPeriod(period, side)
        (head,) = read.heads()
        block = read.block(head.position)
        assert head.size == block.size == len(table.rows)
        told = [(row.unit, row.rank, row.figure, row.band) for row in block.ranked]
        placed = [(row.unit.pk, row.placing) for row in table.ranked]
        assert told == [(unit, one.rank, one.figure, one.band) for unit, one in placed]
        assert read.summaries() == {head.position: table.summary(period.band_labels)}
    (table,) = standings(period, side=Side.PROVISIONAL)
    view = command_of(year.organiser, period, timezone.localdate())
    assert {unit: row.placing.figure for unit, row in view.rows.items()} == {
        row.unit.pk: row.placing.figure for row in table.ranked
    }
    board = board_of(period, timezone.localdate())
    assert [(row.unit, row.points) for row in board.rows] == [
        (row.unit, row.points) for row in table.rows
    ]


def test_a_unit_whose_points_have_a_denominator_of_any_length_is_published():
    publication = a_locked_period(verified=1)
    rows = list(Score.objects.filter(dossier__state=DossierState.VERIFIED).order_by("pk"))
    for row, prime in zip(rows, PRIMES, strict=False):
        row.verified_points = row.approved_points = Fraction(row.maximum) / prime
        row.verified_reason = "Theo tài liệu kiểm chứng."
    with unrecorded():
        columns = ["verified_points", "approved_points", "verified_reason"]
        Score.objects.bulk_update(rows, columns)

    edition = publish(publication.period, by=publication.head)

    (line,) = edition.results.filter(rank=1)
    assert line.points == sum(row.verified_points for row in rows)
    assert line.points.denominator > 10**30
    assert seal.holds(edition, edition.results.all())
    read = OfEdition(edition)
    (head,) = read.heads()
    assert [row.points for row in read.block(head.position).ranked] == [line.points]
