"""Units, people, documents."""

from units.models.document import Document
from units.models.people import Membership, MembershipEvent, User
from units.models.unit import Plain, Succession, Unit, UnitEvent, UnitSpell

__all__ = [
    "Document",
    "Membership",
    "MembershipEvent",
    "Plain",
    "Succession",
    "Unit",
    "UnitEvent",
    "UnitSpell",
    "User",
]
