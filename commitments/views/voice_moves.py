"""Writing a remark down, registering a complaint or denunciation, and the moves of a remark."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters

from cchc_portal.kit.errors import MoveRefused
from commitments import voice_access as access
from commitments.forms.fields import ReasonForm, Seen
from commitments.forms.voice_moves import (
    AnswerForm,
    ClassifyForm,
    CloseForm,
    DiscardForm,
    HandOnForm,
    PointForm,
    ReferForm,
    VerifyForm,
)
from commitments.forms.voices import HeardForm, RegisterForm
from commitments.models import Voice
from commitments.rules.voice import HANDLING, VOICE, VoiceVerb
from commitments.services import voice_hands, voice_people, voice_rows, voices
from commitments.views.asking import ask, posted
from commitments.views.conferences import verb_of
from commitments.views.moves import form_page
from commitments.views.voices import WORDS_OF_MOVES, address, found, page_of
from units.access import units_where

WORDS = {
    VoiceVerb.CLASSIFY: "Loại quyết định hạn trả lời. Khiếu nại, tố cáo theo luật thì không phân "
    "loại ở đây: thủ trưởng đơn vị chọn “Ghi là khiếu nại, tố cáo”.",
    VoiceVerb.VERIFY: "Ghi kết quả xác minh tại đơn vị được phản ánh.",
    VoiceVerb.ANSWER: "Ghi nội dung đã trả lời người phản ánh.",
    VoiceVerb.CLOSE: "Phản ánh có cơ sở hoặc có cơ sở một phần thì phải có biện pháp xử lý.",
    VoiceVerb.HAND_ON: "Đơn vị trong lực lượng có trách nhiệm giải quyết. Số phản ánh giữ nguyên, "
    "hạn trả lời của đơn vị mới tính từ hôm nay; nếu đã quá hạn thì số ngày quá hạn vẫn ghi lại. "
    "Đơn vị đã chuyển theo dõi được kết quả, không xem được thông tin người phản ánh nữa.",
    VoiceVerb.REFER: "Việc ngoài thẩm quyền của đơn vị: ghi cơ quan, đơn vị được chuyển đến.",
    VoiceVerb.POINT: "Nội dung và thông tin người gửi bị xóa khỏi cổng, không lấy lại được. Trước "
    "khi ghi, đề nghị chuyển đơn hoặc hướng dẫn người gửi theo quy định về khiếu nại, tố cáo.",
    VoiceVerb.DISCARD: "Mục quảng cáo, gửi trùng hoặc không phải phản ánh. Số vẫn giữ trong sổ; "
    "thủ trưởng có thể xem xét lại, hoặc xóa thông tin người gửi sau bước này.",
    VoiceVerb.REOPEN: "Phản ánh trở lại bước xác minh; nội dung đã ghi giữ lại để sửa. Phản ánh đã "
    "trả lời thì hạn mới tính từ hôm nay và ngày trả lời lần đầu vẫn giữ; chưa trả lời thì giữ "
    "hạn cũ.",
}


@sensitive_post_parameters("name", "phone", "address", "text")
@form_page
def receive(request: HttpRequest) -> HttpResponse:
    """Writes down what came by telephone, by box, at the reception, or from elsewhere."""
    form = HeardForm(_desks(request), posted(request))

    def act(data: dict[str, Any]) -> str:
        voice = voices.receive(
            data["unit"],
            concerns=data["concerns"],
            key=data["key"],
            heard=form.heard(),
            sender=form.sender(),
            by=request.user,
        )
        messages.success(request, f"Đã ghi phản ánh số {voice.label}.")
        return address(voice)

    def now() -> dict[str, Any]:
        return {
            "title": "Ghi phản ánh, kiến nghị",
            "words": "Họ tên, điện thoại, địa chỉ được mã hóa; chỉ cán bộ xử lý của đơn vị đang "
            "giải quyết xem được và mỗi lần xem đều ghi vào nhật ký.",
            "press": "Ghi",
        }

    return ask(request, "voices/ask.html", form, act=act, context=now, conflict=form.renew_key)


@form_page
def register(request: HttpRequest) -> HttpResponse:
    """A complaint or denunciation came: registered without content."""
    form = RegisterForm(_desks(request), posted(request))

    def act(data: dict[str, Any]) -> str:
        voice = voices.register(
            data["unit"],
            concerns=data["concerns"],
            key=data["key"],
            heard=form.heard(),
            to=data["to"],
            by=request.user,
        )
        messages.success(request, f"Đã ghi số {voice.label}, không kèm nội dung.")
        return address(voice)

    def now() -> dict[str, Any]:
        return {
            "title": "Ghi nhận khiếu nại, tố cáo",
            "words": "Cổng chỉ ghi nhận đã tiếp và đã hướng dẫn đến đâu. Nội dung, họ tên người "
            "khiếu nại, tố cáo không ghi lên cổng.",
            "press": "Ghi",
        }

    return ask(request, "voices/ask.html", form, act=act, context=now, conflict=form.renew_key)


@form_page
def move(request: HttpRequest, pk: int, word: str) -> HttpResponse:
    """Classified, verified, answered, closed, referred, pointed elsewhere, discarded, reopened."""
    verb = verb_of(word, WORDS_OF_MOVES)
    voice = found(request, pk)
    step = VOICE.move(verb)
    access.require_move(request.user, voice, step)
    if request.method != "POST":
        try:
            VOICE.check(verb, voice.state, "đã có")
            voice_rows.refuse_unfit(voice, step)
        except MoveRefused as refusal:
            return page_of(request, voice, refusal=refusal.sentence, status=409)
    form = _form(request, voice, verb)

    def act(data: dict[str, Any]) -> str:
        by_verb = {
            VoiceVerb.CLASSIFY: voices.classify,
            VoiceVerb.VERIFY: voices.verify,
            VoiceVerb.ANSWER: voices.answer,
            VoiceVerb.CLOSE: voices.close,
            VoiceVerb.HAND_ON: voice_hands.hand_on,
            VoiceVerb.REFER: voices.refer,
            VoiceVerb.POINT: voices.point,
            VoiceVerb.DISCARD: voices.discard,
            VoiceVerb.REOPEN: voices.reopen,
        }
        by_verb[verb](voice, by=request.user, **data)
        messages.success(request, f"Đã ghi: {step.label.lower()}.")
        return address(voice)

    asked = {"title": step.label, "words": WORDS[verb], "press": step.label}
    return _ask_about(request, pk, form, act, **asked)


@form_page
def forget(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks once more, then erases who brought a settled remark forward."""
    voice = found(request, pk)
    access.require_concluding(request.user, voice.unit_id)
    if request.method != "POST" and not access.may_forget(request.user, voice):
        why = voice_people.STILL_OPEN if voice.open else voice_people.NOBODY_KEPT
        return page_of(request, voice, refusal=why, status=409)
    form = Seen(posted(request), initial={"seen": voice.version})

    def act(data: dict[str, Any]) -> str:
        voice_people.forget(voice, seen=data["seen"], by=request.user)
        messages.success(request, "Đã xóa thông tin người phản ánh.")
        return address(voice)

    asked = {
        "title": "Xóa thông tin người phản ánh",
        "words": "Họ tên, điện thoại, địa chỉ bị xóa, không lấy lại được. Phản ánh, kết quả và "
        "nhật ký vẫn giữ.",
        "press": "Xóa",
    }
    return _ask_about(request, pk, form, act, **asked)


