"""One unit: what it is, its history, who is there; and the forms by which something happens to it.

Anybody signed in may read about a unit, for the names of units are known inside the force. Names of
people are shown to those who may see the unit; what happens to it is for those who manage it.
"""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from cchc_portal.kit.errors import MoveRefused
from units import access
from units.forms.units import (
    CloseForm,
    DecisionForm,
    FoundForm,
    FunctionForm,
    MergeForm,
    MoveForm,
    RenameForm,
)
from units.kinds import UnitVerb
from units.models import Unit
from units.models.tree import ids_above
from units.permissions import Permission
from units.services import documents, mergers, units


@require_GET
def unit(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything about one unit."""
    shown = get_object_or_404(Unit.objects.select_related("parent"), pk=pk)
    today = timezone.localdate()
    seen = shown.pk in access.visible_units(request.user)
    below = Unit.objects.children_on(shown, today)
    return render(
        request,
        "units/unit.html",
        {
            "unit": shown,
            "above": _above(shown),
            "alive": not shown.in_force.upper or shown.in_force.upper > today,
            "begun": not shown.in_force.lower or shown.in_force.lower <= today,
            "below_count": below.count(),
            "spells": shown.spells.select_related("parent").order_by("-in_force"),
            "origins": shown.origins.select_related("predecessor"),
            "successions": shown.successions.select_related("successor"),
            "events": shown.events.select_related("by"),
            "seen": seen,
            "opens_cabinet": documents.may_see(request.user, shown),
            "memberships": shown.memberships.in_force_on(today).select_related("user")
            if seen
            else [],
            "manages_units": access.may_over(request.user, Permission.MANAGE_UNITS, shown),
            "manages_people": access.may_over(request.user, Permission.MANAGE_PEOPLE, shown),
        },
    )


@require_http_methods(["GET", "POST"])
def found(request: HttpRequest, pk: int) -> HttpResponse:
    """A new unit below this one."""

    def act(parent: Unit, form: FoundForm) -> Unit:
        return units.found(parent, decision=form.decision(), by=request.user, **form.columns())

    return _decided(request, pk, FoundForm, act, UnitVerb.FOUND)


@require_http_methods(["GET", "POST"])
def rename(request: HttpRequest, pk: int) -> HttpResponse:
    """Another name."""

    def act(renamed: Unit, form: RenameForm) -> Unit:
        name = form.cleaned_data["name"]
        return units.rename(renamed, name=name, decision=form.decision(), by=request.user)

    return _decided(request, pk, RenameForm, act, UnitVerb.RENAME)


@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Another superior."""

    def act(moved: Unit, form: MoveForm) -> Unit:
        parent = form.cleaned_data["parent"]
        return units.move(moved, parent=parent, decision=form.decision(), by=request.user)

    return _decided(request, pk, MoveForm, act, UnitVerb.MOVE)


@require_http_methods(["GET", "POST"])
def change_function(request: HttpRequest, pk: int) -> HttpResponse:
    """Whether it handles procedures for citizens."""

    def act(changed: Unit, form: FunctionForm) -> Unit:
        return units.change_function(
            changed,
            handles_procedures=form.cleaned_data["handles_procedures"],
            decision=form.decision(),
            by=request.user,
        )

    return _decided(request, pk, FunctionForm, act, UnitVerb.CHANGE_FUNCTION)


@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Its end."""

    def act(closed: Unit, form: CloseForm) -> Unit:
        successors = form.cleaned_data["successors"]
        return mergers.close(
            closed, decision=form.decision(), by=request.user, successors=successors
        )

    return _decided(request, pk, CloseForm, act, UnitVerb.CLOSE)


@require_http_methods(["GET", "POST"])
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Its end together with others, in favour of one that carries on."""

    def act(_: Unit, form: MergeForm) -> Unit:
        return mergers.merge(
            form.merged(),
            into=form.heir(),
            decision=form.decision(),
            by=request.user,
            with_children=form.cleaned_data["with_children"],
        )

    return _decided(request, pk, MergeForm, act, UnitVerb.MERGE)


def _decided(
    request: HttpRequest,
    pk: int,
    form_class: type[DecisionForm],
    act: Callable[[Unit, DecisionForm], Unit],
    verb: UnitVerb,
) -> HttpResponse:
    """The form of a decision about a unit, and what comes of it."""
    asked = get_object_or_404(Unit.objects.select_related("parent"), pk=pk)
    access.require_over(request.user, Permission.MANAGE_UNITS, asked)
    form = form_class(request.POST if request.method == "POST" else None, unit=asked)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                changed = act(asked, form)
            except MoveRefused as refusal:
                form.add_error(None, refusal.sentence)
                status = 409
            else:
                messages.success(request, f"Đã ghi: {verb.label.lower()}, {changed}.")
                return redirect("units:unit", changed.pk)
    return render(
        request,
        f"units/{verb.value}.html",
        {"unit": asked, "above": _above(asked), "form": form, "verb": verb},
        status=status,
    )


def _above(shown: Unit) -> list[Unit]:
    """Those above it, the topmost first."""
    keys = ids_above(shown.pk, day=timezone.localdate())[1:]
    found_above = Unit.objects.in_bulk(keys)
    return [found_above[key] for key in reversed(keys)]
