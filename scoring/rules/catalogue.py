"""Reads a catalogue of criteria: the shape of a file into sets, with every fault named."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from cchc_portal.kit.numerals import is_plain
from scoring.rules.answers import RuleFault, parse_rule
from scoring.rules.answers.base import kept
from scoring.rules.criteria import BELOW, CriteriaTree, Fault, SetNode, faults
from scoring.rules.kinds import Level, Source

CHILDREN = {Level.AREA: "criteria", Level.CRITERION: "components"}


@dataclass(frozen=True)
class Catalogue:
    """The sets of a file, and everything that is wrong with them. Use the sets only if sound."""

    sets: tuple[CriteriaTree, ...]
    faults: tuple[Fault, ...]


def read_catalogue(data: Any) -> Catalogue:
    """The sets in a file already parsed (numbers as int or Decimal, never float), with all faults.

    The shape is that of `scoring/data/criteria.json`: sets > areas > criteria > components, each
    component with `scoring`. Vietnamese texts (`source_vi`, `legal_basis_vi`) go before English
    ones. A fault's code names set and node: "CA_XA 3.1.2".
    """
    reader = _Reader()
    top = reader.mapping(data, "tệp", "Tệp phải là một đối tượng JSON.")
    entries = reader.listing(top, "sets", "tệp", "bộ tiêu chí")
    if top.get("sets") == []:
        reader.faults.append(Fault("tệp", "Tệp không có bộ tiêu chí nào."))
    version = reader.version(top.get("version", 1))
    trees = tuple(reader.tree(entry, version) for entry in entries)
    found = list(reader.faults)
    for tree in trees:
        found += [replace(fault, code=_full(tree.code, fault.code)) for fault in faults(tree)]
    codes = [tree.code for tree in trees]
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        found.append(Fault(code, "Tệp có hai bộ tiêu chí cùng mã này."))
    return Catalogue(trees, tuple(found))


def _full(set_code: str, code: str) -> str:
    return set_code if code == set_code else f"{set_code} {code or '?'}"


class _Reader:
    """Takes the file apart, noting what does not fit and going on."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def tree(self, data: Any, version: int) -> CriteriaTree:
        entry = self.mapping(data, "tệp", "Có bộ tiêu chí chưa đúng dạng.")
        code = self.text(entry, "code") or "?"
        areas = self.listing(entry, "areas", code, "lĩnh vực")
        return CriteriaTree(
            code=code,
            title=self.text(entry, "title_vi"),
            maximum=self.number(entry.get("max_points"), code),
            areas=tuple(self.node(area, Level.AREA, code) for area in areas),
            version=version,
            legal_basis=self.text(entry, "legal_basis_vi") or self.text(entry, "legal_basis"),
            source_note=self.text(entry, "status_vi") or self.text(entry, "status"),
        )

    def node(self, data: Any, level: Level, set_code: str) -> SetNode:
        entry = self.mapping(data, set_code, f"Có {level.label.lower()} chưa đúng dạng.")
        code = self.text(entry, "code")
        where = _full(set_code, code)
        node = SetNode(
            code=code,
            level=level,
            title=self.text(entry, "title_vi"),
            maximum=self.number(entry.get("max_points"), where),
            assumed=entry.get("assumed") is not False,
            source_note=self.note(entry),
        )
        if level == Level.COMPONENT:
            return self.component(node, entry, where)
        below = BELOW[level]
        children = self.listing(entry, CHILDREN[level], where, below.label.lower())
        return replace(
            node, children=tuple(self.node(child, below, set_code) for child in children)
        )

    def component(self, node: SetNode, entry: Mapping[str, Any], where: str) -> SetNode:
        scoring = self.mapping(entry.get("scoring"), where, "Thiếu cách chấm.")
        evidence = entry.get("evidence", [])
        if not isinstance(evidence, list) or not all(isinstance(text, str) for text in evidence):
            self.faults.append(Fault(where, "Minh chứng cần có phải là một danh sách."))
            evidence = []
        return replace(
            node,
            key=self.text(entry, "key"),
            source=self.source(entry, scoring, where),
            rule=_rule(scoring),
            not_applicable_allowed=entry.get("na_allowed") is True,
            evidence=tuple(evidence),
        )

    def source(self, entry: Mapping[str, Any], scoring: Mapping[str, Any], where: str) -> Source:
        named = entry.get("points_from")
        if named is not None:
            if named in [source.value for source in Source]:
                return Source(named)
            self.faults.append(Fault(where, f"Không rõ nguồn điểm “{named}”."))
        if scoring.get("type") == "survey":
            return Source.SURVEY
        return Source.CENTRAL if entry.get("self_assessable") is False else Source.SELF

    def mapping(self, data: Any, where: str, sentence: str) -> Mapping[str, Any]:
        if isinstance(data, Mapping):
            return data
        self.faults.append(Fault(where, sentence))
        return {}

    def listing(self, entry: Mapping[str, Any], name: str, where: str, what: str) -> list[Any]:
        value = entry.get(name)
        if isinstance(value, list):
            return value
        self.faults.append(Fault(where, f"Thiếu danh sách {what} (“{name}”)."))
        return []

    def text(self, entry: Mapping[str, Any], name: str) -> str:
        value = entry.get(name)
        return " ".join(value.split()) if isinstance(value, str) else ""

    def note(self, entry: Mapping[str, Any]) -> str:
        texts = (self.text(entry, f"{name}_vi") or self.text(entry, name) for name in NOTES)
        return "; ".join(filter(None, texts))

    def number(self, value: Any, where: str) -> Decimal:
        if isinstance(value, int) and not isinstance(value, bool):
            return Decimal(value)
        if is_plain(value):
            return value
        self.faults.append(Fault(where, "Thiếu điểm tối đa, hoặc điểm tối đa không phải là số."))
        return Decimal(0)

    def version(self, value: Any) -> int:
        text = str(value)
        if text.isascii() and text.isdigit() and int(text[:9]) > 0:
            return int(text[:9])
        self.faults.append(Fault("tệp", "Phiên bản phải là số nguyên dương."))
        return 1


NOTES = ("source", "source_note")


def _rule(scoring: Mapping[str, Any]) -> Mapping[str, Any]:
    """The catalogue's `scoring` as the rule a criterion keeps; as it is where it is faulty."""
    rule = {name: _plain(scoring[name]) for name in RULE_NAMES if name in scoring}
    if "deduct_share_per_event" in scoring:
        rule["share_per_event"] = _plain(scoring["deduct_share_per_event"])
    if scoring.get("type") == "ratio":
        rule["unit"] = scoring.get("amount_unit", "")
    try:
        return parse_rule(rule).as_json()
    except RuleFault:
        return rule


RULE_NAMES = (
    "type",
    "input",
    "unit",
    "levels",
    "numerator",
    "denominator",
    "floor_percent",
    "full_percent",
    "amounts",
    "may_exceed",
    "of_commitments",
    "of_partners",
    "figure_numerator",
    "figure_denominator",
    "figure_items",
    "event",
    "share_per_event",
    "item",
    "share_per_item",
    "items",
    "decimals",
)


def _plain(value: Any) -> Any:
    """Numbers as decimal strings all the way down, so that no float is ever read back."""
    if isinstance(value, Mapping):
        return {name: _plain(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    if is_plain(value) or type(value) is int:
        return kept(value)
    return value
