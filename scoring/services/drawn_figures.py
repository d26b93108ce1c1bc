"""Figures that a unit reported once fill its answers: ratios and counts of its self-assessment.

Nothing is taken without a press, so a figure corrected later changes no score by itself. Only what
is closed is offered: what may still move would move the difference that a verifier is shown.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from cchc_portal.kit.errors import MoveRefused
from cchc_portal.kit.numerals import exactly, typed
from scoring.access import rows_sent_back
from scoring.models import Criterion, Dossier, Period, Score
from scoring.rules.answers import Answer, AnswerFault, Rule, parse_answer, parse_rule
from scoring.rules.drawn import SOURCE, own_words, retold
from scoring.rules.kinds import LONGEST_NOTE, Source
from scoring.services import scores
from scoring.services.year_figures import YearFigure, over_the_year
from units.models import User

NOT_DRAWN = "Tiêu chí này không lấy từ số liệu báo cáo."
NO_FIGURE = "Đơn vị chưa có đủ số liệu đã chốt của năm."


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

    @property
    def reports(self) -> str:
        """From which reports the figures were taken, each named once."""
        return "; ".join(dict.fromkeys(one.words for one in self.figures.values()))

    def is_said_by(self, score: Score) -> bool:
        """Whether the unit's answer is just this."""
        return self.answer is not None and score.self_answer == self.answer.as_json()

    def differs_from(self, score: Score) -> bool:
        """Whether the unit has answered something else."""
        return self.answer is not None and score.answered and not self.is_said_by(score)

    def wants_reason_of(self, score: Score) -> bool:
        """Whether the unit has answered something else and no person has written why."""
        return self.differs_from(score) and not own_words(score.self_note)


def is_drawn(score: Score) -> bool:
    """Whether the component takes its answer from reported figures. Needs the criterion."""
    rule = score.criterion.rule
    return bool(rule) and bool(parse_rule(rule).drawn_from)


def offered_to(score: Score) -> Drawn | None:
    """What the unit reported to the assessor for the period's year; None where a figure is missing.
    One query. The score needs criterion, dossier and period. MoveRefused where nothing is drawn."""
    if not is_drawn(score):
        raise MoveRefused(NOT_DRAWN)
    return offered([score], score.dossier.period).get(score.pk)


def offered(scores: Iterable[Score], period: Period) -> Mapping[int, Drawn]:
    """The same by key of the score, for scores of one period; those alone that are drawn and miss
    no figure. One query, however many; none where nothing is drawn."""
    drawn = [one for one in scores if one.criterion.source == Source.SELF and is_drawn(one)]
    if not drawn:
        return {}
    rules = {one.criterion_id: parse_rule(one.criterion.rule) for one in drawn}
    found = over_the_year(
        period.assessor_id,
        {one.dossier.unit_id for one in drawn},
        period.year,
        {code for rule in rules.values() for code in rule.drawn_from.values()},
        closed=True,
    )
    made = {}
    for one in drawn:
        rule, said = rules[one.criterion_id], found.get(one.dossier.unit_id, {})
        if set(rule.drawn_from.values()) <= said.keys():
            made[one.pk] = _drawn(one, rule, period.year, said)
    return made


def without_reason(dossier: Dossier) -> dict[int, Drawn]:
    """By key of the score what was reported, for rows that say otherwise and give no reason; of
    those alone that the unit may write. The dossier needs its period. Three queries at most."""
    nodes = Criterion.objects.drawn().filter(criteria_set__block=dossier.block_id)
    rows = list(dossier.scores.filter(criterion__in=nodes).select_related("criterion"))
    for row in rows:
        row.dossier = dossier
    made = offered(rows, dossier.period)
    wanting = [one.pk for one in rows if one.pk in made and made[one.pk].wants_reason_of(one)]
    named = rows_sent_back(dossier) if wanting else set()
    return {pk: made[pk] for pk in wanting if not named or pk in named}


def _drawn(score: Score, rule: Rule, year: int, said: Mapping[str, YearFigure]) -> Drawn:
    figures = {code: said[code] for code in rule.drawn_from.values()}
    typed_in: dict[str, Any] = {
        name: typed(said[code].amount) for name, code in rule.drawn_from.items()
    }
    try:
        answer = parse_answer(rule, typed_in, score.maximum)
    except AnswerFault as fault:
        return Drawn(year, figures, None, "", fault.sentence)
    return Drawn(year, figures, answer, answer.words(rule))


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
