"""A draft begins with what is known already: last year's tasks, a template for its kind, or the
unit's own plan of the year."""

from collections.abc import Collection
from dataclasses import replace

from django.db import transaction

from cchc_portal.kit.errors import MoveRefused
from commitments.models import Commitment, CommitmentTask, Plan, PlannedTask
from commitments.rules.plan import PlannedTerms, PlanState
from commitments.rules.progress import Aim
from commitments.rules.templates import template_of
from commitments.rules.terms import TaskTerms
from commitments.rules.workflow import COUNTERSIGNED, UNFINISHED, CommitmentVerb
from commitments.services import tasks
from commitments.services.commitments import hold_draft
from units.models import User


@transaction.atomic
def from_last_year(commitment: Commitment, *, by: User) -> int:
    """The tasks of the year before join the draft, dates left open; how many there were.

    What was not finished is marked as carried over and begins where it stopped. Raises
    PermissionDenied, MoveRefused (signed, an annex, nothing there, or copied already).
    """
    held = _hold_whole(commitment, by)
    earlier = Commitment.objects.whole().filter(
        unit=held.unit_id, year=held.year - 1, state__in=COUNTERSIGNED
    )
    before = earlier.first()
    if before is None:
        raise MoveRefused(f"Đơn vị không có bản cam kết năm {held.year - 1} đã được ký nhận.")
    _refuse_twice(held)
    found = list(CommitmentTask.objects.of_the_whole(before.pk).select_related("commitment"))
    for task in found:
        unfinished = task.finding in UNFINISHED
        tasks.add(
            held,
            terms=_anew(task) if unfinished else _anew(task, reached=False),
            by=by,
            carried_from=task if unfinished else None,
        )
    return len(found)


@transaction.atomic
def from_template(commitment: Commitment, *, by: User) -> int:
    """The usual tasks of units of its kind join the draft, to be mended; how many there were.

    Raises PermissionDenied, MoveRefused (signed, an annex, or the draft has tasks already).
    """
    held = _hold_whole(commitment, by)
    _refuse_twice(held)
    usual = template_of(held.unit.kind)
    for terms in usual:
        tasks.add(held, terms=terms, by=by)
    return len(usual)


@transaction.atomic
def from_plan(commitment: Commitment, *, chosen: Collection[int], by: User) -> int:
    """Tasks of the unit's issued plan join the draft, to be given a figure; how many there were.

    chosen: keys of tasks of the plan. What the commitment has already is passed over. Raises
    PermissionDenied or MoveRefused (signed, nothing chosen, or not in an issued plan any more).
    """
    of_the_year = Plan.objects.filter(unit=commitment.unit_id, year=commitment.year)
    list(of_the_year.select_for_update(no_key=True))
    held = hold_draft(commitment, by=by)
    issued = PlannedTask.objects.filter(
        plan__in=of_the_year.filter(state=PlanState.ISSUED), pk__in=chosen
    )
    if not chosen or issued.count() != len(set(chosen)):
        raise MoveRefused("Đề nghị chọn nhiệm vụ của kế hoạch đã ban hành.")
    own = list(PlannedTask.objects.to_commit(held).filter(pk__in=chosen))
    for task in own:
        tasks.add(held, terms=_promised(task.terms), by=by, taken_from_plan=task)
    if own:
        told = "; ".join(task.title for task in own)
        held.events.create(verb=CommitmentVerb.TAKE_TASKS, comment=told, by=by)
    return len(own)


def _promised(terms: PlannedTerms) -> TaskTerms:
    """A row of the plan as a promise, its figure still to be set."""
    return TaskTerms(
        area=terms.area,
        title=terms.title,
        product=terms.product,
        due_on=terms.due_on,
        due_text=terms.due_text,
        lead=terms.lead,
        partners=terms.partners,
    )


def _hold_whole(commitment: Commitment, by: User) -> Commitment:
    held = hold_draft(commitment, by=by)
    if held.amends_id:
        raise MoveRefused("Phụ lục chỉ ghi những gì thay đổi, không chép từ mẫu.")
    return held


def _refuse_twice(held: Commitment) -> None:
    if held.tasks.exists():
        raise MoveRefused("Bản cam kết đã có nhiệm vụ; chỉ chép được vào bản còn trống.")


def _anew(task: CommitmentTask, *, reached: bool = True) -> TaskTerms:
    """The same promise for another year: no day of the old one, and the way that is left."""
    terms = replace(task.terms, due_from=None, due_on=None)
    if reached and task.reached is not None and terms.aim == Aim.REACH and terms.target is not None:
        terms = replace(terms, baseline=task.reached)
    return replace(terms, due_text=terms.due_text or "trong năm")
