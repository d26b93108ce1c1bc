"""More time for one dossier, granted by the assessor with a reason."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from scoring import access
from scoring.models import Dossier, DossierEvent, Period
from scoring.rules.workflow import EXTEND
from units.access import require
from units.models import User
from units.permissions import Permission


@transaction.atomic
def extend(dossier: Dossier, *, by: User, until: date, reason: str, seen: date) -> Dossier:
    """The organiser lets the unit write in its dossier through a later day; the log tells why.

    `seen` is the last day the person looked at. A later extension takes the place of an earlier
    one, which the log keeps. Raises PermissionDenied, MoveRefused, ChangedMeanwhile.
    """
    Period.objects.hold(dossier.period_id)
    held = Dossier.objects.hold(dossier.pk)
    require(by, Permission.RUN_PERIOD, at=held.period.assessor_id)
    if refusal := access.why_not_extendable(held):
        raise MoveRefused(refusal)
    if not reason.strip():
        raise MoveRefused("Đề nghị ghi rõ lý do gia hạn.")
    if held.last_day != seen:
        raise ChangedMeanwhile("Hạn của hồ sơ vừa được người khác thay đổi, đề nghị xem lại.")
    calendar, today = held.period.calendar, timezone.localdate()
    if refusal := calendar.why_not_extended(until, last_day=held.last_day, today=today):
        raise MoveRefused(refusal)
    held.extended_until, held.extension_reason = until, reason.strip()
    held.save(update_fields=["extended_until", "extension_reason"])
    DossierEvent.objects.create(
        dossier=held,
        verb=EXTEND,
        source=held.state,
        target=held.state,
        comment=f"đến hết ngày {until:%d/%m/%Y}. {held.extension_reason}",
        by=by,
    )
    return held
