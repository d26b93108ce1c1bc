"""A block's table as a sheet of an Excel file: all that the page says, in numbers."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from cchc_portal.kit.numerals import Figure
from scoring.models import Period
from scoring.rules.kinds import Side
from scoring.rules.points import shown
from scoring.rules.result_file import Cell, Page, Sheet, settled
from scoring.rules.workflow import PeriodState
from scoring.services.earlier import Earlier
from scoring.services.standings import BlockStanding
from scoring.views.standing_rows import Row

MADE_UP = "Dữ liệu minh họa"
BASES = {
    Side.SELF: "theo điểm tự chấm, không dùng để công bố",
    Side.VERIFIED: "theo điểm thẩm định",
    Side.PROVISIONAL: "tạm tính theo điểm thẩm định, chỗ chưa thẩm định theo tự chấm, không dùng "
    "để công bố",
}
HEADINGS = (
    "Hạng", "Đơn vị", "Điểm", "Điểm tối đa", "Chỉ số (%)", "Xếp loại", "Ghi chú", "Hồ sơ",
    "Đã thẩm định (tiêu chí thành phần)", "Tổng số tiêu chí thành phần", "Điểm tự chấm",
    "Tối đa tự chấm", "Thẩm định − tự chấm",
)  # fmt: skip
AGAINST = ("Chỉ số {year} (%)", "So với {year} (điểm)", "Hạng {year}", "Đổi hạng (tăng là dương)")


def page_of(table: BlockStanding, rows: Sequence[Row], side: Side, last: Earlier | None) -> Page:
    """The block best first, then the units without a rank; below it the block in a few figures."""
    period = table.block.period
    against = tuple(one.format(year=last.period.year) for one in AGAINST) if last else ()
    areas = tuple(f"{area.title}: mất (%)" for area in rows[0].standing.areas) if rows else ()
    return Page(
        tab=table.block.name,
        above=_above(period, f"{table.block.name}, {BASES[side]}"),
        sheet=Sheet(HEADINGS + against + areas, tuple(_cells(row, period, last) for row in rows)),
        below=_below(table, period, last),
    )


def empty_page(period: Period) -> Page:
    """What stands in the file of a period that has no block."""
    return Page(tab="Kết quả", above=_above(period, "chưa có khối"), sheet=Sheet(HEADINGS, ()))


def _above(period: Period, what: str) -> str:
    name = "Xếp hạng" if period.state == PeriodState.PUBLISHED else "Xếp hạng tạm thời"
    told = f"{name}: {what}. {period.title}, {period.assessor}."
    return f"{MADE_UP}. {told}" if period.made_up else told


def _cells(row: Row, period: Period, last: Earlier | None) -> tuple[Cell, ...]:
    one, line = row.standing, row.line
    cells: list[Cell] = [
        line.rank if line else None,
        one.name,
        settled(one.points) if line else None,
        settled(one.maximum) if line else None,
        line.percent if line else None,
        row.band or None,
        _marks(row),
        one.dossier.get_state_display(),
        one.progress.settled,
        one.progress.all,
        settled(one.own_points),
        settled(one.own_maximum),
        None if one.difference is None else settled(one.difference),
    ]
    if last:
        cells += [
            shown(row.then.figure, period.places) if row.then else None,
            row.change.points if row.change else None,
            row.then.rank if row.then else None,
            row.change.places_up if row.change else None,
        ]
    cells += [None if area.lost is None or not line else shown(area.lost, 1) for area in one.areas]
    return tuple(cells)


def _marks(row: Row) -> str | None:
    """What is said of a unit beside its name."""
    if row.line is None:
        return row.without_rank
    said = [("đồng hạng", row.line.tied), ("sát ngưỡng (±0,10)", row.line.near_limit)]
    return "; ".join(word for word, so in said if so) or None


def _below(table: BlockStanding, period: Period, last: Earlier | None) -> tuple:
    summary = table.summary(period.band_labels)
    if summary is None:
        return ()

    def told(figure: Figure | Fraction) -> Decimal:
        return shown(figure, period.places)

    then = last.mean_of(table.block.name) if last else None
    return (
        ("Trung bình khối (%)", told(summary.mean)),
        *(((f"Trung bình khối {last.period.year} (%)", told(then)),) if then is not None else ()),
        ("Trung vị (%)", told(summary.median)),
        ("Thấp nhất (%)", told(summary.lowest)),
        ("Cao nhất (%)", told(summary.highest)),
        ("Khoảng cách cao nhất – thấp nhất", told(summary.range)),
        ("Độ lệch trung bình", told(summary.deviation)),
        *((f"Xếp loại {label}", count) for label, count in summary.counts),
        ("Chưa xếp", len(table.unranked)),
    )
