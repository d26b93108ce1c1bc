"""Drives: the list, one against its target and days, opening one, telling what a day brought."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from commitments.views.asking import posted
from reports.charts.drives import so_far
from reports.drive_days import lines_of, stretch_of
from reports.drives import view_of
from reports.forms.drives import DaysForm, DriveForm
from scoring import reading_access
from scoring.models import Drive, DriveDay, DriveShare
from scoring.services import drives
from units.access import require, units_where
from units.models import Unit
from units.permissions import Permission

LISTED = 50
form_page = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def list_(request: HttpRequest) -> HttpResponse:
    """The newest drives, and where one may open another."""
    seen = Drive.objects.visible_to(request.user).select_related("owner")[:LISTED]
    owners = Unit.objects.filter(pk__in=units_where(request.user, Permission.RUN_PERIOD))
    context = {"rows": list(seen), "owners": owners, "today": timezone.localdate()}
    context["made_up"] = any(one.made_up for one in context["rows"])
    return render(request, "reports/drives.html", context)


@require_safe
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Units against target and days, the forecast, and the days drawn."""
    return page_of(request, pk)


def page_of(request: HttpRequest, pk: int, *, refusal: str = "", status: int = 200) -> HttpResponse:
    """The page as it is now, with a sentence on top where something was refused."""
    seen = Drive.objects.visible_to(request.user).select_related("owner")
    view = view_of(get_object_or_404(seen, pk=pk), timezone.localdate())
    stands = view.drive.cancelled_at is None
    tells = set(reading_access.written_units(request.user)) if stands else set()
    runs = set(units_where(request.user, Permission.RUN_PERIOD))
    context = {
        "view": view,
        "drive": view.drive,
        "lines": sorted(view.lines, key=lambda one: one.percent),
        "mine": [one for one in view.lines if one.unit in tells],
        "runs": stands and view.drive.owner_id in runs,
        "events": list(view.drive.events.select_related("by")),
        "refusal": refusal,
        "chart": so_far(view),
        "made_up": view.drive.made_up,
    }
    return render(request, "reports/drive.html", context, status=status)


@form_page
def open_(request: HttpRequest, owner: int) -> HttpResponse:
    """Opens a drive for the units below."""
    overseen = Unit.objects.filter(pk__in=units_where(request.user, Permission.SEE_BELOW))
    unit = get_object_or_404(overseen, pk=owner)
    require(request.user, Permission.RUN_PERIOD, at=unit)
    below = Unit.objects.children_on(unit, timezone.localdate()).order_by("position", "code")
    form = DriveForm(unit, list(below), request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            said = form.cleaned_data
            try:
                made = drives.open_(
                    unit,
                    by=request.user,
                    title=said["title"],
                    noun=said["noun"],
                    starts_on=said["starts_on"],
                    ends_on=said["ends_on"],
                    targets=form.targets(),
                    figure_code=said["figure_code"],
                )
            except MoveRefused as refusal:
                form.add_error(None, refusal.sentence)
                status = 409
            else:
                messages.success(request, f"Đã mở {made.title}.")
                return redirect("reports:drive", made.pk)
    context = {"form": form, "owner": unit}
    return render(request, "reports/drive_open.html", context, status=status)


@form_page
def tell(request: HttpRequest, pk: int) -> HttpResponse:
    """The unit tells what some days brought, a stretch of days a page."""
    seen = Drive.objects.visible_to(request.user)
    shares = DriveShare.objects.filter(drive__in=seen.values("pk"))
    share = get_object_or_404(shares.select_related("drive__owner", "unit"), pk=pk)
    reading_access.require_unit(request.user, share.unit_id)
    today = timezone.localdate()
    stretch = stretch_of(share.drive, today, request.GET.get("den", ""))
    typed = _typed(request)
    form, status = DaysForm(lines_of(share, stretch), typed), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            said = form.told()
            try:
                made = drives.tell_days(share.pk, by=request.user, said=said, today=today)
            except (MoveRefused, ChangedMeanwhile) as refusal:
                status = 409
                form = DaysForm(lines_of(share, stretch), typed)
                form.renew(drives.touched(share, said))
                form.add_error(None, refusal.sentence)
            else:
                _say(request, made)
                return redirect(request.get_full_path())
    context = {
        "share": share,
        "drive": share.drive,
        "stretch": stretch,
        "told": share.days.filter(day__in=stretch.days).select_related("told_by"),
        "form": form,
        "made_up": share.drive.made_up,
    }
    return render(request, "reports/drive_tell.html", context, status=status)


def _typed(request: HttpRequest) -> QueryDict | None:
    """What was sent; where the press beside a day took what its units told, with that number."""
    said = posted(request)
    key, _, number = said.get("lay", "").partition(" ") if said else ("", "", "")
    if said is None or not key:
        return said
    said = said.copy()
    said[f"so-{key}"] = number
    return said


def _say(request: HttpRequest, made: Sequence[DriveDay]) -> None:
    if made:
        days = ", ".join(f"{one.day:%d/%m/%Y}" for one in made)
        messages.success(request, f"Đã ghi số ngày {days}.")
    else:
        messages.info(request, "Chưa có số nào thay đổi.")
