"""How far the verification of a period is: by unit, by person, and the rows behind a figure."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from scoring.forms.workload import RowsForm
from scoring.models import Ownership
from scoring.rules.workload import Load
from scoring.services.assignments import verifiers_of
from scoring.services.workload import Acts, acts_in, workload_of
from scoring.views.scope import find_period
from units.access import may
from units.models import Unit, User
from units.permissions import Permission

PAGE = 100


@dataclass(frozen=True)
class DeskLine:
    """A unit that verifies, with its load and what of it nobody in particular was given."""

    unit: Unit
    load: Load
    free: Load
    criteria: int
    late: bool


@dataclass(frozen=True)
class PersonLine:
    """Somebody who verifies: where, what was given to them, what they have done."""

    user: User
    desks: list[Unit]
    load: Load | None
    acts: Acts
    late: bool


@require_safe
def board(request: HttpRequest, pk: int) -> HttpResponse:
    """The board of the period. Eleven queries, however many rows."""
    period = find_period(request, pk, Permission.SEE_BELOW)
    today, loads, acts = timezone.localdate(), workload_of(period), acts_in(period)
    owned: dict[int, int] = {}
    owners: dict[int, Unit] = {period.assessor_id: period.assessor}
    found = Ownership.objects.filter(criterion__criteria_set__block__period=period)
    for one in found.select_related("unit").order_by("unit__position", "unit__code"):
        owners[one.unit_id] = one.unit
        owned[one.unit_id] = owned.get(one.unit_id, 0) + 1
    desks = [
        DeskLine(
            unit,
            load := loads.desks.get(key, Load()),
            loads.free.get(key, Load()),
            owned.get(key, 0),
            load.is_late(today, verify_by=period.verify_by),
        )
        for key, unit in owners.items()
    ]
    people: dict[int, tuple[User, list[Unit]]] = {}
    for one in verifiers_of(period):
        units = people.setdefault(one.user_id, (one.user, []))[1]
        if one.unit not in units:
            units.append(one.unit)
    for user in User.objects.filter(pk__in={*loads.officers, *acts} - people.keys()):
        people[user.pk] = (user, [])
    lines = [
        PersonLine(
            user,
            units,
            load := loads.officers.get(key),
            acts.get(key, Acts()),
            bool(load and load.is_late(today, verify_by=period.verify_by)),
        )
        for key, (user, units) in people.items()
    ]
    whole = Load()
    for line in desks:
        whole.rows += line.load.rows
        whole.settled += line.load.settled
        whole.ready += line.load.ready
    context = {
        "period": period,
        "here": "board",
        "whole": whole,
        "desks": desks,
        "people": lines,
        "made_up": period.made_up,
    }
    return render(request, "scoring/period_verification.html", context)


@require_safe
def rows(request: HttpRequest, pk: int) -> HttpResponse:
    """The rows behind a figure of the board: by unit that verifies, by person, by what they are."""
    period = find_period(request, pk, Permission.SEE_BELOW)
    form = RowsForm(request.GET, period=period)
    page = Paginator(form.rows(), PAGE).get_page(request.GET.get("page"))
    context = {
        "period": period,
        "form": form,
        "page": page,
        "verifies": may(request.user, Permission.VERIFY_DOSSIER, at=period.assessor_id),
        "made_up": period.made_up,
    }
    return render(request, "scoring/period_rows.html", context)
