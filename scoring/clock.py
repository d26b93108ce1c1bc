"""What the clock starts."""

from celery import shared_task

from scoring.models import Period
from scoring.rules.workflow import PeriodState
from scoring.services import counter
from scoring.tasks import fill_period


@shared_task
def resume_openings() -> None:
    """Sends off the filling of every opening period again, in case its worker was killed."""
    for period in Period.objects.filter(state=PeriodState.OPENING).values_list("pk", flat=True):
        fill_period.delay(period)


@shared_task
def unlink_ratings() -> None:
    """Which slip gave which rating is not to be read even from the marks of the database."""
    counter.unlink()
