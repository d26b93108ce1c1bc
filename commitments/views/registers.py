"""Tasks taken away as an Excel file: those of one commitment, or of all that a list shows."""

from django.http import FileResponse, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from commitments.documents import register
from commitments.forms.filters import FilterForm
from commitments.models import Commitment, CommitmentTask
from commitments.views.paper import found, in_state, list_, of_year_and_unit
from units.rules.file_kinds import XLSX


@require_safe
def all_(request: HttpRequest) -> HttpResponse:
    """The tasks of all commitments that the list shows under the same filter."""
    form = FilterForm(request.GET)
    if not form.is_valid():
        return list_(request)
    wanted = form.cleaned_data
    rows = of_year_and_unit(Commitment.objects.visible_to(request.user).whole(), wanted)
    rows = in_state(rows, wanted.get("state", ""), request.user)
    year = f" năm {wanted['year']}" if wanted.get("year") else ""
    return _answer(
        rows, f"Sổ nhiệm vụ cam kết{year}", f"so-nhiem-vu-{wanted.get('year') or 'tat-ca'}"
    )


@require_safe
def one(request: HttpRequest, pk: int) -> FileResponse:
    """The tasks of one commitment and its annexes, or of one annex."""
    paper = found(request, pk)
    annex = f"-phu-luc-{paper.number}" if paper.number else ""
    whole = Commitment.objects.filter(pk=paper.root_id)
    tasks = (
        paper.tasks.select_related("commitment__unit", "commitment__received_by")
        if paper.amends_id
        else CommitmentTask.objects.for_register(whole)
    )
    return _file(
        tasks,
        f"Nhiệm vụ của {paper.called}, {paper.party}",
        f"nhiem-vu-{paper.unit.code}-{paper.year}{annex}",
        made_up=paper.made_up,
    )


def _answer(commitments, title: str, name: str) -> FileResponse:
    tasks = CommitmentTask.objects.for_register(commitments)
    made_up = commitments.filter(made_up=True).exists()
    return _file(tasks, title, name, made_up=made_up)


def _file(tasks, title: str, name: str, *, made_up: bool) -> FileResponse:
    now = timezone.localtime()
    note = f"Lập lúc {now:%H:%M ngày %d/%m/%Y}" + (" · dữ liệu minh họa" if made_up else "")
    answer = FileResponse(
        register(tasks.iterator(chunk_size=2000), title=title, note=note),
        as_attachment=True,
        filename=f"{name}.xlsx",
        content_type=XLSX.content_type,
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer
