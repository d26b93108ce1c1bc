"""What looks odd in the figures that a periodic report is about to carry. Reads only."""

from typing import Any

from reports.models import PeriodicReport
from scoring.models import Collection
from scoring.services import rollups
from scoring.services.odd_units import odd_in, odd_units


def odd_of(report: PeriodicReport) -> dict[str, Any]:
    """`sentences` about the figures of the report itself; `units`: how many of the units below have
    odd figures, `in_`: the collection in which those stand. As many queries for many units as for
    few; empty where nothing is odd."""
    round_ = report.round
    asked = round_.figures_of(round_.owner_id)
    below = asked if report.own else round_.figures_of(report.unit_id)
    sentences = _of_sums(asked) if asked and report.own else []
    if asked and not report.own:
        sentences = [one for some in odd_in(asked, report.unit_id).values() for one in some]
    units = len(odd_units(below)) if below else 0
    if not sentences and not units:
        return {}
    return {"sentences": list(dict.fromkeys(sentences)), "units": units, "in_": below}


def _of_sums(collection: Collection) -> list[str]:
    return [sentence for total in rollups.totals(collection) for sentence in total.odd]
