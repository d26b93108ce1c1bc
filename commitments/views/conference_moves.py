"""A conference is planned, rewritten, held, minuted, closed; papers are attached to it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from commitments import conference_access as access
from commitments.forms.conferences import (
    PaperForm,
    PlanForm,
    ReviseForm,
)
from commitments.forms.fields import ReasonForm, Seen
from commitments.forms.signing import SignatureForm
from commitments.models import Conference
from commitments.models.table import minutes_of
from commitments.rules.conference import CONFERENCE, HOLDING, ConferenceVerb
from commitments.rules.conference_terms import differences
from commitments.services import conferences
from commitments.services.conference_rows import refuse_unless_writable
from commitments.views.asking import ask, last_hand, posted
from commitments.views.conferences import (
    WORDS_OF_MOVES,
    address,
    found,
    on_conference,
    verb_of,
)
from commitments.views.moves import form_page
from units.access import units_where

CONSEQUENCES = {
    ConferenceVerb.HOLD: "Liên kết nhận ý kiến gửi trước ngừng nhận. Ý kiến, nội dung kết luận và "
    "biên bản vẫn ghi tiếp được cho đến khi ký biên bản.",
    ConferenceVerb.TAKE_BACK: "Chữ ký biên bản không còn; bảng đang công khai bị gỡ. Sửa xong cần "
    "ký lại.",
    ConferenceVerb.CLOSE: "Mọi ý kiến đã có kết quả, mọi nhiệm vụ đã xong. Sau đó không ghi thêm "
    "được nữa.",
    ConferenceVerb.CANCEL: "Hội nghị được ghi là không tổ chức, liên kết nhận ý kiến ngừng nhận.",
}


@form_page
def plan(request: HttpRequest) -> HttpResponse:
    """Plans a conference of one of one's units."""
    if not units_where(request.user, HOLDING):
        raise PermissionDenied("Đồng chí chưa được giao tổ chức hội nghị của đơn vị nào.")
    form = PlanForm(request.user, posted(request))

    def act(data: dict[str, Any]) -> str:
        conference = conferences.plan(data["unit"], terms=form.terms(), by=request.user)
        messages.success(request, "Đã lập hội nghị.")
        return address(conference)

    return ask(request, "conferences/plan.html", form, act=act, context=dict)


@form_page
@on_conference
def revise(request: HttpRequest, conference: Conference) -> HttpResponse:
    """Rewrites what stands above the items; where someone wrote meanwhile both are shown."""
    access.require_holding(request.user, conference)
    refuse_unless_writable(conference)
    before = conference.heading_version
    form = ReviseForm(posted(request), instance=conference, initial={"seen": before})
    both: dict[str, Any] = {"differences": []}

    def act(data: dict[str, Any]) -> str:
        conferences.revise(conference, seen=data["seen"], terms=form.terms(), by=request.user)
        messages.success(request, "Đã ghi thông tin hội nghị.")
        return address(conference)

    def conflict() -> None:
        fresh = found(request, conference.pk)
        last = fresh.events.filter(verb=ConferenceVerb.REVISE).for_page().first()
        both.update(differences=differences(fresh.terms, form.terms()), **last_hand(last))
        form.renew(fresh.heading_version)

    def now() -> dict[str, Any]:
        return context_of(found(request, conference.pk)) | both

    return ask(request, "conferences/revise.html", form, act=act, context=now, conflict=conflict)


@form_page
@on_conference
def move(request: HttpRequest, conference: Conference, word: str) -> HttpResponse:
    """Held, minutes opened again, closed, cancelled: asked once, some with a reason."""
    verb = verb_of(word, WORDS_OF_MOVES)
    step = CONFERENCE.move(verb)
    access.require_move(request.user, conference, step)
    if request.method != "POST":
        CONFERENCE.check(verb, conference.state, "đã có")
    form = (ReasonForm if step.needs_comment else Seen)(
        posted(request), initial={"seen": conference.version}
    )

    def act(data: dict[str, Any]) -> str:
        said = {"comment": data["comment"]} if step.needs_comment else {}
        getattr(conferences, verb.value)(conference, by=request.user, **said)
        messages.success(request, f"Đã ghi: {step.label.lower()}.")
        return address(conference)

    def now() -> dict[str, Any]:
        asked = {"title": step.label, "words": CONSEQUENCES[verb], "press": step.label}
        return context_of(found(request, conference.pk)) | asked

    return ask(request, "conferences/ask.html", form, act=act, context=now)


@sensitive_post_parameters("password")
@form_page
@on_conference
def sign_minutes(request: HttpRequest, conference: Conference) -> HttpResponse:
    """The head reads the minutes once more and signs them with the password."""
    step = CONFERENCE.move(ConferenceVerb.SIGN_MINUTES)
    access.require_move(request.user, conference, step)
    if request.method != "POST":
        CONFERENCE.check(ConferenceVerb.SIGN_MINUTES, conference.state)
    form = SignatureForm(request, posted(request), initial={"seen": conference.version})

    def act(data: dict[str, Any]) -> str:
        conferences.sign_minutes(conference, seen=data["seen"], by=request.user)
        messages.success(request, "Đã ký biên bản. Các nội dung kết luận có hiệu lực thực hiện.")
        return address(conference)

    def now() -> dict[str, Any]:
        fresh = found(request, conference.pk)
        return context_of(fresh) | {"minutes": minutes_of(fresh)}

    def conflict() -> None:
        form.renew(found(request, conference.pk).version)

    return ask(
        request, "conferences/sign_minutes.html", form, act=act, context=now, conflict=conflict
    )


@form_page
@on_conference
def attach(request: HttpRequest, conference: Conference) -> HttpResponse:
    """A file, or a paper of the unit's cabinet, belongs to the conference."""
    access.require_holding(request.user, conference)
    refuse_unless_writable(conference)
    form = PaperForm(conference.unit, posted(request), request.FILES or None)

    def act(data: dict[str, Any]) -> str:
        if data["file"]:
            conferences.bring(
                conference,
                upload=data["file"],
                declared_not_secret=data["declared"],
                by=request.user,
            )
        else:
            conferences.attach(conference, document=data["document"], by=request.user)
        messages.success(request, "Đã gắn tài liệu.")
        return address(conference)

    context = context_of(conference) | {
        "title": "Gắn tài liệu",
        "words": "Giấy mời, báo cáo, tham luận, ảnh, bản chụp biên bản đã ký. Tệp mới được đưa vào "
        "tủ tài liệu của đơn vị.",
        "press": "Gắn tài liệu",
    }
    return ask(request, "conferences/ask.html", form, act=act, context=lambda: context)


@require_POST
@on_conference
def detach(request: HttpRequest, conference: Conference, paper: int) -> HttpResponse:
    """The paper no longer belongs to it."""
    access.require_holding(request.user, conference)
    document = get_object_or_404(conference.unit.documents.all(), pk=paper)
    conferences.detach(conference, document=document, by=request.user)
    messages.success(request, "Đã gỡ tài liệu khỏi hội nghị; tài liệu vẫn còn trong tủ.")
    return redirect(address(conference))


def context_of(conference: Conference) -> dict[str, Any]:
    """What every page about one conference needs."""
    return {
        "conference": conference,
        "made_up": conference.made_up,
        "today": timezone.localdate(),
        "back": address(conference),
    }
