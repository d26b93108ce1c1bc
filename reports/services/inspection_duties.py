"""What waits for a person at inspections: to prepare, to make, to sign, to mend, to accept."""

from datetime import date

from django.db.models import Count, Exists, Min, OuterRef, Q
from django.urls import reverse

from cchc_portal.kit.numerals import grouped
from commitments.models import Inspection, InspectionPlan, InspectionTask
from commitments.rules.inspection import (
    ANSWERING,
    RUNNING,
    SIGNING,
    FindingKind,
    InspectionState,
    MendState,
)
from commitments.rules.plan import PlanState
from reports.rules.desk import Duty, abridged
from reports.services.duties import MOST_LINES, QUOTED
from reports.services.pledges import AHEAD
from units.access import units_where
from units.permissions import Permission

_S = InspectionState
NEXT = {
    _S.PLANNED: ("Chuẩn bị đoàn, quyết định kiểm tra", "Chuẩn bị"),
    _S.DECIDED: ("Bắt đầu kiểm tra", "Mở cuộc kiểm tra"),
    _S.UNDER_WAY: ("Ghi kết quả, lập biên bản kiểm tra", "Ghi kết quả"),
    _S.MINUTED: ("Soạn kết luận kiểm tra", "Soạn kết luận"),
    _S.FOLLOWED: ("Mọi yêu cầu đã khắc phục: kết thúc theo dõi", "Kết thúc theo dõi"),
}
"""What comes next but for signing and mending, and the words on the button."""


def of_the_runner(user, today: date) -> list[Duty]:
    """Inspections that one's unit, or one's team, has to prepare, make, conclude or end: those to
    begin within a month, those under way, those minuted without the draft of a conclusion, and
    those whose every demand is accepted."""
    desks = units_where(user, RUNNING)
    mine = Q(pk__in=user.inspection_seats.values("inspection"))
    free = Q(plan=None) | Q(plan__state=PlanState.ISSUED)
    coming = Q(unit__in=desks) & Q(state=_S.PLANNED) & free
    bare = Q(state=_S.MINUTED, conclusion="")
    going_on = (Q(unit__in=desks) | mine) & (Q(state__in=(_S.DECIDED, _S.UNDER_WAY)) | bare)
    open_ = InspectionTask.objects.filter(inspection=OuterRef("pk")).exclude(
        state=MendState.ACCEPTED
    )
    over = Q(unit__in=desks, state=_S.FOLLOWED) & ~Q(Exists(open_))
    found = Inspection.objects.filter(coming | going_on | over, starts_on__lte=today + AHEAD)
    rows = found.select_related("inspected").order_by("starts_on", "pk")
    lines = [_to_make(one) for one in rows]
    rest = Duty(
        icon="clipboard-check",
        title="{number} cuộc kiểm tra khác",
        detail="Cần chuẩn bị, đang kiểm tra hoặc chờ kết thúc",
        address=reverse("inspections:list"),
        action="Xem tất cả",
    )
    return abridged(lines, rest, MOST_LINES, today)


def of_the_signer(user) -> list[Duty]:
    """Conclusions and plans of one's unit that wait for a signature."""
    desks = units_where(user, SIGNING)
    if not desks:
        return []
    waiting = Inspection.objects.filter(unit__in=desks, state=_S.MINUTED).exclude(conclusion="")
    plans = InspectionPlan.objects.filter(unit__in=desks, state=PlanState.DRAFT)
    return [
        *(
            Duty(
                icon="pen",
                title="Ký kết luận kiểm tra",
                detail=one.called,
                address=reverse("inspections:detail", args=[one.pk]),
                action="Đọc, ký",
                place=one.inspected_name,
            )
            for one in waiting.select_related("inspected").order_by("minuted_on")[:MOST_LINES]
        ),
        *(
            Duty(
                icon="pen",
                title="Ban hành kế hoạch kiểm tra",
                detail=plan.title,
                address=reverse("inspections:plan", args=[plan.pk]),
                action="Đọc, ban hành",
                place=plan.title,
            )
            for plan in plans.filter(inspections__isnull=False).distinct()[:MOST_LINES]
        ),
    ]


