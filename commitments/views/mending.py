"""What a conclusion demands: drawn up, reported as mended, accepted or not."""

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
from commitments import inspection_access as access
from commitments.forms.fields import ReasonForm, Seen
from commitments.forms.findings import DemandForm, MendForm, PostponeForm, SeenDemandForm
from commitments.models import Inspection, InspectionTask
from commitments.rules.inspection import MENDING, InspectionState, InspectionVerb
from commitments.services import mending, promises
from commitments.views.asking import posted
from commitments.views.cabinet import file_of
from commitments.views.conferences import verb_of
from commitments.views.inspections import address as inspection_address
from commitments.views.inspections import ask_about, ask_in, context_of, on_inspection, page
from commitments.views.moves import form_page
from commitments.views.promises import led_to, promise_of
from units.access import require
from units.models import Document
from units.permissions import Permission

WORDS_OF_MOVES = {
    InspectionVerb.REPORT: "bao-cao",
    InspectionVerb.ACCEPT: "xac-nhan",
    InspectionVerb.REFUSE: "khac-phuc-tiep",
    InspectionVerb.POSTPONE: "gia-han",
}
WORDS = {
    InspectionVerb.REPORT: "Ghi kết quả và chọn tài liệu chứng minh; đoàn kiểm tra sẽ xác nhận "
    "hoặc yêu cầu khắc phục tiếp. Tệp mới được đưa vào tủ tài liệu của đơn vị.",
    InspectionVerb.ACCEPT: "Yêu cầu được ghi là đã khắc phục.",
    InspectionVerb.REFUSE: "Báo cáo không còn tính, nhật ký vẫn giữ; đơn vị khắc phục và báo cáo "
    "lại.",
    InspectionVerb.POSTPONE: "Kết luận đã ký giữ nguyên thời hạn ghi trong đó; nhật ký ghi "
    "thời hạn mới và lý do, đơn vị được báo ngay.",
}
NOT_NOW = "Yêu cầu khắc phục chỉ soạn sau khi lập biên bản và trước khi ký kết luận."


def found(request: HttpRequest, pk: int) -> InspectionTask:
    """The demand among what this person may read, else 404."""
    return get_object_or_404(InspectionTask.objects.visible_to(request.user).for_page(), pk=pk)


def address(task: InspectionTask) -> str:
    """The page of the demand."""
    return reverse("inspections:task", args=[task.pk])


@require_safe
def story(request: HttpRequest, pk: int) -> HttpResponse:
    """A demand with its finding, day, result, proof and story."""
    return _page(request, found(request, pk))


