"""One component of a dossier as the pages show it: what is stored, and what stands typed in it."""

from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

from django.http import QueryDict

from cchc_portal.kit.differences import Stretch, side_by_side
from scoring.forms.answers import Box, boxes
from scoring.forms.dossiers import SelfScoreForm
from scoring.models import Draft, Evidence
from scoring.rules.kinds import Hindrance
from scoring.rules.oddities import Before
from scoring.rules.proof import Claim
from scoring.views.stored_row import StoredRow


@dataclass
class Row(StoredRow):
    """One component of one dossier.

    `form`: what was sent and refused, or the reader's own `draft`; `drafts`: the others.
    `state` and `sentence` say how it stands ("saved", "refused", "changed", "locked", or empty).
    `remark`: why the assessor returned this row; `held_back`: it returned others and not this one.
    `before`: what it came to the time before. `counted`: how many of `evidence`, if not read.
    """

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

    @property
    def lower(self) -> bool:
        """Whether the unit now gives itself a smaller part of the maximum than was found before."""
        then = self.before.share if self.before else None
        return then is not None and self.share is not None and self.share < then

    @property
    def talked_about(self) -> bool:
        """Whether the assessor has written something about it that the unit is told."""
        return bool(self.remark) or (self.verdict_shown and bool(self.score.verified_reason))

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
