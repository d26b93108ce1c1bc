"""Where a frozen line lost its points, and what became of its objections. Pure.

Components and criteria come in the plain forms of docs/seal.md.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from cchc_portal.kit.numerals import exactly
from reports.rules.sealed_detail import area_of, mark_of
from scoring.rules.kinds import Source
from scoring.rules.points import shown
from scoring.rules.reply import Outcome, Stance

Plain = Mapping[str, Any]
PRINTED_AT_LEAST = 10
"""So many losses a sheet prints; those for which the assessor gave a reason in any case."""


@dataclass(frozen=True)
class Loss:
    """A component that cost points: how many of how many, why; `given`: the assessor said why."""

    code: str
    title: str
    lost: Fraction
    maximum: Fraction
    reason: str
    given: bool


def losses(components: Sequence[Plain], nodes: Mapping[str, Plain]) -> list[Loss]:
    """Components that cost points, the largest loss first. What does not apply costs nothing, nor
    does a bonus that was not earned; a penalty costs what it takes."""
    found = [_loss(one, nodes[one["code"]]) for one in components]
    return sorted((one for one in found if one.lost > 0), key=lambda one: -one.lost)


def for_paper(
    found: Sequence[Loss], least: int = PRINTED_AT_LEAST
) -> tuple[list[Loss], list[Loss]]:
    """Which losses a sheet prints, in their order, and those it sums up in words."""
    chosen = [one for place, one in enumerate(found) if place < least or one.given]
    return chosen, [one for one in found if one not in chosen]


def own_points(components: Sequence[Plain], nodes: Mapping[str, Plain]) -> dict[str, Fraction]:
    """Area → what the unit gave itself, for areas of which it assesses every component itself."""
    sums: dict[str, Fraction] = {}
    foreign = set()
    for one in components:
        area = area_of(one["code"], nodes)
        if nodes[one["code"]]["source"] != Source.SELF:
            foreign.add(area)
        sums[area] = sums.get(area, Fraction(0)) + Fraction(one["self_points"] or 0)
    return {area: points for area, points in sums.items() if area not in foreign}


def remarks(components: Iterable[Plain]) -> list[str]:
    """Every objection in a sentence or two: what the unit said, what was decided, and why."""
    return [_remark(one, said) for one in components for said in one["objections"]]


def _loss(one: Plain, node: Plain) -> Loss:
    mark = mark_of(one, node)
    lost = Fraction(0)
    if node["source"] != Source.BONUS and not one["not_applicable"]:
        lost = mark.counted_maximum - mark.counted_points
    reason = one["reason"] or _unexplained(one, Source(node["source"]))
    return Loss(
        code=one["code"],
        title=node["title"],
        lost=lost,
        maximum=Fraction(one["maximum"]),
        reason=" ".join(reason.split()),
        given=bool(one["reason"]),
    )


def _unexplained(one: Plain, source: Source) -> str:
    """In place of a reason; only what a unit assesses itself can be as it assessed it."""
    if source == Source.SELF:
        return f"Như đơn vị tự chấm: {_figure(one['self_points'])} điểm."
    return f"{source.label}: {_figure(one['points'])} điểm."


def _remark(one: Plain, said: Plain) -> str:
    stance = Stance(said["stance"]).label.lower()
    first = _finding(said["first_points"], said["first_not_applicable"])
    words = f"{one['code']}: đơn vị {stance} với kết quả {first}"
    if not said["outcome"]:
        return f"{words}."
    outcome = Outcome(said["outcome"]).label.lower()
    decision = " ".join(said["decision"].split())
    now = _finding(one["points"], one["not_applicable"])
    return f"{words}; kết luận: {outcome}, {now}. {decision}"


def _finding(points: str | None, not_applicable: bool) -> str:
    return "không áp dụng" if not_applicable else f"{_figure(points)} điểm"


def _figure(points: str | None) -> str:
    return exactly(shown(Fraction(points or 0)), 2)
