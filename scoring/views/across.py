"""The other way through the work: one component across all units of its block."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cchc_portal.kit.htmx import fragment
from scoring import access
from scoring.models import Criterion, ReturnRemark, Score
from scoring.rules.kinds import Level
from scoring.rules.risk import Assessed, Grade, Past, Risk
from scoring.rules.workflow import SUBMITTED_ONCE
from scoring.services.risks import risks_across
from scoring.views.rows import Row
from scoring.views.scope import find_criterion
from scoring.views.verification import untouched
from units.permissions import Permission

BY_UNIT = "don-vi"

CHIPS = (
    ("", "Tất cả"),
    ("rui-ro-cao", Grade.HIGH.label),
    ("chua-tham-dinh", "Chưa thẩm định"),
    ("thieu-minh-chung", Risk.NO_EVIDENCE.label),
    ("xin-khong-ap-dung", Risk.EXCUSED.label),
)


@dataclass
class Line:
    """One unit in the queue: its row, its risks, its last time."""

    row: Row
    risk: Assessed
    past: Past | None

    def answers(self, chip: str) -> bool:
        """Whether it stays when the queue is narrowed to the chip."""
        kinds = {reason.kind for reason in self.risk.reasons}
        return {
            "rui-ro-cao": self.risk.grade == Grade.HIGH,
            "chua-tham-dinh": not self.row.score.settled,
            "thieu-minh-chung": Risk.NO_EVIDENCE in kinds,
            "xin-khong-ap-dung": Risk.EXCUSED in kinds,
        }.get(chip, True)


@dataclass
class Queue:
    """All units' lines of one component, in the order they are walked."""

    lines: list[Line]

    @cached_property
    def unsettled(self) -> list[Line]:
        """Lines the assessor has not decided."""
        return [line for line in self.lines if not line.row.score.settled]

    @property
    def settled(self) -> int:
        return len(self.lines) - len(self.unsettled)

    def line(self, asked: str) -> Line | None:
        """The line that an address asks for, if there is such."""
        return next((line for line in self.lines if str(line.row.score.pk) == asked), None)

    def next_unsettled(self, line: Line | None) -> Line | None:
        """The line after this one that is not decided, else the first; never the line itself."""
        start = self.lines.index(line) + 1 if line else 0
        walk = self.lines[start:] + self.lines[:start]
        waiting = (one for one in walk if not one.row.score.settled and one is not line)
        return next(waiting, None)


@require_safe
def desk(request: HttpRequest, pk: int) -> HttpResponse:
    """One component on the desk: the units by risk, what one says, its evidence, the verdict."""
    component = find_criterion(request, pk, Permission.VERIFY_DOSSIER)
    if component.level != Level.COMPONENT:
        raise Http404
    by_unit = request.GET.get("thu-tu") == BY_UNIT
    chip = request.GET.get("loc", "")
    queue = _queue(request, component, by_unit=by_unit)
    last = queue.line(request.GET.get("vua", ""))
    kept = Queue([line for line in queue.lines if line.answers(chip) or line is last])
    line = (
        kept.line(request.GET.get("dong", ""))
        or kept.next_unsettled(last)
        or last
        or next(iter(kept.lines), None)
    )
    through = {"thu-tu": BY_UNIT} if by_unit else {}
    through |= {"loc": chip} if chip else {}
    siblings = component.criteria_set.criteria.components().order_by("position")
    context: dict[str, Any] = {
        "component": component,
        "khoi": component.criteria_set.block,
        "queue": queue,
        "sheet": queue,
        "shown": kept.lines,
        "chips": [
            (key, label, sum(one.answers(key) for one in queue.lines)) for key, label in CHIPS
        ],
        "chip": chip,
        "by_unit": by_unit,
        "siblings": list(siblings.only("criteria_set", "code", "title")),
        "line": line,
        "last": last.row if last else None,
        "through": f"?{urlencode({'ngang': 1} | through)}",
        "kept": f"&{urlencode(through)}" if through else "",
        "made_up": component.criteria_set.block.period.made_up,
    }
    if line:
        context |= _of_line(line, kept)
    template = "scoring/_across.html" if request.htmx else "scoring/across.html"
    if not request.htmx:
        return render(request, template, context)
    answer = fragment(request, template, context)
    answer.headers["HX-Push-Url"] = request.get_full_path()
    return answer


def _of_line(line: Line, kept: Queue) -> dict[str, Any]:
    row = line.row
    later = kept.next_unsettled(line)
    returned = ReturnRemark.objects.of_the_last_return(row.score.dossier)
    return {
        "dossier": row.score.dossier,
        "past": line.past,
        "later": later.row.score.pk if later else None,
        "resaid": None,
        "asked": returned.filter(score=row.score).first(),
        "closed_because": access.why_not_at_the_desk(row.score.dossier),
    } | untouched(row)


def _queue(request: HttpRequest, component: Criterion, *, by_unit: bool) -> Queue:
    """The rows over which the person has a say. Six queries, however many units."""
    period = component.criteria_set.block.period
    scores = list(
        Score.objects.judged_by(request.user)
        .filter(criterion=component, dossier__state__in=SUBMITTED_ONCE)
        .select_related("criterion", "dossier__unit", "dossier__period", "updated_by")
        .prefetch_related("evidence__document")
        .order_by("dossier__unit__position", "dossier__unit__code")
    )
    risks, before = risks_across(component, scores, period)
    lines = [
        Line(Row(one, list(one.evidence.all())), risks[one.pk], before.get(one.dossier.unit_id))
        for one in scores
    ]
    if not by_unit:
        lines.sort(key=lambda line: -line.risk.weight)
    return Queue(lines)
