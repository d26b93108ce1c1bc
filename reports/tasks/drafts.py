"""The errand of a long draft."""

import logging
from contextlib import suppress
from dataclasses import replace

from celery import shared_task
from django.utils import timezone

from reports import printed
from reports.papers.long_papers import draw_draft
from reports.printed import DRAFT, Printed, draft_order
from reports.rules.paper_state import PaperState

logger = logging.getLogger(__name__)


@shared_task
def render_draft(user_pk: int, period_pk: int, seen: str, author: str) -> None:
    """The draft that was ordered, drawn in parts and kept for an hour for whoever asked; how far it
    is can be read meanwhile. An order that has faded is drawn no more, nor one after which the
    person asked for another."""
    paper = printed.order(user_pk, period_pk, draft_order(seen))
    if paper is None:
        return
    told = printed.kept(user_pk, period_pk, DRAFT)

    def keep(now: Printed) -> None:
        if printed.kept(user_pk, period_pk, DRAFT).seen != seen:
            raise _AnotherAskedFor
        printed.keep(user_pk, period_pk, now, DRAFT)

    def tell(done: int, parts: int) -> None:
        keep(replace(told, state=PaperState.WAITING, done=done, parts=parts))

    try:
        pdf = draw_draft(paper, author, tell)
        keep(replace(told, state=PaperState.DONE, pdf=pdf, at=timezone.localtime()))
    except _AnotherAskedFor:
        logger.info("The draft of period %s was given up for another.", period_pk)
    except Exception:
        logger.exception("The draft of period %s could not be rendered.", period_pk)
        with suppress(_AnotherAskedFor):
            keep(replace(told, state=PaperState.FAILED))
    finally:
        printed.forget_order(user_pk, period_pk, draft_order(seen))


class _AnotherAskedFor(Exception):
    """By the same person, of the same period: nobody waits for this one."""
