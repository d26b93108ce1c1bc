"""The organiser's pages of what units do not assess themselves: what there is, and one component
across the units of its block."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import reswap, retarget

from cchc_portal.kit.htmx import fragment
from cchc_portal.kit.numerals import typed
from cchc_portal.kit.strokes import by_the_same_hand
from scoring import figure_access, parties
from scoring.forms.answers import Box, boxes
from scoring.forms.figures import FigureForm, TableForm
from scoring.models import Block, Criterion, Score
from scoring.rules.criteria import BEYOND_MAXIMUM
from scoring.rules.figure import takes_points
from scoring.rules.kinds import Source
from scoring.rules.workflow import DossierState
from scoring.services import figures
from scoring.views.rows import Row
from scoring.views.save_row import save_row
from scoring.views.scope import find_block, find_period
from scoring.views.self_assessment import visible_score
from units.permissions import Permission

UNITS_A_PAGE = 100
SOURCES_OFFERED = 30


@dataclass
class FigureRow:
    """One unit in the table. `form` holds what was sent and refused, `closed` why nobody writes."""

    row: Row
    closed: str = ""
    form: FigureForm | None = None
    state: str = ""
    sentence: str = ""

    @property
    def boxes(self) -> tuple[Box, ...]:
        """The inputs of the rule, with what was typed last."""
        written = self.form.data if self.form else self.row.score.verified_answer
        return boxes(self.row.rule, written, prefix=f"n{self.row.score.pk}")

    @property
    def two_ways(self) -> bool:
        """Whether points may be given beside the rule's own inputs."""
        return not takes_points(self.row.rule)

    @property
    def direct(self) -> str:
        """Points that no answer stands behind, as one types them."""
        score = self.row.score
        by_hand = score.verified_points is not None and score.verified_answer is None
        return self._typed("direct", typed(score.verified_points) if by_hand else "")

    @property
    def source(self) -> str:
        return self._typed("source", self.row.score.verified_source)

    @property
    def reason(self) -> str:
        return self._typed("reason", self.row.score.verified_reason)

    @property
    def version(self) -> int:
        """The version that what stands in the row was written on."""
        return self.form.written_on if self.form else self.row.score.version

    @property
    def fault(self) -> str:
        return self.form.fault_field if self.form else ""

    @property
    def takes_away(self) -> bool:
        return self.row.criterion.source == Source.PENALTY

    @property
    def wants_reason(self) -> bool:
        return self.row.criterion.source in BEYOND_MAXIMUM

    def _typed(self, name: str, stored: str) -> str:
        return self.form.data.get(name, "") if self.form else stored


@require_safe
def period(request: HttpRequest, pk: int) -> HttpResponse:
    """What units do not assess themselves, block by block, and for how many there is a figure."""
    one = find_period(request, pk, Permission.RUN_PERIOD)
    blocks = list(one.blocks.order_by("position"))
    nodes: dict[int, list[Criterion]] = {block.pk: [] for block in blocks}
    found = Criterion.objects.from_outside(criteria_set__block__period=one)
    for node in found.select_related("criteria_set"):
        nodes[node.criteria_set.block_id].append(node)
    context = {
        "period": one,
        "blocks": [(block, nodes[block.pk]) for block in blocks],
        "any": any(nodes.values()),
        "drawn": one.blocks.filter(
            criteria_set__in=Criterion.objects.drawn().values("criteria_set")
        ).order_by("position"),
        "made_up": one.made_up,
    }
    return render(request, "scoring/figures.html", context)


@require_safe
def table(request: HttpRequest, pk: int) -> HttpResponse:
    """One component across the units of a block."""
    return block_page(request, find_block(request, pk, Permission.RUN_PERIOD))


def block_page(
    request: HttpRequest,
    block: Block,
    *,
    status: int = 200,
    again: FigureRow | None = None,
    form: TableForm | None = None,
) -> HttpResponse:
    """The page of a block; `again` is a row that was refused without script, `form` a file that
    was."""
    components = list(Criterion.objects.from_outside(criteria_set__block=block))
    asked = str(again.row.criterion.pk) if again else request.GET.get("dong", "")
    component = next((one for one in components if str(one.pk) == asked), None)
    component = component or next(iter(components), None)
    context: dict[str, Any] = {
        "period": block.period,
        "khoi": block,
        "components": components,
        "component": component,
        "form": form or TableForm(),
        "uploads": block.figure_uploads.listed(),
        "made_up": block.period.made_up,
    }
    if component:
        context |= _of_component(request, block, component, again)
    return render(request, "scoring/figures_block.html", context, status=status)


