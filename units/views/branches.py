"""The tree of a day as a page draws it: branches with what stands below, grouped by kind."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Q

from cchc_portal.kit.lifetimes import on_day
from units.kinds import UnitKind
from units.models import Unit, UnitSpell


@dataclass
class Group:
    """Units of one kind below the same unit."""

    label: str
    branches: list["Branch"]


@dataclass
class Branch:
    """A unit by its facts of the day. `to_fetch`: so many stand below and are not drawn yet."""

    spell: UnitSpell
    groups: list[Group] = field(default_factory=list)
    to_fetch: int = 0

    @property
    def below(self) -> int:
        """How many stand directly below."""
        return self.to_fetch or sum(len(group.branches) for group in self.groups)


def whole(roots: Iterable[Unit], below: list[int], day: date) -> list[Branch]:
    """The roots with all below them; `below`: keys of everything in the tree. One query."""
    spells: dict[int | None, list[UnitSpell]] = {}
    by_unit: dict[int, UnitSpell] = {}
    for spell in _spells(day).filter(unit__in=below):
        spells.setdefault(spell.parent_id, []).append(spell)
        by_unit[spell.unit_id] = spell

    def grown(spell: UnitSpell) -> Branch:
        return Branch(spell, _grouped([grown(one) for one in spells.pop(spell.unit_id, [])]))

    return [grown(by_unit[root.pk]) for root in roots if root.pk in by_unit]


def first_level(roots: Iterable[Unit], day: date) -> list[Branch]:
    """The roots with what stands directly below; deeper branches are to be fetched. Two queries."""
    keys = [root.pk for root in roots]
    on_the_day = on_day(day, "unit__spells_below__in_force")
    counted = _spells(day).annotate(
        below=Count("unit__spells_below__unit", filter=Q(on_the_day), distinct=True)
    )
    children: dict[int | None, list[Branch]] = {}
    for spell in counted.filter(parent__in=keys):
        branch = Branch(spell, to_fetch=spell.below)
        children.setdefault(spell.parent_id, []).append(branch)
    return [
        Branch(spell, _grouped(children.get(spell.unit_id, [])))
        for spell in _spells(day).filter(unit__in=keys)
    ]


def counted(below: list[int], day: date) -> list[tuple[str, int]]:
    """How many of each kind there were on the day, in the order of kinds. One query."""
    units = Unit.objects.in_force_on(day).filter(pk__in=below).order_by()
    counts = dict(units.values_list("kind").annotate(number=Count("pk")))
    return [(kind.label, counts[kind]) for kind in UnitKind if kind in counts]


def _spells(day: date):
    return UnitSpell.objects.in_force_on(day).select_related("unit").in_tree_order()


def _grouped(branches: list[Branch]) -> list[Group]:
    return [
        Group(kind.label, same)
        for kind in UnitKind
        if (same := [branch for branch in branches if branch.spell.unit.kind == kind])
    ]
