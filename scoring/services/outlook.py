"""“Được gì nếu…?”: where a unit stands, what is missing, and where it would stand. Reads only: what
is supposed goes through the rules and is forgotten."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Count

from scoring.models import Dossier, Score
from scoring.rules.account import Account, Entry, account_of
from scoring.rules.kinds import Side
from scoring.rules.next_class import NextClass, next_class
from scoring.rules.next_rank import NextRank, next_rank
from scoring.rules.outlook import (
    FEWEST_OTHERS,
    Beside,
    Others,
    Said,
    beside,
    by_loss,
    supposed,
)
from scoring.rules.ranking import Placing, TieRule, rank
from scoring.rules.tally import Mark
from scoring.rules.workflow import SUBMITTED_ONCE, DossierState
from scoring.services.accounts import entries
from scoring.services.standings import BlockStanding, UnitStanding, standings_of

COUNTED = {Side.SELF: SUBMITTED_ONCE, Side.VERIFIED: (DossierState.VERIFIED,)}
"""Whose components are counted beside a unit's own: those that are ranked on that side."""


@dataclass(frozen=True)
class Reached:
    """The figure as it is, or as it would be. `placing` is None where the unit is not ranked, or
    where its rank would tell what others have."""

    account: Account
    band: str
    placing: Placing | None

    @property
    def rank(self) -> int | None:
        """The rank, where there is one and it is told."""
        return self.placing.rank if self.placing else None


@dataclass(frozen=True)
class Component:
    """One component as it is and as it would be; beside it, how the others fared."""

    entry: Entry
    then: Entry
    beside: Beside | None

    @property
    def lost(self) -> Fraction:
        """What was lost, exact."""
        return self.entry.mark.lost

    @property
    def change(self) -> Fraction:
        """What the supposed answer adds to the points."""
        return self.then.mark.counted_points - self.entry.mark.counted_points


@dataclass(frozen=True)
class Outlook:
    """The whole of it. `components` by what was lost, most first. `above` is the class above,
    `ahead` the rank above: None for the first, and where it is not told."""

    table: BlockStanding
    row: UnitStanding
    now: Reached
    then: Reached
    components: tuple[Component, ...]
    above: NextClass | None
    ahead: NextRank | None

    @property
    def changed(self) -> list[Component]:
        """The components to which something else is supposed."""
        return [one for one in self.components if one.then != one.entry]

    @property
    def lost(self) -> Fraction:
        """All that was lost, exact."""
        return sum((one.lost for one in self.components), Fraction(0))


def components_of(dossier: Dossier, side: Side) -> list[Entry]:
    """The components that can be supposed otherwise, in the order of the tree. One query."""
    return entries(dossier, side)


def outlook(
    dossier: Dossier,
    side: Side,
    stated: Sequence[Entry],
    said: Mapping[str, Said],
    *,
    all_told: bool,
) -> Outlook:
    """How it stands, and how it would with other answers to the components in `said` (by code).

    Seven queries, however many components and units. `all_told`: whether the reader may know the
    figures of the other units of the block. Without it, no distance to the rank above and no
    supposed rank is given, since either tells another unit's figure, and numbers of others only
    where there are `FEWEST_OTHERS` of them. The dossier needs its period and block.
    """
    table = standings_of(dossier.block, side=side)
    row = table.row_of(dossier)
    others = _others(dossier, side)
    fewest = 0 if all_told else FEWEST_OTHERS
    then = {one.code: supposed(one, said[one.code]) for one in stated if one.code in said}
    now = _reached(dossier, table, list(stated), row.placing)
    raw = sum((one.mark.counted_points for one in stated), Fraction(0))
    places = dossier.period.places
    return Outlook(
        table=table,
        row=row,
        now=now,
        then=_supposed(dossier, table, row, [then.get(one.code, one) for one in stated], all_told),
        components=tuple(
            Component(
                entry=one,
                then=then.get(one.code, one),
                beside=beside(one.mark, others.get(one.code, ()), fewest=fewest),
            )
            for one in by_loss(stated)
        ),
        above=None
        if now.account.printed is None
        else next_class(raw, row.maximum, now.account.printed, dossier.period.scale.bands, places),
        ahead=next_rank(raw, row.maximum, row.placing, _placings(table), places)
        if all_told and row.placing
        else None,
    )


def _supposed(
    dossier: Dossier,
    table: BlockStanding,
    row: UnitStanding,
    stated: list[Entry],
    all_told: bool,
) -> Reached:
    """Ranked afresh among the figures of the others, if it is ranked as it is."""
    reached = _reached(dossier, table, stated, None)
    figure = reached.account.total.percent
    if row.placing is None or figure is None or not all_told:
        return reached
    period = dossier.period
    figures = {placing.key: placing.figure for placing in _placings(table)}
    figures[dossier.pk] = figure
    placings = rank(figures, period.scale, TieRule(period.tie_rule), period.places)
    own = next(placing for placing in placings if placing.key == dossier.pk)
    return _reached(dossier, table, stated, own)


def _reached(
    dossier: Dossier, table: BlockStanding, stated: list[Entry], placing: Placing | None
) -> Reached:
    period = dossier.period
    account = account_of(
        stated,
        scale=period.scale,
        placing=placing,
        among=len(table.ranked),
        places=period.places,
    )
    band = "" if account.printed is None else period.scale.band(account.printed)
    return Reached(account, band, placing)


def _placings(table: BlockStanding) -> list[Placing]:
    return [row.placing for row in table.ranked if row.placing]


def _others(dossier: Dossier, side: Side) -> Others:
    """What the other ranked units of the block have, counted by component. One query."""
    own = side == Side.SELF
    column, excused = (
        ("self_points", "self_not_applicable") if own else ("verified_points", "not_applicable")
    )
    found = (
        Score.objects.filter(dossier__block=dossier.block_id, dossier__state__in=COUNTED[side])
        .exclude(dossier=dossier)
        .exclude(**{column: None})
        .order_by()
        .values_list(
            "criterion__code",
            "criterion__source",
            "maximum",
            f"{column}__numerator",
            f"{column}__denominator",
            excused,
        )
        .annotate(number=Count("pk"))
    )
    others: dict[str, list[tuple[Mark, int]]] = defaultdict(list)
    for code, source, maximum, over, under, not_applicable, number in found:
        points = Fraction(int(over), int(under))
        others[code].append((Mark(source, maximum, points, not_applicable), number))
    return others
