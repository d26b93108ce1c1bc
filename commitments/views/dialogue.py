"""One item: its story, its words, and what comes of it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from commitments import conference_access as access
from commitments.forms.dialogue import (
    AnswerForm,
    ItemEditForm,
    LetterForm,
    PrivateForm,
    SeenErrandForm,
    SplitForm,
)
from commitments.forms.fields import ReasonForm
from commitments.models import DialogueItem
from commitments.rules.conference import HOLDING, ITEM, ConferenceVerb, ItemState
from commitments.rules.dialogue import item_differences
from commitments.services import conclusions, dialogue, escalations, promises
from commitments.services.conference_rows import refuse_unless_at_work, refuse_unless_writable
from commitments.views.asking import ask, last_hand, posted
from commitments.views.conference_moves import context_of
from commitments.views.conferences import page, verb_of
from commitments.views.moves import form_page
from commitments.views.promises import led_to, promise_of
from units.access import may, units_where
from units.permissions import Permission

WORDS_OF_MOVES = {
    ConferenceVerb.ANSWER: "tra-loi",
    ConferenceVerb.ACCEPT: "giao-viec",
    ConferenceVerb.ESCALATE: "chuyen-cap-tren",
    ConferenceVerb.WITHDRAW: "rut",
    ConferenceVerb.DISCARD: "khong-tiep-nhan",
    ConferenceVerb.RETURN: "xem-xet-lai",
    ConferenceVerb.RECALL: "thoi-chuyen",
}
WORDS = {
    ConferenceVerb.ANSWER: "Ghi câu trả lời tại hội nghị hoặc bằng văn bản sau hội nghị.",
    ConferenceVerb.ACCEPT: "Ý kiến thành nhiệm vụ có đơn vị chủ trì, thời hạn, theo dõi đến cùng.",
    ConferenceVerb.ESCALATE: "Việc hiện ra ở đơn vị được chuyển đến; trả lời ở đó sẽ về lại đây.",
    ConferenceVerb.WITHDRAW: "Ý kiến vẫn tính vào số đã nêu.",
    ConferenceVerb.DISCARD: "Ý kiến không thuộc nội dung đối thoại, trùng hoặc ghi nhầm: không "
    "tính vào số đã nêu, không có trong biên bản.",
    ConferenceVerb.RETURN: "Câu trả lời hoặc nhiệm vụ trước đó không còn; nhật ký vẫn giữ.",
    ConferenceVerb.RECALL: "Đơn vị cấp trên không còn phải trả lời; đơn vị tự xử lý tiếp.",
}


def found(request: HttpRequest, pk: int) -> DialogueItem:
    """The item among those that this person may see, else 404."""
    return get_object_or_404(DialogueItem.objects.visible_to(request.user).for_table(), pk=pk)


def address(item: DialogueItem) -> str:
    """The page of the item."""
    return reverse("conferences:item", args=[item.pk])


def on_item(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The view is given an item of one's own unit; what it refuses is said on the page of the
    conference, 409."""

    @wraps(view)
    def with_item(request: HttpRequest, pk: int, **more: Any) -> HttpResponse:
        item = found(request, pk)
        access.require_holding(request.user, item.conference)
        try:
            return view(request, item, **more)
        except (MoveRefused, ChangedMeanwhile) as refusal:
            return page(request, item.conference_id, refusal=refusal.sentence, status=409)

    return with_item


@require_safe
def story(request: HttpRequest, pk: int) -> HttpResponse:
    """An item with its whole way: what was said, where it went, what was answered."""
    item = found(request, pk)
    conference, user = item.conference, request.user
    own = may(user, Permission.SEE_UNIT, at=conference.unit_id)
    context = context_of_item(item) | {
        "moves": [(move, _address(move, item)) for move in access.item_moves(user, item)],
        "may_write": access.may_write(user, conference),
        "may_hold": may(user, HOLDING, at=conference.unit_id),
        "names": own,
        "sees_conference": own or conference.above_id in units_where(user, Permission.SEE_BELOW),
        "steps": list(item.escalations.all()),
        "events": item.events.for_page(),
        "parts": item.parts.order_by("number"),
        **promise_of(user, item),
    }
    return render(request, "conferences/item.html", context)


@require_POST
@on_item
def promise(request: HttpRequest, item: DialogueItem) -> HttpResponse:
    """The item becomes a task of the unit's next commitment."""
    return led_to(request, promises.of_item(item, by=request.user))


