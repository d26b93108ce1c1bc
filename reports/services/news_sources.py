"""Where news come from: the logs of each room, each in the scope of its reader, in one shape."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import (
    Case,
    CharField,
    F,
    IntegerField,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Concat, NullIf

from commitments.models import (
    Commitment,
    CommitmentEvent,
    Conference,
    ConferenceEvent,
    Inspection,
    InspectionEvent,
    InspectionPlan,
    InspectionTask,
    Plan,
    PlanEvent,
)
from commitments.models.inspection_sides import inspecting_side
from commitments.rules.conference import ConferenceVerb
from commitments.rules.inspection import RUNNING, InspectionVerb
from commitments.rules.plan import WRITING as WRITING_A_PLAN
from commitments.rules.workflow import WRITING
from reports.models import Edition, PeriodicEvent, PeriodicReport, ReportRound, RoundEvent
from reports.rules.periodic import OPENED, ReportVerb
from scoring.models import CollectionEvent, Dossier, DossierEvent, Period, PeriodEvent
from scoring.models import ReadingChange as Corrected
from scoring.rules.indicator import CORRECTED
from scoring.rules.workflow import DECIDE, REPLY, DossierVerb, PeriodVerb
from units.access import units_where
from units.models import User
from units.permissions import Permission

NO_NEWS = (PeriodVerb.START, PeriodVerb.PUBLISH)
"""The start follows the opening by itself; an edition tells that it was published."""
TOLD = tuple(verb.value for verb in PeriodVerb if verb not in NO_NEWS)
TOLD_OF_A_DOSSIER = (*DossierVerb.values, REPLY, DECIDE)

_C = ConferenceVerb
TOLD_OF_A_CONFERENCE = (
    _C.PLAN, _C.COLLECT, _C.HOLD, _C.SIGN_MINUTES, _C.TAKE_BACK, _C.CLOSE, _C.CANCEL, _C.RELEASE,
    _C.TAKE_DOWN, _C.ESCALATE, _C.REPLY, _C.PASS_ON, _C.TURN_BACK, _C.COME_BACK, _C.FINISH,
    _C.GIVE_UP, _C.RESUME,
)  # fmt: skip

_I = InspectionVerb
TOLD_OF_A_PLAN_OF_INSPECTIONS = (_I.DRAFT, _I.ISSUE, _I.REOPEN)
TOLD_TO_THE_INSPECTED = (
    _I.DECIDE, _I.BEGIN, _I.MINUTE, _I.TAKE_BACK, _I.EXPLAIN, _I.CONCLUDE, _I.CLOSE, _I.CANCEL,
    _I.AMEND,
)  # fmt: skip
TOLD_OF_AN_INSPECTION = (_I.OPEN, *TOLD_TO_THE_INSPECTED)
TOLD_OF_A_DEMAND = (_I.REPORT, _I.ACCEPT, _I.REFUSE)
SAID_ON_ITS_PAGE = (_I.DECIDE, _I.CONCLUDE, _I.EXPLAIN)
"""Of these the inspected unit reads the words; the log of an inspection is of the other side."""

_R = ReportVerb
TOLD_OF_A_REPORT = (_R.SEND, _R.ACCEPT, _R.RETURN, _R.ISSUE, _R.REOPEN)
"""That a round was cancelled is told of the round."""


class Row(NamedTuple):
    """One event. `desk`: the unit whose people open the paper, where not everybody does."""

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


def _columns(
    found: QuerySet, kind: str, about: Any, paper: Any, *, desk: str = "", by: str = "by", **other
) -> Any:
    """The events in the shape of `Row`; `other`: columns that the table does not have so."""
    return found.annotate(
        kind_=Value(kind, CharField()),
        about_=Cast(about, CharField()),
        paper_=F(paper) if isinstance(paper, str) else paper,
        desk_=F(desk) if desk else Value(0, IntegerField()),
        rank_=Coalesce(f"{by}__police_rank", Value("")),
        name_=Coalesce(f"{by}__full_name", Value("")),
        by_=F(by),
        verb_=Cast(other.get("verb", F("verb")), CharField()),
        happened_=other.get("happened_at", F("happened_at")),
        comment_=Cast(other.get("comment", F("comment")), TextField()),
    ).values_list(
        "kind_", "verb_", "about_", "paper_", "desk_", "rank_", "name_", "by_", "happened_",
        "comment_",
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
    return _columns(found, "period", F("period__title"), "period", desk="period__assessor")


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


def _of_plans_of_inspections(user: User) -> Any:
    seen = InspectionPlan.objects.visible_to(user).values("pk")
    found = InspectionEvent.objects.filter(plan__in=seen, verb__in=TOLD_OF_A_PLAN_OF_INSPECTIONS)
    reads = Q(plan__unit__in=units_where(user, RUNNING)) | Q(verb=_I.ISSUE)
    about = Concat("plan__title", Value(", "), "plan__unit__name")
    return _columns(found, "inspections", about, "plan", comment=_where(reads))


def _of_inspections(user: User) -> Any:
    """To the inspected unit what it is told, and the reasons only where its pages say them."""
    mine = Inspection.objects.filter(inspecting_side(user)).values("pk")
    seen = Inspection.objects.visible_to(user).values("pk")
    found = InspectionEvent.objects.filter(
        Q(inspection__in=mine, verb__in=TOLD_OF_AN_INSPECTION)
        | Q(inspection__in=seen, verb__in=TOLD_TO_THE_INSPECTED)
    )
    reads = Q(inspection__in=mine) | Q(verb__in=SAID_ON_ITS_PAGE)
    about = Concat(Value("Kiểm tra tại "), "inspection__inspected__name")
    return _columns(found, "inspection", about, "inspection", comment=_where(reads))


def _of_demands(user: User) -> Any:
    seen = InspectionTask.objects.visible_to(user).values("pk")
    found = InspectionEvent.objects.filter(task__in=seen, verb__in=TOLD_OF_A_DEMAND)
    number, name = Cast("task__number", CharField()), "inspection__inspected__name"
    about = Concat(Value("Yêu cầu khắc phục "), number, Value(", kiểm tra tại "), name)
    return _columns(found, "demand", about, "task")


def _of_reports(user: User) -> Any:
    """Of one's own units, and of the rounds of levels one oversees."""
    own = Q(report__unit__in=units_where(user, Permission.SEE_UNIT))
    asked = Q(report__round__owner__in=units_where(user, Permission.SEE_BELOW))
    found = PeriodicEvent.objects.filter(own | asked, verb__in=TOLD_OF_A_REPORT)
    about = Concat("report__unit__name", Value(", "), "report__round__title")
    return _columns(found, "report", about, "report")


