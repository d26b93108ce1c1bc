"""A draft that begins with last year's tasks, those usual for its kind of unit, or its plan's."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from commitments import access
from commitments.forms.plans import TakeOverForm
from commitments.models import Commitment, PlannedTask
from commitments.services import copying
from commitments.services.commitments import refuse_unless_editable
from commitments.views.asking import ask, posted
from commitments.views.moves import form_page
from commitments.views.paper import address, on_commitment


@require_POST
@on_commitment
def last_year(request: HttpRequest, commitment: Commitment) -> HttpResponse:
    """What was not finished comes marked as carried over."""
    count = copying.from_last_year(commitment, by=request.user)
    messages.success(
        request, f"Đã chép {count} nhiệm vụ năm trước, đề nghị sửa chỉ tiêu và thời hạn."
    )
    return redirect(address(commitment))


@require_POST
@on_commitment
def template(request: HttpRequest, commitment: Commitment) -> HttpResponse:
    """The usual tasks, to be mended."""
    count = copying.from_template(commitment, by=request.user)
    messages.success(request, f"Đã chép {count} nhiệm vụ mẫu. Đề nghị sửa chỉ tiêu, thời hạn.")
    return redirect(address(commitment))


@form_page
@on_commitment
def plan(request: HttpRequest, commitment: Commitment) -> HttpResponse:
    """Chooses among the tasks of the unit's issued plan; all are ticked."""
    access.require_writing(request.user, commitment)
    refuse_unless_editable(commitment)
    offered = PlannedTask.objects.to_commit(commitment)
    form = TakeOverForm(offered, posted(request))

    def act(data: dict[str, Any]) -> str:
        chosen = {task.pk for task in data["chosen"]}
        count = copying.from_plan(commitment, chosen=chosen, by=request.user)
        messages.success(
            request, f"Đã lấy {count} nhiệm vụ từ kế hoạch, đề nghị ghi chỉ tiêu, mức cần đạt."
        )
        return address(commitment)

    def now() -> dict[str, Any]:
        ticked = set(form.data.getlist("chosen")) if form.is_bound else None
        rows = [
            (task, ticked is None or str(task.pk) in ticked)
            for task in offered.select_related("plan__unit")
        ]
        return {"commitment": commitment, "rows": rows, "made_up": commitment.made_up}

    return ask(request, "commitments/take_from_plan.html", form, act=act, context=now)
