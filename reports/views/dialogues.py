"""Papers of conferences for whoever may see them, and what of a dialogue anybody may read."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from commitments.models import Conference, DialogueRelease
from commitments.models.table import minutes_of
from commitments.rules.dialogue_table import without_names
from reports.papers.dialogue_excel import table_excel
from reports.papers.dialogues import minutes_pdf, public_table_pdf, table_pdf
from reports.views.commitment_papers import own_paper
from units.access import may
from units.permissions import Permission
from units.rules.file_kinds import XLSX

A_PAGE = 20


@require_safe
def minutes(request: HttpRequest, pk: int) -> HttpResponse:
    """Biên bản: as signed, or the draft."""
    conference = _found(request, pk)
    return own_paper(
        minutes_pdf(conference, names=_reads_names(request, conference)),
        f"bien-ban-{_name(conference)}.pdf",
    )


@require_safe
def table(request: HttpRequest, pk: int) -> HttpResponse:
    """Bảng tổng hợp ý kiến as it stands today, for the unit and above."""
    conference = _found(request, pk)
    return own_paper(
        table_pdf(conference, names=_reads_names(request, conference)),
        f"bang-y-kien-{_name(conference)}.pdf",
    )


@require_safe
def excel(request: HttpRequest, pk: int) -> HttpResponse:
    """The same as an Excel file."""
    conference = _found(request, pk)
    content = minutes_of(conference)
    if not _reads_names(request, conference):
        content = without_names(content)
    drawn = table_excel(conference, content)
    name = f"bang-y-kien-{_name(conference)}.xlsx"
    return HttpResponse(
        drawn,
        content_type=XLSX.content_type,
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "private, no-store",
        },
    )


@login_not_required
@require_safe
def published(request: HttpRequest) -> HttpResponse:
    """Every dialogue that is public now, the newest conference first."""
    shown = DialogueRelease.objects.shown().order_by("-conference__held_on", "-pk")
    page = Paginator(shown, A_PAGE).get_page(request.GET.get("page"))
    made_up = any(one.conference.made_up for one in page)
    return render(request, "reports/dialogues.html", {"page": page, "made_up": made_up})


@login_not_required
@require_safe
def dialogue(request: HttpRequest, pk: int) -> HttpResponse:
    """What was released of one dialogue, drawn from the release and nothing else."""
    release = _released(pk)
    context = {
        "release": release,
        "content": release.content,
        "conference": release.conference,
        "made_up": release.conference.made_up,
    }
    return render(request, "reports/dialogue.html", context)


@login_not_required
@require_safe
def public_table(request: HttpRequest, pk: int) -> HttpResponse:
    """The same as a paper."""
    release = _released(pk)
    name = f"bang-y-kien-cong-khai-{_name(release.conference)}.pdf"
    return own_paper(public_table_pdf(release), name)


def _found(request: HttpRequest, pk: int) -> Conference:
    return get_object_or_404(Conference.objects.visible_to(request.user).for_page(), pk=pk)


def _reads_names(request: HttpRequest, conference: Conference) -> bool:
    """Whether the reader is of the unit: nobody else is told who spoke."""
    return may(request.user, Permission.SEE_UNIT, at=conference.unit_id)


def _released(pk: int) -> DialogueRelease:
    """By the key of the conference: the address stays when it is released anew."""
    return get_object_or_404(DialogueRelease.objects.shown(), conference=pk)


def _name(conference: Conference) -> str:
    return f"{conference.unit.code.lower()}-{conference.held_on:%Y-%m-%d}"
