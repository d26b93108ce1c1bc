"""Whether the seal of an edition holds, and the figures follow their rules, found out once for the
rows as they are. Reads."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache
from django.db.models import Count
from django.utils import timezone

from reports import seal
from reports.models import Edition, EditionResult
from reports.models.marks import mark_of_edition

SECONDS_KEPT = 3600
"""After these it is found out anew, even if no row is another."""
MOST_AT_A_LOOK = 1000
"""Of an edition of more lines the clock finds it out before anybody looks."""


@dataclass(frozen=True)
class SealCheck:
    """Whether what is stored gives the digest of the day of publication, and when that was seen."""

    holds: bool
    at: datetime


@dataclass(frozen=True)
class FaultCheck:
    """The first thing that does not fit, as a clause, or "" (`seal.fault_of`), and when that was
    seen."""

    fault: str
    at: datetime


def checked(edition: Edition) -> SealCheck:
    """What was found for exactly these rows within the hour, or found now; one query, two then.

    To put thousands of lines under a digest takes half a second.
    """
    key = _key(mark_of_edition(edition.pk))
    return cache.get(key) or _check(edition, key, edition.results.all())


def fault_checked(edition: Edition) -> FaultCheck:
    """What was found in exactly these rows within the hour, or found now; one query, three then.

    To compute thousands of lines anew takes seconds.
    """
    key = _fault_key(mark_of_edition(edition.pk))
    return cache.get(key) or _check_fault(edition, edition.results.order_by("position"), key)


def check_long_ones() -> None:
    """Finds both out anew for every edition of many lines that stands, so that no reader waits."""
    long = EditionResult.objects.order_by().values("edition").annotate(lines=Count("pk"))
    long = long.filter(lines__gt=MOST_AT_A_LOOK).values("edition")
    for edition in Edition.objects.for_page().filter(pk__in=long, corrected_by=None):
        mark = mark_of_edition(edition.pk)  # before the lines are read
        lines = list(edition.results.order_by("position"))
        _check(edition, _key(mark), lines)
        _check_fault(edition, lines, _fault_key(mark))


def _fault_key(mark: str) -> str:
    return f"seal-fault:{mark}"


def _check_fault(edition: Edition, results: Iterable[EditionResult], key: str) -> FaultCheck:
    check = FaultCheck(seal.fault_of(edition, results), timezone.now())
    cache.set(key, check, SECONDS_KEPT)
    return check


def _key(mark: str) -> str:
    return f"seal:{mark}"


def _check(edition: Edition, key: str, lines: Iterable[EditionResult]) -> SealCheck:
    check = SealCheck(seal.holds(edition, lines), timezone.now())
    cache.set(key, check, SECONDS_KEPT)
    return check
