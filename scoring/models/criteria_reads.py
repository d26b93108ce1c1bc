"""Which criteria a person may read, and where: asked by whoever looks for one by words."""

from django.db.models import OuterRef, Q, Subquery

from scoring.models.criteria import CALLED, Criterion
from scoring.models.dossier import Dossier
from scoring.models.score import Score
from units.access import units_where
from units.models.unit import speaks_of
from units.permissions import Permission


def criteria_visible_to(user):
    """Nodes of the blocks in which one's own units are assessed, and of the periods one oversees.

    `my_row`, `my_dossier`: keys of the row and the dossier of one's own unit, None elsewhere.
    """
    own = units_where(user, Permission.SEE_UNIT)
    overseen = Q(criteria_set__block__period__assessor__in=units_where(user, Permission.SEE_BELOW))
    mine = Dossier.objects.filter(unit__in=own)
    my_rows = Score.objects.filter(criterion=OuterRef("pk"), dossier__unit__in=own)
    my_dossiers = mine.filter(block=OuterRef("criteria_set__block"))
    return Criterion.objects.filter(
        overseen | Q(criteria_set__block__in=mine.values("block"))
    ).annotate(
        my_row=Subquery(my_rows.order_by("pk").values("pk")[:1]),
        my_dossier=Subquery(my_dossiers.order_by("pk").values("pk")[:1]),
    )


def criteria_found(user, words: str):
    """Those of them whose code or title hold all the words, diacritics and case ignored; newest
    year first, with block, period and what stands above (one query)."""
    return (
        criteria_visible_to(user)
        .filter(speaks_of(words, CALLED))
        .select_related("criteria_set__block__period", "parent")
        .order_by(
            "-criteria_set__block__period__year",
            "criteria_set__block__period",
            "criteria_set__block__position",
            "position",
        )
    )
