"""All sheets of an edition in one file, and long papers stopped on their way."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from cchc_portal.kit.htmx import fragment
from cchc_portal.kit.stored_files import stored_file
from reports import access
from reports.models import Edition, Errand, PressRun, RunState
from reports.services import press
from reports.views.pressed import tell


@require_safe
def sheets_press(request: HttpRequest, pk: int) -> HttpResponse:
    """How far the sheets are: asked every two seconds until the file is there."""
    edition = _printed(request, pk)
    context = {"edition": edition, "sheets": PressRun.objects.of(edition, Errand.SHEETS)}
    return fragment(request, "reports/_sheets_press.html", context)


@require_POST
def ask_for_sheets(request: HttpRequest, pk: int) -> HttpResponse:
    """The sheets of all ranked units are drawn in the background."""
    edition = get_object_or_404(Edition.objects.for_page(), pk=pk)
    tell(
        request,
        lambda: press.ask_for_sheets(edition, by=request.user),
        done="Đã gửi kết xuất bộ phiếu kết quả.",
    )
    return redirect("reports:edition", edition.pk)


@require_POST
def stop(request: HttpRequest, pk: int, errand: str) -> HttpResponse:
    """Parts not yet begun are left."""
    edition = get_object_or_404(Edition.objects.for_page(), pk=pk)
    if errand not in Errand:
        raise Http404
    tell(
        request,
        lambda: press.stop(edition, Errand(errand), by=request.user),
        done="Đã dừng kết xuất. Các phần đã xong được giữ lại để dùng tiếp.",
    )
    return redirect("reports:edition", edition.pk)


@require_safe
def sheets_bundle(request: HttpRequest, pk: int) -> FileResponse:
    """The file of all sheets."""
    edition = _printed(request, pk)
    run = PressRun.objects.of(edition, Errand.SHEETS)
    if run is None or run.state != RunState.DONE:
        raise Http404
    name = f"phieu-ket-qua-{edition.year}-{edition.pk}-{edition.number}.zip"
    return stored_file(run.file.name, "application/zip", as_attachment=True, filename=name)


def _printed(request: HttpRequest, pk: int) -> Edition:
    edition = get_object_or_404(Edition.objects.for_page(), pk=pk)
    access.require_print(request.user, edition)
    return edition
