"""What stands behind a published line, held against it: components add up to its areas.

The forms are those of docs/seal.md. The faults are found in a fixed order.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from scoring.rules.kinds import Level
from scoring.rules.tally import Mark
from scoring.rules.verdict import Finding, needs_reason

Plain = Mapping[str, Any]


def first_fault_of_detail(
    line: Plain, components: Sequence[Plain], criteria: Sequence[Plain]
) -> str:
    """The first thing that does not fit, as a clause; or "". `criteria`: those of every block."""
    return next(_faults(line, components, criteria), "")


def area_of(code: str, nodes: Mapping[str, Plain]) -> str:
    """The code of the area that a node belongs to."""
    while nodes[code]["parent"]:
        code = nodes[code]["parent"]
    return code


def nodes_of(block: int, criteria: Sequence[Plain]) -> dict[str, Plain]:
    """The nodes of one block's criteria by code, in order."""
    trees = (one["criteria"] for one in criteria if one["position"] == block)
    return {node["code"]: node for node in next(trees, ())}


def mark_of(component: Plain, node: Plain) -> Mark:
    """What a component counts for."""
    return Mark(
        source=node["source"],
        maximum=Decimal(component["maximum"]),
        points=_points(component["points"]),
        not_applicable=component["not_applicable"],
    )


def _faults(line: Plain, components: Sequence[Plain], criteria: Sequence[Plain]) -> Iterator[str]:
    name = line["unit_name"]
    nodes = nodes_of(line["block_position"], criteria)
    expected = [code for code, node in nodes.items() if node["level"] == Level.COMPONENT]
    if [one["code"] for one in components] != expected:
        yield f"{name}: chi tiết không đủ, hoặc không đúng thứ tự các tiêu chí thành phần"
        return
    sums: dict[str, tuple[Fraction, Fraction]] = {}
    for one in components:
        node = nodes[one["code"]]
        yield from _of_one(name, one, node)
        mark, area = mark_of(one, node), area_of(one["code"], nodes)
        points, maximum = sums.get(area, (Fraction(0), Fraction(0)))
        sums[area] = points + mark.counted_points, maximum + mark.counted_maximum
    for area in line["areas"]:
        found = sums.get(area["code"], (Fraction(0), Fraction(0)))
        if found != (Fraction(area["points"]), Fraction(area["maximum"])):
            yield f"{name}: các tiêu chí thành phần không cộng thành lĩnh vực {area['code']}"


def _of_one(name: str, one: Plain, node: Plain) -> Iterator[str]:
    where = f"{name}, {one['code']}"
    points, maximum = _points(one["points"]), Fraction(one["maximum"])
    if maximum != Fraction(node["maximum"]):
        yield f"{where}: điểm tối đa khác bộ tiêu chí"
    if (points is None) != one["not_applicable"]:
        yield f"{where}: không có điểm, cũng không phải không áp dụng"
    if points is not None and not 0 <= points <= maximum:
        yield f"{where}: điểm ngoài khoảng từ 0 đến điểm tối đa"
    said = Finding(_points(one["self_points"]), one["self_not_applicable"])
    found = Finding(points, one["not_applicable"])
    if needs_reason(node["source"], said=said, found=found) and not one["reason"]:
        yield f"{where}: khác tự chấm mà không có lý do"


def _points(text: str | None) -> Fraction | None:
    return None if text is None else Fraction(text)
