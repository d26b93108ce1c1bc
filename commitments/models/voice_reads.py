"""Which remarks somebody sees, and how they are counted."""

from collections.abc import Collection, Iterable
from datetime import date
from operator import itemgetter
from typing import Any

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q

from commitments.models.voice_stand_ins import stood_in_for
from commitments.rules.voice import (
    ASIDE,
    HANDLING,
    JUDGED,
    OPEN,
    TOLD,
    KindCount,
    UnitCount,
    VoiceKind,
    VoiceState,
)
from units.access import units_where
from units.permissions import Permission

IN_TIME = Q(first_answered_on__lte=F("first_due_on"))
LATE = Q(first_answered_on__gt=F("first_due_on"))
"""First answered by the day it then had, or after it."""


def dealt_with_by(user) -> Q:
    """Remarks that one's own units, or those directly below whom one leads, deal with today: not
    what they handed on to units outside. Also those of units that have nobody to handle them, where
    it is up to this person to stand in."""
    led = units_where(user, Permission.SEE_DASHBOARD)
    own = {*units_where(user, HANDLING), *stood_in_for(user), *led}
    return Q(unit__in=own) | Q(above__in=led)


class VoiceQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of the units where one handles them, and of those that one leads: one's own, and
        directly below; what these handed on too. The others of the unit do not read them."""
        led = units_where(user, Permission.SEE_DASHBOARD)
        theirs = Q(hands__source__in={*units_where(user, HANDLING), *led})
        below = Q(hands__source__parent__in=led)
        passed = Q(pk__in=self.model.objects.filter(theirs | below).values("pk"))
        return self.filter(dealt_with_by(user) | passed)

    def open(self):
        """Those on which the unit has to act."""
        return self.filter(state__in=OPEN)

    def overdue(self, today: date):
        """Those whose day has passed without an answer."""
        return self.open().filter(due_on__lt=today)

    def handed_late(self):
        """Those that were past their day when they were handed on, whoever deals with them now."""
        late = self.model.objects.filter(hands__was_due_on__lt=F("hands__handed_on"))
        return self.filter(pk__in=late.values("pk"))

    def for_list(self):
        """With all that a row shows, `was_late` when it was handed on; neither the text nor whoever
        brought it forward is read."""
        late = self.model.objects.handed_late().filter(pk=OuterRef("pk"))
        rows = self.select_related("unit", "book", "concerns").annotate(was_late=Exists(late))
        return rows.defer("text", "sender", "finding", "answer", "measures")

    def for_page(self):
        """With all units it names."""
        return self.select_related("unit", "book", "above", "concerns")

    def newest_first(self):
        """By day of receipt; said here, for counting forgets `Meta.ordering`."""
        return self.order_by("-received_on", "-pk")

    def by_kind(self, today: date, mine: Q) -> list[KindCount]:
        """A line a kind of which there are any, in the order of the list; `mine`: those that one's
        units deal with, the others were handed on and count where they went. One query."""
        found = {row.pop("kind"): row for row in self._counted(today, mine, "kind")}
        return [KindCount(kind=kind, **found[kind]) for kind in VoiceKind if kind in found]

    def by_concerned(self, today: date, mine: Q, *, near: Collection[int]) -> list[UnitCount]:
        """A line a unit that any are about, `mine` as above: first those `near` (keys), then those
        directly below them, then the others by the unit they stand in. One query."""
        columns = ("pk", "name", "parent", "parent__name", "position")
        rows = self._counted(today, mine, *(f"concerns__{one}" for one in columns))
        found: list[tuple[tuple[Any, ...], UnitCount]] = []
        for row in rows:
            unit, name, parent, above, position = (row.pop(f"concerns__{one}") for one in columns)
            within = "" if unit in near or parent in near else above or ""
            line = UnitCount(unit=unit, name=name, within=within, **row)
            found.append(((unit not in near, within, position, name, unit), line))
        return [line for _, line in sorted(found, key=itemgetter(0))]

    def _counted(self, today: date, mine: Q, *columns: str) -> Iterable[dict[str, Any]]:
        """The columns of each group, with its figures as `Counts` names them."""

        def number(condition: Q) -> Count:
            return Count("pk", filter=condition & mine)

        late_hands = Q(pk__in=self.model.objects.handed_late().values("pk"))
        return (
            self.order_by()
            .values(*columns)
            .annotate(
                received=Count("pk"),
                handed_on=Count("pk", filter=~mine),
                open=number(Q(state__in=OPEN)),
                overdue=number(Q(state__in=OPEN, due_on__lt=today)),
                explained=number(Q(state__in=TOLD, result="")),
                outside=number(Q(state=VoiceState.REFERRED)),
                aside=number(Q(state__in=ASIDE)),
                in_time=number(IN_TIME),
                late=number(LATE),
                handed_late=Count("pk", filter=late_hands),
                **{one.value: number(Q(state__in=TOLD, result=one)) for one in JUDGED},
            )
        )
