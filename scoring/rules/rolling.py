"""Figures added up: over units, over time; and what looks odd in them. Exact; nothing rounds."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from cchc_portal.kit.numerals import exactly, written
from scoring.rules.indicator import OverTime, Roll

JUMP = Fraction(1, 2)
"""A figure that moved by more than this share of the one before is asked about."""
SMALL = 10
"""Figures both below this jump by themselves."""


@dataclass(frozen=True)
class Meaning:
    """What an indicator says of itself. Ratio: codes of the indicators above and below the line;
    `part_of`: code of the indicator of which it is a part; both of the same owner."""

    code: str
    name: str
    roll: str
    over_time: str = OverTime.SUM
    numerator: str = ""
    denominator: str = ""
    part_of: str = ""


@dataclass(frozen=True)
class Stretch:
    """A figure over the days from `first` to `last`, both counted."""

    first: date
    last: date
    amount: Decimal


@dataclass(frozen=True)
class Oddity:
    """What somebody should look at; hinders nothing. `code` is the indicator's."""

    code: str
    sentence: str


def rolled(
    meanings: Iterable[Meaning], sums: Mapping[str, Decimal]
) -> dict[str, Decimal | Fraction]:
    """Figures of one place by code: what was typed or added up there, and the ratios (in percent)
    that follow. A ratio without a whole, and what does not add up, is left out."""
    found: dict[str, Decimal | Fraction] = {}
    for one in meanings:
        if one.roll == Roll.RATIO:
            part, whole = sums.get(one.numerator), sums.get(one.denominator)
            if part is not None and whole:
                found[one.code] = Fraction(part) / Fraction(whole) * 100
        elif one.code in sums:
            found[one.code] = sums[one.code]
    return found


def along(stretches: Sequence[Stretch], over_time: str) -> tuple[Decimal | None, list[Stretch]]:
    """One figure out of several stretches, and which of them it was taken from, in their order.

    Summed, no day is counted twice: the longest stretch first, then those that overlap none that
    was taken (of six months and quarter I only the six months count). None where there is none.
    """
    if over_time == OverTime.LATEST:
        newest = sorted(stretches, key=lambda one: (one.last, one.first))[-1:]
        return (newest[0].amount if newest else None), newest
    taken: list[Stretch] = []
    for one in sorted(stretches, key=lambda one: (one.first - one.last, one.first)):
        if all(one.last < other.first or other.last < one.first for other in taken):
            taken.append(one)
    taken.sort(key=lambda one: one.first)
    return (sum((one.amount for one in taken), Decimal()) if taken else None), taken


def oddities(
    meanings: Sequence[Meaning],
    amounts: Mapping[str, Decimal],
    before: Mapping[str, Decimal],
) -> list[Oddity]:
    """A part above its whole, a jump against the period before; in the order of the indicators."""
    names = {one.code: one.name for one in meanings}
    found = []
    for one in meanings:
        ratio = one.roll == Roll.RATIO
        part, whole = (one.numerator, one.denominator) if ratio else (one.code, one.part_of)
        if part in amounts and whole in amounts and amounts[part] > amounts[whole]:
            found.append(
                Oddity(
                    one.code,
                    f"{names.get(part, part)} ({exactly(amounts[part])}) lớn hơn "
                    f"{names.get(whole, whole)} ({exactly(amounts[whole])}).",
                )
            )
        told = _jump(amounts.get(one.code), before.get(one.code))
        if told:
            found.append(Oddity(one.code, told))
    return found


def _jump(now: Decimal | None, before: Decimal | None) -> str:
    if now is None or before is None or max(now, before) < SMALL or now == before:
        return ""
    if not before:
        return f"Cùng kỳ trước là 0, kỳ này {exactly(now)}."
    moved = (Fraction(now) - Fraction(before)) / Fraction(before)
    if abs(moved) <= JUMP:
        return ""
    word = "tăng" if moved > 0 else "giảm"
    return f"So với cùng kỳ trước ({exactly(before)}) {word} {written(abs(moved) * 100, 1)} %."
