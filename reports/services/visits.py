"""Since when a person has not been told what is new. Written at most once an hour."""

from datetime import datetime, timedelta

from reports.models import DeskVisit
from units.models import User

A_VISIT = timedelta(hours=1)
"""So long one visit lasts, however often the desk is opened in it."""


def come(person: User, *, now: datetime) -> datetime | None:
    """When the visit before this one began; None at the first. One query within a visit.

    Everything that happened since is told throughout this visit, and everything since this visit
    began throughout the next, so that no other page that is open takes anything away. Each write
    is one statement, so that of two pages at once one writes.
    """
    last = DeskVisit.objects.filter(person=person).first()
    if last is None:
        DeskVisit.objects.bulk_create(
            [DeskVisit(person=person, came_at=now)], ignore_conflicts=True
        )
        return None
    if now - last.came_at < A_VISIT:
        return last.since
    if DeskVisit.objects.move_on(person.pk, seen=last.came_at, now=now):
        return last.came_at
    return DeskVisit.objects.get(person=person).since
