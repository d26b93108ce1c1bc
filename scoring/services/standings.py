"""Standings: exact sums in by one query, rules applied, placings out. Nothing is stored."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from django.db.models import F

from scoring.models import Block, Criterion, Dossier, Period, Score
from scoring.rules.campaign import USUAL_MINIMUM
from scoring.rules.kinds import Side, Source
from scoring.rules.points import percent
from scoring.rules.ranking import Placing, TieRule, rank
from scoring.rules.result_summary import Summary, summary_of
from scoring.rules.workflow import SUBMITTED_ONCE, DossierState
from scoring.services.measurements import Counts, campaigns_for, shares_of
from scoring.services.standing_sums import Progress, sums_of
from units.models import Unit

Measured = tuple[str, Mapping[int, Counts]]
"""A campaign as it is named beside its figures, and what it says of each unit that it may tell."""


@dataclass(frozen=True)
class Satisfaction:
    """Of citizens with a unit: satisfied and all ratings, how many people, and of which campaign:
    empty where the counts are none's."""

    satisfied: int | None = None
    rated: int | None = None
    people: int | None = None
    survey: str = ""


NOBODY = Satisfaction()


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

    @property
    def lost(self) -> Fraction | None:
        """Percent of the area's points that were lost; None where nothing in it counts."""
        return 100 - self.percent if self.maximum else None


@dataclass(frozen=True)
class UnitStanding:
    """One unit in its block. `placing` is None while it is not verified: listed, not ranked.

    `name` is the unit's name on the last day of the period's data; `own_points` of `own_maximum`
    is what it gave itself where it assesses itself; `difference` the verified less the
    self-assessed points, over the components that bear both, None where none does; `progress` how
    many components are answered and settled.
    """

    dossier: Dossier
    areas: tuple[AreaFigure, ...]
    placing: Placing | None
    satisfaction: Satisfaction = NOBODY
    name: str = ""
    difference: Fraction | None = None
    own_points: Fraction = Fraction(0)
    own_maximum: Decimal = Decimal(0)
    progress: Progress = field(default_factory=Progress)

    @property
    def unit(self) -> Unit:
        return self.dossier.unit

    @cached_property
    def points(self) -> Fraction:
        """Sum over the areas; penalties cannot bring it below nought."""
        return max(Fraction(0), sum((area.points for area in self.areas), Fraction(0)))

    @cached_property
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

    def summary(self, labels: Sequence[str]) -> Summary | None:
        """Its ranked units in a few figures; `labels` are all classes, best first."""
        placings = [row.placing for row in self.ranked if row.placing]
        return summary_of([(placing.figure, placing.band) for placing in placings], labels)

    def row_of(self, dossier: Dossier) -> UnitStanding:
        """The row of one of its dossiers."""
        return next(row for row in self.rows if row.dossier.pk == dossier.pk)


def standings(
    period: Period, *, side: str = Side.VERIFIED, blocks: Iterable[Block] | None = None
) -> list[BlockStanding]:
    """The table of every block of a period, or of these blocks of it, seven queries however many
    units and components; three more where a campaign of measurement was closed for the year.

    `side` chooses whose points are summed: the verified ones (only verified dossiers are ranked,
    which is what gets published), the self-assessed ones (every handed-in dossier is ranked, out
    of what the units assess themselves) or the provisional ones (the same dossiers by what is
    verified and, where nothing is yet, by what they gave themselves), both for working views.
    Percent is points / own applicable maximum; the order follows the exact figure, the class the
    printed one (rules/ranking.py).
    """
    if blocks is None:
        blocks = period.blocks.order_by("position")
    return _tables(period, blocks, side)


def standings_of(block: Block, *, side: str = Side.VERIFIED) -> BlockStanding:
    """The table of one block, as `standings` gives it."""
    return _tables(block.period, [block], side)[0]


