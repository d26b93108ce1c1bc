"""The five answers of the command view and their charts, with the address behind each figure."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from reports.command import Command, losses_of
from reports.rules.chart import Cell, Chart, Column, Row, Shape, change, figure, text
from reports.rules.command import Parting, ends
from scoring.rules.points import shown
from scoring.rules.result_summary import HEAT_STEPS, heat, short_title
from scoring.rules.workflow import DossierState, PeriodState
from scoring.services.standings import BlockStanding, UnitStanding

MOVERS_EACH = 3
ASKED_SHOWN = 5
UNITS_OF_HEAT = 16
LATE_SHOWN = 5
OWING_SHOWN = 5
UNSURE = "chưa đủ chắc chắn: khoảng tin cậy chạm trung vị hoặc không rõ số người đánh giá"
REMARKS = ("cần hỏi", "chưa đủ chắc chắn", "")
"""What stands beside a unit in the table of index and satisfaction, in the order of the rows."""


def answers(view: Command) -> dict[str, Any]:
    """The five answers, each with its figures and what is drawn of it."""
    waiting = sum(1 for one in view.late if one.row.dossier.state == DossierState.DRAFT)
    return {
        "view": view,
        "late": view.late[:LATE_SHOWN],
        "behind": [] if view.late else view.behind[:LATE_SHOWN],
        "waiting": waiting,
        "returned": len(view.late) - waiting,
        "worst": [(short_title(one.title), one) for one in view.worst[:2]],
        "by_block": lost_by_block(view),
        "by_unit": lost_by_unit(view),
        "movers": movers(view),
        "up": sum(1 for move in view.moves if move.places_up > 0),
        "down": sum(1 for move in view.moves if move.places_up < 0),
        "owing": view.promises.owing[:OWING_SHOWN] if view.promises else (),
        "gap": gap(view),
        "under_way": view.period.state == PeriodState.OPEN,
    }


def account_of(view: Command, row: UnitStanding) -> str:
    """Where the figure of a unit is explained."""
    return f"{reverse('scoring:account', args=[row.dossier.pk])}?side={view.side.value}"


def table_of(view: Command, table: BlockStanding, area: str = "") -> str:
    """The standings of a block, by the area of that title if one is named."""
    address = reverse("scoring:standings", args=[view.period.pk])
    address += f"?khoi={table.block.position}&side={view.side.value}"
    titles = [one.title for one in table.rows[0].areas] if table.rows else []
    return f"{address}&xep=-lv-{titles.index(area) + 1}" if area in titles else address


def lost_by_block(view: Command) -> Chart:
    """Share of the points lost: all units first, then each block; the areas as columns."""
    areas = list(view.lost)
    blocks = [(table, losses_of(table.ranked)) for table in view.tables if table.ranked]
    worst = {
        area: max(blocks, key=lambda one: one[1][area].share if area in one[1] else -1)[0]
        for area in areas
    }
    rows = [
        Row(
            f"Toàn lực lượng ({len(view.rows)})",
            tuple(_lost(view.lost[area], table_of(view, worst[area], area)) for area in areas),
            marked=True,
        )
    ]
    rows += [
        Row(
            f"{table.block.name} ({len(table.ranked)})",
            tuple(_lost(found.get(area), table_of(view, table, area)) for area in areas),
            table_of(view, table),
            short=table.block.name,
        )
        for table, found in blocks
    ]
    return Chart(
        name="mat-diem-theo-khoi",
        title="Tỷ lệ điểm bị mất theo khối và lĩnh vực",
        shape=Shape.HEAT,
        first="Khối (số đơn vị được xếp hạng)",
        columns=tuple(Column(short_title(area)) for area in areas),
        rows=tuple(rows) if view.rows else (),
        said="Tỷ lệ điểm bị mất ở từng lĩnh vực, của toàn lực lượng và của từng khối.",
        unit="%",
    )


def lost_by_unit(view: Command) -> Chart:
    """The units that lost most, area by area."""
    areas = list(view.lost)
    rows = sorted(view.rows.values(), key=lambda row: row.placing.figure)[:UNITS_OF_HEAT]
    return Chart(
        name="mat-diem-theo-don-vi",
        title=f"Tỷ lệ điểm bị mất theo đơn vị và lĩnh vực: {len(rows)} đơn vị có chỉ số thấp nhất",
        shape=Shape.HEAT,
        first="Đơn vị",
        columns=tuple(Column(short_title(area)) for area in areas),
        rows=tuple(
            Row(
                row.name,
                tuple(_of_unit(row, area, account_of(view, row)) for area in areas),
                account_of(view, row),
            )
            for row in rows
        ),
        said="Tỷ lệ điểm bị mất ở từng lĩnh vực của các đơn vị có chỉ số thấp nhất.",
        unit="%",
        note=f"Nền càng đậm, tỷ lệ mất càng lớn: {_steps()} %.",
    )


def movers(view: Command) -> Chart:
    """Who climbed and who fell most in their block."""
    chosen = ends(view.moves, MOVERS_EACH)
    rows = []
    for move in chosen:
        row = view.rows[move.unit]
        block = view.places[move.unit].block.name
        inherits = "" if move.before == move.unit else "; so với đơn vị mà đơn vị này kế thừa"
        rows.append(
            Row(
                row.name,
                (change(move.places_up, 0), text(f"{block}{inherits}")),
                account_of(view, row),
            )
        )
    told = ", ".join(f"{row.label} {row.cells[0].words}" for row in rows)
    return Chart(
        name="doi-hang",
        title="Đổi hạng nhiều nhất",
        shape=Shape.MOVERS,
        first="Đơn vị",
        columns=(Column("Số hạng"), Column("Khối", drawn=False)),
        rows=tuple(rows),
        said=f"Số hạng lên (+), xuống (−) trong khối: {told}." if rows else "Không có số liệu.",
    )


def gap(view: Command) -> Chart:
    """Index against satisfaction; the units to ask about bear the number of the list below."""
    found = view.parting
    asked = found.asked[:ASKED_SHOWN] if found else ()
    numbers = {unit: str(number) for number, unit in enumerate(asked, 1)}
    places = view.period.places
    rows = [
        Row(
            view.rows[unit].name,
            (
                _printed(both.index, places),
                _printed(both.satisfaction, places),
                text(_remark(found, unit)),
            ),
            account_of(view, view.rows[unit]),
            short=numbers.get(unit, ""),
            marked=unit in asked,
        )
        for unit, both in view.both.items()
    ]
    rows.sort(key=lambda row: REMARKS.index(row.cells[2].words))
    options = (
        {
            "middle": [found.index, found.satisfaction],
            "corner": [found.index, found.floor],
            "corner_words": "chỉ số cao, hài lòng thấp",
            "numbered": True,
        }
        if found
        else {}
    )
    return Chart(
        name="chi-so-va-hai-long",
        title="Chỉ số và hài lòng",
        shape=Shape.GAP,
        first="Đơn vị",
        columns=(Column("Chỉ số CCHC (%)"), Column("Hài lòng (%)"), Column("Ghi chú", drawn=False)),
        rows=tuple(rows),
        said=f"Chỉ số và mức độ hài lòng của {len(rows)} đơn vị; cần hỏi: "
        + (", ".join(view.rows[unit].name for unit in asked) or "không có")
        + ".",
        unit="%",
        note=_asked(view, asked),
        options=options,
    )


def _remark(found: Parting | None, unit: int) -> str:
    if found and unit in found.asked:
        return REMARKS[0]
    return REMARKS[1] if found and unit in found.unsure else REMARKS[2]


def _asked(view: Command, shown: Sequence[int]) -> str:
    names = [f"{number}. {view.rows[unit].name}" for number, unit in enumerate(shown, 1)]
    rest = len(view.parting.asked) - len(shown) if view.parting else 0
    if rest:
        names.append(f"và {rest} đơn vị khác")
    if view.parting and view.parting.unsure:
        names.append(UNSURE)
    return "; ".join(names)


def _lost(loss, address: str) -> Cell:
    if loss is None:
        return Cell()
    return figure(loss.share, 1, address, heat(loss.share))


def _of_unit(row: UnitStanding, area: str, address: str) -> Cell:
    found = next((one for one in row.areas if one.title == area), None)
    if found is None or found.lost is None:
        return Cell()
    return figure(found.lost, 1, address, heat(found.lost))


def _printed(exact, places: int) -> Cell:
    """Rounded as the standings print it, so that both show the same."""
    return figure(shown(exact, places), places)


def _steps() -> str:
    rest = ", ".join(f"từ {step}" for step in HEAT_STEPS)
    return f"dưới {HEAT_STEPS[0]}, {rest}"
