"""What became of a proposal that a component does not apply to the unit, and what it changes. Pure.

Source: Quyết định 1149/QĐ-BNV (the national index): what does not apply is confirmed by the council
that verifies, and leaves the maximum out of which the unit's percentage is taken.
"""

from decimal import Decimal

from cchc_portal.kit.worded import Worded
from scoring.rules.criteria import BEYOND_MAXIMUM
from scoring.rules.verdict import Finding


class Excusal(Worded):
    """How far it is with “không áp dụng”."""

    PROPOSED = "proposed", "Chờ xác nhận"
    CONFIRMED = "confirmed", "Đã xác nhận"
    DENIED = "denied", "Không chấp nhận"
    IMPOSED = "imposed", "Do cơ quan thẩm định ghi"


LEAVES_OUT = (Excusal.CONFIRMED, Excusal.IMPOSED)
"""Where the component's maximum no longer counts."""


def excusal(*, said: Finding, found: Finding) -> Excusal | None:
    """What became of it; None where nobody says that the component does not apply."""
    if found.not_applicable:
        return Excusal.CONFIRMED if said.not_applicable else Excusal.IMPOSED
    if not said.not_applicable:
        return None
    return Excusal.PROPOSED if found.points is None else Excusal.DENIED


def weight(source: str, maximum: Decimal) -> Decimal:
    """By how much the applicable maximum is smaller where the component does not apply."""
    return Decimal(0) if source in BEYOND_MAXIMUM else maximum
