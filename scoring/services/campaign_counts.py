"""The ratings of a campaign, counted: units, aspects, the whole, as far as each may be shown."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

from django.utils import timezone

from scoring.models import Campaign, CampaignUnit, Rating, RatingCount
from scoring.models.campaign import STEP_COLUMNS
from scoring.rules.campaign import CampaignState
from scoring.rules.counter import Way, Ways, steps_of
from scoring.rules.satisfaction import (
    NOTHING,
    Formula,
    Measure,
    ShownTally,
    Tally,
    of_aspects,
    read,
)
from scoring.rules.withheld import aspects_in_part, without_remainders, without_the_hidden
from units.models import Unit

Lines = list[tuple[int, ...]]


@dataclass(frozen=True)
class Counted:
    """By key of the measured unit: file and counter, both read together, aspects, ways.

    kept: whose ratings make up the whole. in_part: the aspects of the whole, by place, that are
    told without the units that hide them.
    """

    campaign: Campaign
    units: Mapping[int, CampaignUnit]
    tallies: Mapping[int, tuple[Tally, Tally]]
    readings: Mapping[int, ShownTally]
    of_units: Mapping[int, tuple[ShownTally, ...]]
    ways: Mapping[int, Ways]
    kept: Sequence[int]
    whole: ShownTally
    aspects: tuple[ShownTally, ...]
    in_part: frozenset[int]

    @property
    def measure(self) -> Measure:
        """What it measures by."""
        return Measure.of(self.campaign.formula, self.campaign.aspects)


def count(campaign: Campaign) -> Counted:
    """All of it. Four queries, however many units and ratings."""
    formula, minimum = Formula(campaign.formula), campaign.minimum
    places = range(len(campaign.aspects))
    units = _measured(campaign)
    imported, (counter, by_way) = _imported(campaign), _counter(campaign)
    tallies = {
        key: (of_aspects(imported.get(key, [])), of_aspects(counter.get(key, []))) for key in units
    }
    readings = {
        key: read(file + desk, formula, minimum)
        for key, (file, desk) in tallies.items()
        if (file + desk).people
    }
    of_units = {
        key: _aspects(
            (_plus(imported.get(key), counter.get(key), place) for place in places), campaign
        )
        for key in readings
    }
    kept = without_the_hidden(readings, minimum)
    in_part = aspects_in_part(
        [of_units[key] for key in kept if readings[key].enough],
        [of_units[key] for key in kept if not readings[key].enough],
        minimum,
    )
    summed = [
        summed_up(
            one.tally
            for one in (of_units[key][place] for key in kept)
            if one.enough or place not in in_part
        )
        for place in places
    ]
    return Counted(
        campaign=campaign,
        units=units,
        tallies=tallies,
        readings=readings,
        of_units=of_units,
        ways={key: _ways(by_way.get(key, {}), one) for key, one in readings.items()},
        kept=kept,
        whole=read(summed_up(readings[key].tally for key in kept), formula, minimum),
        aspects=_aspects(summed, campaign),
        in_part=in_part,
    )


def tallies_of(campaign: Campaign) -> dict[int, Tally]:
    """Measured unit → file and counter together. Two queries."""
    imported, (counter, _) = _imported(campaign), _counter(campaign)
    return {
        key: of_aspects(imported.get(key, [])) + of_aspects(counter.get(key, []))
        for key in imported.keys() | counter.keys()
    }


def summed_up(tallies: Iterable[Tally]) -> Tally:
    """Of other people each."""
    return reduce(Tally.__add__, tallies, NOTHING)


def _measured(campaign: Campaign) -> dict[int, CampaignUnit]:
    """By key, each unit as it was on the campaign's last day: what is closed is told by the names
    of its time, whoever was renamed or merged since."""
    found = {one.pk: one for one in campaign.measured.select_related("unit")}
    day = min(campaign.until, timezone.localdate())
    then = Unit.objects.filter(pk__in=[one.unit_id for one in found.values()]).as_on(day)
    known = then.exclude(name_then=None).values_list("pk", "name_then", "handles_then")
    told = {unit: (name, handles) for unit, name, handles in known}
    for one in found.values():
        if one.unit_id in told:
            one.unit.name, one.unit.handles_procedures = told[one.unit_id]
    return found


def _ways(counted: Mapping[str, int], reading: ShownTally) -> Ways:
    return Ways(counted.get(Way.PHONE, 0), counted.get(Way.PAPER, 0), reading.enough)


def _aspects(tallies: Iterable[Tally], campaign: Campaign) -> tuple[ShownTally, ...]:
    """By the same minimum as the whole, and none that could be had from it."""
    formula = Formula(campaign.formula)
    found = [read(one, formula, campaign.minimum) for one in tallies]
    return without_remainders(found, campaign.minimum)


def _imported(campaign: Campaign) -> dict[int, Lines]:
    found: dict[int, Lines] = {}
    rows = RatingCount.objects.filter(measured__campaign=campaign)
    for measured, aspect, *steps in rows.values_list("measured", "aspect", *STEP_COLUMNS):
        nothing = [NOTHING.steps] * len(campaign.aspects)
        found.setdefault(measured, nothing)[aspect] = tuple(steps)
    return found


def _counter(campaign: Campaign) -> tuple[dict[int, Lines], dict[int, dict[str, int]]]:
    """Measured unit → its lines, and → how many slips by way. While people still rate only the days
    that are over: the marks of one person are not to be had by looking before and after."""
    counted, rows = defaultdict(list), Rating.objects.filter(measured__campaign=campaign)
    ways: defaultdict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    if campaign.state == CampaignState.COLLECTING:
        rows = rows.filter(day__lt=timezone.localdate())
    for measured, way, answers, times in rows.counted():
        counted[measured].append((answers, times))
        ways[measured][way] += times
    lines = {key: steps_of(rows, len(campaign.aspects)) for key, rows in counted.items()}
    return lines, ways


def _plus(imported: Lines | None, counter: Lines | None, place: int) -> Tally:
    return summed_up(of_aspects([lines[place]]) for lines in (imported, counter) if lines)
