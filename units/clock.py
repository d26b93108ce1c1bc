"""What the clock starts: small pictures that never reached a worker are sent off again."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from units.services import previews

WAITS_AT_MOST = timedelta(minutes=10)


@shared_task
def send_lost_previews_again() -> None:
    """Every document whose small picture has been waited for longer than any takes."""
    previews.send_lost_ones_again(waiting_since=timezone.now() - WAITS_AT_MOST)
