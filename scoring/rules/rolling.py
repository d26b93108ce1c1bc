"""Figures added up: over units, over time; and what looks odd in them. Exact; nothing rounds."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from cchc_portal.kit.numerals import exactly, grouped, written
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
class Pair:
    """A figure beside that of the same stretch of the year before, over the same places. `units`:
    of how many, where others are left out because they reported in one of the two alone."""

    now: Decimal | Fraction
    before: Decimal | Fraction
    units: int | None = None


@dataclass(frozen=True)
class Ends:
    """A part and its whole, or the two ends of a ratio, added up over the places that gave both:
    how many those are, of how many that were asked for both."""

    part: Decimal
    whole: Decimal
    said: int
    asked: int

    @property
    def rate(self) -> Fraction | None:
        """In percent; None without a whole."""
        return Fraction(self.part) / Fraction(self.whole) * 100 if self.whole else None


@dataclass(frozen=True)
class Oddity:
    """What somebody should look at; hinders nothing. `code` is the indicator's."""

    code: str
    sentence: str


def ends_of(one: Meaning) -> tuple[str, str] | None:
    """Codes of the part and the whole of a ratio, or of a figure that is part of another."""
    if one.roll == Roll.RATIO:
        return one.numerator, one.denominator
    return (one.code, one.part_of) if one.part_of else None


def both_ends(
    meanings: Iterable[Meaning], places: Collection[Mapping[str, Decimal | None]]
) -> dict[str, Ends]:
    """By code of the ratio or the part: its ends over the places that gave both, so that no whole
    of one place stands under the part of another. `places`: what each was asked by code, None
    where it has not said yet. Left out where no place was asked for both."""
    found = {}
    for one in meanings:
        if (named := ends_of(one)) is None:
            continue
        asked = [there for there in places if there.keys() >= set(named)]
        pairs = [(there[named[0]], there[named[1]]) for there in asked]
        given = [(part, whole) for part, whole in pairs if part is not None and whole is not None]
        if asked:
            parts = sum((part for part, _ in given), Decimal())
            wholes = sum((whole for _, whole in given), Decimal())
            found[one.code] = Ends(parts, wholes, len(given), len(asked))
    return found


def rates_beside(
    meanings: Iterable[Meaning],
    now: Mapping[int, Mapping[str, Decimal | None]],
    then: Mapping[int, Mapping[str, Decimal | None]],
) -> dict[str, Pair]:
    """By code of the ratio: what it is beside what it was, over the places that gave both ends in
    both stretches; `units` is None where no place gave them in one alone."""
    found = {}
    for one in meanings:
        if one.roll != Roll.RATIO:
            continue
        named = (one.numerator, one.denominator)
        gave = [
            {key for key, there in places.items() if None not in map(there.get, named)}
            for places in (now, then)
        ]
        common = gave[0] & gave[1]
        rate_now, rate_then = (
            rolled([one], {}, both_ends([one], [places[key] for key in common])).get(one.code)
            for places in (now, then)
        )
        if rate_now is not None and rate_then is not None:
            found[one.code] = Pair(rate_now, rate_then, None if gave[0] == gave[1] else len(common))
    return found


def rolled(
    meanings: Iterable[Meaning],
    sums: Mapping[str, Decimal],
    ends: Mapping[str, Ends] | None = None,
) -> dict[str, Decimal | Fraction]:
    """Figures by code: what was typed or added up, and the ratios (in percent) that follow. A ratio
    without a whole, and what does not add up, is left out. `ends`: those of the ratios where the
    sums are of several places (`both_ends`); else the sums are what one place says."""
    meanings = list(meanings)
    both = both_ends(meanings, [sums]) if ends is None else ends
    found: dict[str, Decimal | Fraction] = {}
    for one in meanings:
        if one.roll == Roll.RATIO:
            rate = both[one.code].rate if one.code in both else None
            if rate is not None:
                found[one.code] = rate
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
    meanings: Sequence[Meaning], ends: Mapping[str, Ends], pairs: Mapping[str, Pair]
) -> list[Oddity]:
    """A part above its whole, a jump against the period before; in the order of the indicators."""
    names = {one.code: one.name for one in meanings}
    found = []
    for one in meanings:
        both, named = ends.get(one.code), ends_of(one)
        if both and named and both.part > both.whole:
            part, whole = (names.get(code, code) for code in named)
            where = ""
            if both.said < both.asked:
                where = f"Ở {grouped(both.said)} đơn vị đã báo cáo cả hai chỉ tiêu: "
            found.append(
                Oddity(
                    one.code,
                    f"{where}{part} ({exactly(both.part)}) lớn hơn "
                    f"{whole} ({exactly(both.whole)}).",
                )
            )
        if told := _jump(pairs.get(one.code)):
            found.append(Oddity(one.code, told))
    return found


def _jump(pair: Pair | None) -> str:
    if pair is None or max(pair.now, pair.before) < SMALL or pair.now == pair.before:
        return ""
    now, before = pair.now, pair.before
    if before:
        (over, under), (over_then, under_then) = now.as_integer_ratio(), before.as_integer_ratio()
        gap = abs(over * under_then - over_then * under) * JUMP.denominator
        if gap <= abs(over_then) * under * JUMP.numerator:  # no fraction made: most are no jump
            return ""
        moved = (Fraction(now) - Fraction(before)) / Fraction(before)
        word = f"{'tăng' if moved > 0 else 'giảm'} {written(abs(moved) * 100, 1)} %"
    if pair.units is not None:
        told = f"{grouped(pair.units)} đơn vị đã báo cáo cả hai kỳ"
        how = f", {word}" if before else ""
        return f"Ở {told}: cùng kỳ trước {exactly(before)}, kỳ này {exactly(now)}{how}."
    if not before:
        return f"Cùng kỳ trước là 0, kỳ này {exactly(now)}."
    return f"So với cùng kỳ trước ({exactly(before)}) {word}."
