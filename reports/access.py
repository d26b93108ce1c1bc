"""Who may do what with an edition; reading it is everybody's."""

from django.core.exceptions import PermissionDenied

from reports.models import MAY_PRINT, Edition
from scoring.rules.workflow import PeriodState
from units.access import may
from units.permissions import Permission


def may_print(user, edition: Edition) -> bool:
    """Whether the person organises or publishes at the assessor, and so may print again."""
    return any(may(user, permission, at=edition.period.assessor_id) for permission in MAY_PRINT)


def require_print(user, edition: Edition) -> None:
    """PermissionDenied with a sentence, unless the person may print again."""
    if not may_print(user, edition):
        raise PermissionDenied("Đồng chí không được giao việc với tệp của bản công bố này.")


def may_oversee(user, edition: Edition) -> bool:
    """Whether the person oversees the units of the assessor, and so reads all that was sealed."""
    return may(user, Permission.SEE_BELOW, at=edition.period.assessor_id)


def require_overseer(user, edition: Edition) -> None:
    """PermissionDenied with a sentence, unless the person oversees the units."""
    if not may_oversee(user, edition):
        raise PermissionDenied("Giấy tờ này dùng cho cơ quan tổ chức đánh giá.")


def may_correct(user, edition: Edition) -> bool:
    """Whether the person may open the period of its newest edition for a correction, now."""
    return (
        edition.newer is None
        and edition.period.state == PeriodState.PUBLISHED
        and may(user, Permission.PUBLISH_INDEX, at=edition.period.assessor_id)
    )


def may_sign(user, edition: Edition) -> bool:
    """Whether the person may have the portal sign the edition: who publishes there."""
    return may(user, Permission.PUBLISH_INDEX, at=edition.period.assessor_id)


def require_sign(user, edition: Edition) -> None:
    """PermissionDenied with a sentence, unless the person may have it signed."""
    if not may_sign(user, edition):
        raise PermissionDenied("Đồng chí không có quyền ký bản công bố này.")
