"""What the clock starts: papers that never reached the press, or died there, are sent again."""

from datetime import timedelta

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from reports.services import editions, press, signed_files

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
