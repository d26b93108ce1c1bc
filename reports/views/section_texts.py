"""One section of a report: its text saves itself; last period's beside it, figures in their place,
texts of the units below to take over; the texts that stood there before."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import reswap, retarget

from cchc_portal.kit.differences import joined, side_by_side
from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from cchc_portal.kit.htmx import fragment
from cchc_portal.kit.strokes import by_the_same_hand
from reports.forms.periodic import SeenForm, TextForm
from reports.models import KeptText, PeriodicReport, SectionText
from reports.periodic_access import may_write, require_reader, require_writer
from reports.rules.merging import stands_in, told_by
from reports.rules.outline import by_part, stands_alone
from reports.services import periodic_content, section_tasks, section_texts
from reports.views.periodic import report_of
from scoring.rules.kinds import Hindrance

BELOW_A_PAGE = 20
EARLIER = 6


@dataclass
class TextRow:
    """A text in its form. `form` holds what was sent and refused."""

    text: SectionText
    open: bool
    form: TextForm | None = None
    state: str = ""
    sentence: str = ""

    @property
    def words(self) -> str:
        return self.form.data.get("words", "") if self.form else self.text.words

    @property
    def version(self) -> int:
        """The version that what stands in the field was written on."""
        return self.form.written_on if self.form else self.text.version

    @property
    def choice(self) -> tuple[list, list]:
        """What was typed beside what somebody else has stored."""
        return side_by_side(self.words, self.text.words)


def text_of(request: HttpRequest, pk: int) -> SectionText:
    """The text among those of one's own units, else 404."""
    seen = SectionText.objects.of_units_of(request.user).for_page()
    return get_object_or_404(seen, pk=pk)


@require_safe
def section(request: HttpRequest, pk: int, section: int) -> HttpResponse:
    """Sections at the left, the text in the middle, the period before beside it."""
    report = report_of(request, pk)
    require_reader(request.user, report)
    text = get_object_or_404(SectionText.objects.for_page(), report=report, section=section)
    return section_page(request, text)


def section_page(
    request: HttpRequest, text: SectionText, *, again: TextRow | None = None, status: int = 200
) -> HttpResponse:
    """The page; `again` is a text that was refused without script."""
    report, current = text.report, text.section
    texts = list(report.texts.select_related("section").order_by("section__position"))
    keys = [one.section_id for one in texts]
    place = keys.index(current.pk)
    earlier = list(PeriodicReport.objects.earlier(report).for_page()[:EARLIER])
    before = _chosen(earlier, request.GET.get("ky", ""))
    figures = periodic_content.figures_of(report) if current.codes else []
    context: dict[str, Any] = {
        "report": report,
        "round": report.round,
        "one": again or row_of(request, text),
        "section": current,
        "parts": [
            (part, stands_alone(part, [one.section.title for one in some]), some)
            for part, some in by_part(texts, part=lambda one: one.section.part)
        ],
        "filled": sum(bool(one.words.strip()) for one in texts),
        "sections": len(texts),
        "next": keys[place + 1] if place + 1 < len(keys) else None,
        "previous": keys[place - 1] if place else None,
        "figures": periodic_content.in_section(figures, current.codes),
        "compared": periodic_content.compared(figures),
        "figures_asked": figures or report.round.figures_of(report.round.owner_id),
        "earlier": earlier,
        "before": before,
        "before_words": _words_of(before, current.key),
        "kept": text.kept.count(),
        "tasks": [
            (task, bool(task.result) and task.result.strip() in text.words)
            for task in section_tasks.tasks_beside(text, timezone.localdate())
        ],
        "merged": periodic_content.merged(report),
        "made_up": report.round.made_up,
        **_below(request, text),
    }
    return render(request, "reports/periodic/section.html", context, status=status)


@require_POST
@by_the_same_hand
def save(request: HttpRequest, pk: int) -> HttpResponse:
    """The text is written; 422 not valid, 409 refused or somebody was faster. What is not accepted
    stays in the field, and on the machine on which it was typed."""
    text = text_of(request, pk)
    require_writer(request.user, text.report.unit_id)
    form = TextForm(request.POST)
    if form.is_valid() and form.takes_theirs:
        return _row_again(request, pk)
    if not form.is_valid():
        return _answer(request, pk, form, Hindrance.REFUSED, form.refusal, status=422)
    words = form.cleaned_data["words"]
    try:
        section_texts.write(
            pk,
            by=request.user,
            words=joined(text.words, words) if form.joins else words,
            seen_version=form.seen,
            stroke=form.sent_as,
        )
    except ChangedMeanwhile as refusal:
        return _answer(request, pk, form, Hindrance.CHANGED, refusal.sentence, status=409)
    except MoveRefused as refusal:
        return _answer(request, pk, form, Hindrance.REFUSED, refusal.sentence, status=409)
    if form.cleaned_data["choose"] or not request.htmx:
        return _row_again(request, pk)
    return _answer(request, pk, None, "saved", "")


