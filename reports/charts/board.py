"""The charts of a period under way: progress, pace, what verification changed, classes."""

from datetime import timedelta
from fractions import Fraction

from django.urls import reverse

from cchc_portal.kit.numerals import grouped
from reports.board import Board, load_of
from reports.command import answered_share, assessed
from reports.rules.chart import Cell, Chart, Column, Row, Shape, change, figure, text
from scoring.rules.kinds import Side
from scoring.rules.points import shown
from scoring.rules.workflow import PeriodState
from scoring.rules.workload import Load
from scoring.services.standings import UnitStanding

UNITS_SHOWN = 12
DIFFERENCES_EACH = 5
DAYS_SHOWN = 45
DAYS_WITH_FIGURES = 14
PARTS = (
    Column("Đã thẩm định"),
    Column("Chờ thẩm định"),
    Column("Chưa nộp, bị trả lại"),
    Column("Cộng", drawn=False),
    Column("Đã thẩm định (%)", drawn=False),
)


def charts_of(board: Board) -> dict[str, Chart]:
    """By the name under which the page draws each."""
    return {
        "by_block": by_block(board),
        "by_owner": by_owner(board),
        "by_unit": by_unit(board),
        "pace": pace(board),
        "differences": differences(board),
        "classes": classes(board),
    }


def by_block(board: Board) -> Chart:
    """Rows verified, waiting, not handed in, block by block."""
    address = reverse("scoring:standings", args=[board.period.pk])
    rows = []
    for table in board.tables:
        whole = Load()
        for row in assessed(table):
            one = load_of(row)
            whole.rows += one.rows
            whole.settled += one.settled
            whole.ready += one.ready
        where = f"{address}?khoi={table.block.position}&xep=tham-dinh"
        rows.append(Row(table.block.name, _parts(whole), where))
    return _progress(board, "tien-do-theo-khoi", "Tiến độ theo khối", "Khối", rows)


def by_owner(board: Board) -> Chart:
    """The same by the unit that verifies."""
    address = reverse("scoring:period-rows", args=[board.period.pk])
    owners = sorted(board.load.desks, key=lambda key: board.load.desks[key].share or 0)
    rows = [
        Row(str(board.owners[key]), _parts(board.load.desks[key]), f"{address}?noi={key}")
        for key in owners
    ]
    return _progress(
        board, "tien-do-theo-don-vi-phu-trach", "Tiến độ theo đơn vị phụ trách", "Đơn vị", rows
    )


def _answered(row: UnitStanding) -> Fraction:
    """For the order: who assesses nothing itself has nothing left to answer."""
    share = answered_share(row)
    return Fraction(100) if share is None else share


def by_unit(board: Board) -> Chart:
    """The units that are least advanced: by what is verified, then by what they answered."""
    loads = [(row, load_of(row)) for row in board.rows]
    loads.sort(key=lambda one: (one[1].share or 0, _answered(one[0])))
    rows = [
        Row(
            row.name,
            (
                figure(answered_share(row), 1),
                figure(load.share, 1),
                text(f"{grouped(load.settled)}/{grouped(load.rows)}"),
                text(row.dossier.get_state_display()),
            ),
            reverse("scoring:dossier", args=[row.dossier.pk]),
        )
        for row, load in loads[:UNITS_SHOWN]
    ]
    return Chart(
        name="tien-do-theo-don-vi",
        title=f"Tiến độ theo đơn vị: {len(rows)} đơn vị chậm nhất",
        shape=Shape.BARS,
        first="Đơn vị",
        columns=(
            Column("Đã tự chấm (%)"),
            Column("Đã thẩm định (%)"),
            Column("Dòng đã thẩm định", drawn=False),
            Column("Hồ sơ", drawn=False),
        ),
        rows=tuple(rows),
        said="Tỷ lệ dòng đã tự chấm và đã thẩm định của các đơn vị chậm nhất.",
        unit="%",
        options={"max": 100},
    )


