"""What a campaign comes to, as far as it may be shown: units, aspects, the whole. Reads only."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce

from django.core.cache import cache
from django.utils import timezone

from scoring.models import Campaign, CampaignUnit, Period, Rating, RatingCount
from scoring.models.campaign import STEP_COLUMNS
from scoring.rules.campaign import CampaignState
from scoring.rules.counter import steps_of
from scoring.rules.satisfaction import (
    NOTHING,
    Formula,
    ShownTally,
    Tally,
    change,
    groups,
    of_aspects,
    places,
    read,
    sample_size,
    why_not_compared,
    without_remainders,
    without_the_hidden,
)
from units.models import Unit

Lines = list[tuple[int, ...]]

SECONDS_KEPT = 3600
"""For which the figures of a closed campaign are kept: they change with its version alone."""


@dataclass(frozen=True)
class Line:
    """One unit: what a file brought, what came in at the counter, and both together.

    needed: how many people to ask, None where the number of dealings is not told. place: as it is
    printed, empty where too few rated. change: in percentage points against the campaign before;
    without one, `incomparable` says why.
    """

    measured: CampaignUnit
    imported: Tally
    counter: Tally
    reading: ShownTally
    needed: int | None
    place: str
    change: Fraction | None
    incomparable: str
    aspects: tuple[ShownTally, ...]

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

    silent: how many units nobody rated. left_out: whether the whole is told without the one unit
    that is not shown, so that it cannot be worked out.
    """

    campaign: Campaign
    before: Campaign | None
    lines: tuple[Line, ...]
    silent: int
    whole: ShownTally
    aspects: tuple[tuple[str, ShownTally], ...]
    imported: Tally
    counter: Tally
    left_out: bool
    groups: int

    def line_of(self, unit: int) -> Line | None:
        """The line of a unit by its key."""
        return next((line for line in self.lines if line.measured.unit_id == unit), None)


def measure(campaign: Campaign) -> Measurement:
    """All of it. Seven queries at most, however many units and ratings."""
    formula = Formula(campaign.formula)
    units = {one.pk: one for one in campaign.measured.select_related("unit")}
    imported, counter = _imported(campaign), _counter(campaign)
    by_aspect = {
        key: [_plus(imported.get(key), counter.get(key), place) for place in _places(campaign)]
        for key in imported.keys() | counter.keys()
    }
    tallies = {
        key: (of_aspects(imported.get(key, [])), of_aspects(counter.get(key, []))) for key in units
    }
    readings = {
        key: read(file + desk, formula, campaign.minimum)
        for key, (file, desk) in tallies.items()
        if (file + desk).people
    }
    before = Campaign.objects.before(campaign).first()
    earlier = _earlier(before)
    found = groups(readings)
    placed = places(found)
    order = [key for group in found for key in group]
    order += sorted(readings.keys() - placed.keys(), key=lambda key: units[key].unit.code)
    lines = tuple(
        _line(
            campaign,
            units[key],
            tallies[key],
            readings[key],
            by_aspect[key],
            placed,
            before,
            earlier,
        )
        for key in order
    )
    kept = without_the_hidden(readings, campaign.minimum)
    summed = [_sum(by_aspect[key][place] for key in kept) for place in _places(campaign)]
    return Measurement(
        campaign=campaign,
        before=before,
        lines=lines,
        silent=len(units) - len(readings),
        whole=read(_sum(readings[key].tally for key in kept), formula, campaign.minimum),
        aspects=tuple(zip(campaign.aspects, _aspects(summed, campaign), strict=True)),
        imported=_sum(tallies[key][0] for key in kept),
        counter=_sum(tallies[key][1] for key in kept),
        left_out=len(kept) < len(readings),
        groups=len(found),
    )


def campaign_for(period: Period) -> Campaign | None:
    """The closed one of the period's assessor and year, by shares; of several the one that ended
    last. A mean of the scale is no share, so a survey component does not take it."""
    found = Campaign.objects.closed().filter(
        assessor=period.assessor_id, year=period.year, formula=Formula.SHARE
    )
    return found.order_by("-until", "-pk").first()


