"""Remarks by everybody, without an account and without script: which unit, what, and how it is."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from cchc_portal.kit.veil import can_veil
from commitments.forms.voices import ChooseForm, FollowForm, SendForm
from commitments.models import Voice
from commitments.services import voices
from commitments.views.asking import posted
from commitments.views.moves import form_page
from commitments.views.rate import within_the_rate
from units.models import Unit

SHOWN = 20
WITHIN = 600
SENT_AT_MOST, ASKED_AT_MOST = 5, 20
"""From one address of the network within so many seconds."""
TOO_MANY = "Máy này vừa gửi nhiều lần. Đề nghị chờ khoảng mười phút rồi gửi tiếp."
TOO_OFTEN = "Máy này vừa tra cứu nhiều lần. Đề nghị chờ khoảng mười phút."
UNKNOWN = "Không có phản ánh nào mang mã này, đề nghị xem lại từng chữ."


@login_not_required
@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """About which unit: the first that hold the words in their names."""
    form = ChooseForm(request.GET)
    words = form.cleaned_data["words"] if form.is_valid() else ""
    units = []
    if words:
        alive = Unit.objects.in_force_on(timezone.localdate()).matching(words)
        units = list(alive.select_related("parent").order_by("position", "code")[: SHOWN + 1])
    context = {"form": form, "words": words, "units": units[:SHOWN], "more": len(units) > SHOWN}
    status = 422 if form.errors else 200
    return render(request, "voices/choose.html", context, status=status)


@sensitive_post_parameters("name", "phone", "address", "text")
@login_not_required
@never_cache
@form_page
def send(request: HttpRequest, pk: int) -> HttpResponse:
    """One remark about this unit. The answer shows the code, which stands in no address."""
    alive = Unit.objects.in_force_on(timezone.localdate())
    unit = get_object_or_404(alive.select_related("parent"), pk=pk)
    form, status = SendForm(posted(request)), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            if form.cleaned_data["leave_empty"]:
                return redirect("voices:choose")
            voice, status = _sent(request, unit, form)
            if voice:
                return render(request, "voices/sent.html", {"voice": voice, "unit": unit})
    context = {"unit": unit, "form": form, "keeps": can_veil()}
    return render(request, "voices/send.html", context, status=status)


@sensitive_post_parameters("code")
@login_not_required
@never_cache
@form_page
def follow(request: HttpRequest) -> HttpResponse:
    """How the remark of a code is: asked by POST, so that the code is in no log of addresses."""
    form, voice, status = FollowForm(posted(request)), None, 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            voice, status = _known(request, form)
    context = {"form": form, "voice": voice}
    if voice:
        context |= {"made_up": voice.made_up, "refused": voice.events.refusal()}
    return render(request, "voices/follow.html", context, status=status)


def _sent(request: HttpRequest, unit: Unit, form: SendForm) -> tuple[Voice | None, int]:
    data = form.cleaned_data
    again = Voice.objects.filter(key=data["key"]).exists()
    if not again and not within_the_rate(
        request, "voices sent", at_most=SENT_AT_MOST, within=WITHIN
    ):
        form.add_error(None, TOO_MANY)
        return None, 429
    try:
        voice = voices.send(
            unit, key=data["key"], kind=data["kind"], text=data["text"], sender=form.sender()
        )
    except ChangedMeanwhile as refusal:
        form.renew_key()
        form.add_error(None, refusal.sentence)
        return None, 409
    except MoveRefused as refusal:
        form.add_error(None, refusal.sentence)
        return None, 409
    return voice, 200


def _known(request: HttpRequest, form: FollowForm) -> tuple[Voice | None, int]:
    if not within_the_rate(request, "voices asked", at_most=ASKED_AT_MOST, within=WITHIN):
        form.add_error(None, TOO_OFTEN)
        return None, 429
    voice = Voice.objects.for_page().filter(code=form.cleaned_data["code"]).first()
    if voice is None:
        form.add_error("code", UNKNOWN)
        return None, 404
    return voice, 200
