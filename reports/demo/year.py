"""One made-up year of an assessor, from its draft to the day it stands on, by the services."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time
from fractions import Fraction
from random import Random

import time_machine
from django.utils import timezone

from reports.demo.answers import Component, answers_for, best, components_of
from reports.demo.evidence import attach_some
from reports.models import Edition
from reports.services import editions
from reports.services.frozen import Decision
from reports.services.previews import preview_of
from scoring.models import Block, CriteriaSet, Dossier, Period, Score, UsualReason
from scoring.rules.answers import Answer
from scoring.rules.kinds import Source
from scoring.services import blocks, criteria, dossiers, explanations, periods, scores
from scoring.services.replies import replies_of
from units.models import Unit, User

REASON = "Thẩm định theo tài liệu kiểm chứng: số liệu thấp hơn đơn vị tự chấm."
MADE_UP = "Số liệu minh họa."
SURVEY_REASON = "Kết quả đo lường sự hài lòng của kỳ đánh giá (dữ liệu minh họa)."
PARTNERS_REASON = "Kết quả khảo sát các đơn vị phối hợp của kỳ đánh giá (dữ liệu minh họa)."
DOES_ARISE = "Nội dung này có phát sinh tại đơn vị trong kỳ (dữ liệu minh họa)."
DOES_NOT_ARISE = "Trong kỳ đơn vị không phát sinh nội dung này, đề nghị không áp dụng."
DIFFICULTIES = "Cán bộ làm công tác cải cách hành chính còn kiêm nhiệm, thay đổi trong kỳ."
PROPOSALS = "Đề nghị Phòng Tham mưu mở lớp tập huấn trước kỳ tự đánh giá."
NOTES = (
    "Theo sổ theo dõi văn bản của đơn vị.",
    "Số liệu chốt đến ngày cuối kỳ số liệu.",
    "Đã đối chiếu với báo cáo định kỳ gửi Phòng Tham mưu.",
    "Chưa có văn bản riêng; kết quả thể hiện trong báo cáo tháng của đơn vị.",
)
"""Every component bears one: where no paper is attached, words have to explain it."""


@contextmanager
def on(day: date, hour: int = 9) -> Iterator[None]:
    """As if it were that day, so that dates, deadlines and logs are those of the story."""
    moment = timezone.make_aware(datetime.combine(day, time(hour)))
    with time_machine.travel(moment, tick=True):
        yield


def send_reply(dossier: Dossier, *, by: User, agree_rest: bool = False) -> None:
    """The head sends what the unit says to the verdicts, as they stand."""
    seen = explanations.stamp_of(replies_of(dossier, now=timezone.now()))
    explanations.send(dossier, by=by, seen=seen, agree_rest=agree_rest)


@dataclass
class DemoYear:
    """Who does what in this year, and the random numbers that make it up."""

    period: Period
    organiser: User
    verifier: User
    editors: dict[int, User]
    heads: dict[int, User]
    random: Random
    components: dict[int, list[Component]] = field(default_factory=dict)
    specialists: dict[int, tuple[Unit, User]] = field(default_factory=dict)
    """By criterion: the unit that owns it, and who verifies there."""
    drawn: set[int] = field(default_factory=set)
    """Components that take reported figures: `reports/demo/drawn.py` fills them."""

    def add_block(
        self, name: str, set_code: str, kinds: list[str], handles: bool | None = None
    ) -> Block:
        """A block with its copy of a catalogue set and all fitting units."""
        block = blocks.add(
            self.period, by=self.organiser, name=name, kinds=kinds, handles_procedures=handles
        )
        catalogue = CriteriaSet.objects.newest().get(code=set_code)
        criteria.copy_into(block, catalogue, by=self.organiser)
        blocks.choose_by_kind(block, by=self.organiser)
        self.components[block.pk] = components_of(block)
        return block

    def open(self) -> None:
        """Opens the period: every unit has its dossier."""
        self.period = periods.open(self.period, by=self.organiser)

    def plan(self, dossier: Dossier, target: Fraction) -> dict[int, Answer]:
        """What the unit's figures really are: they come to the target, or a little above."""
        return answers_for(self.components[dossier.block_id], target, self.random)

    def fill(self, dossier: Dossier, truth: dict[int, Answer], *, share: int = 100) -> None:
        """The editor types: mostly the truth, here and there better than it; `share` percent."""
        rules = {one.pk: one.rule for one in self.components[dossier.block_id]}
        rows = Score.objects.filter(dossier=dossier, criterion__source=Source.SELF)
        for row in rows.exclude(criterion__in=self.drawn).order_by("criterion__position"):
            if self.random.randrange(100) >= share:
                continue
            answer = truth[row.criterion_id]
            if self.random.randrange(100) < 4:
                answer = best(rules[row.criterion_id], self.random)
            scores.save_self(
                row,
                by=self.editors[dossier.unit_id],
                answer=answer,
                note=self.random.choice(NOTES),
                not_applicable=False,
                seen_version=row.version,
            )

    def set_aside(self, dossier: Dossier) -> None:
        """The editor proposes that the first component which may be left out does not apply."""
        rows = Score.objects.filter(dossier=dossier, criterion__source=Source.SELF)
        row = rows.filter(criterion__not_applicable_allowed=True).earliest("criterion__position")
        scores.save_self(
            row,
            by=self.editors[dossier.unit_id],
            answer=None,
            note=DOES_NOT_ARISE,
            not_applicable=True,
            seen_version=row.version,
        )

    def say(self, dossier: Dossier) -> None:
        """The editor writes what was difficult, and what the unit proposes."""
        dossiers.save_words(
            dossier,
            by=self.editors[dossier.unit_id],
            difficulties=DIFFICULTIES,
            proposals=PROPOSALS,
            seen_version=dossier.version,
        )

    def prove(self, dossier: Dossier) -> None:
        """The editor attaches papers of the unit to about half of the components."""
        attach_some(
            dossier,
            by=self.editors[dossier.unit_id],
            issued_on=self.period.data_until,
            random=self.random,
        )

    def submit(self, dossier: Dossier) -> None:
        """The head hands it in."""
        head = self.heads[dossier.unit_id]
        dossiers.submit(dossier, by=head, seen=dossier.scores.stamp())

    def judge(self, dossier: Dossier, truth: dict[int, Answer], *, share: int = 100) -> None:
        """The verifiers go through it: accept what is true, write the truth where it is not."""
        rows = Score.objects.filter(dossier=dossier).select_related("criterion", "dossier")
        for row in rows.order_by("criterion__position"):
            if self.random.randrange(100) >= share:
                continue
            if row.verified_answer is not None:
                continue
            answer = truth[row.criterion_id]
            if row.self_not_applicable and self.random.randrange(2):
                verdict = {"answer": answer, "reason": DOES_ARISE}
            elif row.self_not_applicable or row.self_answer == answer.as_json():
                verdict = {"accept": True}
            else:
                verdict = {"answer": answer, **self._ground(row)}
            by = self._verifier_of(row, dossier)
            scores.save_verified(row, by=by, seen_version=row.version, **verdict)

    def _verifier_of(self, row: Score, dossier: Dossier) -> User:
        owner, specialist = self.specialists.get(row.criterion.parent_id, (None, self.verifier))
        return self.verifier if owner and owner.pk == dossier.unit_id else specialist

    def _ground(self, row: Score) -> dict[str, object]:
        """Why it differs: a usual reason for this kind of rule, if there is one, and more."""
        if row.criterion.rule.get("of_partners"):
            return {"reason": PARTNERS_REASON}
        fitting = [one for one in UsualReason.objects.offered_for(row) if one.kind]
        usual = fitting[row.criterion.position % len(fitting)] if fitting else None
        if row.self_answer is None:
            return {"usual": usual, "reason": f"{usual} {MADE_UP}" if usual else SURVEY_REASON}
        return {"usual": usual, "reason": f"{usual} {REASON}" if usual else REASON}

    def verify(self, dossier: Dossier) -> None:
        """The verifier has done with it."""
        dossiers.verify(dossier, by=self.verifier)

    def whole(self, dossier: Dossier, truth: dict[int, Answer]) -> None:
        """A dossier from the first word to the last."""
        self.fill(dossier, truth)
        self.prove(dossier)
        self.submit(dossier)
        self.judge(dossier, truth)
        self.verify(dossier)

    def publish(self, *, by: User, decision: Decision) -> Edition:
        """The head reads everything, ticks every remark and publishes."""
        looked = preview_of(self.period, by=by).all_seen
        return editions.publish(self.period, by=by, decision=decision, looked=looked)
