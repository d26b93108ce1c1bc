"""How second marks are found and read."""

from django.db import models
from django.db.models import Exists, OuterRef, Q

from scoring.models.dossier import Dossier
from scoring.models.score import Score
from scoring.models.score_change import ScoreChange
from scoring.rules.history import OF_THE_ASSESSOR
from scoring.rules.second_mark import GIVEN, OPEN, UNDONE, MarkState
from scoring.rules.workflow import ACCEPT, SUBMITTED_ONCE, DossierState, PeriodState
from units.access import units_where
from units.permissions import Permission


def judged_by(user):
    """Verdicts the person wrote or took back on the score of an outer row, as a subquery."""
    own = ScoreChange.objects.filter(changed_by=user, column__in=OF_THE_ASSESSOR)
    return own.filter(score=OuterRef("score"))


def accepted_among(kept, scores: str) -> Q:
    """Events that tell of rows accepted together, some of these scores perhaps among them; `scores`
    leads from the event to the scores of its dossier or its period."""
    return Q(verb=ACCEPT, **{f"{scores}__in": kept})


class SecondMarkQuerySet(models.QuerySet):
    def of_period(self, period):
        """Those of the period's components."""
        return self.filter(marking__period=period)

    def standing(self):
        """Without those whose first verdict is gone."""
        return self.exclude(state=MarkState.FALLEN)

    def given(self):
        """Those of which the second mark is there."""
        return self.filter(state__in=GIVEN)

    def unfinished(self):
        """Those that keep a verification from ending: of units that are still assessed."""
        left_out = Q(score__dossier__state=DossierState.ABSENT)
        return self.filter(state__in=OPEN).exclude(left_out)

    def hidden_from(self, user):
        """Those of which the person may not know the first mark: not done yet, and theirs to give
        as far as their role goes, or given to them already. None for whoever verifies nowhere."""
        if not units_where(user, Permission.VERIFY_DOSSIER):
            return self.none()
        undone = self.filter(state__in=UNDONE)
        return undone._judged_by_desk_of(user) | undone.filter(second_by=user)

    def held_by(self, user):
        """The one the person has taken and not given."""
        return self.filter(state=MarkState.TAKEN, second_by=user)

    def _judged_by_desk_of(self, user):
        """Those about verdicts that the person could have given and did not."""
        return self.filter(
            ~Exists(judged_by(user)),
            score__in=Score.objects.at_desks_of(user),
            score__dossier__in=Dossier.objects.verified_by_desk_of(user),
        )

    def _open_to(self, user):
        open_periods = Q(score__dossier__period__state=PeriodState.OPEN)
        return self._judged_by_desk_of(user).filter(open_periods)

    def for_second(self, user):
        """Those that wait and that the person may mark, dossiers in which they gave no verdict
        first: they have not seen those figures."""
        elsewhere = ScoreChange.objects.filter(
            changed_by=user,
            column__in=OF_THE_ASSESSOR,
            score__dossier=OuterRef("score__dossier"),
        )
        settled = Q(score__not_applicable=True) | Q(score__verified_points__isnull=False)
        waiting = self._open_to(user).filter(
            settled, state=MarkState.WAITING, score__dossier__state__in=SUBMITTED_ONCE
        )
        return waiting.annotate(known=Exists(elsewhere)).order_by("known", "drawn_at", "pk")

    def for_third(self, user):
        """Those beyond the tolerance that the person may decide, longest waiting first."""
        disputed = self._open_to(user).filter(state=MarkState.DISPUTED).exclude(second_by=user)
        return disputed.order_by("given_at", "pk")

    def in_short(self):
        """How many, and the first of their last days of verification (one query when asked)."""
        last_day = models.Min("score__dossier__period__verify_by")
        return self.order_by().aggregate(number=models.Count("pk"), due=last_day)

    def visible_to(self, user):
        """Marks on the scores the person may see."""
        return self.filter(score__in=Score.objects.visible_to(user))

    def for_page(self):
        """With all that a page about one of them names."""
        return self.select_related(
            "marking",
            "score__criterion__parent__parent",
            "score__dossier__unit",
            "score__dossier__block",
            "score__dossier__period__assessor",
            "first_by",
            "second_by",
            "decided_by",
        )

    def hold(self, pk: int):
        """The row, locked until the transaction ends."""
        return (
            self.select_related("marking").select_for_update(of=("self",), no_key=True).get(pk=pk)
        )
