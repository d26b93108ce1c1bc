"""Who writes a reported figure, and what it takes."""

from django.core.exceptions import PermissionDenied

from scoring.models import Collection
from units.access import may
from units.permissions import Permission


def may_write(user, collection: Collection, unit: int) -> bool:
    """Whether the person fills in for the unit, or organises where the figures are asked."""
    return may(user, Permission.FILL_DOSSIER, at=unit) or may(
        user, Permission.RUN_PERIOD, at=collection.owner_id
    )


def require_writer(user, collection: Collection, unit: int) -> None:
    """PermissionDenied unless the person may write."""
    if not may_write(user, collection, unit):
        raise PermissionDenied("Đồng chí không nhập số liệu của đơn vị này.")
