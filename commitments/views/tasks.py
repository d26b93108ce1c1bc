"""The tasks of a draft: written, put in order, taken out."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from commitments import access
from commitments.forms.drafting import ShiftForm, TaskEditForm, TaskForm
from commitments.forms.fields import Seen
from commitments.models import Commitment, CommitmentTask
from commitments.rules.terms import differences
from commitments.services import tasks
from commitments.services.commitments import refuse_unless_editable
from commitments.views.asking import ask, posted
from commitments.views.moves import form_page
from commitments.views.paper import address, on_commitment, paper


def found(request: HttpRequest, pk: int) -> CommitmentTask:
    """The task among those of commitments that this person may see, else 404."""
    return get_object_or_404(CommitmentTask.objects.visible_to(request.user).for_page(), pk=pk)


def on_task(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The view is given the task; what it refuses is said on the commitment's page, 409."""

    @wraps(view)
    def with_task(request: HttpRequest, pk: int) -> HttpResponse:
        task = found(request, pk)
        access.require_writing(request.user, task.commitment)
        try:
            return view(request, task)
        except (MoveRefused, ChangedMeanwhile) as refusal:
            return paper(request, task.commitment_id, refusal=refusal.sentence, status=409)

    return with_task


@form_page
@on_commitment
def add(request: HttpRequest, commitment: Commitment) -> HttpResponse:
    """One more task at the end of a draft."""
    access.require_writing(request.user, commitment)
    refuse_unless_editable(commitment)
    form = TaskForm(posted(request))

    def act(data: dict[str, Any]) -> str:
        tasks.add(commitment, terms=form.terms(), by=request.user)
        messages.success(request, "Đã thêm nhiệm vụ.")
        return address(commitment)

    context = {"commitment": commitment, "made_up": commitment.made_up}
    return ask(request, "commitments/task_add.html", form, act=act, context=lambda: context)


@form_page
@on_task
def edit(request: HttpRequest, task: CommitmentTask) -> HttpResponse:
    """Rewrites a task; where someone wrote meanwhile both texts are shown."""
    refuse_unless_editable(task.commitment)
    form = TaskEditForm(posted(request), instance=task, initial={"seen": task.version})
    both: dict[str, Any] = {"differences": []}

    def act(data: dict[str, Any]) -> str:
        tasks.edit(task, seen=data["seen"], terms=form.terms(), by=request.user)
        messages.success(request, "Đã ghi nhiệm vụ.")
        return address(task.commitment)

    def conflict() -> None:
        fresh = as_it_lies(task)
        both.update(
            differences=differences(fresh.terms, form.terms()),
            who=fresh.updated_by,
            at=fresh.updated_at,
        )
        form.renew(fresh.version)

    def now() -> dict[str, Any]:
        return context_of(as_it_lies(task)) | both

    return ask(request, "commitments/task_edit.html", form, act=act, context=now, conflict=conflict)


@form_page
@on_task
def remove(request: HttpRequest, task: CommitmentTask) -> HttpResponse:
    """Asks once, then takes the task out of the draft."""
    refuse_unless_editable(task.commitment)
    form = Seen(posted(request), initial={"seen": task.version})

    def act(data: dict[str, Any]) -> str:
        tasks.remove(task, seen=data["seen"], by=request.user)
        messages.success(request, f"Đã xóa nhiệm vụ “{task.title}” khỏi bản cam kết.")
        return address(task.commitment)

    def now() -> dict[str, Any]:
        return context_of(as_it_lies(task))

    return ask(
        request,
        "commitments/task_remove.html",
        form,
        act=act,
        context=now,
        conflict=lambda: form.renew(as_it_lies(task).version),
    )


@require_POST
@on_task
def shift(request: HttpRequest, task: CommitmentTask) -> HttpResponse:
    """Moves a task to another place of the draft."""
    form = ShiftForm(request.POST)
    if not form.is_valid():
        stale = "Thứ tự cần chuyển tới không hợp lệ, đề nghị tải lại trang."
        return paper(request, task.commitment_id, refusal=stale, status=422)
    tasks.shift(task, to=form.cleaned_data["to"], seen=form.cleaned_data["seen"], by=request.user)
    return redirect(f"{address(task.commitment)}#nhiem-vu-{task.pk}")


def as_it_lies(task: CommitmentTask) -> CommitmentTask:
    """The task as it is now; or as it was looked up, where somebody has removed it since."""
    return CommitmentTask.objects.for_page().filter(pk=task.pk).first() or task


def context_of(task: CommitmentTask) -> dict[str, Any]:
    """What every page about one task needs."""
    return {"task": task, "commitment": task.commitment, "made_up": task.commitment.made_up}