def _tables(period: Period, blocks: Iterable[Block], asked: str) -> list[BlockStanding]:
    blocks, side = list(blocks), Side(asked)
    keys = [block.pk for block in blocks]
    dossiers = defaultdict(list)
    found = Dossier.objects.filter(block__in=keys).select_related("unit")
    for dossier in found.order_by("unit__position", "unit__code"):
        dossiers[dossier.block_id].append(dossier)
    areas, sums = _areas(keys), sums_of(keys)
    names = _names(period, keys)
    ratings = _ratings(keys)
    campaigns = campaigns_for(period)
    measured = [(campaign.named, shares_of(campaign)) for campaign in campaigns]
    fewest = max((campaign.minimum for campaign in campaigns), default=USUAL_MINIMUM)
    tables = []
    for block in blocks:
        rows = []
        said_first = _taken_first(measured, ratings, dossiers[block.pk])
        for dossier in dossiers[block.pk]:
            parts = [(area, sums.areas[dossier.pk, area.pk]) for area in areas[block.pk]]
            row = UnitStanding(
                dossier=dossier,
                areas=tuple(
                    AreaFigure(area.code, area.title, part.points(side), part.maximum(side))
                    for area, part in parts
                ),
                placing=None,
                satisfaction=_satisfaction(dossier, ratings, said_first, fewest),
                name=names.get(dossier.unit_id) or dossier.unit.name,
                difference=sums.differences.get(dossier.pk),
                own_points=sum((part.own for _, part in parts), Fraction(0)),
                own_maximum=sum((part.own_maximum for _, part in parts), Decimal(0)),
                progress=sums.progress[dossier.pk],
            )
            rows.append(row)
        tables.append(_table(period, block, rows, side))
    return tables


def _table(period: Period, block: Block, rows: list[UnitStanding], side: str) -> BlockStanding:
    unplaced = {row.dossier.pk: row for row in rows}
    figures = {
        row.dossier.pk: percent(row.points, row.maximum) for row in rows if _is_ranked(row, side)
    }
    placings = rank(figures, period.scale, TieRule(period.tie_rule), period.places)
    ranked = tuple(replace(unplaced.pop(placing.key), placing=placing) for placing in placings)
    return BlockStanding(block, ranked, tuple(unplaced.values()))


def _is_ranked(row: UnitStanding, side: str) -> bool:
    if not row.maximum:
        return False
    if side != Side.VERIFIED:
        return row.dossier.state in SUBMITTED_ONCE
    return row.dossier.state == DossierState.VERIFIED


def _areas(blocks: list[int]) -> Mapping[int, list[Criterion]]:
    areas = defaultdict(list)
    found = Criterion.objects.areas().filter(criteria_set__block__in=blocks)
    for area in found.annotate(block=F("criteria_set__block")).order_by("position"):
        areas[area.block].append(area)
    return areas


def _names(period: Period, blocks: list[int]) -> Mapping[int, str | None]:
    """Unit key → its name on the last day of the period's data, the day the result speaks of."""
    units = Unit.objects.filter(dossiers__block__in=blocks).as_on(period.data_until)
    return dict(units.values_list("pk", "name_then"))


def _ratings(blocks: list[int]) -> dict[int, tuple[int, int]]:
    """Dossier → satisfied and all ratings of citizens, from the component that their survey
    answers; what partner units said of one another is no satisfaction of citizens."""
    answers = Score.objects.filter(
        dossier__block__in=blocks,
        criterion__source=Source.SURVEY,
        verified_answer__has_keys=["satisfied", "rated"],
    ).exclude(criterion__rule__contains={"of_partners": True})
    answers = answers.values_list("dossier", "verified_answer")
    answers = answers.order_by("-criterion__position")  # of several, the first is the survey's
    return {
        dossier: (int(answer["satisfied"]), int(answer["rated"])) for dossier, answer in answers
    }


def _taken_first(
    measured: Sequence[Measured],
    ratings: Mapping[int, tuple[int, int]],
    dossiers: Iterable[Dossier],
) -> list[Measured]:
    """The campaigns in their order, but that one first from which most units of a block have the
    figure of their component: no column of a block is put together from two."""
    told = [(one.unit_id, ratings[one.pk]) for one in dossiers if one.pk in ratings]

    def taken(campaign: Measured) -> int:
        _, of = campaign
        return sum(of[unit][:2] == figure for unit, figure in told if unit in of)

    return sorted(measured, key=taken, reverse=True)


def _satisfaction(
    dossier: Dossier,
    ratings: Mapping[int, tuple[int, int]],
    measured: Sequence[Measured],
    fewest: int,
) -> Satisfaction:
    """As the component says, with the people of the campaign of the year that says the same. Counts
    that no campaign says have no people; there are no more of them than ratings, so with fewer
    ratings than `fewest` they give points and are not told. Where no component says anything, of
    the first of the campaigns: satisfaction is published beside the index also where it gives no
    points. measured: the closed campaigns, which leave out who is too few.
    """
    unit, told = dossier.unit_id, ratings.get(dossier.pk)
    if told is None:
        name, of = measured[0] if measured else ("", {})
        return Satisfaction(*of[unit], name) if unit in of else NOBODY
    found = ((name, of[unit]) for name, of in measured if unit in of)
    for name, said in found:
        if said[:2] == told:
            return Satisfaction(*said, name)
    return Satisfaction(*told) if told[1] >= fewest else NOBODY
