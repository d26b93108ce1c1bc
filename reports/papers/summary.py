"""Báo cáo tổng hợp of a published year, for the conference: figures, charts, words.

Drawn from frozen lines alone by `templates/reports/pdf/summary.html`; number, day and name of the
signer are left to the office.
"""

from dataclasses import dataclass
from fractions import Fraction
from statistics import mean
from typing import NamedTuple

from cchc_portal.kit.numerals import grouped, written
from cchc_portal.kit.pdf import render_pdf
from reports.charts.bars import BarChart, single, stacked
from reports.models import Edition, EditionResult
from reports.papers.editions import (
    MATTERS,
    check_of,
    decision_words,
    issuer_of,
    number_words,
    office_for,
)
from reports.papers.parts import Issuer, Signature, foot_line
from reports.rules import decree, year_report
from reports.rules.rated import Rated, measured_in, together, why_without
from reports.rules.stage import told_before
from reports.rules.year_report import BlockYear, Movement, Movements, Named
from reports.year_before import Before, before_of
from scoring.rules.kinds import PeriodKind
from units.models import Succession

SUBJECT_WIDTH = 72
NOTHING = "–"
NAMED = 3
"""So many areas are named as best, and as weakest."""
MOVED = 5
"""So many units are named that rose most, and that fell most."""
RECIPIENTS = ("Đại biểu dự hội nghị", "Lưu: VT")


class BlockRow(NamedTuple):
    """A block in the table of the report."""

    name: str
    units: str
    mean: str
    best: str
    last: str
    satisfaction: str
    interval: str


class MovedRow(NamedTuple):
    """A unit in the table of movement."""

    name: str
    before: str
    now: str
    points: str


@dataclass(frozen=True)
class SummaryPaper:
    """The report from the heading to the signature; every part in sentences, tables and charts."""

    issuer: Issuer
    subject: str
    year: int
    symbol: str
    day: str
    opening: str
    general: tuple[str, ...]
    blocks: tuple[BlockRow, ...]
    classes: BarChart
    areas: BarChart
    area_words: tuple[str, ...]
    movement_words: tuple[str, ...]
    before_year: int | None
    risen: tuple[MovedRow, ...]
    fallen: tuple[MovedRow, ...]
    satisfaction: str
    closing: str
    signature: Signature
    foot: str
    draft: bool = False
    kind: str = "Báo cáo"
    recipients: tuple[str, ...] = decree.listed(RECIPIENTS)

    @property
    def title(self) -> str:
        return f"{self.kind} {decree.uncapitalised(self.subject)}"

    @property
    def subject_lines(self) -> tuple[str, ...]:
        return decree.balanced(self.subject, SUBJECT_WIDTH)

    @property
    def number(self) -> str:
        return f"{decree.BLANK}/{self.symbol}"


def summary_pdf(edition: Edition) -> bytes:
    """The report as a file."""
    paper = summary_paper(edition)
    return render_pdf(
        "reports/pdf/summary.html", {"paper": paper}, title=paper.title, author=edition.issuer_name
    )


def summary_paper(edition: Edition) -> SummaryPaper:
    """What the report says. Three queries: the lines, the edition of the year before, its lines; or
    for the last two the rows of a table brought in."""
    lines = list(edition.results.order_by("position"))
    office, matter = office_for(edition), MATTERS[PeriodKind(edition.kind)]
    issuer = issuer_of(edition, office)
    blocks = year_report.blocks_of(lines, edition)
    rates = year_report.area_rates(lines)
    before = before_of(edition)
    moved = before and _movements(edition, lines, before)
    rows = moved.rows if moved else ()
    subject = f"Tổng hợp {matter.result} năm {edition.year}"
    return SummaryPaper(
        issuer=issuer,
        subject=subject,
        year=edition.year,
        symbol=f"BC-{issuer.symbol.removeprefix('QĐ-')}",
        day=decree.open_day(edition.decided_on.year),
        opening=(
            f"Căn cứ {decision_words(edition)} của {issuer.head_in_full} phê duyệt và công bố "
            f"{matter.result} năm {edition.year}, {issuer.name} tổng hợp kết quả như sau:"
        ),
        general=tuple(_general(year_report.figures_of(lines), blocks, edition)),
        blocks=tuple(_block_row(block, edition.places) for block in blocks),
        classes=stacked(
            "Số đơn vị theo mức xếp loại, từng khối",
            [(block.name, block.counts) for block in blocks if block.ranked],
        ),
        areas=single(
            "Tỷ lệ điểm đạt được theo lĩnh vực, tính chung các đơn vị được xếp hạng (%)",
            [(one.name, one.figure, written(one.figure, 2)) for one in rates],
        ),
        area_words=tuple(_area_words(rates)),
        movement_words=tuple(_movement_words(moved, before, edition)),
        before_year=before.year if moved and before else None,
        risen=tuple(_moved(row, edition.places) for row in rows if row.points > 0)[:MOVED],
        fallen=tuple(_moved(row, edition.places) for row in reversed(rows) if row.points < 0)[
            :MOVED
        ],
        satisfaction=_satisfaction_words(together(lines), measured_in(lines)),
        closing=decree.finished(
            f"Trên đây là báo cáo {decree.uncapitalised(subject)} của {issuer.name}"
        ),
        signature=Signature(head=office.head, position=office.head),
        foot=foot_line(number_words(edition), check_of(edition), edition.made_up),
    )