def pace(board: Board) -> Chart:
    """Rows with a verdict, day by day until today, or until the last verdict of a period that is
    no longer under way; a day without any is nought."""
    last = board.today
    if board.period.state != PeriodState.OPEN:
        last = next(reversed(board.by_day), last)
    first = max(next(iter(board.by_day), last), last - timedelta(days=DAYS_SHOWN - 1))
    days = [first + timedelta(days=at) for at in range((last - first).days + 1)]
    return Chart(
        name="nhip-tham-dinh",
        title="Nhịp thẩm định từng ngày",
        shape=Shape.TREND,
        first="Ngày",
        columns=(Column("Số dòng có kết quả ghi trong ngày"),),
        rows=tuple(
            Row(f"{day:%d/%m/%Y}", (figure(board.by_day.get(day, 0), 0),), short=f"{day:%d/%m}")
            for day in days
        ),
        said="Số dòng có kết quả thẩm định được ghi hoặc sửa trong từng ngày.",
        unit="dòng",
        options={"min": 0, "step": 1, "labels": len(days) <= DAYS_WITH_FIGURES},
    )


def differences(board: Board) -> Chart:
    """Verified less self-assessed: the units that lost most by it, then those that won most."""
    told = [row for row in board.rows if row.difference]
    told.sort(key=lambda row: row.difference or 0)
    down = [row for row in told if (row.difference or 0) < 0][:DIFFERENCES_EACH]
    up = [row for row in told if (row.difference or 0) > 0][-DIFFERENCES_EACH:]
    rows = [_difference(row) for row in [*down, *reversed(up)]]
    return Chart(
        name="chenh-lech",
        title="Thẩm định so với tự chấm: lệch nhiều nhất",
        shape=Shape.MOVERS,
        first="Đơn vị",
        columns=(Column("Thẩm định − tự chấm (điểm)"),),
        rows=tuple(rows),
        said="Điểm thẩm định trừ điểm tự chấm, ở các dòng có cả hai, của các đơn vị lệch nhất.",
        unit="điểm",
    )


def classes(board: Board) -> Chart:
    """How many reach each class by what is known now, block by block; provisional as long as the
    period is under way."""
    under_way = board.period.state == PeriodState.OPEN
    labels = board.period.band_labels
    address = reverse("scoring:standings", args=[board.period.pk])
    rows = []
    for table in board.tables:
        summary = table.summary(labels)
        counts = dict(summary.counts) if summary else {}
        where = f"{address}?khoi={table.block.position}&side={Side.PROVISIONAL.value}"
        cells = [figure(counts.get(label, 0), 0) for label in labels]
        cells.append(figure(len(table.unranked), 0))
        rows.append(Row(table.block.name, tuple(cells), where))
    return Chart(
        name="xep-loai",
        title=f"Xếp loại {'tạm tính ' if under_way else ''}theo khối",
        shape=Shape.CLASSES,
        first="Khối",
        columns=(*(Column(label) for label in labels), Column("Chưa xếp")),
        rows=tuple(rows),
        said="Số đơn vị ở từng mức xếp loại"
        + (" tạm tính: dòng chưa thẩm định lấy điểm tự chấm." if under_way else "."),
        unit="đơn vị",
    )


def _progress(board: Board, name: str, title: str, first: str, rows: list[Row]) -> Chart:
    return Chart(
        name=name,
        title=title,
        shape=Shape.STACKED,
        first=first,
        columns=PARTS,
        rows=tuple(rows),
        said="Số dòng đã thẩm định, đang chờ thẩm định, và của hồ sơ chưa nộp hoặc bị trả lại.",
        unit="dòng",
        options={"share": True},
    )


def _parts(load: Load) -> tuple[Cell, ...]:
    counts = (load.settled, load.ready, load.ahead, load.rows)
    return (*(figure(one, 0) for one in counts), figure(load.share, 1))


def _difference(row: UnitStanding) -> Row:
    address = reverse("scoring:account", args=[row.dossier.pk])
    return Row(row.name, (change(shown(row.difference or 0)),), address)
