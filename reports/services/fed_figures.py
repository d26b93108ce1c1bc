"""The rate of a unit's commitment becomes the figure of a component that is fed by it.

The one place where scoring and commitments meet in a score: neither knows the other
(docs/decisions/0062-commitments-feed-a-component.md).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from cchc_portal.kit.errors import MoveRefused
from commitments.models import Commitment
from commitments.rules.progress import Rate
from commitments.rules.workflow import COUNTERSIGNED, CommitmentState
from reports.rules.loop import retold, source_of
from scoring.models import Block, Criterion, Score
from scoring.rules.answers import parse_rule
from scoring.rules.answers.ratio import RatioAnswer
from scoring.rules.kinds import LONGEST_NOTE
from scoring.services import figures, scores
from units.models import User

NO_FIGURE = (
    "Đơn vị không có bản cam kết nào được ký nhận của năm này, hoặc bản đó chưa có nhiệm vụ."
)
NOT_FED = "Tiêu chí này không lấy số liệu từ kết quả thực hiện cam kết."


@dataclass(frozen=True)
class Achieved:
    """What a unit's commitment of a year came to. Until it is closed the figure may still move."""

    commitment: int
    year: int
    rate: Rate
    closed: bool

    @property
    def answer(self) -> RatioAnswer:
        """The same as the two numbers of a ratio, exact."""
        return RatioAnswer(Decimal(self.rate.done), Decimal(self.rate.all))

    @property
    def words(self) -> str:
        """Where the figure comes from, as it is written beside it."""
        return source_of(self.rate, self.year)


def achieved_by(units: Collection[int], year: int) -> Mapping[int, Achieved]:
    """By key of the unit; those alone whose commitment both have signed and holds a task. One
    query, however many units."""
    found = Commitment.objects.whole().filter(unit__in=units, year=year, state__in=COUNTERSIGNED)
    return {
        one.unit_id: Achieved(
            one.pk,
            year,
            Rate(one.tasks_done, one.tasks_in_all),
            one.state == CommitmentState.CLOSED,
        )
        for one in found.with_progress(timezone.localdate())
        if one.tasks_in_all
    }


def figure_of(score: Score) -> Achieved | None:
    """What is offered to the component; None where it has no commitment to take it from. The score
    needs dossier and period. Raises MoveRefused where the component is not fed by commitments."""
    _refuse_unless_fed(score.criterion)
    dossier = score.dossier
    return achieved_by([dossier.unit_id], dossier.period.year).get(dossier.unit_id)


@transaction.atomic
def take(score: Score, *, by: User, seen_version: int, note: str) -> Score:
    """The unit takes the figure into its self-assessment; the note says where it comes from.

    Raises PermissionDenied, MoveRefused, ChangedMeanwhile.
    """
    achieved = figure_of(score)
    if achieved is None:
        raise MoveRefused(NO_FIGURE)
    told = retold(note, achieved.words)
    if len(told) > LONGEST_NOTE:
        raise MoveRefused(f"Ghi chú dài quá {LONGEST_NOTE} ký tự, đề nghị rút gọn.")
    return scores.save_self(
        score,
        by=by,
        answer=achieved.answer,
        note=told,
        not_applicable=False,
        seen_version=seen_version,
    )


@transaction.atomic
def fill(block: Block, component: Criterion, *, chosen: Mapping[int, int], by: User) -> int:
    """The organiser takes the figures of the chosen rows, all or none; how many were written.

    chosen: key of the score to the version that was on the screen; block with its period, component
    of its set. Raises PermissionDenied, MoveRefused, ChangedMeanwhile.
    """
    _refuse_unless_fed(component)
    units = Score.objects.filter(pk__in=chosen).values_list("dossier__unit", flat=True)
    offered = achieved_by(list(units), block.period.year)
    return figures.take_offered(
        block, component, chosen=chosen, offered=offered, without=NO_FIGURE, by=by
    )


def is_fed(component: Criterion) -> bool:
    """Whether the component takes its figure from commitments."""
    return bool(component.rule) and getattr(parse_rule(component.rule), "of_commitments", False)


def _refuse_unless_fed(component: Criterion) -> None:
    if not is_fed(component):
        raise MoveRefused(NOT_FED)