def _movements(edition: Edition, lines: list[EditionResult], before: Before) -> Movements | None:
    """Each unit beside its own figure of the year before, or that of the one it succeeds: as the
    slides and the command view hold them."""
    ranked = [line.unit_id for line in lines if line.rank is not None]
    strangers = [unit for unit in ranked if unit not in before.figures]
    came = Succession.objects.origins_of(strangers, edition.decided_on)
    told = told_before(ranked, before.figures, {unit: list(names) for unit, names in came.items()})
    return year_report.movements(lines, told.figures, edition.places)


def _general(figures: list[Named], blocks: list[BlockYear], edition: Edition):
    units, places = sum(block.units for block in blocks), edition.places
    yield (
        f"Có {decree.two_digits(units)} đơn vị trong {decree.two_digits(len(blocks))} khối, trong "
        f"đó {decree.two_digits(len(figures))} đơn vị được xếp hạng."
    )
    if figures:
        middle = mean(one.figure for one in figures)
        yield (
            "Chỉ số trung bình của các đơn vị được xếp hạng là "
            f"{written(middle, places)}{decree.GAP}%."
        )
    for block in blocks:
        if block.best and block.last and block.ranked > 1:
            yield (
                f"{block.name}: cao nhất là {block.best.name} "
                f"({written(block.best.figure, places)}{decree.GAP}%), thấp nhất là "
                f"{block.last.name} ({written(block.last.figure, places)}{decree.GAP}%)."
            )


def _block_row(block: BlockYear, places: int) -> BlockRow:
    return BlockRow(
        name=block.name,
        units=f"{block.ranked}/{block.units}",
        mean=_or_nothing(block.mean, places),
        best=_or_nothing(block.best and block.best.figure, places),
        last=_or_nothing(block.last and block.last.figure, places),
        satisfaction=_or_nothing(block.ratings.share, 2),
        interval=_interval(block.ratings),
    )


def _area_words(rates: list[Named]):
    if len(rates) < 2:
        return
    count = min(NAMED, len(rates) // 2)
    for words, chosen in (
        ("cao nhất", rates[:count]),
        ("thấp nhất, cần tập trung cải thiện", list(reversed(rates[-count:]))),
    ):
        told = "; ".join(f"{one.name} ({written(one.figure, 2)}{decree.GAP}%)" for one in chosen)
        yield f"Lĩnh vực có tỷ lệ điểm đạt được {words}: {told}."


def _movement_words(moved: Movements | None, before: Before | None, edition: Edition):
    if before is None:
        yield "Chưa có kết quả công bố của năm trước để so sánh."
        return
    if moved is None:
        yield (f"Không có đơn vị nào so sánh được giữa năm {before.year} và năm {edition.year}.")
        return
    places = edition.places
    yield (
        f"Có {decree.two_digits(len(moved.rows))} đơn vị so sánh được giữa năm {before.year} và "
        f"năm {edition.year} (đơn vị mới thành lập so với đơn vị mà mình kế thừa); chỉ số trung "
        f"bình của các đơn vị này từ {written(moved.mean_before, places)}{decree.GAP}% thành "
        f"{written(moved.mean_now, places)}{decree.GAP}%. Trong đó {_counted(moved.up, 'tăng')}, "
        f"{_counted(moved.down, 'giảm')}, {_counted(moved.same, 'giữ nguyên')}."
    )


def _counted(number: int, words: str) -> str:
    told = f"{decree.two_digits(number)} đơn vị" if number else "không có đơn vị nào"
    return f"{told} {words}"


def _moved(row: Movement, places: int) -> MovedRow:
    sign = "+" if row.points > 0 else ""
    return MovedRow(
        row.name,
        written(row.before, places),
        written(row.now, places),
        f"{sign}{written(row.points, places)}",
    )


def _satisfaction_words(ratings: Rated, measured: str) -> str:
    if ratings.share is None:
        return "Kỳ đánh giá này không có số liệu đo lường mức độ hài lòng."
    sure = f"khoảng tin cậy 95{decree.GAP}%: {_interval(ratings)}; " if ratings.interval else ""
    told = (
        f"Trong {grouped(ratings.rated)} lượt đánh giá, {written(ratings.share, 2)}{decree.GAP}% "
        f"hài lòng ({sure}tính trên tổng số lượt, không lấy trung bình các tỷ lệ). Mức độ hài lòng "
        "của từng khối được ghi cạnh chỉ số ở bảng tại mục I"
    )
    if ratings.interval:
        told = f"{told}, trong ngoặc là khoảng tin cậy tính theo số người đánh giá"
    return " ".join(one for one in (f"{told}.", measured, why_without([ratings])) if one)


def _interval(ratings: Rated) -> str:
    if not ratings.interval:
        return ""
    low, high = ratings.interval
    return f"{written(low, 2)}–{written(high, 2)}"


def _or_nothing(figure: Fraction | None, places: int) -> str:
    return NOTHING if figure is None else written(figure, places)
