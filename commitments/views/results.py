"""What came of a task: its whole story, the reports of the unit, the receiver's word on them."""

from typing import Any

from csp.decorators import csp
from django.contrib import messages
from django.db.models import Q
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from cchc_portal.kit.stored_files import LOCKED_UP
from commitments import access
from commitments.forms.results import JudgeForm, ReportForm
from commitments.models import Commitment, CommitmentTask, TaskReport
from commitments.services import reporting
from commitments.views.asking import ask, posted
from commitments.views.cabinet import file_of
from commitments.views.moves import form_page
from commitments.views.paper import paper
from commitments.views.tasks import as_it_lies, context_of, found, on_task
from units.access import may
from units.models import Document
from units.permissions import Permission


@require_safe
def story(request: HttpRequest, pk: int) -> HttpResponse:
    """A task with all that was promised, reported and said, and where it came from and went."""
    task = found(request, pk)
    commitment = task.commitment
    reports = list(task.reports.for_page())
    for report in reports:
        report.task = task
    seen = CommitmentTask.objects.visible_to(request.user).select_related("commitment")
    context = context_of(task) | {
        "terms": [(label, value) for label, value in task.said if value],
        "reports": reports,
        "may_report": access.may_report(request.user, commitment) and not task.superseded_by_id,
        "may_judge": _to_judge(task, reports) and access.may_judge(request.user, commitment),
        "events": commitment.events.filter(about=str(task)).for_page(),
        "carried_to": seen.filter(carried_from=task),
        "changes": seen.filter(replaces=task),
        "is_own": may(request.user, Permission.SEE_UNIT, at=commitment.unit_id),
    }
    return render(request, "commitments/task.html", context)


@form_page
@on_task
def report(request: HttpRequest, task: CommitmentTask) -> HttpResponse:
    """What came of a task; where someone reported meanwhile that report is shown beside."""
    reporting.refuse_unless_reportable(task.commitment)
    form = ReportForm(request.user, posted(request), instance=task, initial={"seen": task.version})

    def act(data: dict[str, Any]) -> str:
        reporting.report(task, by=request.user, **data)
        messages.success(request, f"Đã ghi báo cáo nhiệm vụ {task.label}, đang chờ nghiệm thu.")
        return reverse("commitments:task", args=[task.pk])

    shown = {"theirs": None}

    def conflict() -> None:
        shown["theirs"] = as_it_lies(task)
        form.renew(shown["theirs"].version)

    def now() -> dict[str, Any]:
        return context_of(as_it_lies(task)) | shown

    return ask(
        request, "commitments/task_report.html", form, act=act, context=now, conflict=conflict
    )


@form_page
def judge(request: HttpRequest, pk: int) -> HttpResponse:
    """The receiver reads the last report on a task and says what it is worth."""
    task = found(request, pk)
    access.require_receiving(request.user, task.commitment)
    reports = list(task.reports.for_page())
    if not _to_judge(task, reports):
        refusal = "Nhiệm vụ này không có báo cáo nào chờ nghiệm thu."
        return paper(request, task.commitment_id, refusal=refusal, status=409)
    form = JudgeForm(posted(request), initial={"seen": task.version})
    last: list[TaskReport] = reports[:1]

    def act(data: dict[str, Any]) -> str:
        reporting.judge(
            last[0],
            verdict=data["verdict"],
            remark=data["remark"],
            seen_version=data["seen"],
            by=request.user,
        )
        messages.success(request, f"Đã nghiệm thu báo cáo của nhiệm vụ {task.label}.")
        return reverse("commitments:task", args=[task.pk])

    def conflict() -> None:
        last[:] = as_it_lies(task).reports.for_page()[:1]
        form.renew(as_it_lies(task).version)

    def now() -> dict[str, Any]:
        fresh = as_it_lies(task)
        for report in last:
            report.task = fresh
        return context_of(fresh) | {"reports": last}

    return ask(
        request, "commitments/task_judge.html", form, act=act, context=now, conflict=conflict
    )


@csp(LOCKED_UP)
@require_safe
def file(request: HttpRequest, pk: int) -> FileResponse:
    """A paper that proves a report, or the picture of what was signed, for both sides."""
    seen = Commitment.objects.visible_to(request.user).values("pk")
    proving = Q(task_reports__task__commitment__in=seen)
    scanned = Q(pk__in=Commitment.objects.visible_to(request.user).values("scan"))
    document = get_object_or_404(Document.objects.filter(proving | scanned).distinct(), pk=pk)
    return file_of(document)


def _to_judge(task: CommitmentTask, reports: list[TaskReport]) -> bool:
    return bool(reports) and not reports[0].verdict and not task.superseded_by_id
