"""One component of a dossier as the pages show it, from the unit's side and from the assessor's."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from cchc_portal.kit.differences import Stretch, side_by_side
from cchc_portal.kit.numerals import as_fraction, exactly
from scoring.forms.answers import Box, boxes
from scoring.forms.dossiers import SelfScoreForm
from scoring.forms.verification import Way
from scoring.models import Criterion, Draft, Evidence, Score
from scoring.rules.answers import (
    Answer,
    GivenRule,
    NotApplicable,
    Rule,
    gives_words,
    parse_answer,
    parse_rule,
)
from scoring.rules.kinds import Hindrance, Source
from scoring.rules.oddities import Before
from scoring.rules.proof import Claim
from scoring.rules.workflow import DossierState


@dataclass
class Row:
    """One component of one dossier.

    `form`: what was sent and refused, or the reader's own `draft`; `drafts`: the others.
    `state` and `sentence` say how it stands ("saved", "refused", "changed", "locked", or empty).
    `remark`: why the assessor returned this row; `held_back`: it returned others and not this one.
    `before`: what it came to the time before. `counted`: how many of `evidence`, if not read.
    """

    score: Score
    evidence: list[Evidence] = field(default_factory=list)
    form: SelfScoreForm | None = None
    state: str = ""
    sentence: str = ""
    remark: str = ""
    held_back: bool = False
    before: Before | None = None
    draft: Draft | None = None
    drafts: list[Draft] = field(default_factory=list)
    counted: int | None = None

    def __post_init__(self):
        if not self.state and self.score.written:
            self.state = "saved"

    def take_up(self, draft: Draft) -> None:
        """Shows what was typed and not accepted, as it stood when it was sent."""
        sent = QueryDict(mutable=True)
        for name, texts in draft.fields.items():
            sent.setlist(name, texts)
        sent["version"] = str(draft.seen_version)
        self.draft, self.state, self.sentence = draft, draft.hindrance, draft.sentence
        if draft.hindrance == Hindrance.LOCKED:  # it is open again, or there would be no input
            self.state, self.sentence = Hindrance.REFUSED, f"Lần trước: {draft.sentence}"
        self.form = SelfScoreForm(sent, rule=self.rule, maximum=self.score.maximum)
        self.form.is_valid()

    @property
    def version(self) -> int:
        """The version that what stands in the row was written on."""
        return self.form.written_on if self.form else self.score.version

    @property
    def drafted(self) -> bool:
        """Whether something typed waits beside what is stored."""
        return self.draft is not None or bool(self.drafts)

    @property
    def look(self) -> str:
        """The state that the row's edge shows: one at a time, the most pressing."""
        if self.state in ("", "saved") and self.talked_about:
            return "remarks"
        return self.state or "empty"

    @property
    def pieces(self) -> int:
        return len(self.evidence) if self.counted is None else self.counted

    @cached_property
    def key(self) -> str:
        """The score's key as text: drawn twenty times a row, it need not be written as a figure."""
        return SafeString(self.score.pk)

    @cached_property
    def save_address(self) -> str:
        return reverse("scoring:score-save", args=[self.score.pk])

    @property
    def share(self) -> Fraction | None:
        """The unit's points as a part of the maximum, exact."""
        points = self.score.self_points
        return None if points is None else points / as_fraction(self.score.maximum)

    @property
    def lower(self) -> bool:
        """Whether the unit now gives itself a smaller part of the maximum than was found before."""
        then = self.before.share if self.before else None
        return then is not None and self.share is not None and self.share < then

    @property
    def talked_about(self) -> bool:
        """Whether the assessor has written something about it that the unit is told."""
        return bool(self.remark) or (self.verdict_shown and bool(self.score.verified_reason))

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

    @property
    def writable(self) -> bool:
        """Whether it is the unit's to write, as far as the row itself goes."""
        return self.by_unit and not self.held_back

    @property
    def boxes(self) -> tuple[Box, ...]:
        """The unit's inputs, with what was typed last."""
        written = self.form.data if self.form else self.score.self_answer
        return boxes(self.rule, written, prefix=f"o{self.score.pk}")

    @property
    def note(self) -> str:
        return self.form.data.get("note", "") if self.form else self.score.self_note

    @property
    def proposed_not_applicable(self) -> bool:
        """Whether it was ticked; a ratio of nothing proposes itself without a tick."""
        if self.form:
            return "not_applicable" in self.form.data
        return self.score.self_not_applicable and not self._counts_nothing

    @property
    def fault_field(self) -> str:
        """Name of the input that was refused, if one was."""
        return self.form.fault_field if self.form else ""

    @property
    def state_id(self) -> str:
        """Id of the place that says how the row stands."""
        return f"trang-thai-{self.score.pk}"

    @property
    def saved_when(self) -> str:
        """The time if it was today, else the day."""
        moment = self.score.updated_at
        if moment is None:
            return ""
        here, now = timezone.localtime(moment), timezone.localtime()
        return here.strftime("%H:%M" if here.date() == now.date() else "%d/%m/%Y")

    @property
    def verdict_shown(self) -> bool:
        """Whether the unit sees what the assessor found: once the dossier is back or done."""
        score = self.score
        told = score.settled or score.verified_reason
        return bool(told) and score.dossier.state in (DossierState.RETURNED, DossierState.VERIFIED)

    @cached_property
    def self_answer(self) -> Answer | None:
        return self._read(self.score.self_answer)

    @cached_property
    def verified_answer(self) -> Answer | None:
        return self._read(self.score.verified_answer)

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
    def shortfall(self) -> str:
        """What is missing for full points, where that can be counted."""
        answer = self.self_answer
        if answer is None or self.score.self_not_applicable:
            return ""
        return self.rule.shortfall_words(answer)

    @property
    def verified_words(self) -> str:
        return self.verified_answer.words(self.rule) if self.verified_answer else ""

    @property
    def difference(self) -> Fraction | None:
        """Verified less self-assessed points; None where either is missing."""
        score = self.score
        if score.verified_points is None or score.self_points is None:
            return None
        return score.verified_points - score.self_points

    def verdict_boxes(self, sent: Mapping[str, Any] | None) -> tuple[Box, ...]:
        """The assessor's inputs: what was sent, else the verdict, else what the unit said."""
        kept = self.score.verified_answer or self.score.self_answer
        return boxes(self.rule, kept if sent is None else sent, prefix=f"t{self.score.pk}")

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

    @property
    def by_hand(self) -> bool:
        """Whether the rule itself takes points, so that there is no second way to give them."""
        return self.rule.type == GivenRule.type

    @property
    def may_be_excused(self) -> bool:
        """Whether the verdict "không áp dụng" is open to the assessor."""
        return self.criterion.not_applicable_allowed or self.score.self_not_applicable

    @property
    def facts(self) -> list[tuple[str, str]]:
        """What the unit answered, input by input."""
        return [
            (box.label, box.words) for box in boxes(self.rule, self.score.self_answer, prefix="")
        ]

    @property
    def mine_words(self) -> str:
        """The answer that was sent, in short."""
        answer = self.form.answer if self.form else None
        return answer.words(self.rule) if answer else ""

    @property
    def mine_points(self) -> Fraction | None:
        """What the answer that was sent comes to."""
        answer = self.form.answer if self.form else None
        points = self.rule.points(answer, self.score.maximum) if answer else None
        return points if isinstance(points, Fraction) else None

    @cached_property
    def notes_side_by_side(self) -> tuple[list[Stretch], list[Stretch]]:
        """The note that was sent beside the one that is stored."""
        return side_by_side(self.note, self.score.self_note)

    @cached_property
    def claim(self) -> Claim:
        """What the unit says, as the rule of proof takes it."""
        return self.score.claim(self.pieces)

    @property
    def needs_evidence(self) -> bool:
        """Whether the unit has answered with nothing to show for it."""
        return self.claim.lacks_evidence

    @property
    def _counts_nothing(self) -> bool:
        points = self.self_answer and self.rule.points(self.self_answer, self.score.maximum)
        return isinstance(points, NotApplicable)

    def _read(self, kept: Mapping[str, Any] | None) -> Answer | None:
        return None if kept is None else parse_answer(self.rule, kept)
