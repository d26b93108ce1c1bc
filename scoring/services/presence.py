"""Who has a dossier open right now. Nothing is stored: a mark in the cache that fades by itself."""

from django.core.cache import cache
from django.utils import timezone

from scoring.models import Dossier
from units.models import Membership, User

SECONDS = 75
"""A page calls every 25 seconds; whoever has not for three times is gone."""


def note(dossier: Dossier, person: User) -> None:
    """The person has the dossier open now."""
    cache.set(_mark(dossier, person.pk), True, SECONDS)


def beside(dossier: Dossier, person: User) -> list[User]:
    """The others of its unit and its assessor who have it open, by name. One query."""
    places = [dossier.unit_id, dossier.period.assessor_id]
    held = Membership.objects.in_force_on(timezone.localdate()).filter(unit__in=places)
    people = User.objects.filter(memberships__in=held).exclude(pk=person.pk).distinct()
    marks = {_mark(dossier, one.pk): one for one in people}
    present = cache.get_many(list(marks))
    return [one for mark, one in marks.items() if mark in present]


def _mark(dossier: Dossier, person: int) -> str:
    return f"presence:{dossier.pk}:{person}"
