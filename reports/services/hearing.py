"""What has happened on the floors below, heard of by their tables of events and told at once.

Those floors do not know of letters. Every minute the clock reads the events of the last days of
which it has not heard; a letter is unique for person, kind and event besides.
"""

from collections import defaultdict
from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from reports.models import Edition, HeardEvent, readers_at
from reports.rules.letters import LISTENS_BACK, LetterKind, Line, of_one
from reports.services.letters import write
from scoring.models import Dossier, DossierEvent
from scoring.rules.workflow import DECIDE, EXTEND, DossierVerb

KINDS = {
    DossierVerb.RETURN.value: LetterKind.RETURNED,
    EXTEND: LetterKind.EXTENDED,
    DECIDE: LetterKind.DECIDED,
}
"""Which events of a dossier are told at once."""

DOSSIER, EDITION = "dossier", "edition"


@transaction.atomic
def hear(now: datetime) -> None:
    """Letters about what has happened since the clock struck last. Several decisions on replies of
    one dossier that are heard of together are told in one letter."""
    HeardEvent.objects.hold()
    since, today = now - LISTENS_BACK, timezone.localdate(now)
    _hear_of_dossiers(since, today, now)
    _hear_of_editions(since, today, now)


def _hear_of_dossiers(since: datetime, today: date, now: datetime) -> None:
    told = DossierEvent.objects.filter(verb__in=KINDS, happened_at__gte=since)
    found = HeardEvent.objects.new_among(DOSSIER, told).select_related(
        "dossier__unit", "dossier__period"
    )
    events = list(found.order_by("pk"))
    _remember(DOSSIER, [event.pk for event in events])
    latest = {(KINDS[event.verb], event.dossier_id): event for event in events}
    by_kind: dict[LetterKind, list[DossierEvent]] = defaultdict(list)
    for (kind, _), event in latest.items():
        by_kind[kind].append(event)
    for kind, mine in by_kind.items():
        readers = readers_at({event.dossier.unit_id for event in mine}, kind, today=today)
        for event in mine:
            people = readers.get(event.dossier.unit_id, set()) - {event.by_id}
            line = _of_dossier(kind, event.dossier)
            write(
                of_one(kind, line), kind=kind, event=f"{DOSSIER}-{event.pk}", people=people, now=now
            )


def _hear_of_editions(since: datetime, today: date, now: datetime) -> None:
    published = Edition.objects.filter(published_at__gte=since)
    for edition in HeardEvent.objects.new_among(EDITION, published).order_by("pk"):
        _remember(EDITION, [edition.pk])
        kind = LetterKind.PUBLISHED
        readers = readers_at(edition.results.values("unit"), kind, today=today)
        people = set().union(*readers.values()) - {edition.published_by_id}
        line = Line(
            what=f"Quyết định số {edition.decision_number}",
            where=edition.title,
            address=reverse("reports:edition", args=[edition.pk]),
        )
        write(
            of_one(kind, line), kind=kind, event=f"{EDITION}-{edition.pk}", people=people, now=now
        )


def _remember(source: str, rows: list[int]) -> None:
    HeardEvent.objects.bulk_create(HeardEvent(source=source, row=row) for row in rows)


def _of_dossier(kind: LetterKind, dossier: Dossier) -> Line:
    """What has happened to it, by how it lies now."""
    page = "scoring:reply" if kind == LetterKind.DECIDED else "scoring:dossier"
    due = "" if kind == LetterKind.DECIDED else f"hạn {dossier.last_day:%d/%m/%Y}"
    return Line(
        what=dossier.period.title,
        where=dossier.unit.name,
        address=reverse(page, args=[dossier.pk]),
        due=due,
    )
