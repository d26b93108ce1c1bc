"""An inspection is opened, rewritten, decided, begun, minuted, concluded; its team is seated."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters

from cchc_portal.kit.errors import MoveRefused
from commitments import inspection_access as access
from commitments.forms.fields import ReasonForm, Seen
from commitments.forms.inspections import (
    AgainForm,
    AmendForm,
    ConclusionForm,
    DecideForm,
    MemberForm,
    MinutesForm,
    PaperForm,
    SuddenForm,
    TermsEditForm,
    UnseatForm,
    usual_terms,
)
from commitments.models import Inspection
from commitments.rules.inspection import INSPECTION, InspectionState, InspectionVerb
from commitments.services import inspection_openings, inspection_team, inspections
from commitments.views.asking import ask, lying, posted
from commitments.views.conferences import verb_of
from commitments.views.inspections import (
    WORDS_OF_MOVES,
    address,
    context_of,
    desks_of,
    found,
    on_inspection,
)
from commitments.views.moves import form_page

Stored = Callable[[Inspection], dict[str, Any]]
WORDS = {
    InspectionVerb.DECIDE: "Ghi số, ngày của quyết định đã ký. Từ lúc này đơn vị được kiểm tra đọc "
    "được quyết định, thành phần đoàn và nội dung kiểm tra.",
    InspectionVerb.AMEND: "Ghi lại số, ngày cho đúng quyết định đã ký; nhật ký giữ bản ghi trước. "
    "Cuộc kiểm tra trở lại “Đã có quyết định”: đã bắt đầu thì bấm Bắt đầu kiểm tra lần nữa, kết "
    "quả và phát hiện đã ghi vẫn giữ.",
    InspectionVerb.BEGIN: "Từ lúc này đoàn ghi kết quả từng nội dung và các phát hiện.",
    InspectionVerb.MINUTE: "Kết quả, phát hiện không sửa được nữa; đơn vị được kiểm tra đọc được "
    "và giải trình.",
    InspectionVerb.TAKE_BACK: "Đoàn sửa được kết quả, phát hiện; đơn vị được kiểm tra không đọc "
    "được cho đến khi lập lại biên bản.",
    InspectionVerb.CLOSE: "Mọi yêu cầu đã được xác nhận khắc phục. Sau đó không ghi thêm được nữa.",
    InspectionVerb.CANCEL: "Cuộc kiểm tra vẫn tính vào số đã lên kế hoạch, ghi là không thực hiện.",
}


@form_page
def sudden(request: HttpRequest) -> HttpResponse:
    """Opens an inspection that no plan foresees."""
    form = SuddenForm(desks_of(request), posted(request))

    def act(data: dict[str, Any]) -> str:
        inspection = inspection_openings.open_sudden(
            data["unit"], inspected=data["inspected"], terms=form.terms(), by=request.user
        )
        messages.success(request, "Đã lập cuộc kiểm tra đột xuất.")
        return address(inspection)

    asked = {"title": "Lập cuộc kiểm tra đột xuất", "words": "", "press": "Lập", "back": ""}
    return ask(request, "inspections/ask.html", form, act=act, context=lambda: asked)


@form_page
@on_inspection
def again(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    """Opens another inspection of the same unit that looks at what was wanting."""
    access.require_seating(request.user, inspection)
    if request.method != "POST" and not inspection.concluded:
        raise MoveRefused("Chỉ kiểm tra lại sau khi đã ký kết luận.")
    number = inspection.conclusion_number
    usual = {
        "reason": f"Kiểm tra việc thực hiện kết luận số {number}",
        "scope": "Việc khắc phục các tồn tại, hạn chế đã nêu trong kết luận kiểm tra",
    }
    form = AgainForm(posted(request), initial=usual)

    def act(data: dict[str, Any]) -> str:
        opened = inspection_openings.again(inspection, terms=form.terms(), by=request.user)
        messages.success(request, "Đã lập cuộc kiểm tra lại, kèm các nội dung chưa đạt lần trước.")
        return address(opened)

    return _ask(request, inspection, form, act, title="Kiểm tra lại", press="Lập cuộc kiểm tra lại")


@form_page
@on_inspection
def revise(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    """Rewrites unit, scope and days before the decision."""
    access.require_seating(request.user, inspection)
    if request.method != "POST" and not access.may_revise(request.user, inspection):
        raise MoveRefused("Đã có quyết định kiểm tra hoặc kế hoạch đã ban hành nên không sửa được.")
    form = TermsEditForm(inspection, posted(request), initial=usual_terms(inspection))

    def act(data: dict[str, Any]) -> str:
        inspection_openings.revise(
            inspection,
            seen=data["seen"],
            inspected=data["inspected"],
            terms=form.terms(),
            by=request.user,
        )
        messages.success(request, "Đã ghi thông tin cuộc kiểm tra.")
        return address(inspection)

    asked = {"title": "Sửa thông tin", "press": "Ghi", "stored": _terms}
    return _ask(request, inspection, form, act, **asked)


@form_page
@on_inspection
def move(request: HttpRequest, inspection: Inspection, word: str) -> HttpResponse:
    """Decided, begun, minuted, opened again, ended, cancelled."""
    verb = verb_of(word, WORDS_OF_MOVES)
    step = INSPECTION.move(verb)
    access.require_move(request.user, inspection, step)
    if request.method != "POST":
        INSPECTION.check(verb, inspection.state, "đã có")
    form = _form(request, inspection, verb)

    def act(data: dict[str, Any]) -> str:
        if verb == InspectionVerb.MINUTE:
            data = {"seen": data["seen"], "minutes": form.minutes()}
        getattr(inspections, verb.value)(inspection, by=request.user, **data)
        messages.success(request, f"Đã ghi: {step.label.lower()}.")
        return address(inspection)

    doubts = inspections.doubts(inspection) if verb == InspectionVerb.MINUTE else []
    words = " ".join((WORDS[verb], *doubts))
    return _ask(request, inspection, form, act, title=step.label, press=step.label, words=words)


@form_page
@on_inspection
def write_conclusion(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    """The general words of the conclusion."""
    access.require_inspecting(request.user, inspection)
    if request.method != "POST" and inspection.state != InspectionState.MINUTED:
        raise MoveRefused("Kết luận chỉ soạn sau khi lập biên bản và trước khi ký.")
    form = ConclusionForm(posted(request), initial=_conclusion(inspection))

    def act(data: dict[str, Any]) -> str:
        inspections.write_conclusion(inspection, by=request.user, **data)
        messages.success(request, "Đã ghi dự thảo kết luận.")
        return f"{address(inspection)}#ket-luan"

    asked = {"title": "Dự thảo kết luận", "press": "Ghi", "stored": _conclusion}
    return _ask(request, inspection, form, act, **asked)


@sensitive_post_parameters("password")
@form_page
@on_inspection
def conclude(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    """The head reads findings, explanations and demands once more and signs the conclusion."""
    step = INSPECTION.move(InspectionVerb.CONCLUDE)
    access.require_move(request.user, inspection, step)
    if request.method != "POST":
        INSPECTION.check(InspectionVerb.CONCLUDE, inspection.state)
    form = PaperForm(request, posted(request), initial={"seen": inspection.version})

    def act(data: dict[str, Any]) -> str:
        inspections.conclude(inspection, seen=data["seen"], paper=form.paper(), by=request.user)
        messages.success(request, "Đã ký kết luận. Các yêu cầu khắc phục có hiệu lực.")
        return address(inspection)

    def now() -> dict[str, Any]:
        fresh = found(request, inspection.pk)
        return context_of(fresh) | {
            "findings": fresh.findings.for_page().order_by("number"),
            "tasks": fresh.tasks.for_page().order_by("number"),
        }

    return ask(
        request,
        "inspections/conclude.html",
        form,
        act=act,
        context=now,
        conflict=lambda: form.renew(found(request, inspection.pk).version),
    )


@form_page
@on_inspection
def seat(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    """The team, and one more of it."""
    _require_seating(request, inspection)
    form = MemberForm(inspection, posted(request))

    def act(data: dict[str, Any]) -> str:
        inspection_team.seat(inspection, by=request.user, **data)
        messages.success(request, "Đã thêm vào đoàn kiểm tra.")
        return f"{address(inspection)}#doan"

    return _ask(request, inspection, form, act, title="Thêm thành viên đoàn", press="Thêm")


@form_page
@on_inspection
def unseat(request: HttpRequest, inspection: Inspection, member: int) -> HttpResponse:
    """Somebody leaves the team."""
    _require_seating(request, inspection)
    one = get_object_or_404(inspection.team.select_related("inspection"), pk=member)
    form = UnseatForm(inspection, posted(request))

    def act(data: dict[str, Any]) -> str:
        inspection_team.unseat(one, by=request.user, **data)
        messages.success(request, f"Đã bỏ {one.name} khỏi đoàn.")
        return f"{address(inspection)}#doan"

    return _ask(request, inspection, form, act, title=f"Bỏ {one} khỏi đoàn", press="Bỏ")


def _require_seating(request: HttpRequest, inspection: Inspection) -> None:
    access.require_seating(request.user, inspection)
    if request.method != "POST" and not inspection.before:
        raise MoveRefused("Biên bản đã lập nên không thay đổi thành phần đoàn.")


def _ask(
    request: HttpRequest,
    inspection: Inspection,
    form,
    act,
    *,
    title: str,
    press: str,
    words: str = "",
    stored: Stored | None = None,
) -> HttpResponse:
    """`stored`: the fields as they lie there now, to be shown beside what was typed after a
    conflict; `seen` among them."""
    asked: dict[str, Any] = {"title": title, "press": press, "words": words}

    def conflict() -> None:
        fresh = found(request, inspection.pk)
        now = stored(fresh) if stored else {"seen": fresh.version}
        form.renew(now.pop("seen"))
        asked["stored"] = lying(form, now)

    return ask(
        request,
        "inspections/ask.html",
        form,
        act=act,
        context=lambda: context_of(found(request, inspection.pk)) | asked,
        conflict=conflict,
    )


def _terms(inspection: Inspection) -> dict[str, Any]:
    return usual_terms(inspection) | {"inspected": inspection.inspected}


def _conclusion(inspection: Inspection) -> dict[str, Any]:
    return {"text": inspection.conclusion, "seen": inspection.conclusion_seal}


def _form(request: HttpRequest, inspection: Inspection, verb: InspectionVerb):
    seen, data = {"seen": inspection.version}, posted(request)
    today = timezone.localdate()
    if verb == InspectionVerb.DECIDE:
        days = {"starts_on": inspection.starts_on, "ends_on": inspection.ends_on}
        return DecideForm(data, initial=seen | days | {"day": today})
    if verb == InspectionVerb.AMEND:
        lies = {"number": inspection.decision_number, "day": inspection.decided_on}
        days = {"starts_on": inspection.starts_on, "ends_on": inspection.ends_on}
        return AmendForm(data, initial=seen | lies | days)
    if verb == InspectionVerb.MINUTE:
        said = {name: getattr(inspection, name) for name in ("place", "host", "host_post")}
        usual = {"day": today, "overview": inspection.overview}
        return MinutesForm(data, initial=seen | said | usual)
    return (ReasonForm if INSPECTION.move(verb).needs_comment else Seen)(data, initial=seen)
