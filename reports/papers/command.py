"""The command view on one sheet, A4 landscape; its drawings are lines, not pictures."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from io import BytesIO
from textwrap import shorten
from typing import NamedTuple

from django.utils import timezone
from pikepdf import Pdf

from cchc_portal.kit.pdf import render_pdf
from reports.charts.command import answers
from reports.charts.years import place
from reports.command import Command, command_of
from reports.drives import told_to
from reports.reported import newest_of
from reports.rules.chart import Chart
from scoring.models import Period

WIDTH, ROW, HALF = 250, 15, 90
LONGEST_NAME = 27
"""In letters: as long as half the drawing has room for."""
LEFT, RIGHT, TOP, BOTTOM = 24, 246, 8, 84
BESIDE = ((8, 0), (-8, 0), (0, -8), (0, 8), (7, -6), (-7, -6), (7, 6), (-7, 6))
"""Where the number of a dot may stand, the best place first."""
CLEAR_X, CLEAR_Y = 6, 7
"""A number nearer than this to a dot or to another number is not read."""

Spot = tuple[Fraction, Fraction]


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
    name_x: str = ""
    name_y: str = ""


class Scatter(NamedTuple):
    """Dots in a box 250 wide and 102 high; the middles as lines; the ends of both axes."""

    dots: list[Dot]
    middle_x: str
    middle_y: str
    ends: tuple[int, int, int, int]


@dataclass(frozen=True)
class CommandPaper:
    """What the sheet says beside the answers; `foot` stands at the bottom, `draft` is never set,
    `small` where the usual letters need a second sheet."""

    foot: str
    draft: bool = False
    small: bool = False


def command_pdf(user, period: Period) -> bytes:
    """The command view of the period as this person sees it, now; in smaller letters where the
    usual ones would not stay on one sheet."""
    now = timezone.localtime()
    view = command_of(user, period, now.date())
    told = answers(view)
    made_up = " Dữ liệu minh họa." if period.made_up else ""
    paper = CommandPaper(f"Số liệu lúc {now:%H:%M, %d/%m/%Y}.{made_up}")
    context = told | {
        "period": period,
        "now": now,
        "bars": bars_of(told["movers"]),
        "bars_high": ROW * max(1, len(told["movers"].rows)),
        "scatter": scatter_of(view, told["gap"]),
        "drives": told_to(user, now.date())[0],
        "reported": newest_of(period),
    }
    title = f"Điều hành: {period.title}"
    for small in (False, True):
        drawn = render_pdf(
            "reports/pdf/command.html",
            context | {"paper": replace(paper, small=small)},
            title=title,
            author=period.assessor.name,
        )
        with Pdf.open(BytesIO(drawn)) as file:
            if len(file.pages) == 1:
                break
    return drawn


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
                name=shorten(row.label, LONGEST_NAME, placeholder="…"),
                words=row.cells[0].words,
                name_x=place(middle - 4 * side),
                name_side=ends[0],
                words_x=place(middle + (long + 4) * side),
                words_side=ends[1],
            )
        )
    return found


def scatter_of(view: Command, gap: Chart) -> Scatter | None:
    """The dots of the page, in the same places; None where the page draws none."""
    if view.parting is None:
        return None
    across = [one.index for one in view.both.values()]
    up = [one.satisfaction for one in view.both.values()]
    low_x, high_x = int(min(across)), int(max(across)) + 1
    low_y, high_y = int(min(up)), int(max(up)) + 1

    def x(value: Fraction) -> Fraction:
        return LEFT + (RIGHT - LEFT) * (value - low_x) / Fraction(high_x - low_x)

    def y(value: Fraction) -> Fraction:
        return BOTTOM - (BOTTOM - TOP) * (value - low_y) / Fraction(high_y - low_y)

    places = []
    for row in gap.rows:
        index, satisfaction = (Fraction(cell.figure or 0) for cell in row.cells[:2])
        places.append((x(index), y(satisfaction)))
    taken = list(places)
    dots = []
    for row, at in zip(gap.rows, places, strict=True):
        if not row.marked:
            dots.append(Dot(place(at[0]), place(at[1]), ""))
            continue
        name = clearest(at, taken)
        taken.append(name)
        dots.append(Dot(place(at[0]), place(at[1]), row.short, place(name[0]), place(name[1])))
    return Scatter(
        dots,
        place(x(view.parting.index)),
        place(y(view.parting.satisfaction)),
        (low_x, high_x, low_y, high_y),
    )


def clearest(dot: Spot, taken: Sequence[Spot]) -> Spot:
    """The middle of the number of a dot: beside it, where the fewest dots and numbers lie."""

    def met(spot: Spot) -> int:
        return sum(abs(spot[0] - x) < CLEAR_X and abs(spot[1] - y) < CLEAR_Y for x, y in taken)

    spots = [(dot[0] + x, dot[1] + y) for x, y in BESIDE]
    inside = [one for one in spots if LEFT < one[0] < RIGHT and TOP < one[1] < BOTTOM - 4]
    return min(inside or spots, key=met)