def _of_rounds(user: User) -> Any:
    seen = ReportRound.objects.overseen_by(user).values("pk")
    return _columns(RoundEvent.objects.filter(round__in=seen), "round", F("round__title"), "round")


def _of_rounds_opened(user: User) -> Any:
    seen = ReportRound.objects.overseen_by(user)
    return _columns(seen, "round", F("title"), "pk", **OPENING)


def _of_rounds_that_ask(user: User) -> Any:
    """To who owes a report: the page of that."""
    seen, mine = _asking(user, "round")
    found = RoundEvent.objects.filter(round__in=seen.values("pk"))
    return _columns(found, "asked", F("round__title"), mine)


def _of_rounds_opened_that_ask(user: User) -> Any:
    seen, mine = _asking(user, "pk")
    return _columns(seen, "asked", F("title"), mine, **OPENING)


def _asking(user: User, round_: str) -> tuple[QuerySet, Subquery]:
    """Rounds that ask one's own units and that one does not oversee; the first report owed in
    the `round_` of the row."""
    own = units_where(user, Permission.SEE_UNIT)
    owed = PeriodicReport.objects.filter(unit__in=own)
    overseen = ReportRound.objects.overseen_by(user).values("pk")
    rounds = ReportRound.objects.filter(pk__in=owed.values("round")).exclude(pk__in=overseen)
    first = owed.order_by().filter(round=OuterRef(round_)).values("round")
    return rounds, Subquery(first.annotate(first=Min("pk")).values("first"))


def _of_corrected_figures(user: User) -> Any:
    """What was written after the closing, to who organises there; one line for unit and press."""
    owners = units_where(user, Permission.RUN_PERIOD)
    after = Corrected.objects.order_by().filter(
        after_closing=True, reading__collection__owner__in=owners
    )
    first = after.values("transaction", "reading__unit").annotate(first=Min("pk"))
    found = Corrected.objects.filter(pk__in=first.values("first"))
    about = Concat("reading__unit__name", Value(", "), "reading__collection__title")
    return _columns(
        found,
        "figures",
        about,
        "reading__collection",
        verb=Value(CORRECTED, CharField()),
        happened_at=F("changed_at"),
        comment=F("reason"),
        by="changed_by",
    )


OPENING: dict[str, Any] = {
    "by": "opened_by",
    "verb": Value(OPENED),
    "happened_at": F("opened_at"),
    "comment": Value(""),
}
"""The opening of a round is the round itself; no line in its log tells of it."""


def _where(reads: Q) -> Case:
    """The reason for who reads it, else none."""
    return Case(When(reads, then="comment"), default=Value(""), output_field=TextField())


SOURCES: tuple[Callable[[User], Any], ...] = (
    _of_dossiers, _of_periods, _of_editions, _of_commitments, _of_plans, _of_conferences,
    _of_plans_of_inspections, _of_inspections, _of_demands, _of_reports, _of_rounds,
    _of_rounds_opened, _of_rounds_that_ask, _of_rounds_opened_that_ask, _of_corrected_figures,
)  # fmt: skip

EVENTS: dict[str, tuple[type, str]] = {
    "dossier": (DossierEvent, "scoring:dossier"),
    "period": (PeriodEvent, "scoring:period"),
    "edition": (PeriodEvent, "reports:edition"),
    "commitment": (CommitmentEvent, "commitments:detail"),
    "plan": (PlanEvent, "commitments:plan"),
    "conference": (ConferenceEvent, "conferences:detail"),
    "inspections": (InspectionEvent, "inspections:plan"),
    "inspection": (InspectionEvent, "inspections:detail"),
    "demand": (InspectionEvent, "inspections:task"),
    "report": (PeriodicEvent, "periodic:report"),
    "round": (RoundEvent, "periodic:round"),
    "asked": (RoundEvent, "periodic:report"),
    "figures": (CollectionEvent, "scoring:collection"),
}
"""What puts the line into words, and the page of its paper."""
