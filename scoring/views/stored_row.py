"""What is stored of one component, in words: the unit's answer, and what the assessor found."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from cchc_portal.kit.numerals import as_fraction, exactly
from scoring.forms.answers import Box, boxes
from scoring.forms.verification import Way
from scoring.models import Criterion, Score
from scoring.rules.answers import (
    Answer,
    GivenRule,
    NotApplicable,
    Rule,
    gives_words,
    parse_answer,
    parse_rule,
)
from scoring.rules.drawn import own_words
from scoring.rules.kinds import Source
from scoring.rules.workflow import DossierState


@dataclass
class StoredRow:
    """One component of one dossier as it is stored, whoever looks at it."""

    score: Score

    @cached_property
    def key(self) -> str:
        """The score's key as text: drawn twenty times a row, it need not be written as a figure."""
        return SafeString(self.score.pk)

    @property
    def state_id(self) -> str:
        """Id of the place that says how the row stands."""
        return f"trang-thai-{self.score.pk}"

    @cached_property
    def save_address(self) -> str:
        return reverse("scoring:score-save", args=[self.score.pk])

    @cached_property
    def history_address(self) -> str:
        return reverse("scoring:score-history", args=[self.score.pk])

    @cached_property
    def criterion(self) -> Criterion:
        return self.score.criterion

    @cached_property
    def rule(self) -> Rule[Any]:
        return parse_rule(self.criterion.rule)

    @cached_property
    def rule_words(self) -> str:
        return self.rule.words(self.score.maximum)

    @property
    def by_unit(self) -> bool:
        """Whether the unit assesses it itself."""
        return self.criterion.source == Source.SELF

    @cached_property
    def self_answer(self) -> Answer | None:
        return self._read(self.score.self_answer)

    @cached_property
    def answer_words(self) -> str:
        """The unit's answer in short: "46/47"; empty while there is none."""
        return self.self_answer.words(self.rule) if self.self_answer else ""

    @cached_property
    def gives(self) -> str:
        """What the unit's answer comes to, in words."""
        if self.self_answer is None:
            return ""
        return gives_words(self.rule, self.self_answer, self.score.maximum)

    @property
    def facts(self) -> list[tuple[str, str]]:
        """What the unit answered, input by input."""
        return [
            (box.label, box.words) for box in boxes(self.rule, self.score.self_answer, prefix="")
        ]

    @property
    def shortfall(self) -> str:
        """What is missing for full points, where that can be counted."""
        answer = self.self_answer
        if answer is None or self.score.self_not_applicable:
            return ""
        return self.rule.shortfall_words(answer)

    @property
    def share(self) -> Fraction | None:
        """The unit's points as a part of the maximum, exact."""
        points = self.score.self_points
        return None if points is None else points / as_fraction(self.score.maximum)

    @property
    def saved_when(self) -> str:
        """The time if it was today, else the day."""
        moment = self.score.updated_at
        if moment is None:
            return ""
        here, now = timezone.localtime(moment), timezone.localtime()
        return here.strftime("%H:%M" if here.date() == now.date() else "%d/%m/%Y")

    @cached_property
    def verified_answer(self) -> Answer | None:
        return self._read(self.score.verified_answer)

    @property
    def verified_words(self) -> str:
        return self.verified_answer.words(self.rule) if self.verified_answer else ""

    @property
    def own_words(self) -> str:
        """What people wrote in the unit's note, without the line that names reported figures."""
        return own_words(self.score.self_note)

    @property
    def verdict_shown(self) -> bool:
        """Whether the unit sees what the assessor found: once the dossier is back or done."""
        score = self.score
        told = score.settled or score.verified_reason
        return bool(told) and score.dossier.state in (DossierState.RETURNED, DossierState.VERIFIED)

    @property
    def difference(self) -> Fraction | None:
        """Verified less self-assessed points; None where either is missing."""
        score = self.score
        if score.verified_points is None or score.self_points is None:
            return None
        return score.verified_points - score.self_points

    @property
    def way(self) -> str:
        """How the verdict was given, or the usual way while there is none."""
        score = self.score
        if score.not_applicable and not score.verified_answer:
            return Way.NOT_APPLICABLE
        if score.verified_points is not None and score.verified_answer is None:
            return Way.POINTS
        return Way.ANSWER

    @property
    def given(self) -> str:
        """Points that were given without an answer, as one types them."""
        return exactly(self.score.verified_points) if self.way == Way.POINTS else ""

    def verdict_boxes(self, sent: Mapping[str, Any] | None) -> tuple[Box, ...]:
        """The assessor's inputs: what was sent, else the verdict, else what the unit said."""
        kept = self.score.verified_answer or self.score.self_answer
        return boxes(self.rule, kept if sent is None else sent, prefix=f"t{self.score.pk}")

    @property
    def by_hand(self) -> bool:
        """Whether the rule itself takes points, so that there is no second way to give them."""
        return self.rule.type == GivenRule.type

    @property
    def may_be_excused(self) -> bool:
        """Whether the verdict "không áp dụng" is open to the assessor."""
        return self.criterion.not_applicable_allowed or self.score.self_not_applicable

    @property
    def _counts_nothing(self) -> bool:
        points = self.self_answer and self.rule.points(self.self_answer, self.score.maximum)
        return isinstance(points, NotApplicable)

    def _read(self, kept: Mapping[str, Any] | None) -> Answer | None:
        return None if kept is None else parse_answer(self.rule, kept)
