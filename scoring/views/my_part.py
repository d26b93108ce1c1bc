"""What of the verification is one's own: what was given to one, and components across units."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from scoring.models import Assignment, Dossier, Score
from scoring.rules.workflow import SUBMITTED_ONCE, DossierState, PeriodState
from scoring.rules.workload import Load
from scoring.services.workload import mine
from units.access import units_where
from units.permissions import Permission


@dataclass(frozen=True)
class Given:
    """One assignment, how far it is, until when, and where it is worked on."""

    assignment: Assignment
    load: Load
    due_on: date
    late: bool
    address: str


@dataclass(frozen=True)
class Component:
    """A component with its rows that were handed in: all, and those that wait."""

    code: str
    title: str
    total: int
    left: int
    address: str


def my_part(user) -> list[Given]:
    """What was given to the person in open periods, what waits first. Two queries at most."""
    today, found = timezone.localdate(), []
    for part in mine(user):
        for one in part.given:
            load = part.loads.parts[one.pk]
            found.append(
                Given(
                    one,
                    load,
                    one.due_on or part.period.verify_by,
                    load.is_late(today, verify_by=part.period.verify_by),
                    _address(one),
                )
            )
    return sorted(found, key=lambda one: (not one.load.ready, one.due_on))


def across_units(user) -> dict[str, list[Component]]:
    """Components of open periods that the person verifies in some unit, by block; one query."""
    rows = (
        Score.objects.judged_by(user)
        .filter(dossier__period__state=PeriodState.OPEN, dossier__state__in=SUBMITTED_ONCE)
        .order_by(
            "dossier__period__verify_by",
            "dossier__period",
            "dossier__block__position",
            "criterion__position",
        )
        .values_list(
            "dossier__block__name",
            "dossier__period__title",
            "criterion",
            "criterion__code",
            "criterion__title",
        )
        .annotate(total=Count("pk"), left=Count("pk", filter=_WAITING))
    )
    found: dict[str, list[Component]] = {}
    for block, period, key, code, title, total, left in rows:
        address = f"{reverse('scoring:component-desk', args=[key])}?loc=chua-tham-dinh"
        one = Component(code, title, total, left, address)
        found.setdefault(f"{block} · {period}", []).append(one)
    return found


def progress_at_desks(user, dossiers):
    """The dossiers with total and settled: of everything for the assessor's people, of what their
    unit owns for others."""
    desks = units_where(user, Permission.VERIFY_DOSSIER)
    if Dossier.objects.filter(period__assessor__in=desks).exists():
        return dossiers.with_progress()
    return dossiers.with_progress_at(desks)


_WAITING = Q(dossier__state=DossierState.SUBMITTED, verified_points=None, not_applicable=False)


def _address(given: Assignment) -> str:
    """The dossier on the desk; else the components that one verifies across units."""
    if given.dossier_id:
        return reverse("scoring:verification-desk", args=[given.dossier_id])
    return f"{reverse('scoring:verification')}#theo-tieu-chi"
