"""Units that have remarks to deal with and nobody to handle them: which level above stands in."""

from django.utils import timezone

from commitments.rules.voice import HANDLING, OPEN
from units.access import units_where
from units.models import Membership, Unit
from units.permissions import GRANTS, Role

HANDLERS = [role for role in Role if HANDLING in GRANTS[role]]


def stood_in_for(user) -> list[int]:
    """Keys of the units with open remarks and without a handler whose nearest superior with one is
    a unit where this person handles remarks. One query where every unit has its own, two more for
    each level up, however many units."""
    desks = set(units_where(user, HANDLING))
    if not desks:
        return []
    there = Membership.objects.in_force_on(timezone.localdate())
    there = there.filter(role__in=HANDLERS, user__is_active=True)
    waiting = Unit.objects.filter(voices__state__in=OPEN).exclude(pk__in=there.values("unit"))
    level = dict(waiting.order_by().values_list("pk", "parent").distinct())
    found = []
    while level := {unit: above for unit, above in level.items() if above}:
        above = set(level.values())
        manned = set(there.filter(unit__in=above).values_list("unit", flat=True))
        found += [unit for unit, near in level.items() if near in manned & desks]
        parents = dict(Unit.objects.filter(pk__in=above - manned).values_list("pk", "parent"))
        level = {unit: parents.get(near) for unit, near in level.items()}
    return sorted(found)
