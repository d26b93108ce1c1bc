"""The command view on one sheet, A4 landscape; its drawings are lines, not pictures."""

from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from django.utils import timezone

from cchc_portal.kit.pdf import render_pdf
from reports.command import Command, command_of
from reports.command_charts import answers
from reports.drives import newest_for
from reports.rules.chart import Chart
from reports.year_chart import place
from scoring.models import Period

WIDTH, ROW, HALF = 250, 17, 90
LONGEST_NAME = 34
LEFT, RIGHT, TOP, BOTTOM = 24, 246, 8, 104


class Bar(NamedTuple):
    """A unit that moved: its bar right or left of the middle, its name on the other side."""

    x: str
    width: str
    y: int
    up: bool
    name: str
    words: str
    name_x: str
    name_side: str
    words_x: str
    words_side: str


class Dot(NamedTuple):
    """A unit by index and satisfaction; those to ask about bear the number of the list below."""

    x: str
    y: str
    name: str


class Scatter(NamedTuple):
    """Dots in a box 250 wide and 120 high; the middles as lines; the ends of both axes."""

    dots: list[Dot]
    middle_x: str
    middle_y: str
    ends: tuple[int, int, int, int]


@dataclass(frozen=True)
class CommandPaper:
    """What the sheet says beside the answers; `foot` stands at the bottom, `draft` is never set."""

    foot: str
    draft: bool = False


def command_pdf(user, period: Period) -> bytes:
    """The command view of the period as this person sees it, now."""
    now = timezone.localtime()
    view = command_of(user, period, now.date())
    told = answers(view)
    made_up = " Dữ liệu minh họa." if period.made_up else ""
    context = told | {
        "paper": CommandPaper(f"Số liệu lúc {now:%H:%M, %d/%m/%Y}.{made_up}"),
        "period": period,
        "now": now,
        "bars": bars_of(told["movers"]),
        "bars_high": ROW * max(1, len(told["movers"].rows)),
        "scatter": scatter_of(view, told["gap"]),
        "drive": newest_for(user, now.date()),
        "asked": [row for row in told["gap"].rows if row.marked],
    }
    title = f"Điều hành: {period.title}"
    return render_pdf("reports/pdf/command.html", context, title=title, author=period.assessor.name)


def bars_of(movers: Chart) -> list[Bar]:
    """A bar for each row, the longest as long as half the drawing has room for."""
    places = [Fraction(row.cells[0].figure or 0) for row in movers.rows]
    longest = max((abs(one) for one in places), default=Fraction(1)) or Fraction(1)
    middle = Fraction(WIDTH, 2)
    found = []
    for at, (row, up) in enumerate(zip(movers.rows, places, strict=True)):
        long = abs(up) * HALF / longest
        side = 1 if up > 0 else -1
        start = middle if up > 0 else middle - long
        ends = ("end", "start") if up > 0 else ("start", "end")
        found.append(
            Bar(
                x=place(start),
                width=place(long),
                y=at * ROW,
                up=up > 0,
                name=cut(row.label),
                words=row.cells[0].words,
                name_x=place(middle - 4 * side),
                name_side=ends[0],
                words_x=place(middle + (long + 4) * side),
                words_side=ends[1],
            )
        )
    return found


def cut(name: str) -> str:
    """A name as long as half the drawing has room for."""
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1].rstrip()}…"


def scatter_of(view: Command, gap: Chart) -> Scatter | None:
    """The dots of the page, in the same places; None where the page draws none."""
    if view.parting is None:
        return None
    across = [index for index, _ in view.satisfaction.values()]
    up = [satisfaction for _, satisfaction in view.satisfaction.values()]
    low_x, high_x = int(min(across)), int(max(across)) + 1
    low_y, high_y = int(min(up)), int(max(up)) + 1

    def x(value: Fraction) -> Fraction:
        return LEFT + (RIGHT - LEFT) * (value - low_x) / Fraction(high_x - low_x)

    def y(value: Fraction) -> Fraction:
        return BOTTOM - (BOTTOM - TOP) * (value - low_y) / Fraction(high_y - low_y)

    dots, number = [], 0
    for row in gap.rows:
        index, satisfaction = (Fraction(cell.figure or 0) for cell in row.cells[:2])
        number += row.marked
        name = str(number) if row.marked else ""
        dots.append(Dot(place(x(index)), place(y(satisfaction)), name))
    return Scatter(
        dots,
        place(x(view.parting.index)),
        place(y(view.parting.satisfaction)),
        (low_x, high_x, low_y, high_y),
    )