@form_page
@on_inspection
def demand(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    """One more demand in the draft of the conclusion."""
    access.require_inspecting(request.user, inspection)
    if request.method != "POST" and inspection.state != InspectionState.MINUTED:
        raise MoveRefused(NOT_NOW)
    usual = {"finding": request.GET.get("phat-hien")}
    form = DemandForm(inspection, posted(request), initial=usual)

    def act(data: dict[str, Any]) -> str:
        mending.demand(inspection, demand=form.demand(), by=request.user)
        messages.success(request, "Đã thêm yêu cầu khắc phục.")
        return f"{inspection_address(inspection)}#ket-luan"

    asked = {
        "title": "Thêm yêu cầu khắc phục",
        "words": "Có hiệu lực khi kết luận được ký.",
        "press": "Thêm",
    }
    return ask_in(request, inspection, form, act, **asked)


@form_page
def reword(request: HttpRequest, pk: int) -> HttpResponse:
    """Rewrites a demand before the conclusion is signed."""
    task = found(request, pk)
    said = {
        "finding": task.finding_id,
        "text": task.text,
        "person": task.person,
        "due_on": task.due_on,
        "seen": task.version,
    }
    form = SeenDemandForm(task.inspection, posted(request), initial=said)

    def act(data: dict[str, Any]) -> str:
        mending.reword(task, seen=data["seen"], demand=form.demand(), by=request.user)
        messages.success(request, "Đã ghi yêu cầu khắc phục.")
        return f"{inspection_address(task.inspection)}#ket-luan"

    return _drawing_up(request, task, form, act, title="Sửa yêu cầu khắc phục", press="Ghi")


@form_page
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes a demand out before the conclusion is signed."""
    task = found(request, pk)
    form = Seen(posted(request), initial={"seen": task.version})

    def act(data: dict[str, Any]) -> str:
        mending.drop(task, seen=data["seen"], by=request.user)
        messages.success(request, "Đã bỏ yêu cầu; nhật ký vẫn giữ nội dung.")
        return f"{inspection_address(task.inspection)}#ket-luan"

    return _drawing_up(request, task, form, act, title="Bỏ yêu cầu khắc phục", press="Bỏ")


@form_page
def move(request: HttpRequest, pk: int, word: str) -> HttpResponse:
    """Reported as mended, accepted, to be gone on with."""
    verb = verb_of(word, WORDS_OF_MOVES)
    task = found(request, pk)
    step = MENDING.move(verb)
    access.require_task_move(request.user, task, step)
    if request.method != "POST":
        try:
            MENDING.check(verb, task.state, "đã có")
        except MoveRefused as refusal:
            return _page(request, task, refusal=refusal.sentence, status=409)
    form = _form(request, task, verb)

    def act(data: dict[str, Any]) -> str:
        if verb == InspectionVerb.REPORT:
            _report(request, task, data)
        else:
            getattr(mending, verb.value)(task, by=request.user, **data)
        messages.success(request, f"Đã ghi: {step.label.lower()}.")
        return address(task)

    asked = {"title": step.label, "press": step.label, "words": WORDS[verb]}
    return ask_about(request, task, form, act, **asked, back=address(task))


@require_POST
def promise(request: HttpRequest, pk: int) -> HttpResponse:
    """It becomes a task of the next commitment of the inspected unit."""
    task = found(request, pk)
    require(request.user, Permission.DRAFT_COMMITMENT, at=task.owner.pk)
    try:
        return led_to(request, promises.of_demand(task, by=request.user))
    except MoveRefused as refusal:
        return _page(request, task, refusal=refusal.sentence, status=409)


@csp(LOCKED_UP)
@require_safe
def proof(request: HttpRequest, pk: int, paper: int) -> FileResponse:
    """A paper that proves a mending, for whoever may read the demand."""
    task = found(request, pk)
    return file_of(get_object_or_404(Document.objects.filter(inspection_tasks=task), pk=paper))


def _drawing_up(request: HttpRequest, task: InspectionTask, form, act, **asked):
    access.require_inspecting(request.user, task.inspection)
    if request.method != "POST" and task.inspection.state != InspectionState.MINUTED:
        return page(request, task.inspection_id, refusal=NOT_NOW, status=409)
    return ask_about(request, task, form, act, **asked)


def _form(request: HttpRequest, task: InspectionTask, verb: InspectionVerb):
    seen, data = {"seen": task.version}, posted(request)
    if verb == InspectionVerb.REPORT:
        usual = seen | {"done_on": timezone.localdate()}
        return MendForm(task.owner.pk, data, request.FILES or None, initial=usual)
    if verb == InspectionVerb.POSTPONE:
        return PostponeForm(data, initial=seen)
    return (ReasonForm if MENDING.move(verb).needs_comment else Seen)(data, initial=seen)


def _report(request: HttpRequest, task: InspectionTask, data: dict[str, Any]) -> None:
    upload, declared = data.pop("file"), data.pop("declared")
    if upload:
        mending.bring(task, upload=upload, declared_not_secret=declared, by=request.user, **data)
    else:
        mending.report(task, by=request.user, **data)


def _page(
    request: HttpRequest, task: InspectionTask, *, refusal: str = "", status: int = 200
) -> HttpResponse:
    user, inspection = request.user, task.inspection
    context = context_of(inspection) | {
        "task": task,
        "refusal": refusal,
        "moves": [
            (one, reverse("inspections:task-move", args=[task.pk, WORDS_OF_MOVES[one.verb]]))
            for one in access.task_moves(user, task)
        ],
        "may_draw": access.may_draw_conclusion(user, inspection),
        "proofs": task.proofs.order_by("pk"),
        "events": task.events.for_page(),
        **promise_of(user, task),
    }
    return render(request, "inspections/task.html", context, status=status)
