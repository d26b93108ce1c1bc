"""What waits for a person among remarks of citizens: to deal with, to close, late ones below."""

from datetime import date

from django.db.models import Count, Min, Q
from django.urls import reverse

from cchc_portal.kit.numerals import grouped
from commitments.models import Voice
from commitments.models.voice_stand_ins import stood_in_for
from commitments.rules.voice import (
    CONCLUDING,
    HANDLING,
    VOICE,
    VoiceState,
    VoiceVerb,
    looks_as,
)
from reports.rules.desk import Duty, abridged
from reports.services.duties import MOST_LINES
from units.access import units_where
from units.permissions import Permission

NEXT = {
    VoiceState.RECEIVED: ("Phân loại", "Xem, phân loại"),
    VoiceState.CLASSIFIED: ("Xác minh", "Xem, xác minh"),
    VoiceState.FOUND: ("Trả lời", "Xem, trả lời"),
}
"""What comes next in each open state as it is told, and the words on the button."""
UNMANNED = ("Nhận hoặc chuyển", "Xem, chuyển")


def of_the_handler(user, today: date) -> list[Duty]:
    """Open remarks of one's own units, each with its day; those of units below without a handler
    that may be handed on."""
    desks = units_where(user, HANDLING)
    if not desks:
        return []
    unmanned = stood_in_for(user)
    movable = Q(unit__in=unmanned, state__in=VOICE.move(VoiceVerb.HAND_ON).sources)
    found = Voice.objects.open().filter(Q(unit__in=desks) | movable)
    found = found.for_list().order_by("due_on", "pk")
    lines = [_line(voice, unmanned=voice.unit_id in unmanned) for voice in found]
    rest = Duty(
        icon="chat-left-text",
        title="{number} phản ánh, kiến nghị khác",
        detail="Đang chờ xử lý",
        address=reverse("voices:list"),
        action="Xem tất cả",
    )
    return abridged(lines, rest, MOST_LINES, today)


def of_the_concluder(user) -> list[Duty]:
    """Remarks of one's own units that were answered and wait to be closed: one line."""
    desks = units_where(user, CONCLUDING)
    if not desks:
        return []
    number = Voice.objects.filter(unit__in=desks, state=VoiceState.ANSWERED).count()
    if not number:
        return []
    return [
        Duty(
            icon="check2-circle",
            title=f"Kết thúc {grouped(number)} phản ánh đã trả lời",
            detail="Ghi biện pháp xử lý khi phản ánh có cơ sở",
            address=f"{reverse('voices:list')}?state={VoiceState.ANSWERED.value}",
            action="Xem, kết thúc",
            count=number,
        )
    ]


def of_the_overseer(user, today: date) -> list[Duty]:
    """Late remarks of the units directly below those that one leads: one line a unit."""
    led = units_where(user, Permission.SEE_DASHBOARD)
    if not led:
        return []
    late = Voice.objects.overdue(today).filter(above__in=led).order_by()
    counted = late.values("unit__name").annotate(number=Count("pk"), due=Min("due_on"))
    lines = [
        Duty(
            icon="exclamation-circle",
            title=f"{row['unit__name']}: {grouped(row['number'])} phản ánh quá hạn",
            detail="Đơn vị trực thuộc chưa trả lời người dân",
            address=f"{reverse('voices:list')}?state=overdue",
            action="Xem",
            due=row["due"],
            count=row["number"],
            place=row["unit__name"],
        )
        for row in counted.order_by("due", "unit__name")
    ]
    rest = Duty(
        icon="exclamation-circle",
        title="{number} đơn vị trực thuộc khác có phản ánh quá hạn",
        detail="Chưa trả lời người dân",
        address=f"{reverse('voices:list')}?state=overdue",
        action="Xem tất cả",
    )
    return abridged(lines, rest, MOST_LINES, today)


def _line(voice: Voice, *, unmanned: bool) -> Duty:
    what, action = UNMANNED if unmanned else NEXT[looks_as(voice.kind, voice.state)]
    detail = f"{voice.get_kind_display()} · {voice.concerns}"
    return Duty(
        icon="chat-left-text",
        title=f"{what} phản ánh số {voice.label}",
        detail=f"{detail} · đơn vị chưa có người xử lý" if unmanned else detail,
        address=reverse("voices:detail", args=[voice.pk]),
        action=action,
        due=voice.due_on,
        place=voice.unit.name,
    )
