"""Papers drawn on demand: kept for an hour for the one person who asked, nowhere else."""

from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache

from reports.rules.paper_state import PaperState

KEPT_FOR = 60 * 60
"""Seconds: long enough to be fetched and read, short enough not to pass for today's figures."""
WAITED_FOR = 10 * 60
"""Seconds after which a paper that did not come may be asked for again."""


@dataclass(frozen=True)
class Printed:
    """Where the paper is; `pdf` and `at` once it is drawn."""

    state: PaperState = PaperState.NONE
    pdf: bytes | None = None
    at: datetime | None = None


def kept(user: int, period: int) -> Printed:
    """What became of the paper that the person asked for last."""
    return cache.get(_key(user, period)) or Printed()


def keep(user: int, period: int, printed: Printed) -> None:
    """Puts it where the person fetches it."""
    seconds = WAITED_FOR if printed.state == PaperState.WAITING else KEPT_FOR
    cache.set(_key(user, period), printed, seconds)


def _key(user: int, period: int) -> str:
    return f"command-paper:{period}:{user}"
