"""How tasks stand, as the database counts them: the same words as `rules/progress.py`."""

from collections.abc import Callable
from datetime import date

from django.db.models import Case, CharField, Count, F, IntegerField, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from commitments.rules.progress import SOON, UNSETTLED, Standing
from commitments.rules.workflow import COUNTERSIGNED, Finding, TaskOutcome, Verdict

AT_WORK = Q(finding="") & (Q(outcome__in=UNSETTLED) | Q(verdict=Verdict.REFUSED))
"""Nothing that counts was said of it yet."""

BINDING = Q(commitment__state__in=COUNTERSIGNED)


def done(today: date) -> Q:
    """Found done at the end of the year, or reported done and accepted."""
    accepted = Q(finding="", outcome=TaskOutcome.DONE, verdict=Verdict.ACCEPTED)
    return Q(finding=Finding.DONE) | accepted


def reported(today: date) -> Q:
    """Something was said of it."""
    return ~Q(outcome="")


def awaiting(today: date | None = None) -> Q:
    """Reported, and the receiver has not said anything yet."""
    return Q(finding="", verdict="") & ~Q(outcome__in=UNSETTLED)


def overdue(today: date) -> Q:
    """Its last day has passed."""
    return AT_WORK & BINDING & Q(deadline__lt=today)


def at_risk(today: date) -> Q:
    """Its last day is near."""
    return AT_WORK & BINDING & Q(deadline__gte=today, deadline__lte=today + SOON)


TASK_STANDS: dict[str, Callable[[date], Q]] = {
    "done": done,
    "reported": reported,
    "awaiting": awaiting,
    "overdue": overdue,
    "at_risk": at_risk,
}


def count_of(tasks) -> Coalesce:
    """How many of these tasks (`with_root`) there are, as a column of another query."""
    counted = tasks.order_by().values("root").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def standing_column(today: date) -> Case:
    """Of a task: the same as `rules.progress.standing`, as a column of a query."""
    return Case(
        When(~Q(finding=""), then=F("finding")),
        When(~AT_WORK & Q(verdict=""), then=Value(Standing.AWAITING.value)),
        When(~AT_WORK & Q(verdict=Verdict.PARTLY), then=Value(Standing.PARTLY.value)),
        When(~AT_WORK, then=F("outcome")),
        When(Q(deadline__lt=today), then=Value(Standing.OVERDUE.value)),
        When(Q(deadline__lte=today + SOON), then=Value(Standing.AT_RISK.value)),
        default=Value(Standing.UNDER_WAY.value),
        output_field=CharField(),
    )
