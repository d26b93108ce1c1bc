"""Which draft a new task goes into: that of the year, opened where there is none yet."""

from django.db import transaction

from cchc_portal.kit.errors import MoveRefused
from commitments.models import Commitment
from commitments.rules.terms import Heading, usual_title
from commitments.rules.workflow import EDITABLE, CommitmentState
from commitments.services import commitments
from units.access import require
from units.models import Unit, User
from units.permissions import Permission

SIGNED = "Bản cam kết năm {} đã ký. Đề nghị lập phụ lục trước, rồi thêm nhiệm vụ vào đó."
ENDED = "Bản cam kết năm {} đã kết thúc nên không thêm được nhiệm vụ."


@transaction.atomic
def of_year(unit: Unit, year: int, *, by: User, made_up: bool = False) -> Commitment:
    """The unit's draft of the year, or the annex being written to what is signed; opened where
    there is no commitment of the year.

    Two who ask at once get the same draft. Raises PermissionDenied, or MoveRefused where the year
    is signed and no annex is being written.
    """
    held = Unit.objects.select_for_update(no_key=True).get(pk=unit.pk)
    require(by, Permission.DRAFT_COMMITMENT, at=held)
    found = writable(held, year)
    if found is not None:
        return found
    signed = held.commitments.whole().filter(year=year).first()
    if signed is not None:
        closed = signed.state == CommitmentState.CLOSED
        raise MoveRefused(ENDED.format(year) if closed else SIGNED.format(year))
    return commitments.draft(
        held, year=year, heading=Heading(usual_title(year)), by=by, made_up=made_up
    )


def first_open_year(unit: Unit, since: int) -> int:
    """The first year from this one on whose commitment can still be written. Two queries."""
    states = dict.fromkeys(
        unit.commitments.filter(year__gte=since).values_list("year", flat=True), False
    )
    open_ones = unit.commitments.filter(year__gte=since, state__in=EDITABLE)
    states.update(dict.fromkeys(open_ones.values_list("year", flat=True), True))
    year = since
    while not states.get(year, True):
        year += 1
    return year


def writable(unit: Unit, year: int) -> Commitment | None:
    """What can be written of the year: the draft itself, or the open annex; None where neither."""
    return unit.commitments.filter(year=year, state__in=EDITABLE).order_by("number").first()
