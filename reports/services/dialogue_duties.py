"""What waits for a person at conferences: to answer, to answer from above, to do, to sign."""

from datetime import date

from django.db.models import Count
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
    waiting = DialogueItem.objects.in_hand().filter(conference__unit__in=desks)
    counted = waiting.order_by().values("conference").annotate(number=Count("pk"))
    numbers = {row["conference"]: row["number"] for row in counted}
    found = Conference.objects.filter(pk__in=numbers).newest_first()
    lines = [
        Duty(
            icon="chat-left-text",
            title=f"Trả lời {grouped(numbers[one.pk])} ý kiến tại hội nghị",
            detail=f"{one.title}, {one.held_on:%d/%m/%Y}",
            address=reverse("conferences:detail", args=[one.pk]) + "#y-kien",
            action="Xem, trả lời",
            due=one.answer_by,
            place=one.title,
        )
        for one in found
    ]
    rest = Duty(
        icon="chat-left-text",
        title="{number} hội nghị khác còn ý kiến chưa trả lời",
        detail="Đối thoại về cải cách hành chính",
        address=reverse("conferences:list"),
        action="Xem tất cả",
    )
    return abridged(lines, rest, MOST_LINES, today)


def of_the_signer(user) -> list[Duty]:
    """Minutes of conferences that were held and wait for the head's signature."""
    desks = units_where(user, Permission.SIGN_MINUTES)
    if not desks:
        return []
    held = Conference.objects.filter(unit__in=desks, state=ConferenceState.HELD).newest_first()
    return [
        Duty(
            icon="pen",
            title="Ký biên bản hội nghị",
            detail=f"{one.title}, {one.held_on:%d/%m/%Y}",
            address=reverse("conferences:detail", args=[one.pk]),
            action="Đọc, ký",
            place=one.title,
        )
        for one in held[:MOST_LINES]
    ]


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
