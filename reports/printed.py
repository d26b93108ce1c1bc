"""Papers drawn on demand: kept for an hour for the one person who asked, nowhere else."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.cache import cache

from reports.rules.paper_state import PaperState

KEPT_FOR = 60 * 60
"""Seconds: long enough to be fetched and read, short enough not to pass for today's figures."""
WAITED_FOR = 10 * 60
"""Seconds after which a paper that did not come may be asked for again."""


@dataclass(frozen=True)
class Printed:
    """Where the paper is; `pdf` and `at` once it is drawn. `seen`: the code of what it shows;
    `typed`: the fields it was asked for with; `done` of `parts`: how far a long one is."""

    state: PaperState = PaperState.NONE
    pdf: bytes | None = None
    at: datetime | None = None
    seen: str = ""
    typed: tuple[tuple[str, str], ...] = ()
    done: int = 0
    parts: int = 0


COMMAND, DRAFT, PERIODIC = "command-paper", "draft-paper", "periodic-paper"
"""Which papers are drawn on demand: the first two of a period, the last of a periodic report."""


def kept(user: int, subject: int, paper: str = COMMAND) -> Printed:
    """What became of the paper that the person asked for last."""
    return cache.get(_key(user, subject, paper)) or Printed()


def keep(user: int, subject: int, printed: Printed, paper: str = COMMAND) -> None:
    """Puts it where the person fetches it."""
    seconds = WAITED_FOR if printed.state == PaperState.WAITING else KEPT_FOR
    cache.set(_key(user, subject, paper), printed, seconds)


def keep_order(user: int, subject: int, says: Any, paper: str) -> None:
    """Puts aside what a paper is to say, until it is drawn or nobody waits for it any more."""
    cache.set(_key(user, subject, f"{paper}-order"), says, WAITED_FOR)


def draft_order(seen: str) -> str:
    """The paper under whose name the order of one draft is put aside, beside that of another."""
    return f"{DRAFT}-{seen}"


def order(user: int, subject: int, paper: str) -> Any:
    """What was put aside; None where it has faded."""
    return cache.get(_key(user, subject, f"{paper}-order"))


def forget_order(user: int, subject: int, paper: str) -> None:
    """It is drawn."""
    cache.delete(_key(user, subject, f"{paper}-order"))


def _key(user: int, subject: int, paper: str) -> str:
    return f"{paper}:{subject}:{user}"
