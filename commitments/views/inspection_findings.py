"""The checklist of an inspection, what it found, what shows it, what the unit says of it."""

from typing import Any

from csp.decorators import csp
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from cchc_portal.kit.errors import MoveRefused
from cchc_portal.kit.stored_files import LOCKED_UP
from commitments import inspection_access as access
from commitments.forms.fields import Seen
from commitments.forms.findings import (
    CheckForm,
    EvidenceForm,
    ExplainForm,
    FoundForm,
    PointsForm,
    SeenFoundForm,
)
from commitments.models import Inspection, InspectionFinding, InspectionPoint
from commitments.services import inspection_findings, inspection_team
from commitments.services.inspection_rows import NOT_FINDING_OUT
from commitments.views.asking import ask, posted
from commitments.views.cabinet import file_of
from commitments.views.inspections import (
    address,
    ask_about,
    ask_in,
    context_of,
    on_inspection,
    page,
)
from commitments.views.moves import form_page
from units.models import Document
from units.services.documents import may_file

NOT_EXPLAINED = (
    "Chỉ giải trình tồn tại, hạn chế, sau khi lập biên bản, trước khi kết thúc theo dõi."
)


def found(request: HttpRequest, pk: int) -> InspectionFinding:
    """The finding among what this person may read, else 404."""
    return get_object_or_404(InspectionFinding.objects.visible_to(request.user).for_page(), pk=pk)


