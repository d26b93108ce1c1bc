"""The organiser keeps the catalogue of usual reasons; a verdict remembers which it was made of."""

from django.db import transaction
from django.utils import timezone

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from scoring.models import Dossier, UsualReason
from scoring.rules.usual_reason import STARTERS, Usual, stands_in
from scoring.services.preparation import refusing
from units.access import require
from units.models import Unit, User
from units.permissions import Permission

ONCE = ("usual_reason_once_in_use", "Danh mục đã có lý do này.")


@transaction.atomic
def begin(assessor: Unit, *, by: User) -> list[UsualReason]:
    """Fills an empty catalogue with the reasons to start from. Raises PermissionDenied, MoveRefused
    where anything stands in it, even out of use."""
    require(by, Permission.RUN_PERIOD, at=assessor)
    if assessor.usual_reasons.exists():
        raise MoveRefused("Danh mục đã có lý do nên không đưa bộ lý do mẫu vào nữa.")
    with refusing(*ONCE):
        return UsualReason.objects.bulk_create(
            [UsualReason(assessor=assessor, added_by=by, **one._asdict()) for one in STARTERS]
        )


@transaction.atomic
def add(assessor: Unit, usual: Usual, *, by: User) -> UsualReason:
    """A new one. Raises PermissionDenied, MoveRefused where it stands in the catalogue already."""
    require(by, Permission.RUN_PERIOD, at=assessor)
    with refusing(*ONCE):
        return UsualReason.objects.create(assessor=assessor, added_by=by, **usual._asdict())


@transaction.atomic
def reword(entry: UsualReason, usual: Usual, *, by: User) -> UsualReason:
    """Another one takes its place; the old one is out of use, and verdicts keep it.

    Raises PermissionDenied, MoveRefused (stands there already), ChangedMeanwhile (out of use).
    """
    held = _held(entry, by)
    if held.usual == usual:
        return held
    _retire(held, by)
    with refusing(*ONCE):
        return UsualReason.objects.create(
            assessor=held.assessor, added_by=by, replaces=held, **usual._asdict()
        )


@transaction.atomic
def retire(entry: UsualReason, *, by: User) -> UsualReason:
    """It is offered no more. Raises PermissionDenied, ChangedMeanwhile (out of use)."""
    held = _held(entry, by)
    _retire(held, by)
    return held


def behind(dossier: Dossier, picked: UsualReason | None, reason: str) -> UsualReason | None:
    """The entry that a verdict remembers: the one that was picked, if its reason still says so.

    For the service that writes the verdict; the dossier needs its period. Raises MoveRefused where
    the entry is not of the assessor.
    """
    if picked is None or not stands_in(picked.text, reason):
        return None
    if picked.assessor_id != dossier.period.assessor_id:
        raise MoveRefused("Lý do thường dùng không thuộc danh mục của cơ quan đánh giá.")
    return picked


def _held(entry: UsualReason, by: User) -> UsualReason:
    held = UsualReason.objects.hold(entry.pk)
    require(by, Permission.RUN_PERIOD, at=held.assessor_id)
    if held.retired_at:
        raise ChangedMeanwhile("Lý do này vừa được thôi dùng hoặc sửa. Đề nghị xem lại danh mục.")
    return held


def _retire(held: UsualReason, by: User) -> None:
    held.retired_at, held.retired_by = timezone.now(), by
    held.save(update_fields=["retired_at", "retired_by"])
