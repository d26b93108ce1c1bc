"""The account of a figure: answer → rule → points; components → areas → total → rank and class.

Answers the question a unit asks on the day of the announcement: where were the points lost?
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from cchc_portal.kit.numerals import Figure, as_fraction, exactly, written
from scoring.rules.answers import Answer, NotApplicable, Rule, gives_words
from scoring.rules.kinds import Source
from scoring.rules.points import percent, shown
from scoring.rules.ranking import Placing, Scale
from scoring.rules.tally import Mark


@dataclass(frozen=True)
class Entry:
    """One component as it was scored. `points` is None while nobody has given any; `excusable`
    where it may be that it does not apply."""

    code: str
    title: str
    area_code: str
    area_title: str
    maximum: Decimal
    rule: Rule[Any]
    answer: Answer | None = None
    points: Fraction | None = None
    not_applicable: bool = False
    source: Source = Source.SELF
    reason: str = ""
    excusable: bool = False
    drawn_from: str = ""

    @property
    def mark(self) -> Mark:
        """What it counts for in sums."""
        return Mark(self.source, self.maximum, self.points, self.not_applicable)


@dataclass(frozen=True)
class Line:
    """One component, ready to be drawn. `exact_words` is empty where the print is exact."""

    code: str
    title: str
    answer_words: str
    rule_words: str
    gives_words: str
    points: Fraction | None
    maximum: Decimal
    points_words: str
    exact_words: str
    lost: Fraction
    by_hand: bool
    reason: str
    drawn_from: str


@dataclass(frozen=True)
class Sum:
    """Exact points out of an applicable maximum; `percent` is None where nothing applies."""

    points: Fraction
    maximum: Fraction
    percent: Fraction | None
    words: str
    exact_words: str


@dataclass(frozen=True)
class Area:
    """One area with its lines and their sum."""

    code: str
    title: str
    lines: tuple[Line, ...]
    sum: Sum


@dataclass(frozen=True)
class Account:
    """The whole account. `conclusion` is one sentence each for the figure, the class, the rank."""

    areas: tuple[Area, ...]
    total: Sum
    printed: Decimal | None
    conclusion: tuple[str, ...]


def account_of(
    entries: Sequence[Entry],
    *,
    scale: Scale,
    placing: Placing | None = None,
    among: int = 0,
    places: int = 2,
) -> Account:
    """The account of one unit's figure.

    `placing` is its place in the block, if it has one, `among` the number of ranked units. Sums
    are exact; rounding to `places` happens only in what is printed. A total never falls under 0,
    whatever the penalties.
    """
    areas: dict[tuple[str, str], list[Entry]] = {}
    for entry in entries:
        areas.setdefault((entry.area_code, entry.area_title), []).append(entry)
    total = _sum(max(Fraction(0), _points(entries)), _maximum(entries), places)
    printed = None if total.percent is None else shown(total.percent, places)
    return Account(
        areas=tuple(
            Area(
                code,
                title,
                tuple(_line(entry, places) for entry in members),
                _sum(_points(members), _maximum(members), places),
            )
            for (code, title), members in areas.items()
        ),
        total=total,
        printed=printed,
        conclusion=tuple(_conclusion(total, printed, scale, placing, among, places)),
    )


def _conclusion(
    total: Sum,
    printed: Decimal | None,
    scale: Scale,
    placing: Placing | None,
    among: int,
    places: int,
) -> Iterable[str]:
    if printed is None:
        yield "Không có tiêu chí nào áp dụng nên không tính chỉ số, không xếp hạng."
        return
    yield f"Chỉ số: {total.words}."
    band = scale.band(printed)
    yield f"Xếp loại {band}: {written(printed, places)} %, mức {scale.reach(band)}."
    if placing is None:
        yield "Chưa xếp hạng."
    else:
        yield f"Xếp thứ {placing.rank} trong {among} đơn vị được xếp hạng của khối."


def _line(entry: Entry, places: int) -> Line:
    gives, by_hand = "", False
    if entry.answer is not None:
        gives = gives_words(entry.rule, entry.answer, entry.maximum, places)
        by_rule = entry.rule.points(entry.answer, entry.maximum)
        by_hand = entry.points is not None and (
            isinstance(by_rule, NotApplicable) or by_rule != entry.points
        )
    elif entry.points is not None:
        by_hand = True
    return Line(
        code=entry.code,
        title=entry.title,
        answer_words=entry.answer.words(entry.rule) if entry.answer is not None else "",
        rule_words=entry.rule.words(entry.maximum),
        gives_words=gives,
        points=None if entry.not_applicable else entry.points,
        maximum=entry.maximum,
        points_words=_points_words(entry, places),
        exact_words="" if entry.points is None else _exact_words(entry.points, places),
        lost=entry.mark.lost,
        by_hand=by_hand and not entry.not_applicable,
        reason=entry.reason,
        drawn_from=entry.drawn_from,
    )


def _points_words(entry: Entry, places: int) -> str:
    if entry.not_applicable:
        return "Không áp dụng"
    if entry.points is None:
        return "Chưa có điểm"
    return written(entry.mark.counted_points, places)


def _sum(points: Fraction, maximum: Fraction, places: int) -> Sum:
    figure = percent(points, maximum) if maximum else None
    ratio = f"{written(points, places)} / {exactly(maximum, places)} điểm"
    return Sum(
        points=points,
        maximum=maximum,
        percent=figure,
        words=ratio if figure is None else f"{ratio} = {written(figure, places)} %",
        exact_words="" if figure is None else _exact_words(figure, places, " %"),
    )


def _exact_words(figure: Figure, places: int, unit: str = "") -> str:
    """The figure in full where its print is rounded: "69/47"; else nothing."""
    rounded = as_fraction(shown(figure, places)) != as_fraction(figure)
    return f"{exactly(figure)}{unit}" if rounded else ""


def _points(entries: Iterable[Entry]) -> Fraction:
    return sum((entry.mark.counted_points for entry in entries), Fraction(0))


def _maximum(entries: Iterable[Entry]) -> Fraction:
    return sum((entry.mark.counted_maximum for entry in entries), Fraction(0))
