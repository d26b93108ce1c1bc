"""A drive that was opened gets other targets or another last day, or is cancelled."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from commitments.forms.fields import ReasonForm
from commitments.views.asking import ask, posted
from reports.forms.drives import DriveChangeForm
from reports.views.drives import page_of
from scoring.models import Drive
from scoring.services import drive_changes
from scoring.services.drives import CANCELLED
from units.access import require
from units.models import Unit
from units.permissions import Permission

form_page = require_http_methods(["GET", "HEAD", "POST"])


@form_page
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Other targets, another last day, and why."""
    drive = _found(request, pk)
    below = Unit.objects.children_on(drive.owner, timezone.localdate()).values("pk")
    theirs = drive.shares.values("unit")
    units = Unit.objects.filter(Q(pk__in=theirs) | Q(pk__in=below)).order_by("position", "code")
    form = DriveChangeForm(drive, list(units), posted(request))

    def act(data: dict[str, Any]) -> str:
        drive_changes.change(
            drive,
            ends_on=data["ends_on"],
            targets=form.targets(),
            figure_code=data["figure_code"],
            comment=data["comment"],
            seen=data["seen"],
            by=request.user,
        )
        messages.success(request, "Đã sửa đợt cao điểm.")
        return reverse("reports:drive", args=[pk])

    return _ask(
        request,
        drive,
        form,
        act,
        title="Sửa đợt cao điểm",
        words="Các đơn vị thấy chỉ tiêu, ngày cuối mới ngay; lý do được ghi ở trang của đợt.",
    )


@form_page
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Nobody owes a number any more; why."""
    drive = _found(request, pk)
    form = ReasonForm(posted(request), initial={"seen": drive.version})

    def act(data: dict[str, Any]) -> str:
        drive_changes.cancel(drive, comment=data["comment"], seen=data["seen"], by=request.user)
        messages.success(request, f"Đã hủy đợt: {drive.title}.")
        return reverse("reports:drive", args=[pk])

    return _ask(
        request,
        drive,
        form,
        act,
        title="Hủy đợt cao điểm",
        words="Các đơn vị không phải ghi số của đợt này nữa; số đã ghi vẫn đọc được, đợt không còn "
        "ở trang Điều hành. Đợt đã hủy không mở lại được.",
    )


def _found(request: HttpRequest, pk: int) -> Drive:
    seen = Drive.objects.visible_to(request.user).select_related("owner")
    return get_object_or_404(seen, pk=pk)


def _ask(
    request: HttpRequest,
    drive: Drive,
    form: ReasonForm,
    act: Callable[[dict[str, Any]], str],
    **said: str,
) -> HttpResponse:
    require(request.user, Permission.RUN_PERIOD, at=drive.owner_id)
    if drive.cancelled_at:
        return page_of(request, drive.pk, refusal=CANCELLED, status=409)

    def now() -> dict[str, Any]:
        fresh = _found(request, drive.pk)
        return {"drive": fresh, "made_up": fresh.made_up} | said

    return ask(
        request,
        "reports/drive_change.html",
        form,
        act=act,
        context=now,
        conflict=lambda: form.renew(_found(request, drive.pk).version),
    )
