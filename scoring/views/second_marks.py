"""Marking a second time: what waits, and one row without its first mark."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from cchc_portal.kit.htmx import fragment
from scoring import access, second_access
from scoring.forms.second_marks import GivenBackForm
from scoring.forms.verification import AcceptForm, VerdictForm
from scoring.models import SecondMark
from scoring.rules.second_mark import MarkState
from scoring.services import second_marks
from scoring.services.verdicts import finding_of, verdict_of
from scoring.views.judging import comparison, verdict_form
from scoring.views.rows import Row
from scoring.views.second_rows import found_mark, result, shared
from units.access import require
from units.permissions import Permission

DONE_SHOWN = 20
GIVEN_WORDS = {
    MarkState.AGREED: "Đã ghi. Hai lần chấm trong ngưỡng, kết quả lần một giữ nguyên.",
    MarkState.DISPUTED: "Đã ghi. Hai lần chấm vượt ngưỡng, người thứ ba sẽ quyết định.",
}


@require_safe
def list_(request: HttpRequest) -> HttpResponse:
    """What waits for this person to mark or to decide, and what they have marked."""
    user = request.user
    access.require_some_desk(user)
    marks = SecondMark.objects
    given = marks.given().filter(second_by=user).for_page().order_by("-given_at")
    context = {
        "held": marks.held_by(user).for_page().first(),
        "waiting": marks.for_second(user).count(),
        "disputed": list(marks.for_third(user).for_page()),
        "given": list(given[:DONE_SHOWN]),
        "given_count": given.count(),
    }
    return render(request, "scoring/second_marks.html", context)


@require_POST
def take(request: HttpRequest) -> HttpResponse:
    """The next row into this person's hands; they do not choose."""
    access.require_some_desk(request.user)
    try:
        mark = second_marks.take(by=request.user)
    except MoveRefused as refusal:
        messages.info(request, refusal.sentence)
        return redirect("scoring:second-marks")
    return redirect("scoring:second-mark", mark.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def mark(request: HttpRequest, pk: int) -> HttpResponse:
    """One row: its holder marks it without the first mark; afterwards both are shown."""
    one = found_mark(request, pk)
    if one.state != MarkState.TAKEN:
        return result(request, one)
    _require_holder(request, one)
    if request.method != "POST":
        return _desk(request, one)
    accepts = "accept" in request.POST
    form = AcceptForm(request.POST) if accepts else verdict_form(one.score, request.POST)
    if not form.is_valid():
        return _desk(request, one, form=form, refusal=form.refusal, status=422)
    said: dict[str, Any] = {"accept": True}
    if not accepts:
        said = _said(form)
    seen = form.cleaned_data["version"]
    try:
        given = second_marks.give(one, by=request.user, seen_version=seen, **said)
    except (MoveRefused, ChangedMeanwhile) as refusal:
        one = found_mark(request, pk)
        if one.state != MarkState.TAKEN:
            return result(request, one, status=409)
        return _desk(request, one, form=form, refusal=refusal.sentence, status=409)
    messages.success(request, GIVEN_WORDS[given.state])
    return redirect("scoring:second-mark", pk)


@require_safe
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """What the second mark that is being typed would come to; nothing is written."""
    one = found_mark(request, pk)
    _require_holder(request, one)
    score = second_access.blank(one.score)
    form = verdict_form(one.score, request.GET)
    context: dict[str, Any] = {"row": Row(score), "form": form}
    if form.is_valid():
        try:
            columns = verdict_of(score, **_said(form) | {"reason": "xem trước"})
            context |= comparison(score, finding_of(columns))
        except MoveRefused as refusal:
            form.add_error(None, refusal.sentence)
    status = 200 if form.is_valid() else 422
    return fragment(request, "scoring/_verdict_compare.html", context, status=status)


@require_POST
def release(request: HttpRequest, pk: int) -> HttpResponse:
    """The row waits again: its holder gives it back, or the organiser takes it away."""
    one = found_mark(request, pk)
    if one.second_by_id != request.user.pk:
        require(request.user, Permission.RUN_PERIOD, at=one.score.dossier.period.assessor_id)
    form = GivenBackForm(request.POST)
    if not form.is_valid():
        messages.error(request, form.refusal)
        return redirect("scoring:second-marks")
    try:
        second_marks.release(one, by=request.user, seen_version=form.cleaned_data["version"])
    except (MoveRefused, ChangedMeanwhile) as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, "Đã trả dòng này về hàng chờ.")
    if "ky" in request.GET:
        return redirect("scoring:second-marking", one.score.dossier.period_id)
    return redirect("scoring:second-marks")


def _require_holder(request: HttpRequest, one: SecondMark) -> None:
    if one.second_by_id != request.user.pk:
        raise PermissionDenied("Dòng này do người khác nhận chấm lần hai.")


def _said(form: VerdictForm) -> dict[str, Any]:
    """The verdict without the entry that its reason was made of: only a verdict counts there."""
    return {name: value for name, value in form.verdict.items() if name != "usual"}


def _desk(
    request: HttpRequest,
    one: SecondMark,
    *,
    form: Any = None,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    """The row as the unit handed it in, its verdict blank, and the form of the second mark."""
    second_access.blank(one.score)
    context = shared(one)
    row = context["row"]
    typed = form if isinstance(form, VerdictForm) else None
    context |= {
        "form": typed,
        "refusal": refusal,
        "boxes": row.verdict_boxes(typed.data if typed else None),
        "fault": typed.fault_field if typed else "",
        "way": typed.data.get("way", "") if typed else row.way,
        "given": typed.data.get("given", "") if typed else "",
        "reason": typed.data.get("reason", "") if typed else "",
    }
    context |= comparison(one.score, one.score.said)
    return render(request, "scoring/second_mark.html", context, status=status)
