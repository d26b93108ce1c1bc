"""What changed lately in the dossiers, periods and commitments a person may see. Three queries."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from commitments.models import Commitment, CommitmentEvent
from commitments.rules.workflow import WRITING
from scoring.models import Dossier, DossierEvent, Period, PeriodEvent
from scoring.rules.workflow import DECIDE, REPLY, DossierVerb, PeriodVerb
from units.access import may
from units.permissions import Permission

LINES = 8

TOLD = tuple(verb.value for verb in PeriodVerb if verb != PeriodVerb.START)
"""The start follows the opening by itself and is no news."""

TOLD_OF_A_DOSSIER = (*DossierVerb.values, REPLY, DECIDE)


@dataclass(frozen=True)
class Change:
    """One line: what was done, to which paper, by whom, when; the reason where one was given."""

    words: str
    about: str
    address: str
    by: str
    happened_at: datetime
    comment: str = ""


def changes(user) -> list[Change]:
    """The newest ones first, not more than `LINES`."""
    found = [*_of_dossiers(user), *_of_periods(user), *_of_commitments(user)]
    return sorted(found, key=lambda change: change.happened_at, reverse=True)[:LINES]


def _of_dossiers(user) -> list[Change]:
    events = (
        DossierEvent.objects.filter(
            dossier__in=Dossier.objects.visible_to(user), verb__in=TOLD_OF_A_DOSSIER
        )
        .select_related("by", "dossier__unit", "dossier__period")
        .order_by("-happened_at", "-pk")
    )
    return [
        Change(
            words=event.words,
            about=f"{event.dossier.unit.name}, {event.dossier.period.title}",
            address=reverse("scoring:dossier", args=[event.dossier_id]),
            by=str(event.by or ""),
            happened_at=event.happened_at,
            comment=event.comment,
        )
        for event in events[:LINES]
    ]


def _of_periods(user) -> list[Change]:
    events = (
        PeriodEvent.objects.filter(
            period__in=Period.objects.visible_to(user).values("pk"), verb__in=TOLD
        )
        .select_related("by", "period")
        .order_by("-happened_at", "-pk")
    )
    return [
        Change(
            words=event.words,
            about=event.period.title,
            address=reverse("scoring:period", args=[event.period_id])
            if may(user, Permission.SEE_BELOW, at=event.period.assessor_id)
            else "",
            by=str(event.by or ""),
            happened_at=event.happened_at,
            comment=event.comment,
        )
        for event in events[:LINES]
    ]


def _of_commitments(user) -> list[Change]:
    events = (
        CommitmentEvent.objects.filter(commitment__in=Commitment.objects.visible_to(user))
        .exclude(verb__in=WRITING)
        .select_related("by", "commitment__unit")
        .order_by("-happened_at", "-pk")
    )
    return [
        Change(
            words=event.words,
            about=f"{event.commitment.party}, năm {event.commitment.year}",
            address=reverse("commitments:detail", args=[event.commitment_id]),
            by=str(event.by or ""),
            happened_at=event.happened_at,
            comment=event.comment,
        )
        for event in events[:LINES]
    ]
