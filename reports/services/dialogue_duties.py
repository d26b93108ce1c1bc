"""What waits for a person at conferences: to answer, to answer from above, to do, to sign."""

from datetime import date

from django.db.models import Count, Q
from django.urls import reverse

from cchc_portal.kit.numerals import grouped
from commitments.models import Conference, ConferenceTask, DialogueItem, Escalation
from commitments.rules.conference import HOLDING, ConferenceState
from reports.rules.desk import Duty, abridged
from reports.services.duties import MOST_LINES, QUOTED
from reports.services.pledges import AHEAD
from units.access import units_where
from units.permissions import Permission


def of_the_holder(user, today: date) -> list[Duty]:
    """Items of one's own conferences that the unit has to answer: one line a conference."""
    desks = units_where(user, HOLDING)
    if not desks:
        return []
    of, page = "conference", "conferences:detail"
    waiting = DialogueItem.objects.in_hand().filter(conference__unit__in=desks)
    counted = waiting.order_by(f"-{of}__held_on", f"-{of}").values(
        of, f"{of}__title", f"{of}__held_on", f"{of}__answer_by"
    )
    lines = [
        Duty(
            icon="chat-left-text",
            title=f"Trả lời {grouped(row['number'])} ý kiến tại hội nghị",
            detail=f"{row[f'{of}__title']}, {row[f'{of}__held_on']:%d/%m/%Y}",
            address=reverse(page, args=[row[of]]) + "#y-kien",
            action="Xem, trả lời",
            due=row[f"{of}__answer_by"],
            place=row[f"{of}__title"],
        )
        for row in counted.annotate(number=Count("pk"))
    ]
    rest = Duty(
        icon="chat-left-text",
        title="{number} hội nghị khác còn ý kiến chưa trả lời",
        detail="Đối thoại về cải cách hành chính",
        address=reverse("conferences:list"),
        action="Xem tất cả",
    )
    return abridged(lines, rest, MOST_LINES, today)


def of_the_conferences(user, today: date) -> list[Duty]:
    """Conferences of one's own units to be held within a month, or whose day has passed and that
    nobody recorded, and minutes that wait for the head's signature."""
    holding, signing = units_where(user, HOLDING), units_where(user, Permission.SIGN_MINUTES)
    if not holding and not signing:
        return []
    coming = Q(unit__in=holding, state=ConferenceState.PLANNED, held_on__lte=today + AHEAD)
    held = Q(unit__in=signing, state=ConferenceState.HELD)
    found = Conference.objects.filter(coming | held).order_by("held_on", "pk")
    return [_to_hold_or_sign(one, today) for one in found[:MOST_LINES]]


def _to_hold_or_sign(one: Conference, today: date) -> Duty:
    page = reverse("conferences:detail", args=[one.pk])
    detail = f"{one.title}, {one.held_on:%d/%m/%Y}"
    if one.state == ConferenceState.HELD:
        return Duty("pen", "Ký biên bản hội nghị", detail, page, "Đọc, ký", place=one.title)
    title, action = "Chuẩn bị, tổ chức hội nghị", "Mở hội nghị"
    if one.held_on < today:
        title, action = "Ghi nhận hội nghị đã tổ chức", "Ghi nhận"
    return Duty("people", title, detail, page, action, due=one.held_on, place=one.title)


def of_the_upper(user, today: date) -> list[Duty]:
    """What units below sent up to one's own, each with its day."""
    desks = units_where(user, HOLDING)
    if not desks:
        return []
    found = Escalation.objects.waiting_at(desks).for_page().order_by("due_on", "pk")
    lines = [
        Duty(
            icon="arrow-up-right-square",
            title=f"Trả lời ý kiến do {step.from_unit} chuyển lên",
            detail=f"{step.item.text[:QUOTED]} · văn bản số {step.number}",
            address=reverse("conferences:escalation", args=[step.pk]),
            action="Trả lời",
            due=step.due_on,
            place=f"Văn bản số {step.number}",
        )
        for step in found
    ]
    rest = Duty(
        icon="arrow-up-right-square",
        title="{number} ý kiến khác do đơn vị dưới chuyển lên",
        detail="Đối thoại về cải cách hành chính",
        address=reverse("conferences:escalations"),
        action="Xem tất cả",
    )
    return abridged(lines, rest, MOST_LINES, today)


def of_the_owner(user, today: date) -> list[Duty]:
    """Tasks of conferences that one's own units have to do, due or soon to be."""
    desks = units_where(user, HOLDING)
    if not desks:
        return []
    found = (
        ConferenceTask.objects.due_at(desks)
        .filter(due_on__lte=today + AHEAD)
        .select_related("conference")
        .order_by("due_on", "pk")
    )
    lines = [
        Duty(
            icon="flag",
            title="Báo cáo nhiệm vụ theo kết luận hội nghị",
            detail=f"{task.text[:QUOTED]} · {task.conference.title}",
            address=reverse("conferences:task", args=[task.pk]),
            action="Báo cáo",
            due=task.due_on,
            place=task.conference.title,
        )
        for task in found
    ]
    rest = Duty(
        icon="flag",
        title="{number} nhiệm vụ khác theo kết luận hội nghị",
        detail="Đến hạn báo cáo",
        address=reverse("conferences:list"),
        action="Xem tất cả",
    )
    return abridged(lines, rest, MOST_LINES, today)
