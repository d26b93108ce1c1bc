"""How far the verification of a period is, desk by desk and person by person. Reads only."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, Count, F, IntegerField, Max, Q, Value, When

from scoring.models import Assignment, Explanation, Period, ReturnRemark, Score, ScoreChange
from scoring.rules.history import OF_THE_ASSESSOR
from scoring.rules.reply import OBJECTIONS
from scoring.rules.workflow import DossierState, ExplanationState, PeriodState
from scoring.rules.workload import Load, Part, Workload, cells_of, workload

WAITING = Count("pk", filter=Q(state=ExplanationState.SENT))


@dataclass(frozen=True)
class Acts:
    """What a person has done in a period: rows with a verdict by them, rows they sent back,
    objections to verdicts of theirs and how many of these wait; when they wrote last."""

    written: int = 0
    returned: int = 0
    objections: int = 0
    waiting: int = 0
    last: datetime | None = None


def workload_of(period: Period) -> Workload:
    """Five queries, however many rows."""
    scores = Score.objects.filter(dossier__period=period)
    place = ("score__dossier", "score__criterion__parent")
    inside = {"score__dossier__period": period}
    remarks = ReturnRemark.objects.filter(**inside).order_by().values_list(*place)
    replies = objections_in(period).order_by().values_list(*place)
    writing = verdicts_in(period).order_by().values_list(*place)
    cells = cells_of(
        counted(scores),
        assessor=period.assessor_id,
        returned={row[:2]: row[2] for row in remarks.annotate(n=Count("score", distinct=True))},
        replies={row[:2]: row[2:] for row in replies.annotate(n=Count("pk"), waiting=WAITING)},
        last={row[:2]: row[2] for row in writing.annotate(last=Max("changed_at"))},
    )
    return workload(cells, parts_of(Assignment.objects.filter(block__period=period)))


@dataclass(frozen=True)
class Mine:
    """What was given to one person in one open period, and how far it is."""

    period: Period
    given: list[Assignment]
    loads: Workload

    @property
    def whole(self) -> Load:
        """All of it, each row once."""
        return next(iter(self.loads.officers.values()))


def mine(user) -> list[Mine]:
    """What was given to the person, by period. Two queries; one where nothing was given."""
    given = Assignment.objects.for_page().filter(
        officer=user, block__period__state=PeriodState.OPEN
    )
    periods: dict[Period, list[Assignment]] = {}
    for one in given.select_related("block__period", "officer", "desk", "dossier__unit", "node"):
        periods.setdefault(one.block.period, []).append(one)
    if not periods:
        return []
    flat = [one for given_here in periods.values() for one in given_here]
    within = {"dossier__block__in": {one.block_id for one in flat}}
    if all(one.dossier_id for one in flat):
        within = {"dossier__in": {one.dossier_id for one in flat}}
    rows: dict[int, list] = {}
    for row in counted(Score.objects.filter(**within)):
        rows.setdefault(row["block"], []).append(row)
    found = []
    for period, given_here in sorted(periods.items(), key=lambda pair: pair[0].verify_by):
        here = [
            row for block in {one.block_id for one in given_here} for row in rows.get(block, ())
        ]
        cells = cells_of(here, assessor=period.assessor_id, returned={}, replies={}, last={})
        found.append(Mine(period, given_here, workload(cells, parts_of(given_here))))
    return found


def acts_in(period: Period) -> dict[int, Acts]:
    """What each person has done, by key. Three queries."""
    remarks = ReturnRemark.objects.filter(score__dossier__period=period).order_by()
    writing = verdicts_in(period).order_by().values_list("changed_by")
    written = {
        user: (number, last)
        for user, number, last in writing.annotate(
            n=Count("score", distinct=True), last=Max("changed_at")
        )
    }
    returned = dict(remarks.values_list("event__by").annotate(n=Count("score", distinct=True)))
    asked = objections_in(period).order_by().values_list("first_by")
    replies = {row[0]: row[1:] for row in asked.annotate(n=Count("pk"), waiting=WAITING)}
    return {
        user: Acts(
            written.get(user, (0, None))[0],
            returned.get(user, 0),
            *replies.get(user, (0, 0)),
            written.get(user, (0, None))[1],
        )
        for user in {*written, *returned, *replies}
        if user
    }


def objections_in(period: Period):
    """Replies that were sent and do not agree."""
    found = Explanation.objects.sent().filter(score__dossier__period=period)
    return found.filter(stance__in=OBJECTIONS)


def verdicts_in(period: Period):
    """Lines of the log about verdicts."""
    return ScoreChange.objects.filter(score__dossier__period=period, column__in=OF_THE_ASSESSOR)


def counted(scores):
    """Rows by dossier and criterion, without the dossiers that are not assessed (one query)."""
    handed_in = Case(
        When(dossier__state=DossierState.SUBMITTED, then=Value(1)),
        default=Value(0),
        output_field=IntegerField(),
    )
    decided = Q(verified_points__isnull=False) | Q(not_applicable=True)
    return (
        scores.exclude(dossier__state=DossierState.ABSENT)
        .order_by()
        .values(
            "dossier",
            block=F("dossier__block"),
            unit=F("dossier__unit"),
            handed_in=handed_in,
            area=F("criterion__parent__parent"),
            owner=F("criterion__parent__ownership__unit"),
        )
        .annotate(
            node=F("criterion__parent"),
            rows=Count("pk"),
            settled=Count("pk", filter=decided),
        )
    )


def parts_of(assignments) -> list[Part]:
    """Assignments as the rules take them."""
    return [
        Part(
            one.pk,
            one.officer_id,
            one.desk_id,
            one.block_id,
            one.dossier_id,
            one.node_id,
            one.due_on,
        )
        for one in assignments
    ]
