"""Pages that add up a whole period under way: drawn anew at every look, except of very many units.

The sums of a hundred thousand components take seconds. Those of a period with more units than
`MOST_LIVE` are kept for the one who looked, and the page says from when they are.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from django.core.cache import cache
from django.utils import timezone

from scoring.models import Dossier, Period
from units.models import User

MOST_LIVE = 1000
KEPT_FOR = 2 * 60
"""Seconds."""


@dataclass(frozen=True)
class Told:
    """The part of a page that is drawn from sums, when; how many units it tells of, and are ranked;
    whether it is kept."""

    html: str
    at: datetime
    units: int = 0
    ranked: int = 0
    kept: bool = False


def told(name: str, user: User, period: Period, make: Callable[[User, Period], Told]) -> Told:
    """The part called `name` as the person sees it, now or, of very many units, two minutes ago at
    most: never from another state of the period or another day. One query."""
    if Dossier.objects.filter(period=period).count() <= MOST_LIVE:
        return make(user, period)
    key = f"page:{name}:{period.pk}:{period.state}:{user.pk}:{timezone.localdate()}"
    return cache.get_or_set(key, lambda: replace(make(user, period), kept=True), KEPT_FOR)
