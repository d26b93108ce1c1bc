"""What a campaign comes to, as far as it may be shown: units, aspects, the whole. Reads only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from django.core.cache import cache

from scoring.models import Campaign, CampaignUnit, Period
from scoring.rules.campaign import CampaignState
from scoring.rules.counter import Ways, ways_together
from scoring.rules.satisfaction import (
    Formula,
    ShownTally,
    Tally,
    change,
    places,
    read,
    sample_size,
    why_not_compared,
)
from scoring.rules.withheld import IN_PART_IN_WORDS
from scoring.services.campaign_counts import Counted, count, summed_up, tallies_of
from units.models import Unit

SECONDS_KEPT = 3600
"""For which the figures of a closed campaign are kept: they change with its version alone."""


class Counts(NamedTuple):
    """Of a unit by shares: satisfied and all ratings, and how many people there are at least."""

    satisfied: int
    rated: int
    people: int


class Aspect(NamedTuple):
    """One aspect of a unit or of the whole. change: in percentage points against the campaign
    before, None where it is not told. in_part: whether it is told without the units that hide
    it."""

    name: str
    reading: ShownTally
    change: Fraction | None
    in_part: bool


@dataclass(frozen=True)
class Line:
    """One unit: what a file brought, what came in at the counter, and both together.

    needed: how many people to ask, None where the number of dealings is not told. place: from where
    to where, as it is printed; empty where too few rated. change: in percentage points against the
    campaign before; without one, `incomparable` says why.
    """

    measured: CampaignUnit
    imported: Tally
    counter: Tally
    reading: ShownTally
    needed: int | None
    place: str
    change: Fraction | None
    incomparable: str
    aspects: tuple[Aspect, ...]
    ways: Ways

    @property
    def unit(self) -> Unit:
        return self.measured.unit

    @property
    def short(self) -> int:
        """How many people are missing to the sample."""
        return max(0, (self.needed or 0) - self.reading.tally.people)


@dataclass(frozen=True)
class Measurement:
    """A campaign with its units, best first, those that cannot be shown after them.

    silent: how many units nobody rated, and handling: how many of those handle procedures.
    left_out: whether the whole is told without the units that are not shown, so that they cannot be
    worked out. change, incomparable: of the whole, as of a unit. slips, by_way: of the whole, at
    the counter.
    """

    campaign: Campaign
    before: Campaign | None
    lines: tuple[Line, ...]
    silent: int
    handling: int
    whole: ShownTally
    change: Fraction | None
    incomparable: str
    aspects: tuple[Aspect, ...]
    imported: Tally
    counter: Tally
    left_out: bool
    ranked: int
    slips: int
    by_way: str

    @property
    def in_part(self) -> str:
        """That an aspect is told without the units that hide it, in words; empty where none is."""
        return IN_PART_IN_WORDS if any(one.in_part for one in self.aspects) else ""

    def line_of(self, unit: int) -> Line | None:
        """The line of a unit by its key."""
        return next((line for line in self.lines if line.measured.unit_id == unit), None)


def measure(campaign: Campaign) -> Measurement:
    """All of it. Nine queries at most, however many units and ratings."""
    now, before = count(campaign), Campaign.objects.before(campaign).first()
    then = count(before) if before else None
    readings, units = now.readings, now.units
    placed = {key: str(one) for key, one in places(readings).items()}
    order = sorted(
        readings,
        key=lambda key: (key not in placed, -(readings[key].figure or 0), units[key].unit.code),
    )
    earlier = {then.units[key].unit_id: key for key in then.readings} if then else {}
    silent = [one.unit for key, one in units.items() if key not in readings]
    whole = _against(now.whole, now, then.whole if then else None, then)
    return Measurement(
        campaign=campaign,
        before=before,
        lines=tuple(_line(key, now, then, earlier, placed.get(key, "")) for key in order),
        silent=len(silent),
        handling=sum(unit.handles_procedures for unit in silent),
        whole=now.whole,
        change=whole[0],
        incomparable=whole[1],
        aspects=_aspects(now, now.aspects, now.in_part, then, _whole_of(then)),
        imported=summed_up(now.tallies[key][0] for key in now.kept),
        counter=summed_up(now.tallies[key][1] for key in now.kept),
        left_out=len(now.kept) < len(readings),
        ranked=len(placed),
        slips=sum(now.ways[key].slips for key in now.kept),
        by_way=ways_together(now.ways[key] for key in now.kept),
    )


def campaigns_for(period: Period) -> list[Campaign]:
    """The closed ones of the period's assessor and year, by shares, the one that ended last
    first."""
    found = Campaign.objects.of_shares(period.assessor_id, period.year).closed()
    return list(found.order_by("-until", "-pk"))


def still_open_for(period: Period) -> list[Campaign]:
    """Those of them that have begun, or were opened again, and have not ended: nothing of them
    stands yet."""
    found = Campaign.objects.of_shares(period.assessor_id, period.year)
    return list(found.filter(state=CampaignState.COLLECTING).order_by("pk"))


def shares_of(campaign: Campaign) -> dict[int, Counts]:
    """Unit → its counts, of those that may be shown; of a campaign by shares."""
    if campaign.formula != Formula.SHARE:
        return {}
    if campaign.state != CampaignState.CLOSED:
        return _shares(campaign)
    key = f"counts-{campaign.pk}-{campaign.version}"
    return cache.get_or_set(key, lambda: _shares(campaign), SECONDS_KEPT)


def rated_in(campaign: Campaign) -> frozenset[int]:
    """The units that anybody rated, also those that too few did; not one of which a file says
    noughts, or how many dealings it finished and nothing else. Three queries."""
    rated = [key for key, tally in tallies_of(campaign).items() if tally.people]
    return frozenset(campaign.measured.filter(pk__in=rated).values_list("unit", flat=True))


def _shares(campaign: Campaign) -> dict[int, Counts]:
    keys = dict(campaign.measured.values_list("pk", "unit"))
    return {
        keys[key]: Counts(tally.satisfied, tally.rated, tally.people)
        for key, tally in tallies_of(campaign).items()
        if read(tally, Formula.SHARE, campaign.minimum).enough
    }


def _line(
    key: int, now: Counted, then: Counted | None, earlier: Mapping[int, int], place: str
) -> Line:
    measured, reading = now.units[key], now.readings[key]
    before = earlier.get(measured.unit_id, 0)
    told, why = _against(reading, now, then.readings.get(before) if then else None, then)
    dealings = measured.dealings
    return Line(
        measured=measured,
        imported=now.tallies[key][0],
        counter=now.tallies[key][1],
        reading=reading,
        needed=sample_size(dealings, now.campaign.margin) if dealings else None,
        place=place,
        change=told,
        incomparable=why,
        aspects=_aspects(
            now, now.of_units[key], frozenset(), then, then.of_units.get(before, ()) if then else ()
        ),
        ways=now.ways[key],
    )


def _whole_of(then: Counted | None) -> list[ShownTally | None]:
    """Its aspects; None for one that is told of some of its units alone."""
    found = enumerate(then.aspects) if then else ()
    return [None if then and place in then.in_part else one for place, one in found]


def _aspects(
    now: Counted,
    shown: Sequence[ShownTally],
    in_part: frozenset[int],
    then: Counted | None,
    before: Sequence[ShownTally | None],
) -> tuple[Aspect, ...]:
    """Each with its change, if both campaigns tell it of all units that it is of."""
    names = [name.casefold() for name in then.campaign.aspects] if then else []
    earlier = dict(zip(names, before, strict=False))
    found = []
    for place, (name, one) in enumerate(zip(now.campaign.aspects, shown, strict=True)):
        parted = place in in_part
        told = None if parted else _against(one, now, earlier.get(name.casefold()), then)[0]
        found.append(Aspect(name, one, told, parted))
    return tuple(found)


def _against(
    reading: ShownTally, now: Counted, before: ShownTally | None, then: Counted | None
) -> tuple[Fraction | None, str]:
    """The change in percentage points, or None and why it is not told."""
    why = why_not_compared(reading, now.measure, before, then.measure if then else None)
    return (None if why or before is None else change(reading, before)), why
