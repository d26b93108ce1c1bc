"""Figures that a unit reported once fill its answers: ratios and counts of its self-assessment.

Nothing is taken without a press, so a figure corrected later changes no score by itself.
"""

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from cchc_portal.kit.errors import MoveRefused
from cchc_portal.kit.numerals import exactly, typed
from scoring.models import Score
from scoring.rules.answers import Answer, AnswerFault, parse_answer, parse_rule
from scoring.rules.kinds import LONGEST_NOTE
from scoring.services import scores
from scoring.services.rollups import YearFigure, over_the_year
from units.models import User

SOURCE = "Theo số liệu báo cáo"
"""How a note begins that tells where the figures come from."""
NOT_DRAWN = "Tiêu chí này không lấy từ số liệu báo cáo."
NO_FIGURE = "Đơn vị chưa báo cáo đủ số liệu của năm."


@dataclass(frozen=True)
class Drawn:
    """What is offered to a component: the answer, or why the figures make none; by code the
    figures with the reports they were taken from."""

    year: int
    figures: dict[str, YearFigure]
    answer: Answer | None
    answer_words: str
    fault: str = ""

    @property
    def words(self) -> str:
        """Where it comes from, as the first line of the note."""
        said = "; ".join(
            f"{code}: {exactly(one.amount)} ({one.words})" for code, one in self.figures.items()
        )
        return f"{SOURCE} năm {self.year}: {said}."


def is_drawn(score: Score) -> bool:
    """Whether the component takes its answer from reported figures. Needs the criterion."""
    rule = score.criterion.rule
    return bool(rule) and bool(parse_rule(rule).drawn_from)


def offered_to(score: Score) -> Drawn | None:
    """What the unit reported to the assessor for the period's year; None where a figure is missing.
    One query. The score needs criterion, dossier and period. MoveRefused where nothing is drawn."""
    if not is_drawn(score):
        raise MoveRefused(NOT_DRAWN)
    rule = parse_rule(score.criterion.rule)
    period = score.dossier.period
    codes = rule.drawn_from
    found = over_the_year(
        period.assessor_id, score.dossier.unit_id, period.year, list(codes.values())
    )
    if set(codes.values()) - set(found):
        return None
    figures = {code: found[code] for code in codes.values()}
    said: dict[str, Any] = {name: typed(found[code].amount) for name, code in codes.items()}
    try:
        answer = parse_answer(rule, said, score.maximum)
    except AnswerFault as fault:
        return Drawn(period.year, figures, None, "", fault.sentence)
    return Drawn(period.year, figures, answer, answer.words(rule))


def retold(note: str, source: str) -> str:
    """The note with the source as its first line, in place of one that said so before."""
    lines = [line for line in note.splitlines() if not line.startswith(SOURCE)]
    return "\n".join([source, *lines]).strip()


@transaction.atomic
def take(score: Score, *, by: User, seen_version: int, note: str) -> Score:
    """The unit takes the figures into its self-assessment; the note says where they come from.

    Raises PermissionDenied, MoveRefused, ChangedMeanwhile.
    """
    drawn = offered_to(score)
    if drawn is None:
        raise MoveRefused(NO_FIGURE)
    if drawn.answer is None:
        raise MoveRefused(drawn.fault)
    told = retold(note, drawn.words)
    if len(told) > LONGEST_NOTE:
        raise MoveRefused(f"Ghi chú dài quá {LONGEST_NOTE} ký tự, đề nghị rút gọn.")
    return scores.save_self(
        score,
        by=by,
        answer=drawn.answer,
        note=told,
        not_applicable=False,
        seen_version=seen_version,
    )
