"""The result sheet of one unit: what its figure is made of and where it lost points.

It goes with a decision and does not replace it: no number, no signature. Drawn by
`templates/reports/pdf/result_sheet.html`.
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from cchc_portal.kit.numerals import exactly, grouped
from reports.charts.years import YearChart, YearFigure, place, year_chart
from reports.papers.parts import Check, Issuer, foot_line
from reports.rules import decree

PERCENT = f"{decree.GAP}%"


@dataclass(frozen=True)
class Earlier:
    """Where the unit stood the time before."""

    year: int
    percent: Decimal
    rank: int
    ranked: int


@dataclass(frozen=True)
class Standing:
    """The figure of the unit, rounded as published, and its place in the block.

    rank of ranked units, tied where it shares the rank; measure: what the percentage is called;
    next_band and missing: the class above and the points to it; satisfaction in percent of
    `ratings` ratings, surely from and to, where it is known how many people rated.
    """

    percent: Decimal
    band: str
    rank: int
    ranked: int
    block: str
    points: Decimal
    maximum: Decimal
    measure: str = "chỉ số"
    tied: bool = False
    self_points: Decimal | None = None
    next_band: str = ""
    missing: Decimal | None = None
    satisfaction: Decimal | None = None
    ratings: int | None = None
    sure_from: Decimal | None = None
    sure_to: Decimal | None = None
    earlier: Earlier | None = None


@dataclass(frozen=True)
class AreaRow:
    """An area, or the total: points of the maximum; the unit's own claim and the median percentage
    of the block where they are known."""

    title: str
    maximum: Decimal
    points: Decimal
    percent: Decimal
    lost: Decimal
    self_points: Decimal | None = None
    median: Decimal | None = None


@dataclass(frozen=True)
class LossRow:
    """A component that cost points: how many, and why."""

    code: str
    title: str
    lost: Decimal
    reason: str


class HeadlineCell(NamedTuple):
    """A figure in large type and the words under it."""

    figure: str
    words: str


class AreaLine(NamedTuple):
    """An area as printed; `bar` is the width of its bar in hundredths."""

    number: str
    title: str
    maximum: str
    self_points: str
    points: str
    percent: str
    median: str
    bar: str
    lost: str


@dataclass(frozen=True)
class ResultSheetPaper:
    """Everything the sheet of one unit shows.

    subject: "Chỉ số cải cách hành chính năm 2022 của Công an thị xã Hồng Lĩnh"; total: the sum of
    the areas; losses: worst first; lost_by_them: their sum before rounding, where that is known;
    losses_rest: what the lines left out come to, in words; remarks: replies of the unit and what
    became of them; years: oldest first; limits: floor and label of each class, best first; source:
    the sentence that names the decision.
    """

    issuer: Issuer
    subject: str
    standing: Standing
    areas: tuple[AreaRow, ...]
    total: AreaRow
    losses: tuple[LossRow, ...]
    source: str
    losses_rest: str = ""
    lost_by_them: Decimal | None = None
    remarks: tuple[str, ...] = ()
    years: tuple[YearFigure, ...] = ()
    limits: tuple[tuple[Decimal, str], ...] = ()
    edition: str = ""
    draft: bool = False
    made_up: bool = False
    check: Check | None = None

    @property
    def title(self) -> str:
        return f"Phiếu kết quả {decree.uncapitalised(self.subject)}"

    @property
    def foot(self) -> str:
        return foot_line(self.edition, self.check, self.made_up)

    @property
    def subject_lines(self) -> tuple[str, ...]:
        return decree.balanced(self.subject, 76)

    @property
    def headline(self) -> list[HeadlineCell]:
        """Index, class, rank, points and, where it was measured, satisfaction."""
        now, before = self.standing, self.standing.earlier
        block = decree.uncapitalised(now.block)
        cells = [
            HeadlineCell(
                f"{exactly(now.percent, 2)}{PERCENT}",
                f"{now.measure}; năm {before.year}: {exactly(before.percent, 2)}{PERCENT}"
                if before
                else now.measure,
            ),
            HeadlineCell(
                now.band,
                f"thiếu {exactly(now.missing, 2)} điểm để đạt loại {now.next_band}"
                if now.next_band and now.missing is not None
                else "xếp loại",
            ),
            HeadlineCell(
                f"{now.rank}/{now.ranked}",
                f"{'đồng hạng' if now.tied else 'hạng'} trong {block}"
                + (f"; năm {before.year}: {before.rank}/{before.ranked}" if before else ""),
            ),
            HeadlineCell(
                f"{exactly(now.points, 2)}/{exactly(now.maximum)}",
                "điểm được duyệt"
                + (
                    f"; tự chấm {exactly(now.self_points, 2)}"
                    if now.self_points is not None
                    else ""
                ),
            ),
        ]
        if now.satisfaction is not None:
            ratings = f", {grouped(now.ratings)} lượt đánh giá" if now.ratings else ""
            words = f"hài lòng{ratings}"
            if now.sure_from is not None and now.sure_to is not None:
                ends = f"{exactly(now.sure_from, 2)}–{exactly(now.sure_to, 2)}"
                words += f"; khoảng tin cậy 95{PERCENT}: {ends}"
            cells.append(HeadlineCell(f"{exactly(now.satisfaction, 2)}{PERCENT}", words))
        return cells

    @property
    def has_self_points(self) -> bool:
        return any(area.self_points is not None for area in self.areas)

    @property
    def has_median(self) -> bool:
        return any(area.median is not None for area in self.areas)

    @property
    def area_lines(self) -> list[AreaLine]:
        return [_line(str(number), area) for number, area in enumerate(self.areas, start=1)]

    @property
    def total_line(self) -> AreaLine:
        return _line("", self.total)

    @property
    def loss_lines(self) -> list[tuple[LossRow, str]]:
        return [(loss, exactly(loss.lost, 2)) for loss in self.losses]

    @property
    def losses_sum(self) -> str:
        lost = self.lost_by_them
        if lost is None:
            lost = sum((loss.lost for loss in self.losses), Decimal(0))
        return exactly(lost, 2)

    @property
    def trend(self) -> YearChart | None:
        """The chart of the years, once there are two figures to compare."""
        known = [figure for figure in self.years if figure.percent is not None]
        return year_chart(self.years, self.limits) if len(known) > 1 else None


def _line(number: str, area: AreaRow) -> AreaLine:
    def shown(figure: Decimal | None) -> str:
        return "" if figure is None else exactly(figure, 2)

    return AreaLine(
        number=number,
        title=area.title,
        maximum=exactly(area.maximum, 2),
        self_points=shown(area.self_points),
        points=exactly(area.points, 2),
        percent=exactly(area.percent, 2),
        median=shown(area.median),
        bar=place(min(max(Fraction(area.percent), Fraction(0)), Fraction(100)) * 99 / 100),
        lost=exactly(area.lost, 2),
    )
