"""Standings: exact sums in by one query, rules applied, placings out. Nothing is stored."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.db.models import Case, F, Q, Sum, Value, When

from scoring.models import Block, Criterion, Dossier, Period, Score
from scoring.rules.kinds import Source
from scoring.rules.points import percent
from scoring.rules.ranking import Placing, TieRule, rank
from scoring.rules.workflow import DossierState
from units.models import Unit

OUTSIDE_THE_MAXIMUM = (Source.BONUS, Source.PENALTY)


@dataclass(frozen=True)
class AreaFigure:
    """Points of one area: exact sum, the unit's own applicable maximum, exact percentage."""

    code: str
    title: str
    points: Fraction
    maximum: Decimal

    @property
    def percent(self) -> Fraction:
        return percent(self.points, self.maximum)


@dataclass(frozen=True)
class UnitStanding:
    """One unit in its block. `placing` is None while it is not verified: listed, not ranked."""

    dossier: Dossier
    areas: tuple[AreaFigure, ...]
    placing: Placing | None
    satisfied: int | None
    rated: int | None

    @property
    def unit(self) -> Unit:
        return self.dossier.unit

    @property
    def points(self) -> Fraction:
        """Sum over the areas; penalties cannot bring it below nought."""
        return max(Fraction(0), sum((area.points for area in self.areas), Fraction(0)))

    @property
    def maximum(self) -> Decimal:
        return sum((area.maximum for area in self.areas), Decimal(0))


@dataclass(frozen=True)
class BlockStanding:
    """A block's table: ranked rows best first, then the rows without a rank in unit order."""

    block: Block
    ranked: tuple[UnitStanding, ...]
    unranked: tuple[UnitStanding, ...]

    @property
    def rows(self) -> tuple[UnitStanding, ...]:
        return self.ranked + self.unranked


def standings(period: Period, *, side: str = "verified") -> list[BlockStanding]:
    """The table of every block of a period, five queries however many units and components.

    `side` chooses whose points are summed: "verified" (only verified dossiers are ranked, which
    is what gets published) or "self" (every handed-in dossier is ranked, for working views).
    Percent is points / own applicable maximum; the order follows the exact figure, the class the
    printed one (rules/ranking.py).
    """
    return _tables(period, period.blocks.order_by("position"), side)


def standings_of(block: Block, *, side: str = "verified") -> BlockStanding:
    """The table of one block, as `standings` gives it."""
    return _tables(block.period, [block], side)[0]


def _tables(period: Period, blocks: Iterable[Block], side: str) -> list[BlockStanding]:
    blocks = list(blocks)
    keys = [block.pk for block in blocks]
    dossiers = defaultdict(list)
    found = Dossier.objects.filter(block__in=keys).select_related("unit")
    for dossier in found.order_by("unit__position", "unit__code"):
        dossiers[dossier.block_id].append(dossier)
    areas = _areas(keys)
    sums = _sums(keys, side)
    ratings = _ratings(keys)
    return [
        _table(period, block, dossiers[block.pk], areas[block.pk], sums, ratings, side)
        for block in blocks
    ]


def _table(period, block, dossiers, areas, sums, ratings, side) -> BlockStanding:
    unplaced = {
        dossier.pk: UnitStanding(
            dossier=dossier,
            areas=tuple(
                AreaFigure(area.code, area.title, *sums[dossier.pk, area.pk]) for area in areas
            ),
            placing=None,
            satisfied=ratings.get(dossier.pk, (None, None))[0],
            rated=ratings.get(dossier.pk, (None, None))[1],
        )
        for dossier in dossiers
    }
    figures = {
        pk: percent(row.points, row.maximum)
        for pk, row in unplaced.items()
        if _is_ranked(row, side)
    }
    placings = rank(figures, period.scale, TieRule(period.tie_rule), period.places)
    ranked = tuple(_placed(unplaced.pop(placing.key), placing) for placing in placings)
    return BlockStanding(block, ranked, tuple(unplaced.values()))


def _is_ranked(row: UnitStanding, side: str) -> bool:
    if not row.maximum:
        return False
    if side == "self":
        return row.dossier.state in (DossierState.SUBMITTED, DossierState.VERIFIED)
    return row.dossier.state == DossierState.VERIFIED


def _placed(row: UnitStanding, placing: Placing) -> UnitStanding:
    return UnitStanding(row.dossier, row.areas, placing, row.satisfied, row.rated)


def _areas(blocks: list[int]) -> dict[int, list[Criterion]]:
    areas = defaultdict(list)
    found = Criterion.objects.areas().filter(criteria_set__block__in=blocks)
    for area in found.annotate(block=F("criteria_set__block")).order_by("position"):
        areas[area.block].append(area)
    return areas


def _sums(blocks: list[int], side: str) -> dict[tuple[int, int], tuple[Fraction, Decimal]]:
    """(dossier, area) → exact points and applicable maximum. One query.

    Numerators are added per denominator in the database and the few groups joined as fractions,
    so that nothing is rounded before the end.
    """
    column, excused = (
        ("self_points", "self_not_applicable")
        if side == "self"
        else ("verified_points", "not_applicable")
    )
    signed = Case(
        When(criterion__source=Source.PENALTY, then=-F(f"{column}__numerator")),
        default=F(f"{column}__numerator"),
    )
    counted = ~Q(criterion__source__in=OUTSIDE_THE_MAXIMUM) & Q(**{excused: False})
    groups = (
        Score.objects.filter(dossier__block__in=blocks)
        .order_by()
        .values_list("dossier", "criterion__parent__parent", f"{column}__denominator")
        .annotate(
            total=Sum(signed),
            maximum=Sum(Case(When(counted, then=F("maximum")), default=Value(Decimal(0)))),
        )
    )
    points, maxima = defaultdict(Fraction), defaultdict(Decimal)
    for dossier, area, denominator, total, maximum in groups:
        if denominator is not None:
            points[dossier, area] += Fraction(int(total), int(denominator))
        maxima[dossier, area] += maximum
    return defaultdict(
        lambda: (Fraction(0), Decimal(0)),
        {key: (points[key], maximum) for key, maximum in maxima.items()},
    )


def _ratings(blocks: list[int]) -> dict[int, tuple[int, int]]:
    """Dossier → satisfied and all ratings, from the component that the survey answers."""
    answers = Score.objects.filter(
        dossier__block__in=blocks,
        criterion__source=Source.SURVEY,
        verified_answer__has_keys=["satisfied", "rated"],
    ).values_list("dossier", "verified_answer")
    return {
        dossier: (int(answer["satisfied"]), int(answer["rated"])) for dossier, answer in answers
    }
