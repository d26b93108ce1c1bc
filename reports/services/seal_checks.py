"""Whether the seal of an edition holds, found out once for the rows as they are. Reads."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache
from django.db.models import Count
from django.utils import timezone
from redis.exceptions import RedisError

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


def checked(edition: Edition) -> SealCheck:
    """What was found for exactly these rows within the hour, or found now; one query, two then.

    To put thousands of lines under a digest takes half a second.
    """
    key = _key(edition)
    with suppress(RedisError):  # without its store the portal still answers, more slowly
        if found := cache.get(key):
            return found
    return _check(edition, key)


def check_long_ones() -> None:
    """Finds it out anew for every edition of many lines that stands, so that no reader waits."""
    long = EditionResult.objects.order_by().values("edition").annotate(lines=Count("pk"))
    long = long.filter(lines__gt=MOST_AT_A_LOOK).values("edition")
    for edition in Edition.objects.for_page().filter(pk__in=long, corrected_by=None):
        _check(edition, _key(edition))


def _key(edition: Edition) -> str:
    return f"seal:{mark_of_edition(edition.pk)}"


def _check(edition: Edition, key: str) -> SealCheck:
    check = SealCheck(seal.holds(edition, edition.results.all()), timezone.now())
    with suppress(RedisError):
        cache.set(key, check, SECONDS_KEPT)
    return check
