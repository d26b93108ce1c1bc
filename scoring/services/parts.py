"""The head shares a dossier out among the officers of the unit."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from scoring.access import why_pen_is_closed
from scoring.models import Criterion, Dossier, DossierEvent, DossierPart
from scoring.rules.workflow import SHARE
from units.access import require
from units.models import User
from units.permissions import Permission, roles_granting


class Share(NamedTuple):
    """Who has an area (nobody: None), and until which day, if one is set."""

    officer: int | None
    due_on: date | None = None


NOBODY = Share(None)


def officers_of(dossier: Dossier):
    """Those who may fill in the dossier today, by name (one query)."""
    return (
        User.objects.filter(
            is_active=True,
            memberships__unit=dossier.unit_id,
            memberships__role__in=roles_granting(Permission.FILL_DOSSIER),
            memberships__in_force__contains=timezone.localdate(),
        )
        .distinct()
        .order_by("full_name", "pk")
    )


def last_share(dossier: Dossier) -> int:
    """Key of the last sharing out, 0 where there was none: what a form is written on."""
    events = dossier.events.filter(verb=SHARE).order_by("-pk")
    return events.values_list("pk", flat=True).first() or 0


@transaction.atomic
def share_out(dossier: Dossier, shares: Mapping[int, Share], *, by: User, seen: int) -> Dossier:
    """Gives areas (by key) to officers of the unit; areas that are not named stay as they are.

    `seen` is the `last_share` the head looked at. What stands already is not written again.
    Raises PermissionDenied, ChangedMeanwhile, or MoveRefused (the dossier is not in the unit's
    hands; an area or an officer that is not of it; a day that has passed or lies after the last).
    """
    held = Dossier.objects.hold(dossier.pk)
    require(by, Permission.SUBMIT_DOSSIER, at=held.unit_id)
    today = timezone.localdate()
    if refusal := why_pen_is_closed(held, today=today):
        raise MoveRefused(refusal)
    there = {part.area_id: Share(part.officer_id, part.due_on) for part in held.parts.all()}
    changed = {area: share for area, share in shares.items() if there.get(area, NOBODY) != share}
    if not changed:
        return held
    if last_share(held) != seen:
        raise ChangedMeanwhile("Việc phân công vừa được đồng chí khác sửa. Đề nghị xem lại.")
    areas = {
        area.pk: area
        for area in Criterion.objects.areas().filter(criteria_set__block=held.block_id)
    }
    officers = {officer.pk: officer for officer in officers_of(held)}
    told = []
    for key, share in changed.items():
        _check(share, officers, held=held, today=today)
        if key not in areas:
            raise MoveRefused("Lĩnh vực không thuộc bộ tiêu chí của hồ sơ này.")
        told.append((areas[key], share))
        _put(held, areas[key], share)
    told.sort(key=lambda pair: pair[0].position)
    DossierEvent.objects.create(
        dossier=held,
        verb=SHARE,
        comment="\n".join(_words(area, share, officers) for area, share in told),
        by=by,
    )
    return held


def _check(share: Share, officers: Mapping[int, User], *, held: Dossier, today: date) -> None:
    if share.officer is None:
        if share.due_on:
            raise MoveRefused("Lĩnh vực đặt hạn cần có người được giao.")
        return
    if share.officer not in officers:
        raise MoveRefused("Người được giao không phải là người nhập liệu của đơn vị.")
    if share.due_on and not today <= share.due_on <= held.last_day:
        raise MoveRefused(
            f"Hạn của phần việc nằm trong khoảng từ hôm nay đến hạn nộp {held.last_day:%d/%m/%Y}."
        )


def _put(dossier: Dossier, area: Criterion, share: Share) -> None:
    if share.officer is None:
        dossier.parts.filter(area=area).delete()
        return
    DossierPart.objects.update_or_create(
        dossier=dossier, area=area, defaults={"officer_id": share.officer, "due_on": share.due_on}
    )


def _words(area: Criterion, share: Share, officers: Mapping[int, User]) -> str:
    if share.officer is None:
        return f"{area.code}. {area.title}: thôi giao"
    until = f", hạn {share.due_on:%d/%m/%Y}" if share.due_on else ""
    return f"{area.code}. {area.title}: {officers[share.officer]}{until}"
