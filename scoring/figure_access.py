"""Who sets the points of what units do not assess themselves, and whether it is the hour for it.

What is asked of dossiers in general stands in access.py.
"""

from django.core.exceptions import PermissionDenied

from cchc_portal.kit.errors import MoveRefused
from scoring.access import why_not_a_judge, why_period_is_closed
from scoring.models import Dossier
from scoring.rules.workflow import DossierState
from units.access import require
from units.models import User
from units.permissions import Permission

CLOSED = {
    DossierState.VERIFIED: (
        "Hồ sơ đã thẩm định xong nên không sửa được; đề nghị đưa về “Thẩm định lại” trước."
    ),
    DossierState.ABSENT: "Đơn vị không được đánh giá trong kỳ này.",
}


def why_no_figure(dossier: Dossier) -> str:
    """Why no figure can be set in the dossier now, as a sentence; empty while one can.

    Results of a survey, or a decision, may come before the unit hands in.
    """
    return why_period_is_closed(dossier) or CLOSED.get(dossier.state, "")


def require_organiser(user: User, dossier: Dossier) -> None:
    """PermissionDenied unless the person organises the period and is no party to the dossier."""
    require(user, Permission.RUN_PERIOD, at=dossier.period.assessor_id)
    if refusal := why_not_a_judge(user, dossier):
        raise PermissionDenied(refusal)


def require_figure(user: User, dossier: Dossier) -> None:
    """The same, and MoveRefused where it is not the hour."""
    require_organiser(user, dossier)
    if refusal := why_no_figure(dossier):
        raise MoveRefused(refusal)
