"""What every change to a period being prepared begins and ends with."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, transaction

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from scoring.models import Block, Period, PeriodEvent
from scoring.rules.workflow import PREPARATION
from units.access import require
from units.models import User
from units.permissions import Permission


def hold_in_preparation(period: int, *, by: User) -> Period:
    """The period, held, if the person organises it and it is still being prepared.

    Raises PermissionDenied, or MoveRefused once it has been opened.
    """
    held = Period.objects.hold(period)
    require(by, Permission.RUN_PERIOD, at=held.assessor_id)
    if held.state not in PREPARATION:
        raise MoveRefused(
            "Kỳ đánh giá đã mở nên khối, đơn vị, tiêu chí và các mốc thời gian không sửa được nữa."
        )
    return held


def hold_block_in_preparation(block: Block, *, by: User) -> tuple[Period, Block]:
    """The block, read again once its period is held as above; ChangedMeanwhile if it is gone."""
    period = hold_in_preparation(block.period_id, by=by)
    kept = Block.objects.select_related("period__assessor").filter(pk=block.pk).first()
    if kept is None:
        raise ChangedMeanwhile("Khối này vừa được người khác bỏ.")
    return period, kept


def must_be_unchanged(seen: int, version: int) -> None:
    """ChangedMeanwhile if the row is no longer the version that was on the screen."""
    if seen != version:
        raise ChangedMeanwhile


def note(period: Period, what: str, comment: str, *, by: User) -> None:
    """A line in the period's logbook, in words, of what moves it nowhere."""
    PeriodEvent.objects.create(
        period=period,
        verb=what,
        source=period.state,
        target=period.state,
        comment=comment,
        by=by,
    )


@contextmanager
def refusing(constraint: str, sentence: str) -> Iterator[None]:
    """Turns the database's refusal by this constraint into a sentence for the user."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as refusal:
        if refusal.__cause__.diag.constraint_name != constraint:
            raise
        raise MoveRefused(sentence) from refusal
