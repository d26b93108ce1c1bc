"""Which units stand above a unit: its superior of a day, and the departments of that superior; to
which ones it may hand on what was brought to it; and which stand anywhere under some units."""

from collections.abc import Iterable
from datetime import date

from django.db.models import BooleanField, Case, OuterRef, Q, Subquery, When

from cchc_portal.kit.among import among
from cchc_portal.kit.lifetimes import on_day
from units.kinds import UnitKind
from units.models import Unit, UnitSpell
from units.models.tree import ids_below


def spell_on(unit: Unit, day: date) -> UnitSpell | None:
    """The stretch of the unit's life that holds the day, with its superior; None outside it."""
    return UnitSpell.objects.select_related("parent").filter(on_day(day), unit=unit).first()


def superior_on(unit: Unit, day: date) -> Unit | None:
    """The unit directly above on the day; of a unit that has ended, the one above it last."""
    spell = spell_on(unit, day)
    return spell.parent if spell else unit.parent


def placed_in(unit: Unit, day: date, *, seen_by: Unit) -> str:
    """Name that the superior of the unit bore on the day; empty where that is `seen_by`, or there
    is none."""
    above = superior_on(unit, day)
    if above is None or above.pk == seen_by.pk:
        return ""
    spell = spell_on(above, day)
    return spell.name if spell else above.name


def units_above(unit: Unit, day: date):
    """Units to which this one may send a matter up: its superior, and that one's departments."""
    above = superior_on(unit, day)
    if above is None:
        return Unit.objects.none()
    departments = Unit.objects.children_on(above, day).filter(kind=UnitKind.DEPARTMENT)
    reached = Q(pk=above.pk) | Q(pk__in=departments.exclude(pk=unit.pk).values("pk"))
    return Unit.objects.filter(reached).order_by("position", "code")


def units_beside(unit: Unit, day: date):
    """Units to which this one may hand on a remark: those in its own tree, its superior, and those
    directly below the same superior."""
    below = ids_below([unit.pk], day=day)
    near = Q(pk__in=below)
    if above := superior_on(unit, day):
        near |= Q(pk=above.pk) | Q(pk__in=Unit.objects.children_on(above, day).values("pk"))
    return (
        Unit.objects.in_force_on(day).filter(near).exclude(pk=unit.pk).order_by("position", "code")
    )


def over_others(units: Iterable[int], day: date) -> list[int]:
    """Which of these (keys) had a unit directly below them on the day. One query."""
    spells = UnitSpell.objects.filter(on_day(day), parent__in=units)
    return sorted(spells.order_by().values_list("parent", flat=True).distinct())


def units_under(roots: Iterable[int], day: date, *, also: Iterable[int] = ()):
    """Units at any depth under one of the roots on the day, those directly below first, the others
    by superior; `also`: keys of others, roots among them before all. Adds to what `as_on` does:
    `above_then`, the name its superior bore that day, and `deep`, whether it stands further down.
    One query for the tree, one for the rows."""
    near, keys = tuple(roots), tuple(also)
    own = [key for key in keys if key in near]
    spells = UnitSpell.objects.filter(on_day(day))
    under = spells.filter(among("parent", ids_below(near, day=day)))
    there = Q(pk__in=under.values("unit")) & on_day(day) | Q(pk__in=keys)
    above = spells.filter(unit=OuterRef("parent_then")).values("name")[:1]
    deep = Case(
        When(Q(pk__in=own) | Q(parent_then__in=near) | Q(parent_then=None), then=False),
        default=True,
        output_field=BooleanField(),
    )
    found = Unit.objects.as_on(day).filter(there)
    found = found.annotate(above_then=Subquery(above), deep=deep)
    first = Case(When(pk__in=own, then=0), default=1)
    return found.order_by(first, "deep", "above_then", "position", "code")


def placed(unit: Unit) -> str:
    """Name of a unit out of `units_under`; with its superior's where it stands further down."""
    name = unit.name_then or unit.name
    return f"{name} (thuộc {unit.above_then})" if unit.deep and unit.above_then else name
