"""Drives: the list, one against its target and days, opening one, telling what a day brought."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from reports.drive_charts import so_far
from reports.drives import view_of
from reports.forms.drives import DayForm, DriveForm
from scoring.models import Drive, DriveShare
from scoring.services import drives
from units.access import require, units_where
from units.models import Unit
from units.permissions import Permission

LISTED = 50
DAYS_BACK = 14
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
    seen = Drive.objects.visible_to(request.user).select_related("owner")
    view = view_of(get_object_or_404(seen, pk=pk), timezone.localdate())
    tells = set(units_where(request.user, Permission.FILL_DOSSIER))
    context = {
        "view": view,
        "drive": view.drive,
        "lines": sorted(view.lines, key=lambda one: one.percent),
        "mine": [one for one in view.lines if one.unit in tells],
        "chart": so_far(view),
        "made_up": view.drive.made_up,
    }
    return render(request, "reports/drive.html", context)


@form_page
def open_(request: HttpRequest, owner: int) -> HttpResponse:
    """Opens a drive for the units below."""
    overseen = Unit.objects.filter(pk__in=units_where(request.user, Permission.SEE_BELOW))
    unit = get_object_or_404(overseen, pk=owner)
    require(request.user, Permission.RUN_PERIOD, at=unit)
    below = Unit.objects.children_on(unit, timezone.localdate()).order_by("position", "code")
    form = DriveForm(list(below), request.POST if request.method == "POST" else None)
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
    """The unit tells what a day brought; the last days with every edition beside."""
    seen = Drive.objects.visible_to(request.user)
    shares = DriveShare.objects.filter(drive__in=seen.values("pk"))
    share = get_object_or_404(shares.select_related("drive__owner", "unit"), pk=pk)
    require(request.user, Permission.FILL_DOSSIER, at=share.unit_id)
    today = timezone.localdate()
    form, status = DayForm(request.POST if request.method == "POST" else None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                drives.tell(
                    share.pk,
                    by=request.user,
                    day=form.cleaned_data["day"],
                    number=form.cleaned_data["number"],
                    seen_edition=form.cleaned_data["edition"],
                    today=today,
                )
            except (MoveRefused, ChangedMeanwhile) as refusal:
                form.add_error(None, refusal.sentence)
                status = 409
            else:
                messages.success(request, f"Đã ghi số ngày {form.cleaned_data['day']:%d/%m/%Y}.")
                return redirect("reports:drive-tell", pk)
    context = {
        "share": share,
        "drive": share.drive,
        "days": _days(share, today),
        "told": share.days.select_related("told_by")[: 3 * DAYS_BACK],
        "form": form,
        "sent_day": form.data.get("day", ""),
        "sent_number": form.data.get("number", ""),
        "made_up": share.drive.made_up,
    }
    return render(request, "reports/drive_tell.html", context, status=status)


def _days(share: DriveShare, today) -> list[dict]:
    """The last days of the drive until today, newest first, with what stands there."""
    last = min(share.drive.ends_on, today)
    first = max(share.drive.starts_on, last - timedelta(days=DAYS_BACK - 1))
    rows = share.days.filter(day__range=(first, last)).standing()
    standing = {row.day: row for row in rows}
    days = [last - timedelta(days=at) for at in range((last - first).days + 1)]
    return [
        {
            "day": day,
            "number": standing[day].number if day in standing else None,
            "edition": standing[day].edition if day in standing else 0,
        }
        for day in days
    ]
