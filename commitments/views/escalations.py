"""What was sent up to one's units: the list, one matter, its answer."""

from collections import Counter
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cchc_portal.kit.errors import MoveRefused
from commitments import conference_access as access
from commitments.forms.dialogue import LetterForm, ReplyForm
from commitments.forms.fields import ReasonForm
from commitments.models import DialogueItem, Escalation
from commitments.models.superiors import superior_on
from commitments.rules.conference import ESCALATION, ConferenceVerb, EscalationState
from commitments.services import escalations
from commitments.views.asking import ask, posted
from commitments.views.conferences import verb_of
from commitments.views.moves import form_page
from commitments.views.paper import Chip

ROWS = 50
WORDS_OF_MOVES = {
    ConferenceVerb.REPLY: "tra-loi",
    ConferenceVerb.PASS_ON: "chuyen-tiep",
    ConferenceVerb.TURN_BACK: "tra-lai",
}
WORDS = {
    ConferenceVerb.REPLY: "Câu trả lời về đơn vị đã chuyển lên; đơn vị trả lời lại người nêu.",
    ConferenceVerb.PASS_ON: "Khi cấp trên trả lời, ý kiến về lại đây để đồng chí trả lời đơn vị.",
    ConferenceVerb.TURN_BACK: "Ý kiến về lại đơn vị đã chuyển lên, kèm lý do.",
}


def found(request: HttpRequest, pk: int) -> Escalation:
    """The step among those that came to one's units, else 404."""
    return get_object_or_404(Escalation.objects.reaching(request.user).for_page(), pk=pk)


def address(escalation: Escalation) -> str:
    """The page of the step."""
    return reverse("conferences:escalation", args=[escalation.pk])


@require_safe
def list_(request: HttpRequest) -> HttpResponse:
    """All that was ever sent to one's units, what waits first, by its day."""
    seen = Escalation.objects.reaching(request.user)
    state = request.GET.get("trang_thai", "")
    counts = Counter(seen.order_by().values_list("state", flat=True))
    chips = [Chip("", "Tất cả", counts.total())]
    chips += [
        Chip(one.value, one.label, counts[one.value])
        for one in EscalationState
        if counts[one.value]
    ]
    rows = seen.filter(state=state) if state in EscalationState.values else seen
    listed = rows.for_page().waiting_first()
    page = Paginator(listed, ROWS).get_page(request.GET.get("page"))
    return render(
        request,
        "conferences/escalations.html",
        {
            "page": page,
            "chips": chips,
            "chosen": state,
            "made_up": any(one.item.conference.made_up for one in page),
        },
    )


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One matter sent up: what was raised where, why it came, until when, what was answered."""
    return _page(request, found(request, pk))


@form_page
def move(request: HttpRequest, pk: int, word: str) -> HttpResponse:
    """Answered, passed on, turned back."""
    verb = verb_of(word, WORDS_OF_MOVES)
    step = found(request, pk)
    access.require_upper(request.user, step)
    if request.method != "POST":
        try:
            ESCALATION.check(verb, step.state, "đã có")
        except MoveRefused as refusal:
            return _page(request, step, refusal=refusal.sentence, status=409)
    form = _form(request, step, verb)

    def act(data: dict[str, Any]) -> str:
        _act(request, step, verb, form)
        messages.success(request, f"Đã ghi: {ESCALATION.move(verb).label.lower()}.")
        return address(step)

    def now() -> dict[str, Any]:
        label = ESCALATION.move(verb).label
        asked = {"title": label, "words": WORDS[verb], "press": label, "shows_item": True}
        return _context(found(request, pk)) | asked | {"back": address(step), "from_above": True}

    return ask(
        request,
        "conferences/ask.html",
        form,
        act=act,
        context=now,
        conflict=lambda: form.renew(found(request, pk).version),
    )


def _form(request: HttpRequest, step: Escalation, verb: ConferenceVerb):
    seen, data = {"seen": step.version}, posted(request)
    if verb == ConferenceVerb.REPLY:
        above = step.passed_to.filter(state=EscalationState.REPLIED).last()
        return ReplyForm(data, initial=seen | {"reply": above.reply if above else ""})
    if verb == ConferenceVerb.PASS_ON:
        today = timezone.localdate()
        usual = {"to": superior_on(step.to_unit, today), "sent_on": today}
        return LetterForm(step.to_unit, data, initial=seen | usual)
    return ReasonForm(data, initial=seen)


def _act(request: HttpRequest, step: Escalation, verb: ConferenceVerb, form) -> None:
    data, user = form.cleaned_data, request.user
    if verb == ConferenceVerb.REPLY:
        escalations.reply(step, by=user, **data)
    elif verb == ConferenceVerb.PASS_ON:
        letter = form.letter()
        escalations.pass_on(step, seen=data["seen"], to=data["to"], letter=letter, by=user)
    else:
        escalations.turn_back(step, seen=data["seen"], comment=data["comment"], by=user)


def _page(
    request: HttpRequest, step: Escalation, *, refusal: str = "", status: int = 200
) -> HttpResponse:
    context = _context(step) | {
        "refusal": refusal,
        "moves": [
            (one, reverse("conferences:escalation-move", args=[step.pk, WORDS_OF_MOVES[one.verb]]))
            for one in access.upper_moves(request.user, step)
        ],
        "passed_to": step.passed_to.select_related("to_unit"),
        "events": step.item.events.for_page(),
    }
    return render(request, "conferences/escalation.html", context, status=status)


def _context(step: Escalation) -> dict[str, Any]:
    item = DialogueItem.objects.for_table().get(pk=step.item_id)
    return {
        "step": step,
        "item": item,
        "conference": item.conference,
        "made_up": item.conference.made_up,
    }
