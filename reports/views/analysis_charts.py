"""The charts of an analysis: what each says, drawn from the exact figures of its table."""

from collections.abc import Sequence
from fractions import Fraction

from django.urls import reverse

from reports.models import Edition
from reports.rules import chart
from reports.rules.bridge import Bridge, Step
from reports.rules.chart import Cell, Chart, Column, Shape
from reports.rules.inside import Usefulness
from reports.rules.lineage import Line, YearOf
from reports.rules.shares import Row, ends_of
from reports.rules.tiles import short_name, short_names
from reports.views.analysis_asked import Asked
from scoring.rules.result_summary import short_title
from scoring.rules.result_table import Line as Ranked

BARS_DRAWN, BARS_LOW = 30, 8
"""So many bars are drawn; up to so many on a low picture."""
STEPS_DRAWN = 8
"""So many steps a bridge draws; the others are one bar."""
YEARS_STEP, LINES_TOLD = 5, 3
"""The axis of years ends on whole multiples; figures stand at the dots of so many lines."""
GROUND = 10
"""The ground of a bridge is a whole multiple of this below everything on it."""


def ranking(asked: Asked, lines: Sequence[Ranked[Row]]) -> Chart | None:
    """Bars of all units, best first; None of so many that the table says it better."""
    if len(lines) > BARS_DRAWN:
        return None
    short = short_names([line.entry for line in lines])
    what = asked.area_title or "chỉ số chung"
    rows = tuple(
        chart.Row(
            line.entry.name,
            (chart.figure(line.figure, line.places),),
            asked.address("don-vi", dv=line.entry.code),
            short[line.entry.key],
        )
        for line in lines
    )
    return Chart(
        name="xep-hang",
        title=f"Xếp theo {what}",
        shape=Shape.BARS,
        first="Đơn vị",
        columns=(Column("Tỷ lệ đạt"),),
        rows=rows,
        said=f"{len(rows)} đơn vị của {asked.block.name} xếp theo {what}, cao nhất trước.",
        unit="%",
        options={"max": max((100, *(line.figure for line in lines)))},
    )


def radar(asked: Asked, units: Sequence[Row], *, with_block: bool) -> Chart:
    """What units reached by area; beside the middle and the best of their block if asked for."""
    areas = [
        (code, title)
        for code, title in asked.block.areas
        if any(row.reached(code) is not None for row in asked.block.ranked)
    ]
    short = short_names(units)
    columns = [Column(short[row.key]) for row in units]
    if with_block:
        columns += [Column("Trung vị khối"), Column("Cao nhất khối")]
    rows = []
    for code, title in areas:
        reached = [row.reached(code) for row in units]
        if with_block:
            ends = ends_of(asked.block.ranked, code)
            reached += [ends.median, ends.best]
        cells = tuple(chart.figure(one, asked.places) for one in reached)
        rows.append(chart.Row(title, cells, short=short_title(title)))
    names = ", ".join(row.name for row in units)
    beside = " so với trung vị và mức cao nhất của khối" if with_block else ""
    return Chart(
        name="linh-vuc",
        title="Tỷ lệ đạt theo lĩnh vực",
        shape=Shape.RADAR,
        first="Lĩnh vực",
        columns=tuple(columns),
        rows=tuple(rows),
        said=f"Tỷ lệ đạt từng lĩnh vực của {names}{beside}.",
        unit="%",
        options={"max": 100},
    )


def trend(name: str, lines: Sequence[Line]) -> Chart | None:
    """A line for each that may be joined, a gap where a year has no figure; None for one year."""
    years = [one.year for line in lines for one in line.years]
    if not years or min(years) == max(years):
        return None
    rows = tuple(
        chart.Row(str(year), tuple(_of_year(line.in_year(year)) for line in lines))
        for year in range(min(years), max(years) + 1)
    )
    return Chart(
        name="qua-cac-nam",
        title=f"{name} qua các năm",
        shape=Shape.TREND,
        first="Năm",
        columns=tuple(Column(short_name(line.name)) for line in lines),
        rows=rows,
        said=f"Chỉ số của {name} từ năm {min(years)} đến năm {max(years)}; năm không có số "
        "liệu để trống.",
        unit="%",
        options=_ends(lines),
    )


def _ends(lines: Sequence[Line]) -> dict[str, object]:
    """Ends of the axis, on whole steps around the figures; figures at the dots of a few lines."""
    found = [Fraction(one.percent) for line in lines for one in line.years]
    low, high = (min(found) - 1) // YEARS_STEP, -((-max(found) - 1) // YEARS_STEP)
    return {
        "min": max(0, low * YEARS_STEP),
        "max": max(min(100, high * YEARS_STEP), max(found)),
        "labels": len(lines) <= LINES_TOLD,
    }


def _of_year(found: YearOf | None) -> Cell:
    return chart.figure(found.percent, found.places) if found else chart.figure(None)


def steps(name: str, what: str, way: Bridge, years: tuple[int, int]) -> Chart:
    """The bridge from year to year: the largest steps, and the others as one; `what` they are."""
    drawn, rest = way.steps[:STEPS_DRAWN], way.steps[STEPS_DRAWN:]
    rows = [chart.Row(f"Năm {years[0]}", (chart.figure(way.first, way.places),))]
    rows += [_step(one, way.places) for one in drawn]
    if rest:
        moved = rest[-1].end - rest[0].start
        words = f"{len(rest)} mục khác"
        rows.append(chart.Row(words, (chart.change(moved, way.places),)))
    rows.append(chart.Row(f"Năm {years[1]}", (chart.figure(way.last, way.places),)))
    levels = [way.first, way.last, *(one.end for one in way.steps)]
    ground = max(Fraction(0), (Fraction(min(levels)) // GROUND - 1) * GROUND)
    return Chart(
        name=name,
        title=f"Từ năm {years[0]} đến năm {years[1]}: {what} nào làm thay đổi",
        shape=Shape.BRIDGE,
        first="Mục",
        columns=(Column("Điểm phần trăm"),),
        rows=tuple(rows),
        said=f"Chỉ số từ {rows[0].cells[0].words} đến {rows[-1].cells[0].words}, qua phần thay đổi "
        "của từng mục, lớn nhất trước.",
        unit="điểm phần trăm",
        options={"ends": [0, len(rows) - 1], "min": ground},
    )


def _step(one: Step, places: int) -> chart.Row:
    title = f"{one.code} {one.title}".strip()
    return chart.Row(title, (chart.change(one.printed, places),), short=short_title(one.title))


def usefulness(found: Sequence[Usefulness], places: int) -> Chart:
    """How hard each criterion is against how far it tells units apart."""
    known = [one for one in found if one.index is not None]
    return Chart(
        name="tieu-chi",
        title="Mức đạt và độ phân biệt của từng tiêu chí",
        shape=Shape.GAP,
        first="Tiêu chí",
        columns=(Column("Đạt trung bình (%)"), Column("Độ phân biệt")),
        rows=tuple(
            chart.Row(
                f"{one.code} {one.title}",
                (chart.figure(one.mean, places), chart.figure(one.index, places)),
                short=one.code,
                marked=one.index < 0,
            )
            for one in known
        ),
        said="Mỗi điểm là một tiêu chí: càng sang phải các đơn vị càng đạt cao, càng lên cao "
        "tiêu chí càng phân biệt rõ đơn vị. Tam giác có mã là tiêu chí phân biệt ngược chiều.",
    )


def result_address(edition: Edition, row: Row) -> str:
    """The page of a unit's published result, for whoever may read its details."""
    return reverse("reports:unit-result", args=[edition.pk, row.key])
