"""Which indicators a person may read, and where their figures stand: asked by whoever looks for one
by words."""

from django.db.models import OuterRef, Q, Subquery

from scoring.models.collection import Asked
from scoring.models.indicator import Indicator
from scoring.models.reading import Reading
from units.access import units_where
from units.models.unit import speaks_of
from units.permissions import Permission


def indicators_visible_to(user):
    """Those that one's own units report, those asked of units that one oversees, and all of a level
    at which one organises.

    `overseen_in`: key of the newest collection one oversees that asks for it; `my_collection`,
    `my_unit`: of the newest figure of one's own unit; None elsewhere.
    """
    asked = Asked.objects.filter(
        indicator=OuterRef("pk"),
        collection__owner__in=units_where(user, Permission.SEE_BELOW),
    ).order_by("-collection__ends_on", "-pk")
    above = Q(
        indicator__owner=OuterRef("owner"),
        indicator__code=OuterRef("numerator"),
        collection__asked__indicator=OuterRef("pk"),
    )  # a ratio is not reported itself: it comes of what is above the line and below it
    mine = Reading.objects.filter(
        Q(indicator=OuterRef("pk")) | above, unit__in=units_where(user, Permission.SEE_UNIT)
    ).order_by("-collection__ends_on", "-pk")
    set_up = Q(owner__in=units_where(user, Permission.RUN_PERIOD), current=True)
    return Indicator.objects.annotate(
        overseen_in=Subquery(asked.values("collection")[:1]),
        my_collection=Subquery(mine.values("collection")[:1]),
        my_unit=Subquery(mine.values("unit")[:1]),
    ).filter(Q(overseen_in__isnull=False) | Q(my_unit__isnull=False) | set_up)


def indicators_found(user, words: str):
    """Those of them whose code or name hold all the words, diacritics and case ignored; those in
    use first, with the level that asks (one query)."""
    return (
        indicators_visible_to(user)
        .filter(speaks_of(words, "code", "name"))
        .select_related("owner")
        .order_by("-current", "owner", "position", "code", "-edition")
    )
