"""Figures of the year that the days of drives add up to."""

from collections import defaultdict
from collections.abc import Collection as Units

from django.db.models import F, Sum

from scoring.models import Collection, DriveDay


def counts_of(units: Units[int], collection: Collection) -> dict[int, dict[str, int]]:
    """By key of the unit, code → number: what it told of the days within the stretch of the
    collection, in drives of the level that asks which name one of its indicators. Of units that
    told a day at all; one query, however many units, drives and days."""
    days = DriveDay.objects.standing().filter(
        share__unit__in=units,
        share__drive__owner=collection.owner_id,
        share__drive__cancelled_at=None,
        day__range=(collection.starts_on, collection.ends_on),
    )
    days = days.exclude(share__drive__figure_code="").order_by()
    rows = days.values(unit=F("share__unit"), code=F("share__drive__figure_code"))
    told: dict[int, dict[str, int]] = defaultdict(dict)
    for row in rows.annotate(done=Sum("number")):
        told[row["unit"]][row["code"]] = row["done"]
    return dict(told)
