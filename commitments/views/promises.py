"""What the pages of an item, of a conclusion and of a demand know of the task it became in a
commitment."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from commitments.models import CommitmentTask, ConferenceTask, DialogueItem, InspectionTask
from commitments.rules.conference import ASIDE, TaskState
from commitments.rules.inspection import MendState
from units.access import may
from units.permissions import Permission


def promise_of(user, source: DialogueItem | ConferenceTask | InspectionTask) -> dict[str, Any]:
    """The task, if the person may see it, and whether they may make one. Two queries."""
    if isinstance(source, InspectionTask):
        made = CommitmentTask.objects.filter(demand=source)
        unit, open_ = source.owner.pk, source.state != MendState.ACCEPTED
        open_ = open_ and source.inspection.concluded
    elif isinstance(source, DialogueItem):
        made = CommitmentTask.objects.filter(item=source)
        unit, open_ = source.conference.unit_id, source.state not in ASIDE
    else:
        made = CommitmentTask.objects.filter(conclusion=source)
        unit, open_ = source.owner_id, source.state != TaskState.REMOVED
    task = made.visible_to(user).select_related("commitment").first()
    asks = open_ and may(user, Permission.DRAFT_COMMITMENT, at=unit)
    return {"promise": task, "may_promise": asks and not task}


def led_to(request: HttpRequest, task: CommitmentTask) -> HttpResponse:
    """To the task just made, where its term and target are written next."""
    messages.success(
        request,
        f"Đã đưa vào {task.commitment.called}. Đề nghị ghi rõ chỉ tiêu, thời hạn, người thực hiện.",
    )
    return redirect(reverse("commitments:task-edit", args=[task.pk]))
