"""What the clock starts: lost papers go to the press again; sums
of very many units are made again; letters are written, sent, forgotten.

Where the portal is joined to no server of letters, none is written.
"""

from datetime import timedelta

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from reports.services import (
    editions,
    hearing,
    kept_pages,
    kept_previews,
    letters,
    press,
    seal_checks,
    signed_files,
)

WAITS_AT_MOST = timedelta(minutes=5)
RENDERS_AT_MOST = timedelta(seconds=settings.CELERY_TASK_TIME_LIMIT) + WAITS_AT_MOST


@shared_task
def send_lost_papers_again() -> None:
    """Every edition whose paper has been on its way for longer than any paper takes, and every
    signed file that nobody has looked at."""
    now = timezone.now()
    editions.send_lost_ones_again(
        waiting_since=now - WAITS_AT_MOST, rendering_since=now - RENDERS_AT_MOST
    )
    signed_files.send_lost_ones_again(waiting_since=now - WAITS_AT_MOST)


@shared_task
def send_lost_parts_again() -> None:
    """Every part of a long paper whose worker died or whose message was lost."""
    press.send_lost_parts_again()


@shared_task
def draw_looked_at_again() -> None:
    """The sums of very many units that somebody has looked at lately."""
    kept_pages.draw_looked_at_again(timezone.now())


@shared_task
def sum_long_periods() -> None:
    """What would be published of locked periods of very many units, before a reader asks."""
    kept_previews.sum_long_ones()


@shared_task
def check_long_seals() -> None:
    """Whether the seals of long editions hold, before a reader asks."""
    seal_checks.check_long_ones()


@shared_task
def write_letters() -> None:
    """What has happened since the last stroke, and what waits for people whose hour has come; then
    everything that is due goes off, also what was tried or lost before."""
    if not settings.LETTERS:
        return
    now = timezone.now()
    hearing.hear(now)
    letters.send_off(now)
    letters.write_digests(now)


@shared_task
def forget_letters() -> None:
    """Letters of long ago."""
    letters.forget(timezone.now())
