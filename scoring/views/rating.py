"""The form a citizen opens by the code of a slip: no login, no script, no cookie, no name.

Without a cookie there is no token against forged requests either, and none is needed: nothing is
done in anybody's name, and the code itself is what allows the one rating.
"""

from axes.helpers import get_client_ip_address
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from cchc_portal.kit.errors import MoveRefused
from cchc_portal.kit.visitors import network_of
from scoring.forms.campaigns import RatingForm
from scoring.models import Slip
from scoring.rules.counter import CODE_LENGTH
from scoring.services import counter

LONGEST_CODE = 3 * CODE_LENGTH


@csrf_exempt
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Where a code is typed."""
    if request.method != "POST":
        return _start(request)
    code = request.POST.get("code", "").strip()[:LONGEST_CODE]
    try:
        counter.slip_of(code, caller=_caller(request))
    except MoveRefused as refusal:
        return _start(request, code, refusal)
    return redirect("scoring:rating", code.replace("/", ""))


@csrf_exempt
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def rating(request: HttpRequest, code: str) -> HttpResponse:
    """Seven taps and one press."""
    caller = _caller(request)
    try:
        slip = counter.slip_of(code, caller=caller)
        form = RatingForm(
            slip.measured.campaign.aspects, request.POST if request.method == "POST" else None
        )
        if request.method != "POST":
            return _form(request, slip, form)
        if not form.is_valid():
            return _form(request, slip, form, status=422)
        counter.rate(code, form.chosen(), visitor=_visitor(request), caller=caller)
    except (counter.NoCode, counter.UnknownCode, counter.NotTaken, counter.TooMany) as refusal:
        return _start(request, code, refusal)
    except MoveRefused as refusal:
        return _form(request, slip, form, refusal=refusal.sentence, status=422)
    return redirect("scoring:rating-thanks")


@login_not_required
@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    """It was counted."""
    return render(request, "scoring/rating_thanks.html")


def _caller(request: HttpRequest) -> str:
    """By whom wrong codes are counted: what a browser calls itself is no part of it, for that is
    changed at will."""
    return network_of(get_client_ip_address(request) or "")


def _visitor(request: HttpRequest) -> str:
    """What tells one device from another; it is kept by nobody."""
    return f"{get_client_ip_address(request)} {request.headers.get('User-Agent', '')}"


def _start(
    request: HttpRequest, code: str = "", refusal: MoveRefused | None = None
) -> HttpResponse:
    status = 200
    if refusal:
        status = 429 if isinstance(refusal, counter.TooMany) else 422
    context = {"code": code, "refusal": refusal.sentence if refusal else ""}
    return render(request, "scoring/rating_start.html", context, status=status)


def _form(
    request: HttpRequest, slip: Slip, form: RatingForm, *, refusal: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "slip": slip,
        "campaign": slip.measured.campaign,
        "unit": slip.measured.unit,
        "form": form,
        "refusal": refusal or ("; ".join(_errors(form)) if form.is_bound else ""),
    }
    return render(request, "scoring/rating.html", context, status=status)


def _errors(form: RatingForm) -> list[str]:
    return [error for errors in form.errors.values() for error in errors]
