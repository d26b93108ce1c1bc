"""Inspections beside other rooms: papers, the checklist out of the criteria, findings beside a
component, figures for a report."""

from itertools import groupby

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from cchc_portal.kit.errors import MoveRefused
from cchc_portal.kit.htmx import fragment
from commitments import inspection_access
from commitments.models import Inspection, InspectionPlan
from reports.papers.inspections import conclusion_pdf, minutes_pdf, plan_pdf
from reports.services import inspected
from reports.views.commitment_papers import own_paper
from scoring import access
from scoring.models import Criterion
from scoring.views.self_assessment import visible_score

form_page = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Kế hoạch kiểm tra, for whoever may see it; a draft until it is issued."""
    seen = InspectionPlan.objects.visible_to(request.user).select_related("unit")
    found = get_object_or_404(seen, pk=pk)
    return own_paper(
        plan_pdf(found), f"ke-hoach-kiem-tra-{found.year}-{found.unit.code.lower()}.pdf"
    )


@require_safe
def minutes(request: HttpRequest, pk: int) -> HttpResponse:
    """Biên bản kiểm tra; the draft for the inspecting side alone."""
    inspection = _found(request, pk)
    inspection_access.require_reading_findings(request.user, inspection)
    return own_paper(minutes_pdf(inspection), f"bien-ban-{_name(inspection)}.pdf")


@require_safe
def conclusion(request: HttpRequest, pk: int) -> HttpResponse:
    """Thông báo kết luận kiểm tra; the draft for the inspecting side alone."""
    inspection = _found(request, pk)
    inspection_access.require_reading_conclusion(request.user, inspection)
    return own_paper(conclusion_pdf(inspection), f"ket-luan-{_name(inspection)}.pdf")


@form_page
def criteria(request: HttpRequest, pk: int) -> HttpResponse:
    """Components of the set of the inspected unit, to be chosen into the checklist."""
    inspection = _found(request, pk)
    inspection_access.require_inspecting(request.user, inspection)
    if request.method != "POST":
        return _criteria(request, inspection)
    chosen = {key for key in request.POST.getlist("tc") if key.isdecimal()}
    dossier = inspected.dossier_for(inspection)
    nodes = inspected.components_for(dossier) if dossier else []
    picked = [one for one in nodes if str(one.pk) in chosen]
    if not picked:
        return _criteria(
            request, inspection, refusal="Đề nghị chọn ít nhất một nội dung.", status=422
        )
    try:
        made = inspected.take(inspection, chosen=picked, by=request.user)
    except MoveRefused as refusal:
        return _criteria(request, inspection, chosen=chosen, refusal=refusal.sentence, status=409)
    if made:
        messages.success(request, f"Đã thêm {made} nội dung kiểm tra từ bộ tiêu chí.")
    else:
        messages.warning(request, "Không thêm nội dung nào: danh mục kiểm tra đã có đủ.")
    return redirect(reverse("inspections:detail", args=[pk]) + "#noi-dung")


@require_safe
def at_component(request: HttpRequest, pk: int) -> HttpResponse:
    """What inspections found at the component of a row, beside it on the verifier's desk."""
    score = visible_score(request, pk)
    access.require_desk(request.user, score.dossier)
    context = {
        "score": score,
        "dossier": score.dossier,
        "found": inspected.findings_at(score, request.user),
        "made_up": score.dossier.period.made_up,
    }
    if request.htmx:
        return fragment(request, "reports/_inspected.html", context)
    return render(request, "reports/inspected.html", context)


def _criteria(
    request: HttpRequest,
    inspection: Inspection,
    *,
    chosen: set[str] = frozenset(),
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    dossier = inspected.dossier_for(inspection)
    there = set(inspection.checklist.values_list("criterion_code", flat=True))
    nodes = inspected.components_for(dossier) if dossier else []

    def branch(node: Criterion) -> Criterion:
        return node.parent

    context = {
        "inspection": inspection,
        "dossier": dossier,
        "groups": [
            (parent, [(node, node.code in there, str(node.pk) in chosen) for node in below])
            for parent, below in groupby(nodes, branch)
        ],
        "open": inspection.before,
        "refusal": refusal,
        "made_up": inspection.made_up,
    }
    return render(request, "reports/inspection_criteria.html", context, status=status)


def _found(request: HttpRequest, pk: int) -> Inspection:
    return get_object_or_404(Inspection.objects.visible_to(request.user).for_page(), pk=pk)


def _name(inspection: Inspection) -> str:
    return f"kiem-tra-{inspection.inspected.code.lower()}-{inspection.starts_on:%Y-%m-%d}"
