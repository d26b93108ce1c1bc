"""A draft begins with what is known already: last year's tasks, or a template for its kind."""

from dataclasses import replace

from django.db import transaction

from cchc_portal.kit.errors import MoveRefused
from commitments.models import Commitment, CommitmentTask
from commitments.rules.progress import Aim
from commitments.rules.templates import template_of
from commitments.rules.terms import TaskTerms
from commitments.rules.workflow import COUNTERSIGNED, UNFINISHED
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
