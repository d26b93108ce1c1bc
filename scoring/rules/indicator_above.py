"""An indicator beside those of the level above: what comes along when it is taken from there, and
in what it differs from the one of the same code.

Figures of two levels are held together by equal code and equal measure of what adds up
(`services/underneath.py`); nothing here changes that.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from scoring.rules.indicator import Roll
from scoring.rules.rolling import Meaning

APART = ": số liệu không tự cộng lên được."
TOO_FINE = ": số cộng có nhiều chữ số thập phân hơn thì không lấy lên được."


@dataclass(frozen=True)
class Kind:
    """By what the figures of an indicator are of one kind with those of another."""

    measure: str
    decimals: int
    roll: str


def needed(one: Meaning) -> tuple[str, ...]:
    """Codes of the indicators without which it cannot stand in a list."""
    return tuple(code for code in (one.part_of, one.numerator, one.denominator) if code)


def with_needed(chosen: Iterable[str], lacking: Mapping[str, Meaning]) -> list[str]:
    """The chosen codes and whatever of the lacking ones they need, each after those it needs, each
    once."""
    found: dict[str, None] = {}
    under_way: set[str] = set()

    def visit(code: str) -> None:
        if code not in lacking or code in under_way:
            return
        under_way.add(code)
        for other in needed(lacking[code]):
            visit(other)
        found[code] = None

    for code in chosen:
        visit(code)
    return list(found)


def difference(own: Kind, above: Kind) -> str:
    """In what the one of the level above is another, and what follows for the sums; empty where
    they are alike."""
    told = []
    if own.roll != above.roll:
        told.append(f"cách cộng là “{Roll(above.roll).label}”")
    if own.measure != above.measure:
        told.append(f"đơn vị tính là “{above.measure}”")
    if own.decimals != above.decimals:
        told.append(f"{above.decimals} chữ số thập phân")
    if not told:
        return ""
    follows = "."
    if Roll.SUM in (own.roll, above.roll):
        if own.roll != above.roll or own.measure != above.measure:
            follows = APART
        elif own.decimals > above.decimals:
            follows = TOO_FINE
    return f"Cấp trên ghi {', '.join(told)}{follows}"
