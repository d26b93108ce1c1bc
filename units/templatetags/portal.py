"""What every page writes in the same way: figures, days, icons, states, classes, the way here."""

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from django import template
from django.core.paginator import Page
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html

from cchc_portal.kit import numerals, paper_numbers

register = template.Library()

NOTHING = "–"
HARD_SPACE = "\u00a0"

STATE_LOOKS = {
    # a row that saves itself
    "saved": ("saved", "check2"),
    "sending": ("waiting", "arrow-repeat"),
    "waiting": ("waiting", "cloud-arrow-up"),
    "refused": ("refused", "x-octagon"),
    "locked": ("locked", "lock"),
    "changed": ("changed", "people"),
    "remarks": ("remarks", "chat-left-text"),
    # a dossier, a commitment
    "draft": ("info", "pencil"),
    "submitted": ("info", "send"),
    "returned": ("warn", "arrow-counterclockwise"),
    "verified": ("good", "check2-circle"),
    "absent": ("locked", "slash-circle"),
    "signed": ("info", "pen"),
    "in_force": ("good", "check2-circle"),
    "closed": ("locked", "lock"),
    # a campaign of measurement
    "collecting": ("info", "arrow-repeat"),
    # a yearly plan
    "issued": ("good", "check2-circle"),
    # a task of a commitment
    "under_way": ("info", "arrow-repeat"),
    "done": ("good", "check2-circle"),
    "overdue": ("bad", "exclamation-circle"),
    "partly": ("warn", "exclamation-triangle"),
    "not_done": ("bad", "x-octagon"),
    "at_risk": ("warn", "hourglass-split"),
    "awaiting": ("info", "hourglass-split"),
    "carried": ("warn", "arrow-repeat"),
    # what the receiver says of a report
    "accepted": ("good", "check2-circle"),
    # a conference, what was raised at it, what was sent up
    "planned": ("info", "calendar-event"),
    "held": ("info", "people"),
    "followed": ("warn", "arrow-repeat"),
    "cancelled": ("locked", "slash-circle"),
    "received": ("info", "chat-left-text"),
    "answered": ("good", "check2-circle"),
    "escalated": ("remarks", "arrow-up-right-square"),
    "replied": ("warn", "envelope-open"),
    "withdrawn": ("locked", "arrow-counterclockwise"),
    "discarded": ("locked", "slash-circle"),
    "ended": ("good", "check2-all"),
    "passed_on": ("remarks", "arrow-up-right-square"),
    "turned_back": ("locked", "arrow-counterclockwise"),
    "recalled": ("locked", "arrow-counterclockwise"),
    # a remark of a citizen ("received", "answered", "closed", "discarded" stand above)
    "classified": ("warn", "search"),
    "found": ("warn", "chat-left-text"),
    "referred": ("remarks", "arrow-up-right-square"),
    "pointed": ("remarks", "signpost-split"),
    # an inspection, a point of its checklist (its other states stand above and below)
    "minuted": ("warn", "pen"),
    "met": ("good", "check2"),
    "not_met": ("bad", "x-octagon"),
    "aside": ("locked", "slash-circle"),
    # a reply to a verdict
    "unsaid": ("warn", "chat-left-text"),
    "writing": ("info", "pencil"),
    "sent": ("info", "send"),
    "agreed": ("good", "check2"),
    "decided": ("good", "check2-circle"),
    "silent": ("locked", "clock-history"),
    # a second mark ("awaiting", "agreed" and "decided" stand above)
    "taken": ("info", "pencil"),
    "disputed": ("warn", "people"),
    "waived": ("locked", "slash-circle"),
    # a proposal that a component does not apply
    "proposed": ("info", "hourglass-split"),
    "confirmed": ("good", "check2-circle"),
    "denied": ("bad", "x-octagon"),
    "imposed": ("good", "slash-circle"),
    # a row that reported figures may answer ("closed" stands above)
    "takes": ("info", "arrow-repeat"),
    "same": ("good", "check2"),
    "differs": ("warn", "exclamation-triangle"),
    "typed": ("info", "pencil"),
    # a period
    "preparing": ("info", "sliders"),
    "opening": ("warn", "hourglass-split"),
    "open": ("info", "pencil"),
    "published": ("good", "megaphone"),
    # a paper that is being drawn ("waiting" and "done" stand above)
    "rendering": ("warn", "hourglass-split"),
    "failed": ("bad", "exclamation-triangle"),
}
"""Tone and icon of each state; the word comes from the state itself and is always written."""

ROW_WORDS = {
    "saved": "Đã lưu",
    "sending": "Đang gửi",
    "waiting": "Chờ gửi",
    "refused": "Không nhận",
    "locked": "Đã khóa",
    "changed": "Người khác vừa sửa",
    "remarks": "Có trao đổi",
}


