"""The errand of pages that are drawn from the sums of very many units."""

from celery import shared_task

from reports import told_pages
from reports.told_pages import DRAWN_WITHIN, Page
from scoring.models import Period
from units.models import User


@shared_task(time_limit=DRAWN_WITHIN)
def draw_page(page: str, user_pk: int, period_pk: int) -> None:
    """The part of a page as this person, and whoever sees the same, sees it; kept."""
    user = User.objects.get(pk=user_pk)
    period = Period.objects.select_related("assessor").get(pk=period_pk)
    told_pages.draw(Page(page), user, period)
