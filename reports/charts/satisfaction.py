"""The charts of a campaign of measurement: its aspects, and its units that may be shown."""

from collections.abc import Iterable

from reports.rules.chart import Chart, Column, Row, Shape, figure, text
from scoring.rules.satisfaction import PLACES_IN_WORDS, ShownTally
from scoring.services.measurements import Measurement

UNITS_SHOWN = 30
FULL = {"max": 100}
COLUMNS = (
    Column("Kết quả (%)"),
    Column("Từ (%)", drawn=False),
    Column("Đến (%)", drawn=False),
    Column("Số người", drawn=False),
)
BARS_ENDS = (
    "Vạch trên mỗi cột là khoảng tin cậy 95 %, bảng số liệu ghi hai đầu; hai khoảng giao nhau thì "
    "chưa nói được bên nào hơn."
)


def aspects_chart(found: Measurement) -> Chart:
    """One bar an aspect, the lowest last."""
    shown = [(one.name, one.reading) for one in found.aspects if one.reading.enough]
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
        note=f"{BARS_ENDS} {found.in_part}".strip(),
        options=_with_ends(reading for _, reading in shown),
    )


def units_chart(found: Measurement) -> Chart:
    """One bar a unit with its place; no more than may be read."""
    enough = [line for line in found.lines if line.reading.enough]
    shown, left = enough[:UNITS_SHOWN], enough[UNITS_SHOWN:]
    return Chart(
        name="theo-don-vi",
        title="Theo đơn vị",
        shape=Shape.BARS,
        first="Đơn vị",
        columns=(*COLUMNS, Column("Hạng (từ – đến)", drawn=False)),
        rows=tuple(
            Row(line.unit.name, (*_cells(line.reading), text(line.place))) for line in shown
        ),
        said=f"{PLACES_IN_WORDS} {BARS_ENDS}",
        unit="%",
        note=f"Vẽ {len(shown)} đơn vị đầu. {BARS_ENDS}" if left else BARS_ENDS,
        options=_with_ends(line.reading for line in shown),
    )


def _with_ends(readings: Iterable[ShownTally]) -> dict:
    return FULL | {"sure": [(one.low, one.high) for one in readings]}


def _cells(reading: ShownTally) -> tuple:
    people = reading.tally.people
    return figure(reading.figure), figure(reading.low), figure(reading.high), figure(people, 0)
