"""A field of a form for one of the units under some: few in a list, very many by a search."""

from collections.abc import Iterable

from django import forms

from commitments.models.superiors import placed
from units.forms.fields import UnitField

LISTED = 200
"""So many units a list offers; of more those directly below are offered, the others searched."""


class UnderForm(forms.Form):
    """Where there are more units than some pages of a list would show, `roots` says below which
    units (keys) the one for the field `searched` is searched."""

    roots = ""
    searched = ""

    def offer_under(self, name: str, units, near: Iterable[int], *, chosen: Iterable[int]) -> None:
        """The field offers these units, out of `units_under`, that stand below those `near`;
        `chosen` (keys) is shown before anything is typed."""
        if units.count() <= LISTED:
            self.fields[name].queryset = units
            self.fields[name].label_from_instance = placed
            return
        field = UnitField(label=self.fields[name].label)
        field.queryset = units
        typed = self.data.getlist(name) if self.is_bound else chosen
        field.offer(units.filter(deep=False).select_related("parent")[:LISTED], typed)
        self.fields[name] = field
        self.roots, self.searched = ",".join(map(str, near)), name
