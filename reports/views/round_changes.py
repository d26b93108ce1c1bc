"""A round that was opened gets another last day, or is cancelled before anything was sent."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from commitments.views.asking import ask, posted
from reports.forms.periodic import DueForm, ReturnForm
from reports.models import ReportRound
from reports.services import round_changes
from reports.services.rounds import CANCELLED
from reports.views.rounds import found, page_of
from units.access import require
from units.permissions import Permission

form_page = require_http_methods(["GET", "HEAD", "POST"])


@form_page
def move_due(request: HttpRequest, pk: int) -> HttpResponse:
    """Another last day, and why."""
    round_ = found(request, pk)
    form = DueForm(posted(request), initial={"seen": round_.version, "due_on": round_.due_on})

    def act(data: dict[str, Any]) -> str:
        round_changes.move_due(round_, by=request.user, **data)
        messages.success(request, "Đã dời hạn gửi báo cáo.")
        return reverse("periodic:round", args=[pk])

    return _ask(
        request,
        round_,
        form,
        act,
        title="Dời hạn gửi",
        words="Các đơn vị thấy hạn mới ngay; báo cáo gửi trước hạn mới không bị tính là muộn.",
    )


@form_page
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Nobody owes the reports any more; why."""
    round_ = found(request, pk)
    form = ReturnForm(posted(request), initial={"seen": round_.version})

    def act(data: dict[str, Any]) -> str:
        round_changes.cancel(round_, by=request.user, **data)
        messages.success(request, f"Đã hủy đợt: {round_.title}.")
        return reverse("periodic:round", args=[pk])

    return _ask(
        request,
        round_,
        form,
        act,
        title="Hủy đợt báo cáo",
        words="Các đơn vị không phải gửi báo cáo của đợt này nữa; nội dung đã soạn vẫn đọc được. "
        "Chỉ hủy được khi chưa có báo cáo nào được gửi. Sau đó có thể mở lại đợt của cùng kỳ.",
    )


def _ask(
    request: HttpRequest, round_: ReportRound, form: ReturnForm, act: Any, **said: str
) -> HttpResponse:
    require(request.user, Permission.RUN_PERIOD, at=round_.owner_id)
    if round_.cancelled_at:
        return page_of(request, round_.pk, refusal=CANCELLED, status=409)

    def now() -> dict[str, Any]:
        fresh = found(request, round_.pk)
        return {"round": fresh, "made_up": fresh.made_up} | said

    return ask(
        request,
        "reports/periodic/change_round.html",
        form,
        act=act,
        context=now,
        conflict=lambda: form.renew(found(request, round_.pk).version),
    )
