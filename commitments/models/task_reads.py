"""How tasks of commitments are found and read."""

from django.db import models
from django.db.models import Case, F, OuterRef, Q, When

from commitments.models.commitment import Commitment
from commitments.models.standings import standing_column
from commitments.rules.workflow import COUNTERSIGNED, Change
from units.access import units_where
from units.models.unit import speaks_of
from units.permissions import Permission


class CommitmentTaskQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Tasks of the commitments that the person may see."""
        own = Q(commitment__unit__in=units_where(user, Permission.SEE_UNIT))
        received = Q(commitment__received_by__in=units_where(user, Permission.SEE_BELOW))
        return self.filter(own | received)

    def matching(self, words: str):
        """Those whose title holds all the words, diacritics and case ignored."""
        return self.filter(speaks_of(words, "title"))

    def live(self):
        """Those that count: not replaced, not cancelled, an annex's own only once it is signed."""
        signed = Q(commitment__amends=None) | Q(commitment__state__in=COUNTERSIGNED)
        return self.filter(signed, superseded_by=None).exclude(change=Change.CANCEL)

    def with_standing(self, today):
        """Adds stands: the value of `standing` on the day, told by the database."""
        return self.annotate(stands=standing_column(today))

    def with_root(self):
        """Adds root: the key of the commitment, also where an annex brought the task."""
        whole = When(commitment__amends=None, then=F("commitment_id"))
        return self.annotate(root=Case(whole, default=F("commitment__amends_id")))

    def of_the_whole(self, commitment):
        """The live tasks of a commitment and its annexes; those of the first signing in front."""
        key = OuterRef(commitment) if isinstance(commitment, OuterRef) else commitment
        papers = Commitment.objects.filter(Q(pk=key) | Q(amends=key)).order_by()
        found = self.live().with_root().filter(commitment__in=papers.values("pk"))
        return found.order_by("commitment__number", "position")

    def for_register(self, commitments):
        """The live tasks of these commitments and their annexes, in the order of the papers."""
        found = self.live().with_root().filter(root__in=commitments.values("pk"))
        parties = found.select_related(
            "commitment__unit", "commitment__received_by", "commitment__amends"
        )
        return parties.order_by(
            "-commitment__year",
            "commitment__unit__position",
            "commitment__unit__code",
            "commitment__number",
            "position",
        )

    def for_page(self):
        """With the commitment and its parties, and who wrote and reported last."""
        return self.select_related(
            "commitment__unit",
            "commitment__received_by",
            "commitment__amends",
            "replaces",
            "carried_from__commitment",
            "item",
            "conclusion",
            "taken_from_plan__plan",
            "updated_by",
            "reported_by",
        )