def of_the_judge(user) -> list[Duty]:
    """Reports of mending that one's unit, or one's team, has to look at: one line an inspection."""
    desks = units_where(user, RUNNING)
    mine = Q(inspection__in=user.inspection_seats.values("inspection"))
    found = InspectionTask.objects.binding().filter(
        Q(inspection__unit__in=desks) | mine, state=MendState.REPORTED
    )
    counted = found.order_by().values("inspection", "inspection__inspected__name")
    return [
        Duty(
            icon="check2-circle",
            title=f"Xác nhận {grouped(row['number'])} yêu cầu đã báo cáo khắc phục",
            detail=f"Kiểm tra tại {row['inspection__inspected__name']}",
            address=reverse("inspections:detail", args=[row["inspection"]]) + "#ket-luan",
            action="Xem, xác nhận",
            place=row["inspection__inspected__name"],
        )
        for row in counted.annotate(number=Count("pk")).order_by("inspection")[:MOST_LINES]
    ]


def of_the_inspected(user, today: date) -> list[Duty]:
    """Demands that one's unit has to mend, each with its day, and minutes that may be explained."""
    desks = units_where(user, ANSWERING)
    if not desks:
        return []
    found = InspectionTask.objects.binding().filter(
        inspection__inspected__in=desks, state=MendState.UNDER_WAY
    )
    lines = [
        Duty(
            icon="flag",
            title="Khắc phục theo kết luận kiểm tra",
            detail=task.text[:QUOTED],
            address=reverse("inspections:task", args=[task.pk]),
            action="Báo cáo khắc phục",
            due=task.due_on,
            place=task.inspection.unit.name,
        )
        for task in found.select_related("inspection__unit").order_by("due_on", "pk")
    ]
    rest = Duty(
        icon="flag",
        title="{number} yêu cầu khác theo kết luận kiểm tra",
        detail="Chưa khắc phục",
        address=reverse("inspections:list"),
        action="Xem tất cả",
    )
    minuted = Inspection.objects.filter(inspected__in=desks, state=_S.MINUTED)
    open_to = minuted.filter(
        findings__explained_at=None, findings__kind=FindingKind.SHORTCOMING
    ).distinct()
    explain = [
        Duty(
            icon="chat-left-text",
            title="Đọc biên bản kiểm tra, giải trình nếu có",
            detail=f"{one.unit} kiểm tra, biên bản ngày {one.minuted_on:%d/%m/%Y}",
            address=reverse("inspections:detail", args=[one.pk]) + "#phat-hien",
            action="Đọc, giải trình",
            place=one.unit.name,
        )
        for one in open_to.select_related("unit").order_by("pk")[:MOST_LINES]
    ]
    return [*abridged(lines, rest, MOST_LINES, today), *explain]


def of_the_overseer(user, today: date) -> list[Duty]:
    """Demands not mended in time at the units that one's unit inspected, one line a unit, for those
    who lead there."""
    led = units_where(user, Permission.SEE_DASHBOARD)
    if not led:
        return []
    late = InspectionTask.objects.late(today).filter(inspection__unit__in=led).order_by()
    of = "inspection__inspected__name"
    counted = late.values(of).annotate(number=Count("pk"), due=Min("due_on"))
    lines = [
        Duty(
            icon="exclamation-circle",
            title=f"{row[of]}: {grouped(row['number'])} yêu cầu quá hạn khắc phục",
            detail="Theo kết luận kiểm tra",
            address=reverse("inspections:by-unit"),
            action="Xem",
            due=row["due"],
            place=row[of],
        )
        for row in counted.order_by("due", of)
    ]
    rest = Duty(
        icon="exclamation-circle",
        title="{number} đơn vị khác có yêu cầu quá hạn khắc phục",
        detail="Theo kết luận kiểm tra",
        address=reverse("inspections:by-unit"),
        action="Xem tất cả",
    )
    return abridged(lines, rest, MOST_LINES, today)


def _to_make(one: Inspection) -> Duty:
    title, action = NEXT[_S(one.state)]
    dues = {_S.PLANNED: one.starts_on, _S.DECIDED: one.starts_on, _S.UNDER_WAY: one.ends_on}
    return Duty(
        icon="clipboard-check",
        title=title,
        detail=one.called,
        address=reverse("inspections:detail", args=[one.pk]),
        action=action,
        due=dues.get(_S(one.state)),
        place=one.inspected.name,
    )
