"""What is drawn from the sums of a whole period: the parts of the command view and of the board.

Of very many units the sums take seconds. Those parts are drawn by a worker and kept here, for
everybody who sees the same; nobody waits for them (`services/kept_pages.py`).
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.core.cache import cache
from django.db import models
from django.template.loader import render_to_string
from django.utils import timezone

from cchc_portal.kit.digest import digest
from reports.board import board_of
from reports.charts.board import charts_of
from reports.charts.command import answers
from reports.command import command_of
from scoring.models import Period
from scoring.rules.workflow import NOT_YET_ASSESSING, PeriodState
from units.access import units_where
from units.models import User
from units.permissions import Permission

SHOWN_FOR = 3 * 24 * 60 * 60
"""Seconds for which a part is kept to be shown, with its hour, while a newer one is drawn."""
DRAWN_WITHIN = 3 * 60
"""Seconds. What takes longer is given up; where a worker died, the next one begins after these."""
TOLD_FAILED_FOR = 60
"""Seconds for which a part that could not be drawn is not tried again."""


class Page(models.TextChoices):
    """The pages that have such a part."""

    COMMAND = "command", "Điều hành"
    BOARD = "board", "Bảng điều hành kỳ"


class Errand(models.TextChoices):
    """Where the drawing of a part is."""

    SENT = "sent", "Đang cộng"
    FAILED = "failed", "Chưa cộng được"


@dataclass(frozen=True)
class Told:
    """The drawn part of a page; when its figures were read, None where none are yet; how many units
    it tells of, and are ranked; whether it is one of those that are kept, and where a newer one is.
    """

    html: str = ""
    at: datetime | None = None
    units: int = 0
    ranked: int = 0
    kept: bool = False
    errand: Errand | None = None

    @property
    def waits(self) -> bool:
        """Whether there is nothing to show yet."""
        return self.at is None


def drawn(page: Page, user: User, period: Period) -> Told:
    """The part as it is now; `period` with its assessor."""
    return MAKERS[page](user, period, timezone.now())


def _command(user: User, period: Period, now: datetime) -> Told:
    view = command_of(user, period, timezone.localdate(now))
    said = {"period": period, **answers(view)}
    html = render_to_string("reports/_command_answers.html", said)
    return Told(html, now, view.units, len(view.rows))


def _board(user: User, period: Period, now: datetime) -> Told:
    said: dict[str, Any] = {
        "period": period,
        "under_way": period.state == PeriodState.OPEN,
    }
    if period.state not in NOT_YET_ASSESSING:
        board = board_of(period, timezone.localdate(now))
        said |= {"board": board, **charts_of(board)}
    return Told(render_to_string("reports/_board_answers.html", said), now)


MAKERS: dict[Page, Callable[[User, Period, datetime], Told]] = {
    Page.COMMAND: _command,
    Page.BOARD: _board,
}


def key_of(page: Page, user: User, period: Period) -> str:
    """Under which a part is kept: one for all who see the same of a period in this state.

    Of a board everybody sees the same. The command view also counts commitments, and which of them
    somebody sees is said by the units at which they see (`Commitment.objects.visible_to`).
    """
    seen = ""
    if page == Page.COMMAND:
        see = (Permission.SEE_UNIT, Permission.SEE_BELOW)
        seen = digest([sorted(units_where(user, one)) for one in see])
    return f"told:{page.value}:{period.pk}:{period.state}:{seen}"


def kept(key: str) -> Told | None:
    """What was drawn last, and where a newer one is."""
    found: dict[str, Any] = cache.get_many([key, _errand(key)])
    told, errand = found.get(key), found.get(_errand(key))
    if told is None:
        return Told(kept=True, errand=errand) if errand else None
    return replace(told, errand=errand)


def claim(key: str) -> bool:
    """Whether nobody is sent for it yet: then whoever asks sends a worker, and nobody else does
    until it is drawn or the worker is lost."""
    return cache.add(_errand(key), Errand.SENT, DRAWN_WITHIN)


def draw(page: Page, user: User, period: Period) -> None:
    """Draws the part and keeps it, unless another worker is at it."""
    key = key_of(page, user, period)
    if not cache.add(_at_work(key), True, DRAWN_WITHIN):
        return
    try:
        cache.set(_errand(key), Errand.SENT, DRAWN_WITHIN)
        cache.set(key, replace(drawn(page, user, period), kept=True), SHOWN_FOR)
        cache.delete(_errand(key))
    except Exception:
        cache.set(_errand(key), Errand.FAILED, TOLD_FAILED_FOR)
        raise
    finally:
        cache.delete(_at_work(key))


def _errand(key: str) -> str:
    return f"{key}:errand"


def _at_work(key: str) -> str:
    return f"{key}:at-work"
