"""Tasks of a conference: written before the minutes are signed, then followed to the end."""

from typing import Any

from csp.decorators import csp
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from cchc_portal.kit.errors import MoveRefused
from cchc_portal.kit.stored_files import LOCKED_UP
from commitments import conference_access as access
from commitments.forms.dialogue import ErrandForm, FinishForm, SeenErrandForm
from commitments.forms.fields import ReasonForm
from commitments.models import Conference, ConferenceTask
from commitments.rules.conference import CONCLUSION, ConferenceVerb
from commitments.services import conclusions, promises
from commitments.services.conference_rows import refuse_unless_writable
from commitments.views.asking import ask, posted
from commitments.views.cabinet import file_of
from commitments.views.conference_moves import context_of
from commitments.views.conferences import address as conference_address
from commitments.views.conferences import on_conference, verb_of
from commitments.views.moves import form_page
from commitments.views.promises import led_to, promise_of
from units.access import require, units_where
from units.models import Document
from units.permissions import Permission

WORDS_OF_MOVES = {
    ConferenceVerb.FINISH: "hoan-thanh",
    ConferenceVerb.GIVE_UP: "khong-hoan-thanh",
    ConferenceVerb.RESUME: "thuc-hien-tiep",
    ConferenceVerb.REMOVE: "bo",
}
WORDS = {
    ConferenceVerb.FINISH: "Ghi kết quả và gắn minh chứng. Đơn vị tổ chức hội nghị có thể yêu cầu "
    "thực hiện tiếp.",
    ConferenceVerb.GIVE_UP: "Ghi rõ vì sao. Ý kiến đã giao thành nhiệm vụ này sẽ trở lại chờ trả "
    "lời.",
    ConferenceVerb.RESUME: "Kết quả đã báo cáo không còn tính; nhật ký vẫn giữ.",
    ConferenceVerb.REMOVE: "Nội dung này không có trong biên bản nữa; nhật ký vẫn giữ.",
}


def found(request: HttpRequest, pk: int) -> ConferenceTask:
    """The task among those that this person may see, else 404."""
    return get_object_or_404(ConferenceTask.objects.visible_to(request.user).for_page(), pk=pk)


def address(task: ConferenceTask) -> str:
    """The page of the task."""
    return reverse("conferences:task", args=[task.pk])


@require_safe
def story(request: HttpRequest, pk: int) -> HttpResponse:
    """A task with its owner, day, result, proof and story."""
    return _page(request, found(request, pk))


@form_page
@on_conference
def add(request: HttpRequest, conference: Conference) -> HttpResponse:
    """One more conclusion."""
    access.require_holding(request.user, conference)
    refuse_unless_writable(conference)
    form = ErrandForm(conference, posted(request))

    def act(data: dict[str, Any]) -> str:
        conclusions.conclude(conference, errand=form.errand(), by=request.user)
        messages.success(request, "Đã thêm nội dung kết luận.")
        return conference_address(conference) + "#ket-luan"

    context = context_of(conference) | {
        "title": "Thêm nội dung kết luận",
        "words": "Nội dung giao một đơn vị làm, có thời hạn; có hiệu lực khi biên bản được ký.",
        "press": "Thêm",
    }
    return ask(request, "conferences/ask.html", form, act=act, context=lambda: context)


@form_page
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Rewrites a conclusion before the minutes are signed."""
    task = found(request, pk)
    access.require_holding(request.user, task.conference)
    if not access.may_reword(request.user, task):
        return _page(
            request, task, refusal="Chỉ sửa nội dung kết luận trước khi ký biên bản.", status=409
        )
    said = {
        "text": task.text,
        "owner": task.owner_id,
        "due_on": task.due_on,
        "person": task.person,
        "seen": task.version,
    }
    form = SeenErrandForm(task.conference, posted(request), initial=said)

    def act(data: dict[str, Any]) -> str:
        conclusions.reword(task, seen=data["seen"], errand=form.errand(), by=request.user)
        messages.success(request, "Đã ghi nội dung kết luận.")
        return address(task)

    def now() -> dict[str, Any]:
        asked = {"title": "Sửa nội dung kết luận", "words": "", "press": "Ghi"}
        fresh = found(request, pk)
        theirs = fresh if fresh.version != task.version else None
        return _context(fresh) | asked | {"back": address(task), "theirs": theirs}

    return ask(
        request,
        "conferences/ask.html",
        form,
        act=act,
        context=now,
        conflict=lambda: form.renew(found(request, pk).version),
    )


@form_page
def move(request: HttpRequest, pk: int, word: str) -> HttpResponse:
    """Done, not done, to be gone on with, taken out."""
    verb = verb_of(word, WORDS_OF_MOVES)
    task = found(request, pk)
    step = CONCLUSION.move(verb)
    access.require_task_move(request.user, task, step)
    if request.method != "POST":
        try:
            CONCLUSION.check(verb, task.state, "đã có")
        except MoveRefused as refusal:
            return _page(request, task, refusal=refusal.sentence, status=409)
    form = _form(request, task, verb)

    def act(data: dict[str, Any]) -> str:
        getattr(conclusions, verb.value)(task, by=request.user, **data)
        messages.success(request, f"Đã ghi: {step.label.lower()}.")
        return address(task)

    def now() -> dict[str, Any]:
        asked = {"title": step.label, "words": WORDS[verb], "press": step.label}
        return _context(found(request, pk)) | asked | {"back": address(task), "shows_task": True}

    return ask(
        request,
        "conferences/ask.html",
        form,
        act=act,
        context=now,
        conflict=lambda: form.renew(found(request, pk).version),
    )


@require_POST
def promise(request: HttpRequest, pk: int) -> HttpResponse:
    """It becomes a task of the next commitment of the unit that has to do it."""
    task = found(request, pk)
    require(request.user, Permission.DRAFT_COMMITMENT, at=task.owner_id)
    try:
        return led_to(request, promises.of_conclusion(task, by=request.user))
    except MoveRefused as refusal:
        return _page(request, task, refusal=refusal.sentence, status=409)


@csp(LOCKED_UP)
@require_safe
def proof(request: HttpRequest, pk: int, paper: int) -> FileResponse:
    """A paper that proves a task, for whoever may see the task."""
    task = found(request, pk)
    return file_of(get_object_or_404(Document.objects.filter(conference_tasks=task), pk=paper))


def _form(request: HttpRequest, task: ConferenceTask, verb: ConferenceVerb):
    seen, data = {"seen": task.version}, posted(request)
    if verb == ConferenceVerb.FINISH:
        return FinishForm(task, data, initial=seen | {"done_on": timezone.localdate()})
    return ReasonForm(data, initial=seen)


def _page(
    request: HttpRequest, task: ConferenceTask, *, refusal: str = "", status: int = 200
) -> HttpResponse:
    user, conference = request.user, task.conference
    context = _context(task) | {
        "refusal": refusal,
        "moves": [
            (one, reverse("conferences:task-move", args=[task.pk, WORDS_OF_MOVES[one.verb]]))
            for one in access.task_moves(user, task)
        ],
        "may_reword": access.may_reword(user, task),
        "sees_conference": conference.unit_id in units_where(user, Permission.SEE_UNIT)
        or conference.above_id in units_where(user, Permission.SEE_BELOW),
        "proofs": task.proofs.order_by("pk"),
        "events": task.events.for_page(),
        **promise_of(user, task),
    }
    return render(request, "conferences/task.html", context, status=status)


def _context(task: ConferenceTask) -> dict[str, Any]:
    return context_of(task.conference) | {"task": task}
