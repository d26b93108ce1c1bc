"""Annexes to what was signed, and the picture of the signed paper."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from commitments import access
from commitments.forms.annexes import AnnexForm, ScanForm
from commitments.models import Commitment, CommitmentTask
from commitments.rules.workflow import Change
from commitments.services import annexes, reporting, scans
from commitments.services.commitments import refuse_unless_editable
from commitments.views.asking import ask, posted
from commitments.views.moves import form_page
from commitments.views.paper import address, on_commitment


@form_page
@on_commitment
def draft(request: HttpRequest, commitment: Commitment) -> HttpResponse:
    """Opens an annex of a commitment in force."""
    access.require_writing(request.user, commitment)
    reporting.refuse_unless_reportable(commitment)
    annexes.refuse_while_another_is_open(commitment)
    initial = {
        "title": f"Điều chỉnh, bổ sung bản cam kết năm {commitment.year}",
        "place": commitment.place,
        "agreed_on": timezone.localdate(),
    }
    form = AnnexForm(posted(request), initial=initial)

    def act(data: dict[str, Any]) -> str:
        annex = annexes.draft(commitment, heading=form.heading(), by=request.user)
        messages.success(request, "Đã lập phụ lục. Việc tiếp theo: chọn nhiệm vụ cần thay đổi.")
        return address(annex)

    context = {"commitment": commitment, "made_up": commitment.made_up}
    return ask(request, "commitments/annex.html", form, act=act, context=lambda: context)


@require_POST
@on_commitment
def touch(request: HttpRequest, commitment: Commitment, task: int, change: str) -> HttpResponse:
    """A row of the annex that alters a task in force, to be written next, or cancels it."""
    access.require_writing(request.user, commitment)
    refuse_unless_editable(commitment)
    in_force = CommitmentTask.objects.of_the_whole(commitment.root_id)
    found = get_object_or_404(in_force.select_related("commitment"), pk=task)
    row = annexes.touch(commitment, task=found, change=Change(change), by=request.user)
    if row.change == Change.ALTER:
        return redirect("commitments:task-edit", row.pk)
    return redirect(f"{address(commitment)}#nhiem-vu-{row.pk}")


@form_page
@on_commitment
def scan(request: HttpRequest, commitment: Commitment) -> HttpResponse:
    """The picture of the signed paper: a file, or a paper of the cabinet."""
    access.require_writing(request.user, commitment)
    form = ScanForm(commitment.unit, posted(request), request.FILES or None)

    def act(data: dict[str, Any]) -> str:
        if data["file"]:
            scans.bring(
                commitment,
                by=request.user,
                upload=data["file"],
                declared_not_secret=data["declared"],
            )
        else:
            scans.attach(commitment, by=request.user, document=data["document"])
        messages.success(request, "Đã gắn bản chụp đã ký.")
        return address(commitment)

    context = {"commitment": commitment, "made_up": commitment.made_up}
    return ask(request, "commitments/scan.html", form, act=act, context=lambda: context)
