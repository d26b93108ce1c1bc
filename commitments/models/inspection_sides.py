"""Which inspections a person sees, and from which side: that which inspects, or the inspected."""

from django.apps import apps
from django.db.models import Q

from cchc_portal.kit.among import among
from commitments.rules.plan import PlanState
from units.access import units_where, visible_units
from units.permissions import Permission


def inspecting_side(user, way: str = "") -> Q:
    """Inspections by one's own units, by units directly below one oversees, and those of whose team
    one is; `way` leads to the inspection."""
    seats = apps.get_model("commitments", "TeamMember").objects.filter(person=user.pk)
    return (
        Q(**{f"{way}unit__in": units_where(user, Permission.SEE_UNIT)})
        | Q(**{f"{way}above__in": units_where(user, Permission.SEE_BELOW)})
        | Q(**{f"{way}pk__in": seats.values("inspection")})
    )


def inspected_side(user, way: str = "") -> Q:
    """Announced inspections, by an issued plan or by a decision, of one's own units and of those
    one oversees, whichever unit above inspects them. One query for who oversees."""
    decided, issued = {f"{way}decided_on__isnull": False}, {f"{way}plan__state": PlanState.ISSUED}
    return (Q(**decided) | Q(**issued)) & among(f"{way}inspected", visible_units(user))
