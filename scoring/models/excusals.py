"""Reads of scores that are said not to apply; `ScoreQuerySet` has them."""

from collections.abc import Collection, Mapping
from decimal import Decimal

from django.db import models
from django.db.models import Case, Q, Sum, Value, When

from scoring.models.dossier import Dossier
from scoring.rules.criteria import BEYOND_MAXIMUM
from scoring.rules.excusal import Excusal
from scoring.rules.workflow import DossierState
from units.access import units_where
from units.permissions import Permission

HANDED_IN = (DossierState.SUBMITTED, DossierState.RETURNED, DossierState.VERIFIED)


class ExcusalReads(models.QuerySet):
    """Mixed into the QuerySet of scores."""

    def excusals(self):
        """Those handed in once that the unit or the assessor says do not apply; `excusal` is what
        became of each, as `rules/excusal.py` tells it."""
        return self.filter(
            Q(self_not_applicable=True) | Q(not_applicable=True), dossier__state__in=HANDED_IN
        ).annotate(
            excusal=Case(
                When(not_applicable=True, self_not_applicable=True, then=Value(Excusal.CONFIRMED)),
                When(not_applicable=True, then=Value(Excusal.IMPOSED)),
                When(verified_points=None, then=Value(Excusal.PROPOSED)),
                default=Value(Excusal.DENIED),
            ),
            waits_last=Case(
                When(verified_points=None, not_applicable=False, then=0),
                default=1,
                output_field=models.IntegerField(),
            ),
        )

    def followed_by(self, user):
        """Those of periods the person oversees, and those verified at a desk of theirs."""
        overseen = units_where(user, Permission.SEE_BELOW)
        handed_to = Dossier.objects.verified_by_desk_of(user).values("pk")
        desks = self.model.objects.at_desks_of(user).filter(dossier__in=handed_to)
        return self.filter(Q(dossier__period__assessor__in=overseen) | Q(pk__in=desks.values("pk")))

    def for_list_of_excusals(self):
        """Those that wait first, then by unit; with all that a line names (one query)."""
        return self.select_related(
            "criterion", "dossier__unit", "dossier__block", "dossier__period"
        ).order_by(
            "-dossier__period__year",
            "waits_last",
            "dossier__block__position",
            "dossier__unit__position",
            "dossier__unit__code",
            "criterion__position",
        )

    def applicable_maxima(self, dossiers: Collection[int]) -> Mapping[int, Decimal]:
        """Dossier key → the sum of the maxima that count for it (one query)."""
        counted = ~Q(criterion__source__in=BEYOND_MAXIMUM) & Q(not_applicable=False)
        sums = self.filter(dossier__in=dossiers).order_by().values_list("dossier")
        zero = Decimal(0)
        return dict(sums.annotate(whole=Sum("maximum", filter=counted, default=zero)))
