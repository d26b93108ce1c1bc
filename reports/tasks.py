"""Errands of the press. Each takes a key, may run twice without harm, and holds no rule."""

import logging

from celery import shared_task
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from reports import printed
from reports.command_paper import command_pdf
from reports.documents import edition_pdf
from reports.models import Edition, RenderState
from reports.printed import Printed
from reports.rules.paper_state import PaperState
from scoring.models import Period
from units.models import User

logger = logging.getLogger(__name__)

LONGEST_REASON = 500


@shared_task(bind=True, max_retries=3, default_retry_delay=10)
def render_edition(self, edition_pk: int) -> None:
    """The paper of an edition, drawn from its frozen rows and kept with it. May run twice.

    A fault is tried again some seconds later; the last one is written down for whoever may print.
    """
    undelivered = Edition.objects.filter(pk=edition_pk).without_paper()
    if not undelivered.update(render_state=RenderState.RENDERING, render_error=""):
        return
    try:
        paper = edition_pdf(Edition.objects.for_page().get(pk=edition_pk))
        _keep(edition_pk, paper)
    except Exception as fault:
        if self.request.retries < self.max_retries:
            raise self.retry(exc=fault) from fault
        logger.exception("Edition %s could not be rendered.", edition_pk)
        reason = f"{type(fault).__name__}: {fault}"[:LONGEST_REASON]
        undelivered.update(render_state=RenderState.FAILED, render_error=reason)


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


@transaction.atomic
def _keep(edition_pk: int, paper: bytes) -> None:
    edition = Edition.objects.hold(edition_pk)
    if edition.render_state == RenderState.DONE:
        return
    edition.pdf.save("paper.pdf", ContentFile(paper), save=False)
    edition.render_state, edition.rendered_at = RenderState.DONE, timezone.now()
    edition.save(update_fields=["pdf", "render_state", "rendered_at"])