@require_safe
def versions(request: HttpRequest, pk: int) -> HttpResponse:
    """The texts that stood in the section before, each beside the present one."""
    return _versions(request, text_of(request, pk))


@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """An earlier text comes back; the present one is kept in its turn."""
    kept = get_object_or_404(
        KeptText.objects.filter(text__in=SectionText.objects.of_units_of(request.user)), pk=pk
    )
    text = text_of(request, kept.text_id)
    require_writer(request.user, text.report.unit_id)
    form = SeenForm(request.POST)
    if not form.is_valid():
        return _versions(request, text, refusal=form.errors["seen"][0], status=422)
    try:
        section_texts.restore(kept, by=request.user, seen_version=form.cleaned_data["seen"])
    except (ChangedMeanwhile, MoveRefused) as refusal:
        text = text_of(request, kept.text_id)
        return _versions(request, text, refusal=refusal.sentence, status=409)
    messages.success(request, "Đã lấy lại bản trước; bản vừa thay vẫn được giữ.")
    return redirect(address_of(text))


def address_of(text: SectionText) -> str:
    """The page of the section."""
    return reverse("periodic:section", args=[text.report_id, text.section_id])


def row_of(request: HttpRequest, text: SectionText, **said: Any) -> TextRow:
    """The text as this person may write or read it."""
    writes = text.report.writable and may_write(request.user, text.report.unit_id)
    return TextRow(text, writes, **said)


def _chosen(earlier: list[PeriodicReport], asked: str) -> PeriodicReport | None:
    """The report asked for, else the newest before."""
    by_key = {str(one.pk): one for one in earlier}
    return by_key.get(asked) or (earlier[0] if earlier else None)


def _words_of(report: PeriodicReport | None, key: str) -> str:
    if report is None:
        return ""
    found = report.texts.filter(section__key=key).values_list("words", flat=True)
    return found.first() or ""


def _below(request: HttpRequest, text: SectionText) -> dict[str, Any]:
    """Texts of the same section in the received reports of the units below."""
    rows = SectionText.objects.to_take_over(text)
    page = Paginator(rows, BELOW_A_PAGE).get_page(request.GET.get("page"))
    return {
        "page": page,
        "below": [
            (one, stands_in(one.words, text.words), told_by(one.report.unit.name, one.words))
            for one in page
        ],
    }


def _versions(
    request: HttpRequest, text: SectionText, *, refusal: str = "", status: int = 200
) -> HttpResponse:
    page = Paginator(text.kept.select_related("written_by"), BELOW_A_PAGE)
    shown = page.get_page(request.GET.get("page"))
    context = {
        "text": text,
        "report": text.report,
        "round": text.report.round,
        "page": shown,
        "kept": [(one, side_by_side(one.words, text.words)[0]) for one in shown],
        "writes": row_of(request, text).open,
        "refusal": refusal,
        "made_up": text.report.round.made_up,
    }
    return render(request, "reports/periodic/versions.html", context, status=status)


def _answer(
    request: HttpRequest,
    pk: int,
    form: TextForm | None,
    state: str,
    sentence: str,
    *,
    status: int = 200,
) -> HttpResponse:
    """How the text stands now; without script, the page with what was typed."""
    one = row_of(request, text_of(request, pk), form=form, state=state, sentence=sentence)
    if not request.htmx:
        messages.error(request, sentence)
        return section_page(request, one.text, again=one, status=status)
    return fragment(request, "reports/periodic/_text_state.html", {"one": one}, status=status)


def _row_again(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole form in the place of the old one; without script, the page."""
    text = text_of(request, pk)
    if not request.htmx:
        return redirect(address_of(text))
    answer = fragment(request, "reports/periodic/_text.html", {"one": row_of(request, text)})
    return reswap(retarget(answer, f"#noi-dung-{pk}"), "outerHTML")
