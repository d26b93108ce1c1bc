"""Who goes on an inspection, and what is looked at."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max

from cchc_portal.kit.errors import MoveRefused
from commitments import inspection_access as access
from commitments.models import Inspection, InspectionPoint, TeamMember
from commitments.rules.inspection import Duty, InspectionVerb, PointOutcome, PointWords
from commitments.services.inspection_rows import (
    hold_before,
    hold_finding_out,
    moved_on,
    refuse_unless_seen,
    tell,
)
from units.access import belongs_to
from units.models import User

MEMBERS_AT_MOST = 30
POINTS_AT_MOST = 150


@dataclass(frozen=True)
class Checked:
    """The version of a point that was seen, what looking at it came to, a note."""

    seen: int
    outcome: str
    note: str


@transaction.atomic
def seat(
    inspection: Inspection,
    *,
    person: User | None,
    name: str,
    post: str,
    duty: str,
    by: User,
    reason: str = "",
) -> TeamMember:
    """One more of the team, by whoever runs the inspection; `person` where they have an account;
    `reason` after the decision. PermissionDenied; MoveRefused (somebody of the inspected unit,
    seated already, a second head or secretary, no reason)."""
    held = _hold_team(inspection, by=by, reason=reason)
    if held.team.count() >= MEMBERS_AT_MOST:
        raise MoveRefused(f"Đoàn kiểm tra không quá {MEMBERS_AT_MOST} người.")
    if person and belongs_to(person, held.inspected_id):
        raise MoveRefused("Người của đơn vị được kiểm tra không tham gia đoàn kiểm tra.")
    if person and held.team.filter(person=person).exists():
        raise MoveRefused(f"{person} đã có trong đoàn.")
    if duty in (Duty.HEAD, Duty.SECRETARY) and held.team.filter(duty=duty).exists():
        raise MoveRefused(f"Đoàn đã có {str(Duty(duty).label).lower()}.")
    member = held.team.create(
        person=person,
        name=name.strip() or str(person or ""),
        post=post.strip() or (person.post if person else ""),
        duty=duty,
    )
    moved_on(held)
    tell(held, InspectionVerb.SEAT, by=by, about=member, comment=reason)
    return member


@transaction.atomic
def unseat(member: TeamMember, *, by: User, reason: str = "") -> Inspection:
    """Somebody leaves the team, by whoever runs the inspection. PermissionDenied; MoveRefused once
    the minutes are drawn up, after the decision without a reason and for the head."""
    held = _hold_team(member.inspection, by=by, reason=reason)
    if held.decided_on and member.duty == Duty.HEAD:
        raise MoveRefused("Đã có quyết định kiểm tra: trưởng đoàn không bỏ khỏi đoàn được.")
    deleted, _ = held.team.filter(pk=member.pk).delete()
    if deleted:
        moved_on(held)
        tell(held, InspectionVerb.UNSEAT, by=by, about=member, comment=reason)
    return held


@transaction.atomic
def add_points(
    inspection: Inspection, *, points: Iterable[PointWords], by: User
) -> list[InspectionPoint]:
    """More lines at the end of the checklist; a component or words that stand in it already, or
    come twice, are left out. PermissionDenied, MoveRefused."""
    held = hold_before(inspection, by=by)
    there = set(held.checklist.values_list("criterion_key", "text"))
    taken = {key or text for key, text in there}
    new = list({one.criterion_key or one.text: one for one in reversed(list(points))}.values())
    new = [one for one in reversed(new) if (one.criterion_key or one.text) not in taken]
    if held.checklist.count() + len(new) > POINTS_AT_MOST:
        raise MoveRefused(f"Một cuộc kiểm tra không quá {POINTS_AT_MOST} nội dung.")
    last = held.checklist.aggregate(last=Max("position"))["last"] or 0
    made = held.checklist.bulk_create(
        InspectionPoint(
            inspection=held,
            position=position,
            text=words.text,
            criterion_key=words.criterion_key,
            criterion_code=words.criterion_code,
        )
        for position, words in enumerate(new, start=last + 1)
    )
    if made:
        moved_on(held)
        about = made[0] if len(made) == 1 else f"{len(made)} nội dung"
        tell(held, InspectionVerb.ADD_POINT, by=by, about=about)
    return made


@transaction.atomic
def check(inspection: Inspection, *, checked: Mapping[int, Checked], by: User) -> int:
    """What looking at the points came to, by their keys, all or none; how many were written.
    PermissionDenied, MoveRefused, ChangedMeanwhile."""
    held = hold_finding_out(inspection, by=by)
    points = {point.pk: point for point in held.checklist.filter(pk__in=checked)}
    if set(checked) - set(points):
        raise MoveRefused("Có nội dung vừa được người khác bỏ khỏi danh mục kiểm tra.")
    written = 0
    for pk, said in checked.items():
        point = points[pk]
        if (point.outcome, point.note) == (said.outcome, said.note):
            continue
        refuse_unless_seen(point, said.seen, "Có dòng vừa được người khác ghi; đề nghị xem lại.")
        point.outcome, point.note = said.outcome, said.note
        point.version += 1
        point.save(update_fields=["outcome", "note", "version"])
        word = str(PointOutcome(said.outcome).label) if said.outcome else "Chưa ghi"
        told = "; ".join(filter(None, (word, said.note)))
        tell(held, InspectionVerb.CHECK, by=by, about=point, comment=told)
        written += 1
    if written:
        moved_on(held)
    return written


@transaction.atomic
def drop_point(point: InspectionPoint, *, by: User) -> Inspection:
    """A line leaves the checklist. PermissionDenied; MoveRefused where something was found there or
    its result is written."""
    inspection = hold_before(point.inspection, by=by)
    held = _hold(inspection, point)
    if held.outcome or held.findings.exists():
        raise MoveRefused("Nội dung đã ghi kết quả hoặc có phát hiện nên không bỏ được.")
    held.delete()
    moved_on(inspection)
    tell(inspection, InspectionVerb.DROP_POINT, by=by, about=held)
    return inspection


def _hold_team(inspection: Inspection, *, by: User, reason: str) -> Inspection:
    held = hold_before(inspection, by=by, require=access.require_seating)
    if held.decided_on and not reason.strip():
        raise MoveRefused("Đã có quyết định kiểm tra: đề nghị ghi lý do thay đổi thành phần đoàn.")
    return held


def _hold(inspection: Inspection, point: InspectionPoint) -> InspectionPoint:
    held = inspection.checklist.filter(pk=point.pk).first()
    if held is None:
        raise MoveRefused("Nội dung này vừa được người khác bỏ khỏi danh mục kiểm tra.")
    return held
