"""Who writes a reported figure, and what it takes."""

from django.core.exceptions import PermissionDenied

from scoring.models import Collection
from units.access import may, units_where
from units.permissions import Permission

WRITES = (Permission.FILL_DOSSIER, Permission.RUN_PERIOD)
"""Held at the unit itself: its own officers, and who organises there."""


def writes_for(user, unit: int) -> bool:
    """Whether the person fills in what the unit itself reports: figures, days of a drive."""
    return any(may(user, permission, at=unit) for permission in WRITES)


def written_units(user) -> list[int]:
    """Keys of the units for which the person does."""
    return sorted({unit for permission in WRITES for unit in units_where(user, permission)})


def may_write(user, collection: Collection, unit: int) -> bool:
    """Whether the person fills in for the unit, or organises where the figures are asked."""
    if collection.cancelled:
        return False
    return writes_for(user, unit) or may(user, Permission.RUN_PERIOD, at=collection.owner_id)


def require_writer(user, collection: Collection, unit: int) -> None:
    """PermissionDenied unless the person may write."""
    if not may_write(user, collection, unit):
        raise PermissionDenied("Đồng chí không nhập số liệu của đơn vị này.")


def require_unit(user, unit: int) -> None:
    """PermissionDenied unless the person fills in what the unit itself reports."""
    if not writes_for(user, unit):
        raise PermissionDenied("Đồng chí không nhập số liệu của đơn vị này.")