@form_page
@on_item
def edit(request: HttpRequest, item: DialogueItem) -> HttpResponse:
    """Rewrites the words of an item; where someone wrote meanwhile both are shown."""
    said = {
        column: getattr(item, column) for column in ItemEditForm.base_fields if column != "seen"
    }
    usual = said | {"seen": item.version}
    if item.conference.writable:
        form: ItemEditForm | PrivateForm = ItemEditForm(posted(request), initial=usual)
    else:
        form = PrivateForm(item, posted(request), initial=usual)
    both: dict[str, Any] = {"differences": []}

    def act(data: dict[str, Any]) -> str:
        dialogue.edit(item, seen=data["seen"], words=form.words(), by=request.user)
        messages.success(request, "Đã ghi ý kiến.")
        if data.get("kept_private") and item.conference.release_id:
            messages.warning(
                request,
                "Bảng đang công khai vẫn có nội dung này; đề nghị công khai bảng mới hoặc gỡ bảng.",
            )
        return address(item)

    def conflict() -> None:
        fresh = found(request, item.pk)
        last = fresh.events.for_page().first()
        both.update(differences=item_differences(fresh.said, form.words()), **last_hand(last))
        form.renew(fresh.version)

    def now() -> dict[str, Any]:
        asked = {"title": "Sửa ý kiến", "words": "", "press": "Ghi"}
        return context_of_item(found(request, item.pk)) | asked | both

    return ask(request, "conferences/ask.html", form, act=act, context=now, conflict=conflict)


@form_page
@on_item
def split(request: HttpRequest, item: DialogueItem) -> HttpResponse:
    """One statement becomes several items."""
    refuse_unless_writable(item.conference)
    if item.state != ItemState.RECEIVED:
        raise MoveRefused("Chỉ tách ý kiến đang chờ trả lời.")
    form = SplitForm(item, posted(request), initial={"seen": item.version})

    def act(data: dict[str, Any]) -> str:
        parts = dialogue.split(item, seen=data["seen"], parts=form.parts(), by=request.user)
        messages.success(request, f"Đã tách thành {len(parts)} ý kiến.")
        return reverse("conferences:detail", args=[item.conference_id])

    def now() -> dict[str, Any]:
        return context_of_item(found(request, item.pk))

    return ask(
        request,
        "conferences/split.html",
        form,
        act=act,
        context=now,
        conflict=lambda: form.renew(found(request, item.pk).version),
    )


@form_page
@on_item
def move(request: HttpRequest, item: DialogueItem, word: str) -> HttpResponse:
    """Answered, accepted as a task, sent up, withdrawn, not admitted, taken up again."""
    verb = verb_of(word, WORDS_OF_MOVES)
    refuse_unless_at_work(item.conference)
    if request.method != "POST":
        ITEM.check(verb, item.state, "đã có")
    form = _form(request, item, verb)

    def act(data: dict[str, Any]) -> str:
        _act(request, item, verb, form)
        messages.success(request, f"Đã ghi: {ITEM.move(verb).label.lower()}.")
        return address(item)

    def now() -> dict[str, Any]:
        label = ITEM.move(verb).label
        asked = {"title": label, "words": WORDS[verb], "press": label, "shows_item": True}
        return context_of_item(found(request, item.pk)) | asked

    return ask(
        request,
        "conferences/ask.html",
        form,
        act=act,
        context=now,
        conflict=lambda: form.renew(found(request, item.pk).version),
    )


def _form(request: HttpRequest, item: DialogueItem, verb: ConferenceVerb):
    seen, data = {"seen": item.version}, posted(request)
    conference, today = item.conference, timezone.localdate()
    if verb == ConferenceVerb.ANSWER:
        from_above = item.replies[-1] if item.state == ItemState.REPLIED else None
        usual = {
            "answer": f"{from_above.to_unit} trả lời: {from_above.reply}" if from_above else "",
            "answered_by": conference.chair,
            "answered_on": today if from_above else min(today, conference.held_on),
        }
        return AnswerForm(data, initial=seen | usual)
    if verb == ConferenceVerb.ACCEPT:
        return SeenErrandForm(conference, data, initial=seen | {"text": item.text})
    if verb == ConferenceVerb.ESCALATE:
        usual = {"to": conference.above_id, "sent_on": today}
        return LetterForm(conference.unit, data, initial=seen | usual)
    return ReasonForm(data, initial=seen)


def _act(request: HttpRequest, item: DialogueItem, verb: ConferenceVerb, form) -> None:
    data, user = form.cleaned_data, request.user
    if verb == ConferenceVerb.ANSWER:
        dialogue.answer(item, by=user, **data)
    elif verb == ConferenceVerb.ACCEPT:
        conclusions.accept(item, seen=data["seen"], errand=form.errand(), by=user)
    elif verb == ConferenceVerb.ESCALATE:
        escalations.escalate(item, seen=data["seen"], to=data["to"], letter=form.letter(), by=user)
    else:
        with_reason = {
            ConferenceVerb.WITHDRAW: dialogue.withdraw,
            ConferenceVerb.DISCARD: dialogue.discard,
            ConferenceVerb.RETURN: dialogue.look_again,
            ConferenceVerb.RECALL: escalations.recall,
        }
        with_reason[verb](item, seen=data["seen"], comment=data["comment"], by=user)


def context_of_item(item: DialogueItem) -> dict[str, Any]:
    """What every page about one item needs."""
    return context_of(item.conference) | {"item": item, "back": address(item)}


def _address(step, item: DialogueItem) -> str:
    return reverse("conferences:item-move", args=[item.pk, WORDS_OF_MOVES[step.verb]])
