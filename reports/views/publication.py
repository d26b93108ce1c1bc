"""Publishing a locked period, step by step: read, checked, decided, signed off with the password.

Nothing is stored between the steps: what was typed and ticked travels with the forms, and so does
the code of the figures that were looked at.
"""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from cchc_portal.kit import unsent
from cchc_portal.kit.errors import MoveRefused
from cchc_portal.kit.worded import Worded
from reports.forms.publishing import ConfirmationForm, DecisionForm, RemarksForm
from reports.papers.editions import draft_pdf
from reports.services import drafts, editions
from reports.services.kept_previews import forget, kept_preview
from reports.services.previews import CHANGED, Looked, newest_of
from reports.views.commitment_papers import own_paper
from reports.views.drafts import found as _find
from reports.views.drafts import page as draft_page
from scoring.models import Period
from scoring.rules.workflow import PERIOD, PeriodState, PeriodVerb


class Step(Worded):
    """Where whoever publishes is; the last is not a page but the act."""

    LOOK = "xem-truoc", "Xem trước"
    CHECKS = "kiem-tra", "Kiểm tra"
    DECISION = "quyet-dinh", "Quyết định"
    CONFIRM = "xac-nhan", "Xác nhận"
    PUBLISH = "cong-bo", "Công bố"


ORDER = list(Step)
PAGES = ORDER[:-1]


class Walk:
    """The forms of all steps, filled with what came along."""

    def __init__(self, request: HttpRequest, period: Period):
        self.request, self.period = request, period
        self.corrected = newest_of(period)
        self.preview = kept_preview(period, by=request.user)
        self.asked = self._asked()
        said = request.POST
        self.remarks = self._remarks(said)
        self.decision = self._decision(said)
        typed = said if self.asked == Step.PUBLISH else None
        self.confirmation = ConfirmationForm(request, typed)

    def _asked(self) -> Step:
        named = self.request.POST.get("step")
        return Step(named) if named in Step.values else Step.LOOK

    def _remarks(self, said) -> RemarksForm:
        if self.asked in (Step.LOOK, Step.CHECKS):
            ticked = {"ticked": said.getlist("ticked")} if said else {}
            return RemarksForm(self.preview.remarks, initial=ticked)
        return RemarksForm(self.preview.remarks, said)

    def _decision(self, said) -> DecisionForm:
        kept = {"corrected": self.corrected}
        if ORDER.index(self.asked) > ORDER.index(Step.DECISION):
            return DecisionForm(self.period, self.request.user, said, **kept)
        typed = dict(_typed(said))
        return DecisionForm(self.period, self.request.user, initial=typed, **kept)

    def first_in_the_way(self) -> Step | None:
        """The first step before the one asked for that is not done yet."""
        forms = {
            Step.CHECKS: self.remarks,
            Step.DECISION: self.decision,
            Step.CONFIRM: self.confirmation,
        }
        before = ORDER[1 : ORDER.index(self.asked)]
        return next((step for step in before if not forms[step].is_valid()), None)

    def has_seen_other_figures(self) -> bool:
        """Whether the figures are not those that were on the first page."""
        seen = self.request.POST.get("seen", "")
        return self.asked != Step.LOOK and seen != self.preview.seen

    @property
    def looked(self) -> Looked:
        """What the service is told to have been read."""
        return Looked(self.request.POST["seen"], frozenset(self.remarks.cleaned_data["ticked"]))

    def carried(self, page: Step) -> list[tuple[str, str]]:
        """What was typed and ticked on other steps, as hidden fields of this one, and the key
        under which the browser keeps the decision until it is published."""
        said = self.request.POST
        kept = [("seen", self.preview.seen)]
        if page != Step.CHECKS:
            kept += [("ticked", key) for key in said.getlist("ticked")]
        if page != Step.DECISION:
            kept += _typed(said)
        if unsent.FIELD in said:
            kept.append((unsent.FIELD, said[unsent.FIELD]))
        return kept

    def page(self, step: Step, *, status: int = 200, refusal: str = "") -> HttpResponse:
        """One step as a page."""
        place = PAGES.index(step)
        context: dict[str, Any] = {
            "period": self.period,
            "made_up": self.period.made_up,
            "ready": True,
            "step": step,
            "steps": [
                (page, "past" if at < place else "now" if at == place else "next")
                for at, page in enumerate(PAGES)
            ],
            "carried": self.carried(step),
            "refusal": refusal,
            "edition": self.corrected,
            "preview": self.preview,
            "tables": self.preview.tables,
            "remarks": self.remarks,
            "decision": self.decision,
            "form": {
                Step.LOOK: None,
                Step.CHECKS: self.remarks,
                Step.DECISION: self.decision,
                Step.CONFIRM: self.confirmation,
            }[step],
        }
        if step == Step.LOOK and self.corrected:
            context["differences"] = editions.would_change(self.corrected, self.preview.results)
        return render(self.request, "reports/publish.html", context, status=status)


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """The head of the assessor reads what will be published, checks it, types the decision, signs
    it off."""
    period = _find(request, pk)
    if not _is_ready(period):
        return _not_yet(request, period)
    walk = Walk(request, period)
    if walk.has_seen_other_figures():
        return walk.page(Step.LOOK, status=409, refusal=CHANGED)
    if step := walk.first_in_the_way():
        return walk.page(step, status=422)
    if walk.asked != Step.PUBLISH:
        return walk.page(walk.asked)
    try:
        edition = editions.publish(
            period, by=request.user, decision=walk.decision.decision, looked=walk.looked
        )
    except MoveRefused as refused:
        forget(period)
        now = _find(request, pk)
        if not _is_ready(now):
            return _not_yet(request, now)
        return Walk(request, now).page(Step.LOOK, status=409, refusal=refused.sentence)
    messages.success(request, "Đã công bố kết quả. Tệp PDF đang được kết xuất.")
    return redirect("reports:edition", edition.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """The decision and its annexes as they would be printed, "DỰ THẢO" across them, without number
    and day; signed by whom was typed, where that came along."""
    period = _find(request, pk)
    if not _is_ready(period):
        return _not_yet(request, period)
    form = DecisionForm(period, request.user, request.POST or None, corrected=newest_of(period))
    decision = form.decision if form.is_valid() else None
    preview = kept_preview(period, by=request.user, decision=decision)
    if drafts.is_long(preview):
        typed = dict(_typed(request.POST)) if decision else {}
        return draft_page(request, period, preview, typed=typed)
    paper = draft_pdf(preview.edition, preview.results)
    return own_paper(paper, f"du-thao-{period.year}-{period.pk}.pdf")


def _typed(said: QueryDict) -> list[tuple[str, str]]:
    """The fields of the decision that came along."""
    return [(name, said[name]) for name in DecisionForm.base_fields if name in said]


def _is_ready(period: Period) -> bool:
    return any(move.verb == PeriodVerb.PUBLISH for move in PERIOD.open_moves(period.state))


def _not_yet(request: HttpRequest, period: Period) -> HttpResponse:
    context = {
        "period": period,
        "made_up": period.made_up,
        "edition": newest_of(period),
        "published": period.state == PeriodState.PUBLISHED,
    }
    status = 409 if request.method == "POST" else 200
    return render(request, "reports/publish.html", context, status=status)
