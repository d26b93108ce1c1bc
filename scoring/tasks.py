"""Errands sent off by services."""

from celery import shared_task
from django.db import transaction

from scoring.models import Period, PeriodEvent
from scoring.models.opening import make_dossiers
from scoring.rules.workflow import PERIOD, PeriodState, PeriodVerb

UNITS_A_STEP = 100


@shared_task
def fill_period(period: int) -> None:
    """Makes what is missing of an opening period, step by step, then lets the assessment start.

    Every step is whole in itself: killed anywhere, or run twice at once, nothing is made twice.
    """
    while take_a_step(period):
        pass


@transaction.atomic
def take_a_step(period: int) -> bool:
    """Dossiers of the next units; where none is left, the start. Whether there is more to do."""
    held = Period.objects.hold(period)
    if held.state != PeriodState.OPENING:
        return False
    if make_dossiers(held.pk, at_most=UNITS_A_STEP):
        return True
    move = PERIOD.check(PeriodVerb.START, held.state)
    PeriodEvent.objects.create(
        period=held, verb=move.verb, source=held.state, target=move.target, by=None
    )
    held.state = move.target
    held.save(update_fields=["state"])
    return False
