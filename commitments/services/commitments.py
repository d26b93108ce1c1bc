"""A commitment from its first line to its end: draft, revise, sign, countersign, decline, close."""

from collections.abc import Mapping
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from cchc_portal.kit.workflow import Move
from commitments.access import require_move, require_writing
from commitments.models import Commitment, CommitmentTask
from commitments.models.superiors import spell_on
from commitments.rules.progress import Standing, proposed_finding, rate
from commitments.rules.terms import LAYOUT, Heading, heading_differences
from commitments.rules.workflow import (
    COMMITMENT,
    COUNTERSIGNED,
    EDITABLE,
    REPORTABLE,
    CommitmentVerb,
    Finding,
)
from commitments.services import seal
from commitments.services.effect import take_effect
from units.access import require
from units.models import Unit, User
from units.permissions import Permission

OF_THE_SIGNATURE = (
    "unit_name",
    "received_by_name",
    "signer",
    "signer_post",
    "signed_at",
    "signed_by",
    "digest",
)
"""Columns that the signing of the unit writes, and that fall when it is returned."""


@transaction.atomic
def draft(
    unit: Unit,
    *,
    year: int,
    heading: Heading,
    by: User,
    made_up: bool = False,
) -> Commitment:
    """A unit opens its commitment of a year, towards the unit above it on the day of signing.

    Where no day is given the unit above it today receives it. Raises PermissionDenied, or
    MoveRefused where there is one already, the unit did not exist on the day, or none is above it.
    """
    held = Unit.objects.select_for_update(no_key=True).get(pk=unit.pk)
    require(by, Permission.DRAFT_COMMITMENT, at=held)
    if held.commitments.whole().filter(year=year).exists():
        raise MoveRefused(f"Đơn vị đã có bản cam kết năm {year}.")
    commitment = Commitment.objects.create(
        unit=held,
        received_by=_above(held, heading.agreed_on or timezone.localdate()),
        year=year,
        title=heading.title,
        place=heading.place,
        agreed_on=heading.agreed_on,
        made_up=made_up,
    )
    commitment.events.create(verb=CommitmentVerb.DRAFT, target=commitment.state, by=by)
    return commitment


@transaction.atomic
def revise(commitment: Commitment, *, seen: int, heading: Heading, by: User) -> Commitment:
    """The heading of a draft is rewritten by whoever saw version `seen` of the heading.

    The log says what each part was and became; the same again leaves no line. Raises
    PermissionDenied, MoveRefused (signed) or ChangedMeanwhile (somebody rewrote it since).
    """
    held = hold_draft(commitment, by=by)
    if held.heading_version != seen:
        raise ChangedMeanwhile("Thông tin chung vừa được người khác ghi; đề nghị xem lại.")
    changes = heading_differences(held.heading, heading)
    if not changes:
        return held
    held.title, held.place, held.agreed_on = heading.title, heading.place, heading.agreed_on
    held.version += 1
    held.heading_version += 1
    held.save(update_fields=["title", "place", "agreed_on", "version", "heading_version"])
    held.events.create(verb=CommitmentVerb.REVISE, comment="; ".join(map(str, changes)), by=by)
    return held


@transaction.atomic
def sign(commitment: Commitment, *, seen: int, by: User) -> Commitment:
    """The head of the unit signs exactly the version that was on the screen.

    Names, rank and post of the day are written down and the whole is sealed by a digest. Raises
    PermissionDenied, MoveRefused (signed already, or no task in it) or ChangedMeanwhile.
    """
    held = Commitment.objects.hold(commitment.pk)
    move = _ask(held, CommitmentVerb.SIGN, by=by)
    if held.version != seen:
        raise ChangedMeanwhile("Bản cam kết vừa được người khác sửa; đề nghị đọc lại trước khi ký.")
    if not held.tasks.exists():
        raise MoveRefused("Bản cam kết chưa có nhiệm vụ nào nên chưa ký được.")
    day = held.agreed_on or timezone.localdate()
    held.unit_name = _name_on(held.unit, day)
    held.received_by_name = _name_on(held.received_by, day)
    held.signer, held.signer_post = str(by), by.post
    held.signed_at, held.signed_by = timezone.now(), by
    held.layout = LAYOUT
    held.digest = seal.digest_of(held)
    return _move(held, move, *OF_THE_SIGNATURE, "layout", by=by)


@transaction.atomic
def countersign(commitment: Commitment, *, seen: str, by: User) -> Commitment:
    """The head of the receiving unit signs what bears the digest `seen`, and it is in force.

    Raises PermissionDenied (not that head, or the one who signed for the unit), MoveRefused (not
    waiting for it, or the content is no longer what was signed) or ChangedMeanwhile (returned and
    signed anew with other words since the page was read).
    """
    _hold_whole(commitment)
    held = Commitment.objects.hold(commitment.pk)
    move = _ask(held, CommitmentVerb.COUNTERSIGN, by=by)
    if held.signed_by_id == by.pk:
        raise PermissionDenied("Một người không thể ký cho cả hai bên của bản cam kết.")
    if held.digest != seen:
        raise ChangedMeanwhile("Bản cam kết vừa được sửa và ký lại; đề nghị đọc lại trước khi ký.")
    if not seal.holds(held):
        raise MoveRefused("Nội dung không còn đúng như khi đơn vị ký, không thể ký nhận.")
    held.countersigner, held.countersigner_post = str(by), by.post
    held.countersigned_at, held.countersigned_by = timezone.now(), by
    signature = ("countersigner", "countersigner_post", "countersigned_at", "countersigned_by")
    if held.amends_id:
        take_effect(held)
    return _move(held, move, *signature, by=by)


