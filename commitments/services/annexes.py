"""Annexes: a paper of its own that adds to what was signed, alters it, or cancels a part."""

from dataclasses import asdict

from django.db import transaction
from django.utils import timezone

from cchc_portal.kit.errors import MoveRefused
from commitments.access import require_writing
from commitments.models import Commitment, CommitmentTask
from commitments.rules.terms import Heading
from commitments.rules.workflow import Change, CommitmentVerb
from commitments.services.commitments import hold_draft
from commitments.services.reporting import refuse_unless_reportable
from units.models import User


@transaction.atomic
def draft(commitment: Commitment, *, heading: Heading, by: User) -> Commitment:
    """Opens the next annex of a commitment in force, empty.

    Raises PermissionDenied or MoveRefused (not in force, or another annex is not signed yet).
    """
    held = Commitment.objects.hold(commitment.pk)
    require_writing(by, held)
    if held.amends_id:
        raise MoveRefused("Phụ lục điều chỉnh bản cam kết, không điều chỉnh phụ lục khác.")
    refuse_unless_reportable(held)
    refuse_while_another_is_open(held)
    annex = Commitment.objects.create(
        unit=held.unit,
        received_by=held.received_by,
        year=held.year,
        amends=held,
        number=held.annexes.count() + 1,
        made_up=held.made_up,
        **asdict(heading),
    )
    annex.events.create(verb=CommitmentVerb.DRAFT, target=annex.state, by=by)
    held.events.create(verb=CommitmentVerb.AMEND, about=annex.called, comment=heading.title, by=by)
    return annex


def refuse_while_another_is_open(commitment: Commitment) -> None:
    """MoveRefused while an annex is written or waits for a signature: one after the other."""
    if commitment.annexes.unsigned().exists():
        raise MoveRefused("Còn một phụ lục chưa ký xong; đề nghị ký xong phụ lục đó trước.")


@transaction.atomic
def touch(annex: Commitment, *, task: CommitmentTask, change: Change, by: User) -> CommitmentTask:
    """A row of the annex that alters the task, with its present words to begin with, or cancels it.

    Raises PermissionDenied or MoveRefused (signed, not a task in force of this commitment, or
    touched by this annex already).
    """
    held = hold_draft(annex, by=by)
    whole = held.amends_id
    found = CommitmentTask.objects.of_the_whole(whole).filter(pk=task.pk).first()
    if whole is None or found is None:
        raise MoveRefused("Chỉ điều chỉnh được nhiệm vụ đang có hiệu lực của bản cam kết này.")
    if held.tasks.filter(replaces=found).exists():
        raise MoveRefused("Phụ lục này đã có dòng điều chỉnh nhiệm vụ đó.")
    row = held.tasks.create(
        position=held.tasks.count() + 1,
        change=change,
        replaces=found,
        deadline=found.deadline,
        updated_at=timezone.now(),
        updated_by=by,
        **asdict(found.terms),
    )
    held.version += 1
    held.save(update_fields=["version"])
    held.events.create(verb=CommitmentVerb.ADD_TASK, about=str(row), comment=change.label, by=by)
    return row
