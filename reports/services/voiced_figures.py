"""Figures of the year that the book of remarks tells by itself."""

from collections.abc import Collection as Units

from django.db.models import Count, Q

from commitments.models import Voice
from commitments.models.voice_reads import IN_TIME
from commitments.rules.voice import ASIDE, VoiceState
from scoring.models import Collection

RECEIVED, IN_TIME_SETTLED = "PA-01", "PA-02"
CODES = (RECEIVED, IN_TIME_SETTLED)
"""Codes of the usual indicators (scoring/data/indicators.json)."""


def counts_of(units: Units[int], collection: Collection) -> dict[int, dict[str, int]]:
    """By key of the unit that deals with them, code → number: remarks received within the stretch
    of the collection that are the unit's to answer, and those of them first answered by their day.
    Of units that have dealt with any at all; one query, however many units."""
    days = (collection.starts_on, collection.ends_on)
    theirs = Q(received_on__range=days) & ~Q(state__in=(*ASIDE, VoiceState.REFERRED))
    rows = Voice.objects.filter(unit__in=units).order_by().values("unit")
    counts = rows.annotate(
        received=Count("pk", filter=theirs), in_time=Count("pk", filter=theirs & IN_TIME)
    )
    return {
        row["unit"]: {RECEIVED: row["received"], IN_TIME_SETTLED: row["in_time"]} for row in counts
    }