@transaction.atomic
def decline(commitment: Commitment, *, comment: str, by: User) -> Commitment:
    """The head of the receiving unit returns it; the signature falls, the log keeps it.

    Raises PermissionDenied or MoveRefused (not waiting for the receiver, or no reason).
    """
    held = Commitment.objects.hold(commitment.pk)
    move = _ask(held, CommitmentVerb.DECLINE, by=by, comment=comment)
    held.unit_name = held.received_by_name = held.digest = held.signer = held.signer_post = ""
    held.signed_at = held.signed_by = None
    return _move(held, move, *OF_THE_SIGNATURE, by=by, comment=comment)


@transaction.atomic
def close(
    commitment: Commitment,
    *,
    by: User,
    comment: str = "",
    findings: Mapping[int, Finding] | None = None,
) -> Commitment:
    """The head of the receiving unit ends the year and says of every task what came of it.

    findings: by key of the task; where one is missing it follows from the last report. Raises
    PermissionDenied or MoveRefused (not in force, an annex half signed, or a task of which nobody
    has said anything).
    """
    held = Commitment.objects.hold(commitment.pk)
    move = _ask(held, CommitmentVerb.CLOSE, by=by)
    if held.amends_id:
        raise MoveRefused("Phụ lục kết thúc cùng bản cam kết mà nó điều chỉnh.")
    if held.annexes.exclude(state__in=COUNTERSIGNED).exists():
        raise MoveRefused("Còn phụ lục đang soạn hoặc chờ ký nên chưa kết thúc được.")
    tasks = list(CommitmentTask.objects.of_the_whole(held.pk))
    said = findings or {}
    for task in tasks:
        task.finding = said.get(task.pk) or proposed_finding(task.outcome, task.verdict) or ""
    silent = sum(not task.finding for task in tasks)
    if silent:
        raise MoveRefused(
            f"Còn {silent} nhiệm vụ chưa báo cáo kết quả, đề nghị đánh giá từng nhiệm vụ đó."
        )
    CommitmentTask.objects.bulk_update(tasks, ["finding"])
    held.closed_at, held.closed_by = timezone.now(), by
    achieved = rate(Standing(task.finding) for task in tasks)
    told = f"Hoàn thành {achieved.done}/{achieved.all} nhiệm vụ. {comment}"
    return _move(held, move, "closed_at", "closed_by", by=by, comment=told)


def hold_draft(commitment: Commitment, *, by: User) -> Commitment:
    """The row, locked, of a draft that this person may write in; for this module and its tasks.

    Raises PermissionDenied or MoveRefused.
    """
    held = Commitment.objects.hold(commitment.pk)
    require_writing(by, held)
    refuse_unless_editable(held)
    return held


def refuse_unless_editable(commitment: Commitment) -> None:
    """MoveRefused where the words are signed."""
    if commitment.state not in EDITABLE:
        raise MoveRefused("Bản cam kết đã ký, nội dung không sửa được nữa.")


def _hold_whole(commitment: Commitment) -> None:
    """The commitment that an annex changes is held before the annex, and must be in force."""
    if commitment.amends_id:
        whole = Commitment.objects.hold(commitment.amends_id)
        if whole.state not in REPORTABLE:
            raise MoveRefused("Bản cam kết đã kết thúc, phụ lục không còn ký được.")


def _ask(held: Commitment, verb: CommitmentVerb, *, by: User, comment: str = "") -> Move:
    """Who first, then when: the order in which a person wants to know."""
    require_move(by, held, COMMITMENT.move(verb))
    return COMMITMENT.check(verb, held.state, comment)


def _move(held: Commitment, move: Move, *columns: str, by: User, comment: str = "") -> Commitment:
    source, held.state = held.state, move.target
    held.version += 1
    held.save(update_fields=["state", "version", *columns])
    held.events.create(
        verb=move.verb, source=source, target=move.target, comment=comment.strip(), by=by
    )
    return held


def _above(unit: Unit, day: date) -> Unit:
    spell = spell_on(unit, day)
    if spell is None:
        raise MoveRefused(f"Đơn vị không tồn tại vào ngày {day:%d/%m/%Y}.")
    if spell.parent is None:
        raise MoveRefused("Đơn vị không có cấp trên trực tiếp để nhận cam kết.")
    return spell.parent


def _name_on(unit: Unit, day: date) -> str:
    """The unit's name on the day, or its present one where the day lies outside its life."""
    then = Unit.objects.as_on(day).values_list("name_then", flat=True).get(pk=unit.pk)
    return then or unit.name
