"""All that waits for a person: the one list that the desk shows and the daily letter tells."""

from datetime import datetime

from django.utils import timezone

from reports.rules.desk import Shelf, shelves
from reports.services import (
    campaign_duties,
    dialogue_duties,
    duties,
    figure_duties,
    inspection_duties,
    periodic_duties,
    plan_duties,
    pledges,
    verifying,
    voice_duties,
)
from scoring.models import Period


def waiting_for(user, overseen: list[Period], *, now: datetime) -> list[Shelf]:
    """What waits at this moment, by urgency and deadline; read from the papers as they lie.

    `overseen`: the periods the person oversees (`duties.overseen`). As many queries for a full
    desk as for an empty one, but for three of each result to reply to.
    """
    today = timezone.localdate(now)
    return shelves(
        [
            *duties.of_the_unit(user, today),
            *duties.of_the_reply(user, now),
            *verifying.of_the_assigned(user),
            *verifying.of_the_verifier(user),
            *verifying.of_the_owner(user),
            *verifying.of_the_decider(user),
            *verifying.of_the_second_verifier(user),
            *duties.of_the_organiser(user, overseen, today),
            *duties.of_the_head(user),
            *duties.of_the_press(user),
            *duties.of_the_post(user),
            *figure_duties.of_the_figures(user, today),
            *figure_duties.of_the_taken(user, today),
            *figure_duties.of_the_drives(user, today),
            *campaign_duties.of_the_campaigns(user, today),
            *periodic_duties.of_the_writers(user, today),
            *periodic_duties.of_the_receiver(user),
            *pledges.of_the_parties(user, today),
            *pledges.of_the_tasks(user, today),
            *pledges.of_the_receiver(user),
            *plan_duties.of_the_plans(user),
            *plan_duties.of_the_planned_tasks(user, today),
            *dialogue_duties.of_the_upper(user, today),
            *dialogue_duties.of_the_holder(user, today),
            *dialogue_duties.of_the_owner(user, today),
            *dialogue_duties.of_the_conferences(user, today),
            *inspection_duties.of_the_runner(user, today),
            *inspection_duties.of_the_signer(user),
            *inspection_duties.of_the_judge(user),
            *inspection_duties.of_the_inspected(user, today),
            *inspection_duties.of_the_overseer(user, today),
            *voice_duties.of_the_handler(user, today),
            *voice_duties.of_the_concluder(user),
            *voice_duties.of_the_overseer(user, today),
        ],
        today,
    )
