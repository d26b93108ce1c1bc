"""Opinions sent beforehand: the link with its square for the unit, the page for everybody."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from cchc_portal.kit.errors import MoveRefused
from cchc_portal.kit.printed_address import printed_address
from cchc_portal.kit.qr import Square
from commitments import conference_access as access
from commitments.forms.conferences import CollectForm
from commitments.forms.dialogue import SendForm
from commitments.models import Conference
from commitments.services import collecting
from commitments.services.conference_rows import refuse_unless_writable
from commitments.views.asking import ask, posted
from commitments.views.conference_moves import context_of
from commitments.views.conferences import found, on_conference
from commitments.views.moves import form_page
from commitments.views.rate import within_the_rate

AT_MOST = 20
WITHIN = 600
"""So many opinions from one address of the network within so many seconds: a whole hall may share
one."""
TOO_MANY = "Máy này vừa gửi nhiều ý kiến. Đề nghị chờ khoảng mười phút rồi gửi tiếp."


@form_page
@on_conference
def collect(request: HttpRequest, conference: Conference) -> HttpResponse:
    """Opens the link or changes its last day; shows the link and its square."""
    access.require_holding(request.user, conference)
    refuse_unless_writable(conference)
    usual = conference.collect_until or conference.held_on
    form = CollectForm(posted(request), initial={"until": usual})

    def act(data: dict[str, Any]) -> str:
        collecting.collect(conference, until=data["until"], by=request.user)
        messages.success(request, "Đã mở liên kết nhận ý kiến gửi trước.")
        return reverse("conferences:collect", args=[conference.pk])

    def now() -> dict[str, Any]:
        fresh = found(request, conference.pk)
        link = _link(request, fresh) if fresh.collect_key else ""
        return context_of(fresh) | {
            "link": link,
            "square": Square(link) if link else None,
            "open": fresh.collects_on(timezone.localdate()),
        }

    return ask(request, "conferences/collect.html", form, act=act, context=now)


@require_POST
@on_conference
def stop(request: HttpRequest, conference: Conference) -> HttpResponse:
    """The link takes nothing any more."""
    access.require_holding(request.user, conference)
    collecting.stop(conference, by=request.user)
    messages.success(request, "Đã ngừng nhận ý kiến gửi trước.")
    return redirect(reverse("conferences:detail", args=[conference.pk]))


@login_not_required
@never_cache
@form_page
def send(request: HttpRequest, key: str) -> HttpResponse:
    """The page behind the link: one opinion, question or proposal; works without script.

    Nobody is asked who they are. The address of the network is counted for ten minutes, mixed with
    the portal's secret, and written down nowhere.
    """
    conference = get_object_or_404(Conference.objects.select_related("unit"), collect_key=key)
    context = {"conference": conference, "made_up": conference.made_up}
    if not conference.collects_on(timezone.localdate()):
        return render(request, "conferences/send_closed.html", context, status=410)
    form = SendForm(posted(request))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            if form.cleaned_data["leave_empty"]:
                return redirect("conferences:sent", key)
            status = _send(request, conference, form)
            if status == 200:
                return redirect("conferences:sent", key)
    return render(request, "conferences/send.html", context | {"form": form}, status=status)


@login_not_required
@require_safe
def sent(request: HttpRequest, key: str) -> HttpResponse:
    """Thanks, and the way to another one."""
    conference = get_object_or_404(Conference.objects.select_related("unit"), collect_key=key)
    context = {"conference": conference, "made_up": conference.made_up}
    return render(request, "conferences/sent.html", context)


def _send(request: HttpRequest, conference: Conference, form: SendForm) -> int:
    if not _within_the_rate(request, conference, form.cleaned_data["key"]):
        form.add_error(None, TOO_MANY)
        return 429
    try:
        collecting.send(conference, key=form.cleaned_data["key"], words=form.words())
    except MoveRefused as refusal:
        form.add_error(None, refusal.sentence)
        return 409
    return 200


def _within_the_rate(request: HttpRequest, conference: Conference, key: UUID) -> bool:
    """Whether this address of the network may send one more; the same again costs nothing."""
    if conference.items.filter(key=key).exists():
        return True
    about = f"collecting {conference.pk}"
    return within_the_rate(request, about, at_most=AT_MOST, within=WITHIN)


def _link(request: HttpRequest, conference: Conference) -> str:
    return printed_address(request, reverse("conferences:send", args=[conference.collect_key]))
