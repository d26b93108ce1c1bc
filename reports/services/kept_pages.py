"""Pages that add up a whole period under way: drawn anew at every look, except of very many units.

The sums of a hundred thousand components take seconds, and nobody waits for them: of a period with
more units than `MOST_LIVE` a look shows what was drawn last, with its hour, and sends a worker for
newer figures. What somebody has looked at lately the clock has drawn again by itself.
"""

from datetime import datetime, timedelta

from django.core.cache import cache
from django.utils import timezone

from reports import told_pages
from reports.tasks import draw_page
from reports.told_pages import Page, Told
from scoring.models import Dossier, Period
from scoring.rules.workflow import PeriodState
from units.models import User

MOST_LIVE = 1000
"""Units. What adds up a period of more is not summed while somebody waits."""
FRESH = timedelta(minutes=2)
"""What is younger is shown without sending for anything newer."""
DRAWN_AGAIN = timedelta(minutes=10)
"""How old the clock lets a page become that was looked at lately."""
LATELY = timedelta(days=2)
LOOKED_AT = "told:looked-at"


def told(page: Page, user: User, period: Period) -> Told:
    """The part of the page as the person sees it: of few units now, of very many as it was drawn
    last in this state of the period. Nothing but where it is, where it was never drawn. One query.
    """
    if Dossier.objects.filter(period=period).count() <= MOST_LIVE:
        return told_pages.drawn(page, user, period)
    key, now = told_pages.key_of(page, user, period), timezone.now()
    _note(key, page, user, period, now)
    found = told_pages.kept(key)
    if found and found.at and now - found.at < FRESH:
        return found
    _send(key, page, user, period)
    return told_pages.kept(key) or Told(kept=True)


def draw_looked_at_again(now: datetime) -> None:
    """Sends for every page that somebody has looked at lately and that was not drawn in this state
    of its period, or, of one under way, has become old."""
    looks = {key: look for key, look in _looks().items() if now - look[3] < LATELY}
    users = User.objects.filter(is_active=True).in_bulk({look[1] for look in looks.values()})
    periods = Period.objects.in_bulk({look[2] for look in looks.values()})
    for name, user, pk, _ in looks.values():
        if user in users and pk in periods:
            page, period = Page(name), periods[pk]
            key = told_pages.key_of(page, users[user], period)
            found = told_pages.kept(key)
            at = found.at if found else None
            if at is None or period.state == PeriodState.OPEN and now - at > DRAWN_AGAIN:
                _send(key, page, users[user], period)


def _send(key: str, page: Page, user: User, period: Period) -> None:
    if told_pages.claim(key):
        draw_page.delay_on_commit(page.value, user.pk, period.pk)


def _note(key: str, page: Page, user: User, period: Period, now: datetime) -> None:
    """Remembers the look, seldom: two that write at once may forget one, until it is repeated."""
    looks = _looks()
    if key in looks and now - looks[key][3] < DRAWN_AGAIN:
        return
    looks = {one: look for one, look in looks.items() if now - look[3] < LATELY}
    looks[key] = (page.value, user.pk, period.pk, now)
    cache.set(LOOKED_AT, looks, LATELY.total_seconds())


def _looks() -> dict[str, tuple[str, int, int, datetime]]:
    """Key of a part → page, who looked, at which period, when."""
    return cache.get(LOOKED_AT) or {}
