"""What has happened on the floors below, heard of by their tables of events and told at once.

Those floors do not know of letters. Every minute the clock reads the events of the last days of
which it has not heard; a letter is unique for person, kind and event besides.
"""

from collections import defaultdict
from datetime import date, datetime

from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from commitments.models import InspectionEvent, InspectionTask
from commitments.rules.inspection import ANSWERING, InspectionVerb
from reports.models import (
    Edition,
    HeardEvent,
    PeriodicEvent,
    PeriodicReport,
    ReportRound,
    RoundEvent,
    readers_at,
)
from reports.periodic_access import WRITES
from reports.rules.letters import (
    LISTENS_BACK,
    MENDING_POSTPONED,
    MENDING_REFUSED,
    REPORT_RETURNED,
    ROUND_MOVED,
    LetterKind,
    Line,
    Told,
    of_one,
)
from reports.rules.periodic import WRITABLE, ReportVerb, RoundVerb
from reports.services.letters import write, write_each
from scoring.models import Dossier, DossierEvent
from scoring.rules.workflow import DECIDE, EXTEND, DossierVerb
from units.permissions import Permission

KINDS = {
    DossierVerb.RETURN.value: LetterKind.RETURNED,
    EXTEND: LetterKind.EXTENDED,
    DECIDE: LetterKind.DECIDED,
}
"""Which events of a dossier are told at once."""

OF_DEMANDS = {
    InspectionVerb.REFUSE.value: (LetterKind.RETURNED, MENDING_REFUSED),
    InspectionVerb.POSTPONE.value: (LetterKind.EXTENDED, MENDING_POSTPONED),
}
"""Which events of what a conclusion demands, under which kind, in which words."""

DOSSIER, EDITION = "dossier", "edition"
REPORT, ROUND, DEMAND = "periodic", "round", "demand"
OWES = (*WRITES, Permission.SUBMIT_DOSSIER)
"""Who writes and sends the periodic reports of a unit."""


@transaction.atomic
def hear(now: datetime) -> None:
    """Letters about what has happened since the clock struck last. Several decisions on replies of
    one dossier that are heard of together are told in one letter."""
    HeardEvent.objects.hold()
    since, today = now - LISTENS_BACK, timezone.localdate(now)
    _hear_of_dossiers(since, today, now)
    _hear_of_editions(since, today, now)
    _hear_of_reports(since, today, now)
    _hear_of_rounds(since, today, now)
    _hear_of_demands(since, today, now)


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


def _hear_of_reports(since: datetime, today: date, now: datetime) -> None:
    told = PeriodicEvent.objects.filter(verb=ReportVerb.RETURN, happened_at__gte=since)
    found = HeardEvent.objects.new_among(REPORT, told)
    events = list(found.select_related("report__unit", "report__round").order_by("pk"))
    _remember(REPORT, [event.pk for event in events])
    kind = LetterKind.RETURNED
    units = {event.report.unit_id for event in events}
    readers = readers_at(units, kind, today=today, may=OWES) if events else {}
    for event in {event.report_id: event for event in events}.values():
        people = readers.get(event.report.unit_id, set()) - {event.by_id}
        told_of = of_one(kind, _of_report(event.report, event.report.round), REPORT_RETURNED)
        write(told_of, kind=kind, event=f"{REPORT}-{event.pk}", people=people, now=now)


def _hear_of_rounds(since: datetime, today: date, now: datetime) -> None:
    """To who has not sent yet; the day is that of now, however often it was moved meanwhile."""
    told = RoundEvent.objects.filter(verb=RoundVerb.DUE, happened_at__gte=since)
    found = HeardEvent.objects.new_among(ROUND, told).select_related("round")
    events = list(found.order_by("pk"))
    _remember(ROUND, [event.pk for event in events])
    kind = LetterKind.EXTENDED
    latest = {event.round_id: event for event in events}
    reports = PeriodicReport.objects.filter(round__in=latest, state__in=WRITABLE)
    owed = list(reports.exclude(unit=F("round__owner")).select_related("unit")) if latest else []
    readers = readers_at({one.unit_id for one in owed}, kind, today=today, may=OWES) if owed else {}
    letters: dict[int, list[tuple[Told, set[int]]]] = {}
    for report in owed:
        event = latest[report.round_id]
        told_of = of_one(kind, _of_report(report, event.round), ROUND_MOVED)
        people = readers.get(report.unit_id, set()) - {event.by_id}
        letters.setdefault(report.round_id, []).append((told_of, people))
    for round_, written in letters.items():
        write_each(written, kind=kind, event=f"{ROUND}-{latest[round_].pk}", now=now)


def _hear_of_demands(since: datetime, today: date, now: datetime) -> None:
    told = InspectionEvent.objects.filter(verb__in=OF_DEMANDS, happened_at__gte=since)
    found = HeardEvent.objects.new_among(DEMAND, told)
    events = list(found.select_related("task__inspection__unit").order_by("pk"))
    _remember(DEMAND, [event.pk for event in events])
    for verb, (kind, words) in OF_DEMANDS.items():
        latest = {event.task_id: event for event in events if event.verb == verb}
        units = {event.task.inspection.inspected_id for event in latest.values()}
        readers = readers_at(units, kind, today=today, may=(ANSWERING,)) if latest else {}
        for event in latest.values():
            people = readers.get(event.task.inspection.inspected_id, set()) - {event.by_id}
            told_of = of_one(kind, _of_demand(event.task), words)
            write(told_of, kind=kind, event=f"{DEMAND}-{event.pk}", people=people, now=now)


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


def _of_report(report: PeriodicReport, round_: ReportRound) -> Line:
    return Line(
        what=round_.title,
        where=report.unit.name,
        address=reverse("periodic:report", args=[report.pk]),
        due=f"hạn {round_.due_on:%d/%m/%Y}",
    )


def _of_demand(task: InspectionTask) -> Line:
    return Line(
        what=f"Yêu cầu khắc phục {task.number} theo kết luận kiểm tra",
        where=task.inspection.unit.name,
        address=reverse("inspections:task", args=[task.pk]),
        due=f"hạn {task.due_on:%d/%m/%Y}",
    )
