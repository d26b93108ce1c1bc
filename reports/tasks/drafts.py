"""The errand of a long draft."""

import logging
from dataclasses import replace

from celery import shared_task
from django.utils import timezone

from reports import printed
from reports.long_papers import draw_draft
from reports.printed import DRAFT
from reports.rules.paper_state import PaperState

logger = logging.getLogger(__name__)


@shared_task
def render_draft(user_pk: int, period_pk: int, author: str) -> None:
    """The draft that was ordered, drawn in parts and kept for an hour for whoever asked; how far it
    is can be read meanwhile. An order that has faded is drawn no more."""
    paper = printed.order(user_pk, period_pk, DRAFT)
    if paper is None:
        return
    told = printed.kept(user_pk, period_pk, DRAFT)

    def tell(done: int, parts: int) -> None:
        now = replace(told, state=PaperState.WAITING, done=done, parts=parts)
        printed.keep(user_pk, period_pk, now, DRAFT)

    try:
        pdf = draw_draft(paper, author, tell)
        drawn = replace(told, state=PaperState.DONE, pdf=pdf, at=timezone.localtime())
    except Exception:
        logger.exception("The draft of period %s could not be rendered.", period_pk)
        drawn = replace(told, state=PaperState.FAILED)
    printed.keep(user_pk, period_pk, drawn, DRAFT)
    printed.forget_order(user_pk, period_pk, DRAFT)
