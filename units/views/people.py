"""Who is what at which unit. Names are shown to those who may see the unit; others meet 404."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from cchc_portal.kit.errors import MoveRefused
from units import access
from units.forms.people import AccountForm, AppointForm, DismissForm, PeopleForm
from units.models import Membership, MembershipEvent, Unit
from units.models.tree import ids_overseen
from units.permissions import Permission
from units.services import people

A_PAGE = 50
REMEMBERED = 50
"""So many lines of the logbook stand on the page of a unit."""


@require_GET
def everyone(request: HttpRequest) -> HttpResponse:
    """Who holds which role today, over all units whose people one manages."""
    managed = access.units_where(request.user, Permission.MANAGE_PEOPLE)
    if not managed:
        raise PermissionDenied("Trang này dành cho người phân công vai trò cho cán bộ.")
    today = timezone.localdate()
    form = PeopleForm(request.GET)
    held = Membership.objects.in_force_on(today).filter(unit__in=ids_overseen(managed, day=today))
    page = Paginator(form.narrowed(held.for_page()), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "units/everyone.html", {"form": form, "page": page})


@require_GET
def at_unit(request: HttpRequest, pk: int) -> HttpResponse:
    """Who holds which role at the unit, who held one, and who appointed or dismissed them."""
    unit = _seen(request, pk)
    today = timezone.localdate()
    memberships = list(unit.memberships.for_page())
    now = [one for one in memberships if one.holds_on(today)]
    events = MembershipEvent.objects.filter(membership__unit=unit).for_page()
    return render(
        request,
        "units/people.html",
        {
            "unit": unit,
            "now": now,
            "then": [one for one in memberships if one not in now],
            "events": events[:REMEMBERED],
            "manages": access.may_over(request.user, Permission.MANAGE_PEOPLE, unit),
        },
    )


@require_http_methods(["GET", "POST"])
def appoint(request: HttpRequest, pk: int) -> HttpResponse:
    """A role for somebody who has an account."""
    unit = _managed(request, pk)
    form = AppointForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            membership = people.appoint(
                said["username"],
                unit=unit,
                role=said["role"],
                first_on=said["first_on"],
                by=request.user,
                comment=said["comment"],
            )
        except MoveRefused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(
                request, f"Đã phân công {membership.user}: {membership.get_role_display()}."
            )
            return redirect("units:people", unit.pk)
    return _form(request, "units/appoint.html", form, {"unit": unit})


@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "POST"])
def create_account(request: HttpRequest, pk: int) -> HttpResponse:
    """A new person, with an account and a first role."""
    unit = _managed(request, pk)
    form = AccountForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            user = people.create_account(unit, by=request.user, **form.columns())
        except MoveRefused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, f"Đã tạo tài khoản {user.username} cho {user}.")
            return redirect("units:people", unit.pk)
    return _form(request, "units/account.html", form, {"unit": unit})


@require_http_methods(["GET", "POST"])
def dismiss(request: HttpRequest, pk: int) -> HttpResponse:
    """The end of an appointment."""
    membership = get_object_or_404(
        Membership.objects.for_page().filter(unit__in=access.visible_units(request.user)), pk=pk
    )
    access.require_over(request.user, Permission.MANAGE_PEOPLE, membership.unit)
    form = DismissForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            people.dismiss(membership, by=request.user, **form.cleaned_data)
        except MoveRefused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, f"Đã ghi: {membership.user} thôi giữ vai trò.")
            return redirect("units:people", membership.unit_id)
    said = {"unit": membership.unit, "membership": membership}
    return _form(request, "units/dismiss.html", form, said)


def _seen(request: HttpRequest, pk: int) -> Unit:
    return get_object_or_404(Unit, pk=pk, pk__in=access.visible_units(request.user))


def _managed(request: HttpRequest, pk: int) -> Unit:
    unit = _seen(request, pk)
    access.require_over(request.user, Permission.MANAGE_PEOPLE, unit)
    return unit


def _form(request: HttpRequest, template: str, form, said: dict) -> HttpResponse:
    """The form; 422 where a field is wrong, 409 where the service refused."""
    status = 200
    if form.is_bound:
        status = 409 if form.non_field_errors() and len(form.errors) == 1 else 422
    return render(request, template, said | {"form": form}, status=status)
