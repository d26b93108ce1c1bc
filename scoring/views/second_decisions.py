"""The third person between two marks, and the organiser who gives a second mark up."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from scoring import access, second_access
from scoring.forms.second_marks import ThirdForm, WaiveForm
from scoring.models import SecondMark
from scoring.rules.second_mark import Choice, MarkState
from scoring.services import second_marks
from scoring.views.second_rows import both, found_mark, result
from units.access import require
from units.permissions import Permission

TYPED = ("choice", "points", "reason")


@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Both marks side by side, and what a third person decides."""
    one = found_mark(request, pk)
    second_access.require_third(request.user, one)
    if one.state != MarkState.DISPUTED:
        return result(request, one, status=200 if request.method != "POST" else 409)
    if request.method != "POST":
        return _third(request, one)
    form = ThirdForm(request.POST)
    if not form.is_valid():
        return _third(request, one, form=form, refusal=form.refusal, status=422)
    typed = form.cleaned_data
    try:
        second_marks.decide(
            one,
            by=request.user,
            choice=Choice(typed["choice"]),
            points=typed["points"],
            reason=typed["reason"],
            seen_version=typed["version"],
        )
    except (MoveRefused, ChangedMeanwhile) as refusal:
        one = found_mark(request, pk)
        return _third(request, one, form=form, refusal=refusal.sentence, status=409)
    messages.success(request, "Đã quyết định kết quả thẩm định của dòng này.")
    following = SecondMark.objects.for_third(request.user).first()
    if following is None:
        return redirect("scoring:second-marks")
    return redirect("scoring:second-mark-decide", following.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def waive(request: HttpRequest, pk: int) -> HttpResponse:
    """The organiser gives a second mark up, with a reason."""
    one = found_mark(request, pk)
    require(request.user, Permission.RUN_PERIOD, at=one.score.dossier.period.assessor_id)
    posted = request.POST if request.method == "POST" else None
    form = WaiveForm(posted)
    status, refusal = 200, ""
    if posted is not None:
        status, refusal = 422, "" if form.is_valid() else form.refusal
    if posted is not None and form.is_valid():
        said = form.cleaned_data
        try:
            second_marks.waive(
                one, by=request.user, reason=said["comment"], seen_version=said["version"]
            )
        except (MoveRefused, ChangedMeanwhile) as refused:
            status, refusal = 409, refused.sentence
            one = found_mark(request, pk)
        else:
            messages.success(request, "Đã ghi dòng này không chấm lần hai.")
            return redirect("scoring:second-marking", one.score.dossier.period_id)
    context = {
        "one": one,
        "refusal": refusal,
        "comment": request.POST.get("comment", ""),
        "made_up": one.score.dossier.period.made_up,
    }
    return render(request, "scoring/second_mark_waive.html", context, status=status)


def _third(
    request: HttpRequest,
    one: SecondMark,
    *,
    form: ThirdForm | None = None,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    closed = access.why_period_is_closed(one.score.dossier)
    context = both(one) | {
        "closed_because": closed,
        "choices": [(choice, str(at)) for at, choice in enumerate(Choice, start=1)],
        "typed": {name: form.data.get(name, "") if form else "" for name in TYPED},
        "refusal": refusal,
        "queue": list(SecondMark.objects.for_third(request.user).for_page()),
        "decides": one.state == MarkState.DISPUTED and not closed,
    }
    return render(request, "scoring/second_mark_decide.html", context, status=status)