@form_page
@on_inspection
def add_points(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    """More points of the checklist, one a line."""
    access.require_inspecting(request.user, inspection)
    if request.method != "POST" and not inspection.before:
        raise MoveRefused("Biên bản đã lập nên không thêm nội dung kiểm tra.")
    form = PointsForm(posted(request))

    def act(data: dict[str, Any]) -> str:
        made = inspection_team.add_points(inspection, points=form.points(), by=request.user)
        if made:
            messages.success(request, f"Đã thêm {len(made)} nội dung kiểm tra.")
        else:
            messages.warning(request, "Không thêm nội dung nào: danh mục kiểm tra đã có đủ.")
        return f"{address(inspection)}#noi-dung"

    return ask_in(request, inspection, form, act, title="Thêm nội dung kiểm tra", press="Thêm")


@form_page
@on_inspection
def check(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    """What looking at the points came to, all on one page."""
    _require_finding_out(request, inspection)
    form = CheckForm(list(inspection.checklist.order_by("position")), posted(request))
    theirs: dict[int, InspectionPoint] = {}

    def act(data: dict[str, Any]) -> str:
        written = inspection_team.check(inspection, checked=form.checked(), by=request.user)
        messages.success(request, f"Đã ghi kết quả {written} nội dung.")
        return f"{address(inspection)}#noi-dung"

    def conflict() -> None:
        fresh = list(inspection.checklist.order_by("position"))
        seen = {point.pk: form.cleaned_data[f"seen_{point.pk}"] for point in form.points}
        theirs.update({one.pk: one for one in fresh if seen.get(one.pk) != one.version})
        form.renew(fresh)

    return ask(
        request,
        "inspections/check.html",
        form,
        act=act,
        context=lambda: context_of(inspection) | {"theirs": theirs},
        conflict=conflict,
    )


@require_POST
def drop_point(request: HttpRequest, pk: int) -> HttpResponse:
    """A point leaves the checklist."""
    seen = Inspection.objects.visible_to(request.user).values("pk")
    points = InspectionPoint.objects.filter(inspection__in=seen).select_related("inspection")
    point = get_object_or_404(points, pk=pk)
    access.require_inspecting(request.user, point.inspection)
    try:
        inspection_team.drop_point(point, by=request.user)
    except MoveRefused as refusal:
        return page(request, point.inspection_id, refusal=refusal.sentence, status=409)
    messages.success(request, "Đã bỏ nội dung kiểm tra.")
    return redirect(f"{address(point.inspection)}#noi-dung")


@form_page
@on_inspection
def find(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    """One more finding."""
    _require_finding_out(request, inspection)
    form = FoundForm(inspection, posted(request), initial={"point": request.GET.get("noi-dung")})

    def act(data: dict[str, Any]) -> str:
        finding = inspection_findings.find(inspection, found=form.found(), by=request.user)
        messages.success(request, f"Đã ghi {str(finding).lower()}.")
        return f"{address(inspection)}#phat-hien"

    return ask_in(request, inspection, form, act, title="Ghi phát hiện", press="Ghi")


@form_page
def reword(request: HttpRequest, pk: int) -> HttpResponse:
    """Rewrites a finding before the minutes."""
    finding = found(request, pk)
    said = {
        "kind": finding.kind,
        "text": finding.text,
        "point": finding.point_id,
        "seen": finding.version,
    }
    form = SeenFoundForm(finding.inspection, posted(request), initial=said)

    def act(data: dict[str, Any]) -> str:
        inspection_findings.reword(finding, seen=data["seen"], found=form.found(), by=request.user)
        messages.success(request, "Đã ghi phát hiện.")
        return f"{address(finding.inspection)}#phat-hien"

    return _on_finding(request, finding, form, act, title="Sửa phát hiện", press="Ghi")


@form_page
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes a finding out before the minutes."""
    finding = found(request, pk)
    form = Seen(posted(request), initial={"seen": finding.version})

    def act(data: dict[str, Any]) -> str:
        inspection_findings.drop(finding, seen=data["seen"], by=request.user)
        messages.success(request, "Đã bỏ phát hiện; nhật ký vẫn giữ nội dung.")
        return f"{address(finding.inspection)}#phat-hien"

    return _on_finding(request, finding, form, act, title="Bỏ phát hiện", press="Bỏ")


@form_page
def prove(request: HttpRequest, pk: int) -> HttpResponse:
    """A file, or a paper of the inspecting unit's cabinet, shows the finding."""
    finding = found(request, pk)
    unit, user = finding.inspection.unit, request.user
    form = EvidenceForm(unit, posted(request), request.FILES or None, files=may_file(user, unit))

    def act(data: dict[str, Any]) -> str:
        if data.get("file"):
            inspection_findings.bring(
                finding, upload=data["file"], declared_not_secret=data["declared"], by=user
            )
        else:
            inspection_findings.prove(finding, document=data["document"], by=user)
        messages.success(request, "Đã gắn tài liệu.")
        return f"{address(finding.inspection)}#phat-hien"

    return _on_finding(request, finding, form, act, title="Gắn tài liệu", press="Gắn tài liệu")


@require_POST
def unprove(request: HttpRequest, pk: int, paper: int) -> HttpResponse:
    """A paper shows the finding no more."""
    finding = found(request, pk)
    access.require_inspecting(request.user, finding.inspection)
    document = get_object_or_404(finding.evidence, pk=paper)
    try:
        inspection_findings.unprove(finding, document=document, by=request.user)
    except MoveRefused as refusal:
        return page(request, finding.inspection_id, refusal=refusal.sentence, status=409)
    messages.success(request, "Đã gỡ tài liệu; tài liệu vẫn ở trong tủ của đơn vị.")
    return redirect(f"{address(finding.inspection)}#phat-hien")


@csp(LOCKED_UP)
@require_safe
def paper(request: HttpRequest, pk: int, paper: int) -> FileResponse:
    """A paper that shows a finding, for whoever may read the finding."""
    finding = found(request, pk)
    return file_of(
        get_object_or_404(Document.objects.filter(inspection_findings=finding), pk=paper)
    )


@form_page
def explain(request: HttpRequest, pk: int) -> HttpResponse:
    """The inspected unit says what it has to say."""
    finding = found(request, pk)
    access.require_answering(request.user, finding.inspection)
    if request.method != "POST" and not access.may_explain(request.user, finding):
        sentence = inspection_findings.TAKEN_UP if finding.final else NOT_EXPLAINED
        return page(request, finding.inspection_id, refusal=sentence, status=409)
    usual = {"explanation": finding.explanation, "seen": finding.version}
    form = ExplainForm(posted(request), initial=usual)

    def act(data: dict[str, Any]) -> str:
        inspection_findings.explain(finding, by=request.user, **data)
        messages.success(request, "Đã ghi giải trình.")
        return f"{address(finding.inspection)}#phat-hien"

    return ask_about(request, finding, form, act, title="Giải trình", press="Ghi giải trình")


def _on_finding(request: HttpRequest, finding: InspectionFinding, form, act, **asked):
    """Asks the inspecting side about a finding, while findings are written."""
    inspection = finding.inspection
    access.require_inspecting(request.user, inspection)
    if request.method != "POST" and not inspection.finding_out:
        return page(request, inspection.pk, refusal=NOT_FINDING_OUT, status=409)
    return ask_about(request, finding, form, act, **asked)


def _require_finding_out(request: HttpRequest, inspection: Inspection) -> None:
    access.require_inspecting(request.user, inspection)
    if request.method != "POST" and not inspection.finding_out:
        raise MoveRefused(NOT_FINDING_OUT)
