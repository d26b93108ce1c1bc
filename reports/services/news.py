"""What changed in the papers a person may see. One query over the logs of all rooms
(`news_sources.py`)."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from reports.services.news_sources import EVENTS, SOURCES, Row
from units.access import units_where
from units.models import User
from units.permissions import Permission

LINES, MOST = 8, 40


@dataclass(frozen=True)
class Change:
    """One line: what was done, to which paper, by whom, when; the reason where one was given."""

    words: str
    about: str
    address: str
    by: str
    happened_at: datetime
    comment: str = ""


@dataclass(frozen=True)
class News:
    """`fresh`: what others did since the moment, newest first, all of it unless `cut`; `before`:
    the last changes before, the person's own among them."""

    since: datetime | None
    fresh: tuple[Change, ...]
    before: tuple[Change, ...]
    cut: bool = False

    @property
    def shown(self) -> tuple[Change, ...]:
        """The newest, which stand open."""
        return self.fresh[:LINES]

    @property
    def folded(self) -> tuple[Change, ...]:
        """The others of what is new."""
        return self.fresh[LINES:]


def news(user: User, since: datetime | None) -> News:
    """What is new since then; everything is old to who was never here."""
    first, *others = (source(user).order_by("-happened_")[:MOST] for source in SOURCES)
    rows = [Row(*row) for row in first.union(*others, all=True).order_by("-happened_")[:MOST]]
    is_new = [since is not None and row.happened_at > since for row in rows]
    overseen = set(units_where(user, Permission.SEE_BELOW))
    fresh = [row for row, new in zip(rows, is_new, strict=True) if new and row.by != user.pk]
    before = [row for row, new in zip(rows, is_new, strict=True) if not new]
    return News(
        since,
        tuple(_told(row, overseen) for row in fresh),
        tuple(_told(row, overseen) for row in before[:LINES]),
        cut=len(rows) == MOST and all(is_new),
    )


def _told(row: Row, overseen: set[int]) -> Change:
    event, page = EVENTS[row.kind]
    closed = row.kind == "period" and row.desk not in overseen
    return Change(
        words=event(verb=row.verb).words,
        about=row.about,
        address="" if closed else reverse(page, args=[row.paper]),
        by=f"{row.rank} {row.name}".strip(),
        happened_at=row.happened_at,
        comment=row.comment,
    )