@require_POST
@by_the_same_hand
def save(request: HttpRequest, pk: int) -> HttpResponse:
    """One row is written; 422 and 409 as for a row of a dossier. What is not accepted stays in the
    fields, and on the machine on which it was typed."""
    score = visible_score(request, pk)
    figure_access.require_organiser(request.user, score.dossier)
    row = Row(score)
    form = FigureForm(request.POST, rule=row.rule, maximum=score.maximum)
    return save_row(
        request,
        form,
        write=lambda: figures.put(
            score,
            by=request.user,
            figure=form.figure,
            source=form.cleaned_data["source"],
            reason=form.cleaned_data["reason"],
            seen_version=form.seen,
            stroke=form.sent_as,
        ),
        answer=partial(_answer, request, pk),
        again=lambda: _row_again(request, pk),
    )


def _of_component(
    request: HttpRequest, block: Block, component: Criterion, again: FigureRow | None
) -> dict[str, Any]:
    scores = Score.objects.filter(criterion=component, dossier__block=block)
    ordered = _in_order(scores).select_related("criterion", "dossier__unit", "updated_by")
    asked = _page_with(ordered, again.row.score) if again else request.GET.get("page")
    page = Paginator(ordered, UNITS_A_PAGE).get_page(asked)
    for score in page.object_list:
        score.dossier.period = block.period
    papers = [score.dossier for score in page.object_list]
    refusals = parties.why_not_judges(request.user, papers, period=block.period)
    sources = scores.exclude(verified_source="").order_by("verified_source")
    rows = [
        again
        if again and again.row.score.pk == score.pk
        else FigureRow(Row(score), _closed(score, refusals))
        for score in page.object_list
    ]
    return {
        "page": page,
        "rows": rows,
        "writes": any(not one.closed for one in rows),
        "sources": sources.values_list("verified_source", flat=True).distinct()[:SOURCES_OFFERED],
        "takes_away": component.source == Source.PENALTY,
    }


def _in_order(scores: QuerySet) -> QuerySet:
    """Those of the table, as its lines stand."""
    there = scores.exclude(dossier__state=DossierState.ABSENT)
    return there.order_by("dossier__unit__position", "dossier__unit__code")


def _page_with(ordered: QuerySet, score: Score) -> int:
    """The number of the page on which the row stands."""
    keys = list(ordered.values_list("pk", flat=True))
    return keys.index(score.pk) // UNITS_A_PAGE + 1 if score.pk in keys else 1


def _closed(score: Score, refusals: Mapping[int, str]) -> str:
    return refusals.get(score.dossier_id) or figure_access.why_no_figure(score.dossier)


def _answer(
    request: HttpRequest,
    pk: int,
    form: FigureForm | None,
    state: str,
    sentence: str,
    *,
    status: int = 200,
) -> HttpResponse:
    """How the row stands now; without script, the page with what was typed."""
    score = visible_score(request, pk)
    one = FigureRow(Row(score), form=form, state=state, sentence=sentence)
    if not request.htmx:
        messages.error(request, sentence)
        block = get_object_or_404(Block.objects.for_page(), pk=score.dossier.block_id)
        return block_page(request, block, status=status, again=one)
    return fragment(request, "scoring/_figure_state.html", {"one": one}, status=status)


def _row_again(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole row in the place of the old one; without script, the page."""
    score = visible_score(request, pk)
    if not request.htmx:
        address = reverse("scoring:figures-block", args=[score.dossier.block_id])
        beside = Score.objects.filter(
            criterion=score.criterion_id, dossier__block=score.dossier.block_id
        )
        number = _page_with(_in_order(beside), score)
        return redirect(f"{address}?dong={score.criterion_id}&page={number}#don-vi-{pk}")
    one = FigureRow(Row(score), figure_access.why_no_figure(score.dossier))
    answer = fragment(request, "scoring/_figure_row.html", {"one": one})
    return reswap(retarget(answer, f"#don-vi-{pk}"), "outerHTML")
