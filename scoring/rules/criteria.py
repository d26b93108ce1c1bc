"""Whether a set of criteria is sound: sums, codes, keys, a complete rule for each component."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from cchc_portal.kit.numerals import exactly
from scoring.rules.answers import RuleFault, parse_rule
from scoring.rules.kinds import Level, Source

LONGEST_SET_CODE, LONGEST_CODE, LONGEST_KEY, LONGEST_TITLE = 40, 20, 60, 300
LARGEST_MAXIMUM, DECIMALS = 10_000, 3


BEYOND_MAXIMUM = (Source.BONUS, Source.PENALTY)


@dataclass(frozen=True)
class SetNode:
    """One node of a set: an area, a criterion, or a component with its rule as JSON."""

    code: str
    level: Level
    title: str
    maximum: Decimal
    key: str = ""
    source: Source = Source.SELF
    rule: Mapping[str, Any] | None = None
    not_applicable_allowed: bool = False
    children: tuple["SetNode", ...] = ()
    evidence: tuple[str, ...] = ()
    assumed: bool = False
    source_note: str = ""

    def walk(self) -> Iterator["SetNode"]:
        """The node and everything under it, in the order of the tree."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True)
class CriteriaTree:
    """A whole set: a version of the catalogue, or the copy that a block owns."""

    code: str
    title: str
    maximum: Decimal
    areas: tuple[SetNode, ...]
    version: int = 1
    legal_basis: str = ""
    source_note: str = ""

    def walk(self) -> Iterator[SetNode]:
        """Every node, in the order of the tree."""
        for area in self.areas:
            yield from area.walk()

    def components(self) -> list[SetNode]:
        """The leaves that bear answers."""
        return [node for node in self.walk() if node.level == Level.COMPONENT]


@dataclass(frozen=True)
class Fault:
    """What is wrong, and with which code."""

    code: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.code}: {self.sentence}"


BELOW = {Level.AREA: Level.CRITERION, Level.CRITERION: Level.COMPONENT}


def faults(root: CriteriaTree) -> list[Fault]:
    """Everything that keeps a set from being used, each in a Vietnamese sentence; empty if sound.

    Points must sum up the tree. Bonus and penalty stand in areas of their own, outside the
    set's maximum. Every component needs a rule by which its maximum can be reached.
    """
    found = [
        *_names(root.code, root.title, LONGEST_SET_CODE),
        *_maximum(root.code, root.maximum),
        *_sum(
            root.code,
            "Điểm tối đa của bộ tiêu chí",
            root.maximum,
            [area for area in root.areas if not _beyond(area)],
            "các lĩnh vực",
        ),
        *_repeated(root),
    ]
    if not root.areas:
        found.append(Fault(root.code, "Bộ tiêu chí chưa có lĩnh vực nào."))
    for area in root.areas:
        found += _node(area, parent="", level=Level.AREA)
        if _beyond(area) is None:
            found.append(
                Fault(area.code, "Điểm thưởng, điểm trừ phải đứng ở lĩnh vực riêng, không xen.")
            )
    return found


def _beyond(area: SetNode) -> bool | None:
    """Whether the area lies outside the maximum; None when it is mixed."""
    leaves = [node.source in BEYOND_MAXIMUM for node in area.walk() if not node.children]
    return None if any(leaves) and not all(leaves) else all(leaves)


def _node(node: SetNode, parent: str, level: Level) -> Iterator[Fault]:
    yield from _names(node.code, node.title, LONGEST_CODE)
    yield from _maximum(node.code, node.maximum)
    if node.level != level:
        yield Fault(node.code, f"Phải là {level.label.lower()} nhưng ghi là {node.level.label}.")
    before, _, own = node.code.rpartition(".")
    if before != parent or not own:
        form = f"gồm mã cấp trên và số thứ tự, ví dụ {parent}.1" if parent else "không có dấu chấm"
        yield Fault(node.code, f"Mã phải {form}.")
    if node.level == Level.COMPONENT:
        yield from _component(node)
        return
    below = BELOW[node.level]
    if node.rule is not None:
        yield Fault(node.code, "Chỉ tiêu chí thành phần mới có cách chấm.")
    if not node.children:
        yield Fault(node.code, f"Chưa có {below.label.lower()} nào.")
        return
    what = f"Điểm tối đa của {node.level.label.lower()}"
    yield from _sum(node.code, what, node.maximum, node.children, f"các {below.label.lower()}")
    for child in node.children:
        yield from _node(child, parent=node.code, level=below)


def _component(node: SetNode) -> Iterator[Fault]:
    if node.children:
        yield Fault(node.code, "Tiêu chí thành phần không được có cấp dưới.")
    if not node.key:
        yield Fault(node.code, "Thiếu khóa để nối với các năm.")
    if len(node.key) > LONGEST_KEY:
        yield Fault(node.code, f"Khóa dài quá {LONGEST_KEY} ký tự.")
    try:
        rule = parse_rule(node.rule)
    except RuleFault as fault:
        for sentence in fault.sentences:
            yield Fault(node.code, sentence)
        return
    if (rule.type == "survey") != (node.source == Source.SURVEY):
        yield Fault(
            node.code, "Nguồn điểm “đo lường sự hài lòng” phải đi cùng cách chấm theo khảo sát."
        )


def _names(code: str, title: str, longest: int) -> Iterator[Fault]:
    if not code.strip():
        yield Fault(code, f"Thiếu mã của “{title}”.")
    if len(code) > longest:
        yield Fault(code, f"Mã dài quá {longest} ký tự.")
    if not title.strip():
        yield Fault(code, "Thiếu tên.")
    if len(title) > LONGEST_TITLE:
        yield Fault(code, f"Tên dài quá {LONGEST_TITLE} ký tự.")


def _maximum(code: str, maximum: Decimal) -> Iterator[Fault]:
    if maximum <= 0:
        yield Fault(code, "Điểm tối đa phải lớn hơn 0.")
    if maximum >= LARGEST_MAXIMUM or Fraction(maximum) * 10**DECIMALS % 1:
        yield Fault(
            code,
            f"Điểm tối đa phải nhỏ hơn {exactly(LARGEST_MAXIMUM)} và có tối đa {DECIMALS} chữ số "
            "thập phân.",
        )


def _sum(
    code: str,
    what: str,
    maximum: Decimal,
    parts: tuple[SetNode, ...] | list[SetNode],
    named: str,
) -> Iterator[Fault]:
    total = sum((Fraction(part.maximum) for part in parts), Fraction(0))
    if parts and total != Fraction(maximum):
        yield Fault(
            code,
            f"{what} là {exactly(maximum, 2)}, nhưng {named} cộng lại được {exactly(total, 2)}.",
        )


def _repeated(root: CriteriaTree) -> Iterator[Fault]:
    codes = Counter(node.code for node in root.walk())
    keys = Counter(node.key for node in root.walk() if node.key)
    for code, times in codes.items():
        if times > 1:
            yield Fault(code, f"Mã này xuất hiện {times} lần trong bộ tiêu chí.")
    for key, times in keys.items():
        if times > 1:
            yield Fault(root.code, f"Khóa “{key}” xuất hiện {times} lần trong bộ tiêu chí.")
