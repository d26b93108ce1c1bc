"""What changed in the papers a person may see: assessments, editions, commitments, plans,
conferences. One query over all of them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import CharField, F, IntegerField, QuerySet, Value
from django.db.models.functions import Cast, Coalesce, Concat, NullIf
from django.urls import reverse

from commitments.models import (
    Commitment,
    CommitmentEvent,
    Conference,
    ConferenceEvent,
    Plan,
    PlanEvent,
)
from commitments.rules.conference import ConferenceVerb
from commitments.rules.plan import WRITING as WRITING_A_PLAN
from commitments.rules.workflow import WRITING
from reports.models import Edition
from scoring.models import Dossier, DossierEvent, Period, PeriodEvent
from scoring.rules.workflow import DECIDE, REPLY, DossierVerb, PeriodVerb
from units.access import units_where
from units.models import User
from units.permissions import Permission

LINES, MOST = 8, 40

NO_NEWS = (PeriodVerb.START, PeriodVerb.PUBLISH)
"""The start follows the opening by itself; an edition tells that it was published."""
TOLD = tuple(verb.value for verb in PeriodVerb if verb not in NO_NEWS)
TOLD_OF_A_DOSSIER = (*DossierVerb.values, REPLY, DECIDE)

_C = ConferenceVerb
TOLD_OF_A_CONFERENCE = (
    _C.PLAN, _C.COLLECT, _C.HOLD, _C.SIGN_MINUTES, _C.TAKE_BACK, _C.CLOSE, _C.CANCEL, _C.RELEASE,
    _C.TAKE_DOWN, _C.ESCALATE, _C.REPLY, _C.PASS_ON, _C.TURN_BACK, _C.COME_BACK,
)  # fmt: skip


class _Row(NamedTuple):
    kind: str
    verb: str
    about: str
    paper: int
    desk: int
    rank: str
    name: str
    by: int | None
    happened_at: datetime
    comment: str


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
    first, *others = (source(user).order_by("-happened_at")[:MOST] for source in SOURCES)
    rows = [_Row(*row) for row in first.union(*others, all=True).order_by("-happened_at")[:MOST]]
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


def _columns(found: QuerySet, kind: str, about: Any, paper: str, desk: str = "", **other) -> Any:
    """The events in the shape of `_Row`."""
    by = other.pop("by", "by")
    return found.annotate(
        kind_=Value(kind, CharField()),
        about_=Cast(about, CharField()),
        paper_=F(paper),
        desk_=F(desk) if desk else Value(0, IntegerField()),
        rank_=Coalesce(f"{by}__police_rank", Value("")),
        name_=Coalesce(f"{by}__full_name", Value("")),
        by_=F(by),
        **other,
    ).values_list(
        "kind_", "verb", "about_", "paper_", "desk_", "rank_", "name_", "by_", "happened_at",
        "comment",
    )  # fmt: skip


def _party(way: str) -> Coalesce:
    """The unit by the name it signed under, or by today's."""
    return Coalesce(NullIf(f"{way}__unit_name", Value("")), f"{way}__unit__name")


def _of_dossiers(user: User) -> Any:
    seen = Dossier.objects.visible_to(user).values("pk")
    found = DossierEvent.objects.filter(dossier__in=seen, verb__in=TOLD_OF_A_DOSSIER)
    about = Concat("dossier__unit__name", Value(", "), "dossier__period__title")
    return _columns(found, "dossier", about, "dossier")


def _of_periods(user: User) -> Any:
    seen = Period.objects.visible_to(user).values("pk")
    found = PeriodEvent.objects.filter(period__in=seen, verb__in=TOLD)
    return _columns(found, "period", F("period__title"), "period", "period__assessor")


def _of_editions(user: User) -> Any:
    seen = Period.objects.visible_to(user).values("pk")
    about = Concat("title", Value(", Quyết định số "), "decision_number")
    return _columns(
        Edition.objects.filter(period__in=seen),
        "edition",
        about,
        "pk",
        verb=Value(PeriodVerb.PUBLISH.value, CharField()),
        happened_at=F("published_at"),
        comment=F("reason"),
        by="published_by",
    )


def _of_commitments(user: User) -> Any:
    seen = Commitment.objects.visible_to(user).values("pk")
    found = CommitmentEvent.objects.filter(commitment__in=seen).exclude(verb__in=WRITING)
    year = Cast("commitment__year", CharField())
    about = Concat(_party("commitment"), Value(", năm "), year)
    return _columns(found, "commitment", about, "commitment")


def _of_plans(user: User) -> Any:
    seen = Plan.objects.visible_to(user).values("pk")
    found = PlanEvent.objects.filter(plan__in=seen).exclude(verb__in=WRITING_A_PLAN)
    about = Concat(_party("plan"), Value(", năm "), Cast("plan__year", CharField()))
    return _columns(found, "plan", about, "plan")


def _of_conferences(user: User) -> Any:
    seen = Conference.objects.visible_to(user).values("pk")
    found = ConferenceEvent.objects.filter(conference__in=seen, verb__in=TOLD_OF_A_CONFERENCE)
    return _columns(found, "conference", F("conference__title"), "conference")


SOURCES: tuple[Callable[[User], Any], ...] = (
    _of_dossiers, _of_periods, _of_editions, _of_commitments, _of_plans, _of_conferences,
)  # fmt: skip

EVENTS: dict[str, tuple[type, str]] = {
    "dossier": (DossierEvent, "scoring:dossier"),
    "period": (PeriodEvent, "scoring:period"),
    "edition": (PeriodEvent, "reports:edition"),
    "commitment": (CommitmentEvent, "commitments:detail"),
    "plan": (PlanEvent, "commitments:plan"),
    "conference": (ConferenceEvent, "conferences:detail"),
}
"""What puts the line into words, and the page of its paper."""


def _told(row: _Row, overseen: set[int]) -> Change:
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
