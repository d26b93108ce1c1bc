"""The catalogue of usual reasons, as it stands in one period: kept by the organiser, counted."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from scoring.forms.rules import KIND_WORDS
from scoring.forms.usual_reasons import UsualReasonForm
from scoring.models import Criterion, Period, Score, UsualReason
from scoring.rules.usual_reason import STARTERS
from scoring.services import usual_reasons
from scoring.views.scope import attempt, find_period
from units.access import may, require
from units.permissions import Permission


@dataclass(frozen=True)
class Line:
    """One entry with its count, and what it is for in words."""

    entry: UsualReason
    whom: str


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Every entry with how often it stands in the verdicts of the period; the form of a new one."""
    period = find_period(request, pk, Permission.SEE_BELOW)
    form = _form(request, period)
    if request.method != "POST":
        return _shown(request, period, form)
    require(request.user, Permission.RUN_PERIOD, at=period.assessor_id)
    done = _tried(form, lambda: usual_reasons.add(period.assessor, form.usual, by=request.user))
    if done == 200:
        messages.success(request, "Đã thêm lý do vào danh mục.")
        return redirect("scoring:usual-reasons", pk)
    return _shown(request, period, form, status=done)


@require_http_methods(["GET", "HEAD", "POST"])
def reword(request: HttpRequest, pk: int, entry: int) -> HttpResponse:
    """Other words for one of them: a new entry that takes its place."""
    period = find_period(request, pk, Permission.RUN_PERIOD)
    old = get_object_or_404(period.assessor.usual_reasons, pk=entry)
    form = _form(request, period, initial=old.usual._asdict())
    status = 200
    if request.method == "POST":
        status = _tried(form, lambda: usual_reasons.reword(old, form.usual, by=request.user))
        if status == 200:
            messages.success(
                request, "Đã thay bằng câu mới. Kết quả đã ghi theo câu cũ giữ nguyên."
            )
            return redirect("scoring:usual-reasons", pk)
    context = {"period": period, "old": old, "form": form, "made_up": period.made_up}
    return render(request, "scoring/usual_reason_reword.html", context, status=status)


@require_POST
def retire(request: HttpRequest, pk: int, entry: int) -> HttpResponse:
    """It is offered no more."""
    period = find_period(request, pk, Permission.RUN_PERIOD)
    old = get_object_or_404(period.assessor.usual_reasons, pk=entry)

    def do() -> str:
        usual_reasons.retire(old, by=request.user)
        return "Đã thôi dùng lý do này. Kết quả đã ghi theo lý do này giữ nguyên."

    return _moved(request, period, do)


@require_POST
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    """An empty catalogue is filled with the reasons to start from."""
    period = find_period(request, pk, Permission.RUN_PERIOD)

    def do() -> str:
        made = usual_reasons.begin(period.assessor, by=request.user)
        return f"Đã đưa {len(made)} lý do mẫu vào danh mục."

    return _moved(request, period, do)


def _moved(request: HttpRequest, period: Period, do: Callable[[], str]) -> HttpResponse:
    return attempt(
        request,
        do,
        then=reverse("scoring:usual-reasons", args=[period.pk]),
        otherwise=lambda: _shown(request, period, UsualReasonForm(areas=_areas(period))),
    )


def _tried(form: UsualReasonForm, do: Callable[[], object]) -> int:
    """200 once it is done, else the status with which the form is shown again."""
    if not form.is_valid():
        return 422
    try:
        do()
    except (MoveRefused, ChangedMeanwhile) as refusal:
        form.add_error(None, refusal.sentence)
        return 409
    return 200


def _form(request: HttpRequest, period: Period, **options: Any) -> UsualReasonForm:
    return UsualReasonForm(request.POST or None, areas=_areas(period), **options)


def _areas(period: Period) -> list[tuple[str, str]]:
    """The areas of the period's blocks, each code once."""
    areas = Criterion.objects.areas().filter(criteria_set__block__period=period)
    found = areas.order_by("criteria_set__block__position", "position").values_list("code", "title")
    return list({code: (code, title) for code, title in reversed(found)}.values())[::-1]


def _shown(
    request: HttpRequest, period: Period, form: UsualReasonForm, status: int = 200
) -> HttpResponse:
    entries = list(UsualReason.objects.filter(assessor=period.assessor_id).with_use_in(period))
    titles = dict(form.areas)
    written = Score.objects.filter(dossier__period=period).settled().exclude(verified_reason="")
    context = {
        "period": period,
        "in_use": [Line(one, _whom(one, titles)) for one in entries if not one.retired_at],
        "retired": [one for one in entries if one.retired_at],
        "form": form,
        "may_keep": may(request.user, Permission.RUN_PERIOD, at=period.assessor_id),
        "starters": len(STARTERS),
        "used": sum(one.used for one in entries),
        "own_words": written.filter(usual_reason=None).count(),
        "made_up": period.made_up,
    }
    return render(request, "scoring/usual_reasons.html", context, status=status)


def _whom(entry: UsualReason, titles: dict[str, str]) -> str:
    area = f"lĩnh vực {entry.area} {titles.get(entry.area, '')}".rstrip() if entry.area else ""
    kind = f"cách chấm “{KIND_WORDS.get(entry.kind, entry.kind).lower()}”" if entry.kind else ""
    return ", ".join(filter(None, (area, kind)))
