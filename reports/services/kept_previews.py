"""What would be published of a locked period, summed once and read at every step.

Nothing in it is taken for true when it is published: that is summed anew, under the lock.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.cache import cache
from django.db.models import Count
from django.utils import timezone

from cchc_portal.kit.digest import digest
from reports.models import EditionResult
from reports.models.marks import mark_of_period
from reports.rules.remarks import Remark
from reports.services import frozen
from reports.services.frozen import Decision
from reports.services.previews import Preview, edition_for, remarkable, summed
from scoring.models import Period
from scoring.rules.workflow import PeriodState
from units.models import User

SECONDS_KEPT = 24 * 3600
MOST_AT_A_LOOK = 1000
"""Of a period of more units the clock sums before anybody looks."""
COLUMNS = [
    field.attname
    for field in EditionResult._meta.concrete_fields
    if field.attname not in ("id", "edition_id")
]
FORM = digest(COLUMNS)[:12]
"""Another version of the portal that has other columns reads nothing of the last."""


@dataclass(frozen=True)
class Kept:
    """The lines of no edition yet, under the names of the day; the criteria, remarks and code."""

    lines: list[EditionResult]
    criteria: list[dict[str, Any]]
    remarks: list[Remark]
    seen: str


def kept_preview(period: Period, *, by: User, decision: Decision | None = None) -> Preview:
    """`previews.preview_of`, of sums that were kept for exactly these rows or are taken now."""
    mark, today = mark_of_period(period.pk), timezone.localdate()
    kept = cache.get(_key(mark, today)) or _sum(period, mark, today)
    edition = edition_for(period, by, decision, kept.criteria)
    for line in kept.lines:
        line.edition = edition
    if edition.decided_on != today:
        names = frozen.names_on(edition.decided_on, [line.unit_id for line in kept.lines])
        for line in kept.lines:
            line.unit_name = names[line.unit_id]
    return Preview(edition, kept.lines, kept.remarks, kept.seen, mark)


def forget(period: Period) -> None:
    """The sums were refused when they were published: the next look takes them anew."""
    cache.delete(_key(mark_of_period(period.pk), timezone.localdate()))


def sum_long_ones() -> None:
    """Sums every locked period of very many units that is not kept, so that no reader waits."""
    locked = Period.objects.filter(state=PeriodState.LOCKED).annotate(units=Count("dossiers"))
    today = timezone.localdate()
    for period in locked.filter(units__gt=MOST_AT_A_LOOK).select_related("assessor__parent"):
        mark = mark_of_period(period.pk)
        if not cache.touch(_key(mark, today), SECONDS_KEPT):
            _sum(period, mark, today)


def _key(mark: str, today: date) -> str:
    return f"preview:{mark}:{today}:{FORM}"


def _sum(period: Period, mark: str, today: date) -> Kept:
    edition, results, seen = summed(period, today)
    kept = Kept(results, edition.criteria, remarkable(edition, results), seen)
    for line in results:
        line._state.fields_cache.clear()  # neither this edition nor whole units are kept
    cache.set(_key(mark, today), kept, SECONDS_KEPT)
    return kept
