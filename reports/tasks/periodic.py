"""The errand of a periodic report with very many units."""

import logging

from celery import shared_task
from django.utils import timezone

from reports import printed
from reports.papers.periodic import drawn
from reports.printed import PERIODIC, Printed
from reports.rules.paper_state import PaperState

logger = logging.getLogger(__name__)


@shared_task
def render_periodic(user_pk: int, report_pk: int, seen: str) -> None:
    """The report that was ordered, kept for an hour for whoever asked. An order that has faded is
    drawn no more."""
    paper = printed.order(user_pk, report_pk, PERIODIC)
    if paper is None:
        return
    try:
        found = Printed(PaperState.DONE, drawn(paper), timezone.localtime(), seen)
    except Exception:
        logger.exception("The periodic report %s could not be rendered.", report_pk)
        found = Printed(PaperState.FAILED, seen=seen)
    printed.keep(user_pk, report_pk, found, PERIODIC)
    printed.forget_order(user_pk, report_pk, PERIODIC)
