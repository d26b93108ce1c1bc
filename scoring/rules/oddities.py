"""What looks odd in a dossier, each with its reason in a sentence. Hints, never refusals. Pure.

Nothing here is measured against other units: only against the answers themselves, and against
what the same component came to the time before.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from cchc_portal.kit.numerals import as_fraction, exactly, grouped, written
from cchc_portal.kit.worded import Worded
from scoring.rules.answers import (
    Answer,
    BinaryAnswer,
    ChecklistAnswer,
    ChecklistRule,
    RatioAnswer,
    RatioRule,
    Rule,
)
from scoring.rules.proof import Claim

FAR_ABOVE = Fraction(3, 10)
"""So large a part of the maximum more than the time before asks for a second look."""


class Odd(Worded):
    """Why a component is worth a second look."""

    TWO_TOTALS = "two_totals", "ghi cùng một số liệu khác nhau"
    NOTHING_DONE = "nothing_done", "có tỷ lệ bằng 0 trong khi nội dung cùng tiêu chí đánh dấu đủ"
    FAR_ABOVE = "far_above", "cao hơn nhiều so với kỳ trước"
    EXCUSED_NOW = "excused_now", "kỳ trước có điểm, kỳ này đề nghị không áp dụng"
    UNPROVEN = "unproven", "đủ điểm mà không có minh chứng"


@dataclass(frozen=True)
class Before:
    """What the same component came to the time before: of the unit itself, or of the one it
    succeeds (`unit`, else empty). `answer`: what was answered then, in words."""

    year: int
    points: Fraction | None
    maximum: Decimal
    unit: str = ""
    answer: str = ""

    @property
    def share(self) -> Fraction | None:
        """Part of the maximum, exact; None where it did not apply."""
        return None if self.points is None else self.points / as_fraction(self.maximum)


@dataclass(frozen=True)
class Entry:
    """One component as it would be handed in. `group`: key of the criterion it belongs to."""

    code: str
    group: int
    rule: Rule[Any]
    maximum: Decimal
    claim: Claim
    answer: Answer | None = None
    before: Before | None = None

    @property
    def share(self) -> Fraction | None:
        """Part of the maximum the unit gives itself."""
        return None if self.claim.points is None else self.claim.points / as_fraction(self.maximum)


@dataclass(frozen=True)
class Oddity:
    """A component, why it is named, and the sentence for the person who hands in."""

    code: str
    kind: Odd
    sentence: str


def oddities(entries: Iterable[Entry]) -> list[Oddity]:
    """Everything that looks odd, in the order of the components."""
    own = [entry for entry in entries if entry.claim.by_unit]
    found = [odd for entry in own for odd in _alone(entry)]
    found += _two_totals(own)
    found += _nothing_done(own)
    order = {entry.code: place for place, entry in enumerate(own)}
    return sorted(found, key=lambda odd: order[odd.code])


def _alone(entry: Entry) -> Iterator[Oddity]:
    claim, share, before = entry.claim, entry.share, entry.before
    if share == 1 and claim.lacks_evidence:
        full = exactly(entry.maximum, least=2)
        yield Oddity(
            entry.code, Odd.UNPROVEN, f"Tự chấm đủ {full} điểm, không gắn tài liệu kiểm chứng nào."
        )
    if before is None or before.share is None:
        return
    then = f"Năm {before.year}{f', {before.unit}' if before.unit else ''} được {_of(before)}"
    if claim.not_applicable and before.points:
        yield Oddity(entry.code, Odd.EXCUSED_NOW, f"{then}; kỳ này đơn vị đề nghị không áp dụng.")
    elif share is not None and share - before.share >= FAR_ABOVE:
        now = f"{written(claim.points or 0, 2)}/{exactly(entry.maximum, least=2)} điểm"
        more = f"{written((share - before.share) * 100, 0)} % điểm tối đa"
        yield Oddity(entry.code, Odd.FAR_ABOVE, f"{then}, kỳ này tự chấm {now}: cao hơn {more}.")


def _of(before: Before) -> str:
    return f"{written(before.points or 0, 2)}/{exactly(before.maximum, least=2)} điểm"


def _two_totals(entries: list[Entry]) -> Iterator[Oddity]:
    """Ratios out of wholes of one name that are not the number the first of them bears."""
    firsts: dict[str, tuple[str, Decimal]] = {}
    for entry in entries:
        if (whole := _whole(entry)) is None:
            continue
        name, total = whole
        code, first = firsts.setdefault(name, (entry.code, total))
        if total != first:
            yield Oddity(
                entry.code,
                Odd.TWO_TOTALS,
                f"Ghi {exactly(total)} {name}, còn {code} ghi {exactly(first)}: "
                "đề nghị kiểm tra có phải cùng một số liệu.",
            )


def _whole(entry: Entry) -> tuple[str, Decimal] | None:
    if isinstance(entry.rule, RatioRule) and isinstance(entry.answer, RatioAnswer):
        return " ".join(entry.rule.denominator.split()), entry.answer.denominator
    return None


def _nothing_done(entries: list[Entry]) -> Iterator[Oddity]:
    """Everything ticked in a criterion of which a ratio is nought, though there was something."""
    promised: dict[int, Entry] = {}
    for entry in entries:
        if _all_said(entry):
            promised.setdefault(entry.group, entry)
    for entry in entries:
        ratio, rule, other = entry.answer, entry.rule, promised.get(entry.group)
        if other is None or not isinstance(ratio, RatioAnswer) or not isinstance(rule, RatioRule):
            continue
        if ratio.denominator and not ratio.numerator:
            yield Oddity(
                entry.code,
                Odd.NOTHING_DONE,
                f"Ghi 0/{exactly(ratio.denominator)} {rule.denominator}, "
                f"trong khi {other.code} cùng tiêu chí {_said_words(other)}.",
            )


def _all_said(entry: Entry) -> bool:
    if isinstance(entry.answer, BinaryAnswer):
        return entry.answer.yes
    if isinstance(entry.answer, ChecklistAnswer) and isinstance(entry.rule, ChecklistRule):
        return len(entry.answer.checked) == len(entry.rule.items)
    return False


def _said_words(entry: Entry) -> str:
    if isinstance(entry.answer, ChecklistAnswer):
        return f"đánh dấu đủ {grouped(len(entry.answer.checked))} nội dung"
    return "trả lời “có”"
