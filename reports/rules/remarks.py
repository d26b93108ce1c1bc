"""What whoever publishes should have seen: shared ranks, figures close to a limit, no rank, and
satisfaction that is not what was measured, or still being measured."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from typing import NamedTuple, Protocol

from cchc_portal.kit.numerals import exactly, grouped
from scoring.rules.ranking import Scale
from scoring.rules.result_table import Line, lines

WHOLE = "Mức độ hài lòng"
"""Where the block is named, for what is remarked of all blocks."""


class Ranked(Protocol):
    """A line that will be published; without a rank it bears no figures."""

    unit_id: int
    unit_name: str
    block_position: int
    block_name: str
    points: Fraction | None
    maximum: Decimal | None
    rank: int | None
    unranked_reason: str
    satisfied: int | None
    rated: int | None
    people: int | None


class Remark(NamedTuple):
    """One thing to be seen: `key` names it among those of a period, `block` says where."""

    key: str
    block: str
    sentence: str


def remarks(
    rows: Iterable[Ranked],
    scale: Scale,
    places: int,
    measured: Mapping[int, tuple[int, int]] | None = None,
    unfinished: Iterable[tuple[int, str]] = (),
) -> list[Remark]:
    """Block by block, in the order of the ranks: who shares a rank, whose figure lies within a
    tenth of a percentage point of a class limit, then who has no rank, and why, and who bears other
    counts of satisfaction than were measured.

    `rows` as they will be published, block after block; `places`: decimals that are printed;
    `measured`: unit → satisfied and all ratings of the measurement that stands; `unfinished`: key
    and name of each measurement of the year that has not ended, told before all blocks.
    """
    found = [Remark(f"dot-{key}", WHOLE, _unfinished(name)) for key, name in unfinished]
    for (position, name), block in groupby(
        rows, key=lambda row: (row.block_position, row.block_name)
    ):
        units = list(block)
        told = [*_of_block(units, scale, places), *_otherwise(units, measured or {})]
        for key, sentence in told:
            found.append(Remark(f"{position}-{key}", name, sentence))
    return found


def _of_block(units: list[Ranked], scale: Scale, places: int) -> Iterator[tuple[str, str]]:
    ranked = [(unit, unit.rank or 0, _figure(unit)) for unit in units if unit.rank]
    table = list(lines(ranked, scale.bands, places))
    for rank, sharing in groupby(table, key=lambda line: line.rank):
        tied = list(sharing)
        if len(tied) > 1:
            names = "; ".join(line.entry.unit_name for line in tied)
            yield f"hang-{rank}", f"Đồng hạng {rank}, {len(tied)} đơn vị: {names}."
    for line in table:
        if line.near_limit:
            yield f"nguong-{line.entry.unit_id}", _near(line, scale, places)
    for unit in units:
        if not unit.rank:
            reason = unit.unranked_reason
            yield f"khong-{unit.unit_id}", f"Không xếp hạng {unit.unit_name}: {reason}."


def _otherwise(
    units: list[Ranked], measured: Mapping[int, tuple[int, int]]
) -> Iterator[tuple[str, str]]:
    """A line bears its people where a measurement says just its counts."""
    found = [
        f"{unit.unit_name} ({_counts(unit.satisfied or 0, unit.rated)}, đợt đo lường ghi "
        f"{_counts(*measured[unit.unit_id])})"
        for unit in units
        if unit.rated and unit.people is None and unit.unit_id in measured
    ]
    if found:
        yield "hai-long", f"Mức hài lòng khác kết quả đo lường hiện nay: {'; '.join(found)}."


def _unfinished(name: str) -> str:
    return (
        f"Đợt đo lường {name} chưa kết thúc: kết quả của đợt không có trong bản công bố; số liệu "
        "đã lấy từ đợt này được công bố không kèm tên đợt và khoảng tin cậy."
    )


def _counts(satisfied: int, rated: int) -> str:
    return f"{grouped(satisfied)}/{grouped(rated)} lượt"


def _near(line: Line[Ranked], scale: Scale, places: int) -> str:
    floor, label = min(scale.bands, key=lambda band: abs(line.figure - Fraction(band[0])))
    side = "đạt" if line.percent >= floor else "chưa đạt"
    return (
        f"Sát ngưỡng: {line.entry.unit_name} {exactly(line.percent, places)} %, "
        f"{side} mức “{label}” (từ {exactly(floor)} %)."
    )


def _figure(unit: Ranked) -> Fraction:
    if unit.points is None or not unit.maximum:
        raise ValueError("a ranked line has points and a maximum")
    return unit.points * 100 / Fraction(unit.maximum)
