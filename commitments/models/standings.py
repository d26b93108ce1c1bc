"""How tasks stand, as the database counts them: the same words as `rules/progress.py`."""

from collections.abc import Callable
from datetime import date

from django.db.models import Count, IntegerField, Q, Subquery
from django.db.models.functions import Coalesce

from commitments.rules.progress import SOON, UNSETTLED
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