def _ask_about(
    request: HttpRequest, pk: int, form, act: Callable[[dict[str, Any]], str], **asked: str
) -> HttpResponse:
    """Asks about one remark, read anew whenever the page is shown."""

    def now() -> dict[str, Any]:
        fresh = found(request, pk)
        return {"voice": fresh, "made_up": fresh.made_up, **asked}

    return ask(
        request,
        "voices/ask.html",
        form,
        act=act,
        context=now,
        conflict=lambda: form.renew(found(request, pk).version),
    )


def _form(request: HttpRequest, voice: Voice, verb: VoiceVerb):
    seen, data = {"seen": voice.version}, posted(request)
    if verb == VoiceVerb.CLASSIFY:
        usual = {"kind": voice.kind, "concerns": voice.concerns_id}
        return ClassifyForm(voice, data, initial=seen | usual)
    if verb == VoiceVerb.HAND_ON:
        if access.stands_in(request.user, voice):
            seen |= {"to": units_where(request.user, HANDLING)[0]}
        return HandOnForm(access.reached_by(voice, request.user), data, initial=seen)
    if verb == VoiceVerb.VERIFY:
        return VerifyForm(data, initial=seen | {"finding": voice.finding})
    if verb == VoiceVerb.ANSWER:
        usual = {
            "answer": voice.answer,
            "answer_number": voice.answer_number,
            "answered_on": timezone.localdate(),
        }
        return AnswerForm(data, initial=seen | usual)
    if verb == VoiceVerb.CLOSE:
        return CloseForm(data, initial=seen | {"measures": voice.measures})
    short = {
        VoiceVerb.REFER: ReferForm,
        VoiceVerb.POINT: PointForm,
        VoiceVerb.DISCARD: DiscardForm,
    }
    return short.get(verb, ReasonForm)(data, initial=seen)


def _desks(request: HttpRequest) -> list[int]:
    desks = units_where(request.user, HANDLING)
    if not desks:
        raise PermissionDenied("Đồng chí chưa được giao xử lý phản ánh của đơn vị nào.")
    return desks
