"""Errands of the press. Each takes a key, may run twice without harm, and holds no rule."""

import logging
from contextlib import ExitStack
from datetime import datetime, timedelta
from tempfile import TemporaryFile

from celery import shared_task
from django.core.files import File
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from cchc_portal.kit.pdf import no_collector
from reports.models import (
    AT_WORK,
    Edition,
    Errand,
    PartState,
    PressPart,
    PressRun,
    RenderState,
    RunState,
)
from reports.papers import long_papers
from reports.papers.editions import edition_pdf

logger = logging.getLogger(__name__)

LONGEST_REASON = 500
PART_AT_MOST = 240
"""Seconds. A part takes ten; what takes longer is given up, so that the clock may send it again."""
TIME_TO_SAY_SO = 20
"""Seconds before that, in which the worker still writes down that it was too much."""
LOST_AFTER = timedelta(seconds=PART_AT_MOST + 60)


@shared_task(bind=True, max_retries=3, default_retry_delay=10)
def render_edition(self, edition_pk: int) -> None:
    """The paper of an edition, drawn from its frozen rows and kept with it. May run twice.

    A long one is sent off in parts. A fault is tried again some seconds later; the last one is
    written down for whoever may print.
    """
    undelivered = Edition.objects.filter(pk=edition_pk).without_paper()
    if not undelivered.update(render_state=RenderState.RENDERING, render_error=""):
        return
    try:
        edition = Edition.objects.for_page().get(pk=edition_pk)
        if long_papers.is_long(edition):
            begin_run(edition, Errand.PAPER)
        else:
            _keep(edition_pk, ContentFile(edition_pdf(edition)))
    except Exception as fault:
        if self.request.retries < self.max_retries:
            raise self.retry(exc=fault) from fault
        logger.exception("Edition %s could not be rendered.", edition_pk)
        undelivered.update(render_state=RenderState.FAILED, render_error=_reason(fault))


@transaction.atomic
def begin_run(edition: Edition, errand: Errand, **asked) -> PressRun:
    """The run of a long paper, begun or taken up again: after commit every missing part is sent."""
    now = timezone.now()
    joining = PressRun.objects.filter(edition=edition, errand=errand, state=RunState.JOINING)
    if under_way := joining.filter(sent_at__gte=_lost_since()).first():
        return under_way
    going = {"state": RunState.RUNNING, "error": "", "sent_at": now, **asked}
    run, _ = PressRun.objects.update_or_create(
        edition=edition, errand=errand, defaults=going | {"ended_at": None, "file": ""}
    )
    if not run.parts.exists():
        cut = {
            Errand.PAPER: long_papers.parts_of_paper,
            Errand.SHEETS: long_papers.parts_of_sheets,
        }
        PressPart.objects.bulk_create(
            PressPart(run=run, position=position, holds=holds, sent_at=now)
            for position, holds in enumerate(cut[errand](edition), start=1)
        )
    free = run.parts.missing().nobody_is_at(lost_since=_lost_since())
    keys = list(free.values_list("pk", flat=True))
    free.filter(pk__in=keys).update(state=PartState.WAITING, sent_at=now)
    for key in keys:
        render_part.delay_on_commit(key)
    if not run.parts.missing().exists():
        join_parts.delay_on_commit(run.pk)
    return run


@shared_task(
    bind=True,
    max_retries=2,
    default_retry_delay=10,
    soft_time_limit=PART_AT_MOST - TIME_TO_SAY_SO,
    time_limit=PART_AT_MOST,
)
def render_part(self, part_pk: int) -> None:
    """One part, unless it is there, somebody is at it, or its run was stopped. The last one to
    come has the parts joined."""
    if not PressPart.objects.take_up(part_pk, lost_since=_lost_since()):
        return
    part = PressPart.objects.select_related("run").get(pk=part_pk)
    draw = {
        Errand.PAPER: long_papers.draw_part_of_paper,
        Errand.SHEETS: long_papers.draw_part_of_sheets,
    }
    try:
        edition = Edition.objects.for_page().get(pk=part.run.edition_id)
        with no_collector():
            drawn = draw[Errand(part.run.errand)](edition, part)
        part.file.save("part", ContentFile(drawn), save=False)
        part.state = PartState.DONE
        part.save(update_fields=["file", "state"])
    except Exception as fault:
        mine = PressPart.objects.filter(pk=part_pk, state=PartState.RENDERING)
        mine.update(state=PartState.WAITING)
        if self.request.retries < self.max_retries:
            raise self.retry(exc=fault) from fault
        logger.exception("%s could not be drawn.", part)
        _fail(part.run, fault)
        return
    if not part.run.parts.missing().exists():
        join_parts.delay(part.run_id)


@shared_task(time_limit=PART_AT_MOST)
def join_parts(run_pk: int) -> None:
    """What the parts of a run come to, kept where it belongs; then the parts go."""
    if not PressRun.objects.take_to_join(run_pk, lost_since=_lost_since()):
        return
    run = PressRun.objects.select_related("edition").get(pk=run_pk)
    try:
        with TemporaryFile() as out, ExitStack() as held:
            parts = [held.enter_context(part.file.open("rb")) for part in run.parts.all()]
            if run.errand == Errand.PAPER:
                edition = Edition.objects.for_page().get(pk=run.edition_id)
                long_papers.join_paper(edition, parts, out)
                _keep(run.edition_id, File(out))
            else:
                long_papers.join_sheets(parts, out)
                run.file.save("bundle.zip", File(out), save=False)
    except Exception as fault:
        logger.exception("The parts of %s could not be joined.", run)
        _fail(run, fault)
        return
    run.state, run.ended_at = RunState.DONE, timezone.now()
    run.save(update_fields=["state", "ended_at", "file"])
    for part in run.parts.all():
        part.file.delete(save=False)
    run.parts.all().delete()


@transaction.atomic
def _keep(edition_pk: int, paper: File) -> None:
    edition = Edition.objects.hold(edition_pk)
    if edition.render_state == RenderState.DONE:
        return
    edition.pdf.save("paper.pdf", paper, save=False)
    edition.render_state, edition.rendered_at = RenderState.DONE, timezone.now()
    edition.save(update_fields=["pdf", "render_state", "rendered_at"])


def _fail(run: PressRun, fault: Exception) -> None:
    reason = _reason(fault)
    PressRun.objects.filter(pk=run.pk, state__in=AT_WORK).update(
        state=RunState.FAILED, error=reason
    )
    if run.errand == Errand.PAPER:
        Edition.objects.filter(pk=run.edition_id).without_paper().update(
            render_state=RenderState.FAILED, render_error=reason
        )


def _reason(fault: Exception) -> str:
    return f"{type(fault).__name__}: {fault}"[:LONGEST_REASON]


def _lost_since() -> datetime:
    return timezone.now() - LOST_AFTER
