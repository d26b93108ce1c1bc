"""Bars of a report as small drawings: where they begin and end, in units of their own box."""

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from reports.charts.years import place

WIDTH = 468
"""Of the box; on paper one unit is a point."""
ROW, BAR = 34, 15
LEGEND = 22
LETTER = Fraction(27, 5)
"""About how wide a letter of the legend is."""

SHADES = ("#0f5b3f", "#5f9f82", "#b3d3c3", "#dcdcdc", "#ffffff")
DARK = 1
"""So many shades want white letters."""


class Piece(NamedTuple):
    """A piece of a bar, and the words in it."""

    x: str
    width: str
    middle: str
    words: str
    shade: str
    ink: str


class Bar(NamedTuple):
    """A row: its label above, its pieces, the figure behind."""

    label: str
    label_y: str
    y: str
    words_y: str
    pieces: tuple[Piece, ...]
    end: str
    figure: str


class Key(NamedTuple):
    """What a shade means."""

    x: str
    words_x: str
    words: str
    shade: str


class BarChart(NamedTuple):
    """All rows, and the keys under them."""

    title: str
    height: int
    bars: tuple[Bar, ...]
    keys: tuple[Key, ...]
    keys_y: str
    words_y: str


def stacked(title: str, rows: Sequence[tuple[str, Sequence[tuple[str, int]]]]) -> BarChart:
    """Each row a bar as wide as the others, cut by how many there are of each sort."""
    bars = []
    for number, (label, counts) in enumerate(rows):
        whole = sum(count for _, count in counts) or 1
        pieces, x = [], Fraction(0)
        for sort, (_, count) in enumerate(counts):
            width = Fraction((WIDTH - 8) * count, whole)
            if count:
                pieces.append(_piece(x, width, str(count), sort))
            x += width
        bars.append(_bar(number, label, tuple(pieces), x, ""))
    sorts = [sort for sort, _ in rows[0][1]] if rows else []
    return _chart(title, bars, _keys(sorts))


def single(title: str, rows: Sequence[tuple[str, Fraction, str]]) -> BarChart:
    """Each row one bar: label, percent of the whole width, the figure as printed."""
    bars = []
    for number, (label, rate, figure) in enumerate(rows):
        width = (WIDTH - 60) * min(max(rate, Fraction(0)), Fraction(100)) / 100
        bars.append(_bar(number, label, (_piece(Fraction(0), width, "", 0),), width, figure))
    return _chart(title, bars, ())


def _piece(x: Fraction, width: Fraction, words: str, sort: int) -> Piece:
    shade = SHADES[min(sort, len(SHADES) - 1)]
    ink = "#fff" if sort < DARK else "#000"
    return Piece(place(x + 1), place(width), place(x + 1 + width / 2), words, shade, ink)


def _bar(number: int, label: str, pieces: tuple[Piece, ...], end: Fraction, figure: str) -> Bar:
    top = Fraction(number * ROW)
    return Bar(
        label=label,
        label_y=place(top + 11),
        y=place(top + 15),
        words_y=place(top + 26),
        pieces=pieces,
        end=place(end + 6),
        figure=figure,
    )


def _keys(sorts: Sequence[str]) -> tuple[Key, ...]:
    keys, x = [], Fraction(1)
    for sort, words in enumerate(sorts):
        shade = SHADES[min(sort, len(SHADES) - 1)]
        keys.append(Key(place(x), place(x + 13), words, shade))
        x += 28 + LETTER * len(words)
    return tuple(keys)


def _chart(title: str, bars: Sequence[Bar], keys: tuple[Key, ...]) -> BarChart:
    below = Fraction(len(bars) * ROW)
    height = int(below) + (LEGEND if keys else 4)
    return BarChart(title, height, tuple(bars), keys, place(below + 5), place(below + 14))