@register.filter
def points(figure: Decimal | Fraction | None, places: int = 2) -> str:
    """Points or any figure with a decimal comma, half up: `1,47`; a dash where there is none."""
    return NOTHING if figure in (None, "") else numerals.written(figure, places)


@register.filter
def exactly(figure: Decimal | Fraction | None, least: int = 0) -> str:
    """A figure without rounding: `0,125`, `4/3`; at least so many decimals."""
    return NOTHING if figure in (None, "") else numerals.exactly(figure, least)


@register.filter
def percent(figure: Decimal | Fraction | None, places: int = 2) -> str:
    """A percentage with its sign after a space that does not break: `97,44 %`."""
    return NOTHING if figure in (None, "") else f"{numerals.written(figure, places)}{HARD_SPACE}%"


@register.filter
def change(figure: Decimal | Fraction | None, places: int = 2) -> str:
    """A difference with its sign, the minus a true one: `+1,42`, `−0,95`, `0,00`."""
    if figure in (None, ""):
        return NOTHING
    text = numerals.written(figure, places)
    return f"+{text}" if figure > 0 and text.strip("0,") else text


@register.filter
def grouped(count: int | None) -> str:
    """A whole number with points for thousands: `12.480`."""
    return NOTHING if count in (None, "") else numerals.grouped(count)


def _here(moment: date | datetime) -> date | datetime:
    """A moment by the clocks of Viet Nam; a day as it is."""
    aware = isinstance(moment, datetime) and timezone.is_aware(moment)
    return timezone.localtime(moment) if aware else moment


@register.filter
def day(moment: date | datetime | None) -> str:
    """`25/09/2026`."""
    return f"{_here(moment):%d/%m/%Y}" if moment else NOTHING


@register.filter
def moment(moment: datetime | None) -> str:
    """`25/09/2026, 17:00`."""
    return f"{_here(moment):%d/%m/%Y, %H:%M}" if moment else NOTHING


@register.filter
def clock(moment: datetime | None) -> str:
    """`17:00`."""
    return f"{_here(moment):%H:%M}" if moment else NOTHING


@register.filter
def unbroken(text: str | None) -> str:
    """Words with numbers of papers in them, none of which breaks at the end of a line."""
    return paper_numbers.unbroken(text)


@register.filter
def due(deadline: date | None) -> str:
    """How far a deadline is, in words: `còn 4 ngày`, `hôm nay`, `quá hạn 2 ngày`."""
    if not deadline:
        return ""
    left = (deadline - timezone.localdate()).days
    if left == 0:
        return "hôm nay"
    return f"còn {left} ngày" if left > 0 else f"quá hạn {-left} ngày"


@register.simple_tag
@lru_cache(maxsize=512)
def icon(name: str, classes: str = "") -> str:
    """A drawing from the sprite, silent for screen readers: the word stands beside it."""
    return format_html(
        '<svg class="{}" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        f"icon {classes}".rstrip(),
        static("vendor/icons/icons.svg"),
        name,
    )


@register.simple_tag
@lru_cache(maxsize=512)
def state_badge(state: str, word: str = "", classes: str = "") -> str:
    """A state as icon and word: `{% state_badge dossier.state dossier.get_state_display %}`."""
    tone, drawing = STATE_LOOKS.get(state, ("plain", "circle"))
    return format_html(
        '<span class="{}">{}{}</span>',
        f"state state-{tone} {classes}".rstrip(),
        icon(drawing),
        word or ROW_WORDS[state],
    )


@register.filter
def class_shape(label: str, labels: list[str]) -> int:
    """Which of the five marks stands for the class: 1 the best, 5 the last of all labels."""
    position = list(labels).index(label)
    return 5 if position == len(labels) - 1 else min(position + 1, 4)


@register.simple_tag
def class_mark(label: str, labels: list[str]) -> str:
    """Xếp loại: mark and words. `labels` are all labels of the scale, best first, last = below."""
    if not label:
        return format_html('<span class="muted">{}</span>', "chưa xếp loại")
    if label not in labels:
        return format_html('<span class="strong">{}</span>', label)
    return format_html(
        '<span class="class-mark class-{0}"><svg aria-hidden="true" focusable="false">'
        '<use href="{1}#class-{0}"></use></svg>{2}</span>',
        class_shape(label, labels),
        static("portal/marks.svg"),
        label,
    )


@register.inclusion_tag("shared/_crumbs.html")
def crumbs(*steps: str) -> dict:
    """The way here: label and address in turn, the last label alone.

    `{% crumbs "Kỳ đánh giá" periods_address period.title %}`
    """
    pairs = [(steps[at], steps[at + 1]) for at in range(0, len(steps) - 1, 2)]
    here = steps[-1] if len(steps) % 2 else ""
    return {"steps": pairs, "here": here}


@register.simple_tag
def page_numbers(page: Page) -> list[int | str]:
    """The pages a reader can go to from this one, with an ellipsis where some are left out."""
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1))
