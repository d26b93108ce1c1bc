"""Where a unit lost points, and how a lost point becomes a task of its next commitment."""

from dataclasses import dataclass
from fractions import Fraction

from django.db import transaction

from cchc_portal.kit.errors import MoveRefused
from commitments.models import CommitmentTask
from commitments.services import next_draft, tasks
from reports.models import EditionResult, LostPoint, ResultDetail
from reports.rules.loop import origin_of, terms_of
from reports.rules.losses import losses
from reports.rules.sealed_detail import area_of, nodes_of
from scoring.models import Dossier
from scoring.rules.kinds import Side
from scoring.rules.outlook import by_loss
from scoring.services.accounts import entries
from units.models import User


@dataclass(frozen=True)
class Loss:
    """One component that cost points, with its area; `lost` is exact and above nought."""

    code: str
    title: str
    area_title: str
    lost: Fraction
    reason: str


@dataclass(frozen=True)
class Losses:
    """All of a dossier, most first. `result` is the published line they are read from, None before
    publication."""

    result: EditionResult | None
    lines: list[Loss]

    @property
    def where(self) -> str:
        """What they were read from, in words."""
        if self.result is None:
            return "chưa công bố"
        return f"công bố số {self.result.edition.decision_number}"

    @property
    def lost(self) -> Fraction:
        """All that was lost, exact."""
        return sum((one.lost for one in self.lines), Fraction(0))


def losses_of(dossier: Dossier, side: Side) -> Losses:
    """Out of the frozen line of the last edition of its period; before publication, or where the
    unit was not ranked, as `side` has it. Two queries at most."""
    told = ResultDetail.objects.for_page().filter(
        result__unit=dossier.unit_id,
        result__edition__period=dossier.period_id,
        result__edition__corrected_by=None,
    )
    detail = told.first()
    if detail is None:
        return Losses(None, _as_it_stands(dossier, side))
    return Losses(detail.result, _published(detail))


@transaction.atomic
def become_task(dossier: Dossier, code: str, side: Side, *, by: User) -> CommitmentTask:
    """The point lost at the component becomes a task in the unit's draft of the year after.

    The draft is opened where there is none. Raises PermissionDenied (writes no commitment for the
    unit), or MoveRefused (nothing lost there, a task already, or that year is signed).
    """
    period = dossier.period
    draft = next_draft.of_year(dossier.unit, period.year + 1, by=by, made_up=period.made_up)
    found = losses_of(dossier, side)
    loss = next((one for one in found.lines if one.code == code), None)
    if loss is None:
        raise MoveRefused("Tiêu chí này không mất điểm.")
    made = LostPoint.objects.of_the_dossier(dossier).filter(code=code).first()
    if made is not None:
        raise MoveRefused(f"Điểm mất này đã thành nhiệm vụ của {made.task.commitment.called}.")
    task = tasks.add(
        draft,
        terms=terms_of(code, loss.title, loss.area_title),
        by=by,
        origin=origin_of(code, loss.lost, found.where),
    )
    LostPoint.objects.create(
        task=task, dossier=dossier, result=found.result, code=code, lost=loss.lost
    )
    return task


def _published(detail: ResultDetail) -> list[Loss]:
    line = detail.result
    nodes = nodes_of(line.block_position, line.edition.criteria)
    return [
        Loss(one.code, one.title, nodes[area_of(one.code, nodes)]["title"], one.lost, one.reason)
        for one in losses(detail.document["components"], nodes)
    ]


def _as_it_stands(dossier: Dossier, side: Side) -> list[Loss]:
    return [
        Loss(one.code, one.title, one.area_title, one.mark.lost, one.reason)
        for one in by_loss(entries(dossier, side))
        if one.mark.lost
    ]
