"""The page of the level that asks: its figures over all units, and the units with theirs."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from scoring.forms.figures import TableForm
from scoring.models import Collection, ReadingChange
from scoring.services import rollups
from scoring.services.odd_units import odd_units
from scoring.services.underneath import differing, underneath, unfinished
from scoring.views.readings import collection_of
from units.access import may, require
from units.models import Unit
from units.permissions import Permission

UNITS_A_PAGE = 30
CORRECTIONS = 20
LATE, ODD = "con-thieu", "xem-lai"


@require_safe
def table(request: HttpRequest, pk: int) -> HttpResponse:
    """Indicators added up, and the units with their figures. For whoever oversees the units."""
    return collection_page(request, overseen(request, pk))


def overseen(request: HttpRequest, pk: int) -> Collection:
    """One that the person may see (else 404) whose units they oversee (else 403)."""
    collection = collection_of(request, pk)
    require(request.user, Permission.SEE_BELOW, at=collection.owner_id)
    return collection


def collection_page(
    request: HttpRequest,
    collection: Collection,
    *,
    form: TableForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page of the level that asks; `form` is a file that was refused."""
    totals = rollups.totals(collection)
    indicators = [one.indicator for one in totals]
    counts = collection.readings.by_unit()
    odd = odd_units(collection, indicators)
    only = next((one for one in (LATE, ODD) if request.GET.get(one) == "1"), "")
    asked = [
        unit
        for unit, (said, number) in counts.items()
        if not only or (said < number if only == LATE else unit in odd)
    ]
    units = Unit.objects.filter(pk__in=asked).order_by("position", "code")
    page = Paginator(units, UNITS_A_PAGE).get_page(request.GET.get("page"))
    under = underneath(collection, indicators)
    shown = [(unit.pk, unit.name) for unit in page]
    corrected = ReadingChange.objects.corrected(collection)
    context: dict[str, Any] = {
        "collection": collection,
        "totals": [
            (one, unfinished(under, one.indicator.code), differing(under, one.indicator.code))
            for one in totals
        ],
        "lines": rollups.lines(collection, indicators, shown, under, odd),
        "page": page,
        "units": len(counts),
        "complete": sum(said == number for said, number in counts.values()),
        "said": sum(said for said, _ in counts.values()),
        "asked": sum(number for _, number in counts.values()),
        "odd": sum(bool(one.odd) for one in totals),
        "odd_units": len(odd),
        "only": only,
        "earlier": rollups.earlier_of(collection),
        "runs": may(request.user, Permission.RUN_PERIOD, at=collection.owner_id),
        "corrected": corrected[:CORRECTIONS],
        "corrections": corrected.count() if collection.closed else 0,
        "events": collection.events.select_related("by"),
        "form": form or TableForm(),
        "made_up": collection.made_up,
    }
    return render(request, "scoring/collection.html", context, status=status)
