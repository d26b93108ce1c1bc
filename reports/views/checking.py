"""Anyone checks a paper: by its code, or by the square on it, or by a script."""

import re

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from reports import seal
from reports.models import Edition
from reports.models.marks import mark_of_code
from reports.services import seal_checks
from reports.views import edition_tables
from reports.views.kept import kept

CODE = re.compile(r"[0-9a-f]{12}|[0-9a-f]{64}")
PRINTED = re.compile(r"[0-9A-F]{4}(?:-[0-9A-F]{4}){2}|[0-9a-f]{12}|[0-9a-f]{64}")
BETWEEN = re.compile(r"[\s-]+")
SCRIPT = settings.BASE_DIR / "docs" / "check_edition.py"
LONGEST_SHOWN = 80


@login_not_required
@require_safe
def checking(request: HttpRequest) -> HttpResponse:
    """Where a code is typed."""
    typed = request.GET.get("ma", "").replace("\0", " ").strip()
    if not typed:
        return render(request, "reports/checking.html", {"typed": ""})
    if not CODE.fullmatch(_plain(typed)):
        return _refused(
            request,
            typed,
            "Mã kiểm tra gồm 12 chữ số hoặc chữ cái từ A đến F, ví dụ 3F9A-04C2-77BE.",
            status=422,
        )
    return redirect("reports:check", _plain(typed))


@login_not_required
@require_safe
def check(request: HttpRequest, code: str) -> HttpResponse:
    """The edition that bears the code: its figures, and whether all of it still fits. Kept for
    whoever comes by the square or the printed code, not for every way to write one."""
    if PRINTED.fullmatch(code):
        return kept(request, lambda: mark_of_code(_plain(code)), lambda: _check(request, code))
    return _check(request, code)


def _check(request: HttpRequest, code: str) -> HttpResponse:
    found = None
    if CODE.fullmatch(_plain(code)):
        found = Edition.objects.for_page().filter(digest__startswith=_plain(code)).first()
    if found is None:
        sentence = "Không có bản công bố nào mang mã này. Đề nghị đối chiếu lại mã in trên giấy."
        return _refused(request, code, sentence, status=404)
    seen = seal_checks.fault_checked(found)
    results = list(found.results.order_by("position"))
    context = {
        "edition": found,
        "fault": seen.fault,
        "code": seal.short_code(found),
        "previous_code": seal.short_code(found.previous) if found.previous else "",
        "tables": edition_tables.blocks_of(found, results),
        "figures": edition_tables.figures_of(found, results),
        "checked_at": seen.at,
        "made_up": found.made_up,
    }
    return render(request, "reports/check.html", context)


@login_not_required
@require_safe
def script(request: HttpRequest) -> FileResponse:
    """The program that checks an exported edition without the portal."""
    return FileResponse(
        SCRIPT.open("rb"), as_attachment=True, filename=SCRIPT.name, content_type="text/x-python"
    )


def _plain(typed: str) -> str:
    return BETWEEN.sub("", typed).lower()


def _refused(request: HttpRequest, typed: str, sentence: str, status: int) -> HttpResponse:
    context = {"typed": typed[:LONGEST_SHOWN], "refusal": sentence}
    return render(request, "reports/checking.html", context, status=status)
