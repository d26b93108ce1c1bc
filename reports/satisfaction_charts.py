"""The charts of a campaign of measurement: its aspects, and its units that may be shown."""

from reports.rules.chart import Chart, Column, Row, Shape, figure, text
from scoring.rules.satisfaction import GROUPS_IN_WORDS, ShownTally
from scoring.services.measurements import Measurement

UNITS_SHOWN = 30
FULL = {"max": 100}
COLUMNS = (
    Column("Kết quả (%)"),
    Column("Từ (%)", drawn=False),
    Column("Đến (%)", drawn=False),
    Column("Số người", drawn=False),
)
BARS_ENDS = "Bảng số liệu ghi hai đầu của khoảng tin cậy 95 %."


def aspects_chart(found: Measurement) -> Chart:
    """One bar an aspect, the lowest last."""
    shown = [(name, reading) for name, reading in found.aspects if reading.enough]
    shown.sort(key=lambda pair: -(pair[1].figure or 0))
    lowest = f" Thấp nhất: {shown[-1][0]}." if shown else ""
    return Chart(
        name="theo-khia-canh",
        title="Theo khía cạnh",
        shape=Shape.BARS,
        first="Khía cạnh",
        columns=COLUMNS,
        rows=tuple(Row(name, _cells(reading)) for name, reading in shown),
        said=f"Kết quả của {len(shown)} khía cạnh, cao nhất trước.{lowest} {BARS_ENDS}",
        unit="%",
        options=FULL,
    )


def units_chart(found: Measurement) -> Chart:
    """One bar a unit with its place; no more than may be read."""
    shown = [line for line in found.lines if line.reading.enough][:UNITS_SHOWN]
    return Chart(
        name="theo-don-vi",
        title="Theo đơn vị",
        shape=Shape.BARS,
        first="Đơn vị",
        columns=(*COLUMNS, Column("Hạng, nhóm", drawn=False)),
        rows=tuple(
            Row(line.unit.name, (*_cells(line.reading), text(line.place))) for line in shown
        ),
        said=f"{GROUPS_IN_WORDS} {BARS_ENDS}",
        unit="%",
        note=f"Vẽ {UNITS_SHOWN} đơn vị đầu." if len(found.lines) > len(shown) else "",
        options=FULL,
    )


def _cells(reading: ShownTally) -> tuple:
    people = reading.tally.people
    return figure(reading.figure), figure(reading.low), figure(reading.high), figure(people, 0)