def shares_of(campaign: Campaign) -> dict[int, tuple[int, int]]:
    """Unit → satisfied and all ratings, of those that may be shown; of a campaign by shares."""
    if campaign.formula != Formula.SHARE:
        return {}
    if campaign.state != CampaignState.CLOSED:
        return _shares(campaign)
    key = f"shares-{campaign.pk}-{campaign.version}"
    return cache.get_or_set(key, lambda: _shares(campaign), SECONDS_KEPT)


def _shares(campaign: Campaign) -> dict[int, tuple[int, int]]:
    keys = dict(campaign.measured.values_list("pk", "unit"))
    return {
        keys[key]: (tally.satisfied, tally.rated)
        for key, tally in _tallies(campaign).items()
        if read(tally, Formula.SHARE, campaign.minimum).enough
    }


def _line(
    campaign: Campaign,
    measured: CampaignUnit,
    tallies: tuple[Tally, Tally],
    reading: ShownTally,
    aspects: Iterable[Tally],
    placed: Mapping[int, str],
    before: Campaign | None,
    earlier: Mapping[int, ShownTally],
) -> Line:
    formula = Formula(campaign.formula)
    then = earlier.get(measured.unit_id)
    why = why_not_compared(reading, formula, then, Formula(before.formula) if before else None)
    dealings = measured.dealings
    return Line(
        measured=measured,
        imported=tallies[0],
        counter=tallies[1],
        reading=reading,
        needed=sample_size(dealings, campaign.margin) if dealings else None,
        place=placed.get(measured.pk, ""),
        change=None if why or then is None else change(reading, then),
        incomparable=why,
        aspects=_aspects(aspects, campaign),
    )


def _aspects(tallies: Iterable[Tally], campaign: Campaign) -> tuple[ShownTally, ...]:
    """By the same minimum as the whole, and none that could be had from it."""
    formula = Formula(campaign.formula)
    found = [read(one, formula, campaign.minimum) for one in tallies]
    return without_remainders(found, campaign.minimum)


def _earlier(before: Campaign | None) -> dict[int, ShownTally]:
    """Unit → its reading in the campaign before."""
    if before is None:
        return {}
    keys, formula = dict(before.measured.values_list("pk", "unit")), Formula(before.formula)
    return {
        keys[key]: read(tally, formula, before.minimum) for key, tally in _tallies(before).items()
    }


def _tallies(campaign: Campaign) -> dict[int, Tally]:
    """Measured unit → file and counter together. Two queries."""
    imported, counter = _imported(campaign), _counter(campaign)
    return {
        key: of_aspects(imported.get(key, [])) + of_aspects(counter.get(key, []))
        for key in imported.keys() | counter.keys()
    }


def _imported(campaign: Campaign) -> dict[int, Lines]:
    found: dict[int, Lines] = {}
    rows = RatingCount.objects.filter(measured__campaign=campaign)
    for measured, aspect, *steps in rows.values_list("measured", "aspect", *STEP_COLUMNS):
        nothing = [NOTHING.steps] * len(campaign.aspects)
        found.setdefault(measured, nothing)[aspect] = tuple(steps)
    return found


def _counter(campaign: Campaign) -> dict[int, Lines]:
    """While people still rate only the days that are over: the marks of one person are not to be
    had by looking before and after."""
    counted, rows = defaultdict(list), Rating.objects.filter(measured__campaign=campaign)
    if campaign.state == CampaignState.COLLECTING:
        rows = rows.filter(day__lt=timezone.localdate())
    for measured, answers, times in rows.counted():
        counted[measured].append((answers, times))
    return {key: steps_of(rows, len(campaign.aspects)) for key, rows in counted.items()}


def _places(campaign: Campaign) -> range:
    return range(len(campaign.aspects))


def _plus(imported: Lines | None, counter: Lines | None, place: int) -> Tally:
    return _sum(of_aspects([lines[place]]) for lines in (imported, counter) if lines)


def _sum(tallies: Iterable[Tally]) -> Tally:
    return reduce(Tally.__add__, tallies, NOTHING)
