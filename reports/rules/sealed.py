"""What an edition says, held against itself: every figure again from its points, by its own rules.

The document is the plain form of `reports/seal.py`, described in docs/seal.md. The faults are found
in a fixed order, so that the first one is always the same.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from typing import Any

from scoring.rules.kinds import Level
from scoring.rules.points import percent, shown
from scoring.rules.ranking import Scale, TieRule, rank

Plain = Mapping[str, Any]


def first_fault(document: Plain) -> str:
    """The first thing that does not follow from the points and the rules, as a clause; or ""."""
    return next(_faults(document), "")


def _faults(document: Plain) -> Iterator[str]:
    results: Sequence[Plain] = document["results"]
    yield from _of_the_order(results)
    if document["form"] >= 4:
        yield from _of_the_surveys(results)
    areas = {
        (block["position"], node["code"]): node
        for block in document["criteria"]
        for node in block["criteria"]
        if node["level"] == Level.AREA
    }
    for row in results:
        if row["rank"] is not None:
            yield from _of_the_sums(row, areas, document["rules"]["places"])
    for (_, block), rows in groupby(results, key=_block):
        yield from _of_the_placings(block, list(rows), document["rules"])


def _block(row: Plain) -> tuple[int, str]:
    return row["block_position"], row["block_name"]


def _of_the_order(results: Sequence[Plain]) -> Iterator[str]:
    seen: set[int] = set()
    before = 0
    for expected, row in enumerate(results, start=1):
        if row["position"] != expected:
            yield f"dòng thứ {expected} mang thứ tự {row['position']}"
        if row["unit"] in seen:
            yield f"{row['unit_name']}: có hai dòng"
        if row["block_position"] < before:
            yield f"{row['unit_name']}: đứng ngoài khối của mình"
        seen.add(row["unit"])
        before = row["block_position"]


def _of_the_surveys(results: Sequence[Plain]) -> Iterator[str]:
    for row in results:
        if (row["people"] is None) != (row["survey"] is None):
            yield f"{row['unit_name']}: số người và đợt đo lường không đi cùng nhau"


def _of_the_sums(row: Plain, areas: Mapping[tuple[int, str], Plain], places: int) -> Iterator[str]:
    name = row["unit_name"]
    for area in row["areas"]:
        points, maximum = Fraction(area["points"]), Fraction(area["maximum"])
        node = areas.get((row["block_position"], area["code"]))
        if node is None or node["title"] != area["title"]:
            yield f"{name}: lĩnh vực {area['code']} không có trong tiêu chí của khối"
        elif maximum > Fraction(node["maximum"]):
            yield f"{name}: điểm tối đa lĩnh vực {area['code']} lớn hơn của bộ tiêu chí"
        if shown(percent(points, maximum), places) != Decimal(area["percent"]):
            yield f"{name}: tỷ lệ của lĩnh vực {area['code']} không đúng với điểm"
    points = sum((Fraction(area["points"]) for area in row["areas"]), Fraction(0))
    maximum = sum((Fraction(area["maximum"]) for area in row["areas"]), Fraction(0))
    if Fraction(row["points"]) != max(points, Fraction(0)):
        yield f"{name}: điểm {row['points']} không bằng tổng điểm các lĩnh vực ({points})"
    if Fraction(row["maximum"]) != maximum:
        yield f"{name}: điểm tối đa {row['maximum']} không bằng tổng các lĩnh vực ({maximum})"


def _of_the_placings(block: str, rows: Sequence[Plain], rules: Plain) -> Iterator[str]:
    ranked = [row for row in rows if row["rank"] is not None]
    if ranked != rows[: len(ranked)]:
        yield f"{block}: đơn vị không xếp hạng đứng trước đơn vị được xếp hạng"
    labels = rules["band_labels"]
    floors = [Decimal(floor) for floor in rules["band_floors"]]
    scale = Scale(tuple(zip(floors, labels, strict=False)), labels[-1])
    figures = {
        row["position"]: percent(Fraction(row["points"]), Fraction(row["maximum"]))
        for row in ranked
    }
    lines = {row["position"]: row for row in ranked}
    for due, placing in zip(
        ranked, rank(figures, scale, TieRule(rules["tie_rule"]), rules["places"]), strict=True
    ):
        row = lines[placing.key]
        name = row["unit_name"]
        if Decimal(row["percent"]) != placing.percent:
            yield f"{name}: chỉ số {row['percent']}, tính lại là {placing.percent}"
        if row["rank"] != placing.rank:
            yield f"{name}: hạng {row['rank']}, tính lại là {placing.rank}"
        if row["band"] != placing.band:
            yield f"{name}: xếp loại “{row['band']}”, tính lại là “{placing.band}”"
        if due is not row:
            yield f"{block}: các dòng không theo thứ tự hạng"
