"""Components of the year under way that take the figures the units have reported.

All units answer as they reported but one, which says why; where nothing is reported yet they
answer as elsewhere.
"""

from decimal import Decimal

from reports.demo.year import NOTES, DemoYear
from scoring.models import Criterion, Dossier, Score
from scoring.rules.answers import Answer
from scoring.rules.answers.ratio import RatioAnswer
from scoring.services import criteria, drawn_figures, scores

LINKS = {
    "so_dvctt": {"figure_numerator": "HS-04", "figure_denominator": "HS-01"},
    "so_vanban": {"figure_numerator": "VB-02", "figure_denominator": "VB-03"},
}
"""Key of the component → codes of the indicators: files received online, papers signed."""
LESS, OTHERWISE = Decimal(9), "so_vanban"
WHY = (
    "Báo cáo 6 tháng còn tính cả văn bản gửi nội bộ không thuộc diện ký số; đơn vị đã trừ 9 "
    "văn bản (dữ liệu minh họa)."
)


def link(year: DemoYear) -> None:
    """The rules of these components name the indicators."""
    nodes = Criterion.objects.filter(criteria_set__block__period=year.period, key__in=LINKS)
    for node in nodes.select_related("criteria_set__block__period"):
        rule = {**node.rule, **LINKS[node.key]}
        criteria.edit(node, by=year.organiser, seen=node.version, rule=rule)
    year.drawn = set(nodes.values_list("pk", flat=True))


def take(year: DemoYear, dossier: Dossier, truth: dict[int, Answer]) -> None:
    """The editor takes the reported figures; the first unit of all differs once, with a reason."""
    rows = Score.objects.filter(dossier=dossier, criterion__in=year.drawn)
    for row in rows.select_related("criterion", "dossier__period").order_by("pk"):
        drawn = drawn_figures.offered_to(row)
        if drawn is None or drawn.answer is None:
            _say(year, row, truth[row.criterion_id], year.random.choice(NOTES))
            continue
        truth[row.criterion_id] = drawn.answer
        if row.criterion.key == OTHERWISE and not _said_otherwise(year):
            less = RatioAnswer(drawn.answer.numerator - LESS, drawn.answer.denominator)
            _say(year, row, less, WHY)
        else:
            editor = year.editors[dossier.unit_id]
            drawn_figures.take(row, by=editor, seen_version=row.version, note="")


def _said_otherwise(year: DemoYear) -> bool:
    return Score.objects.filter(dossier__period=year.period, self_note=WHY).exists()


def _say(year: DemoYear, row: Score, answer: Answer, note: str) -> None:
    scores.save_self(
        row,
        by=year.editors[row.dossier.unit_id],
        answer=answer,
        note=note,
        not_applicable=False,
        seen_version=row.version,
    )
