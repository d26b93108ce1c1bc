"""The errand of the command view's paper."""

import logging

from celery import shared_task
from django.utils import timezone

from reports import printed
from reports.papers.command import command_pdf
from reports.printed import Printed
from reports.rules.paper_state import PaperState
from scoring.models import Period
from units.models import User

logger = logging.getLogger(__name__)


@shared_task
def render_command(user_pk: int, period_pk: int) -> None:
    """The command view of a period as this person sees it, drawn and kept for them for an hour."""
    user = User.objects.get(pk=user_pk)
    period = Period.objects.select_related("assessor").get(pk=period_pk)
    try:
        drawn = Printed(PaperState.DONE, command_pdf(user, period), timezone.localtime())
    except Exception:
        logger.exception("The command view of period %s could not be rendered.", period_pk)
        drawn = Printed(PaperState.FAILED)
    printed.keep(user_pk, period_pk, drawn)
