"""What waits for a person in the assessments: one query for each kind of duty."""

from datetime import date, datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef, Q, Subquery
from django.urls import reverse

from cchc_portal.kit.numerals import grouped
from reports.models import Edition, Letter
from reports.rules.desk import Duty, abridged
from scoring.access import why_pen_is_closed
from scoring.models import Dossier, DossierEvent, Period
from scoring.rules.reply import Standing
from scoring.rules.workflow import (
    FILLABLE,
    DossierState,
    DossierVerb,
    PeriodState,
)
from scoring.services.replies import replies_of
from units.access import may, units_where
from units.permissions import Permission

MOST_LINES = 10
QUOTED = 120
UNDER_WAY = (PeriodState.PREPARING, PeriodState.OPENING, PeriodState.OPEN, PeriodState.LOCKED)


def of_the_unit(user, today: date) -> list[Duty]:
    """Dossiers of one's own units that are in the units' hands."""
    desks = _own_desks(user)
    if not desks:
        return []
    returned = DossierEvent.objects.filter(dossier=OuterRef("pk"), verb=DossierVerb.RETURN)
    mine = user.dossier_parts.filter(dossier=OuterRef("pk"))
    found = (
        Dossier.objects.filter(unit__in=desks, state__in=FILLABLE, period__state=PeriodState.OPEN)
        .for_page()
        .with_progress()
        .annotate(
            reason=Subquery(returned.order_by("-happened_at").values("comment")[:1]),
            my_areas=ArraySubquery(mine.order_by("area__position").values("area__code")),
            my_day=Subquery(mine.exclude(due_on=None).order_by("due_on").values("due_on")[:1]),
        )
    )
    duties = sorted((_to_fill(user, one, today) for one in found), key=lambda duty: duty.due)
    rest = Duty(
        icon="ui-checks-grid",
        title="{number} hồ sơ tự đánh giá khác",
        detail="Hồ sơ của các đơn vị đồng chí công tác",
        address=reverse("scoring:dossiers"),
        action="Xem tất cả",
        place="Hồ sơ của các đơn vị đồng chí công tác",
    )
    return abridged(duties, rest, MOST_LINES, today)


def of_the_reply(user, now: datetime) -> list[Duty]:
    """Provisional results of one's own units to which they may still reply. Three queries a unit
    with one."""
    desks = _own_desks(user)
    if not desks:
        return []
    told = Dossier.objects.filter(
        unit__in=desks, state=DossierState.VERIFIED, period__state=PeriodState.OPEN
    )
    found = [_to_reply(dossier, now) for dossier in told.for_page().order_by("pk")[:MOST_LINES]]
    return [duty for duty in found if duty]


def overseen(user) -> list[Period]:
    """Periods under way that the person oversees, with their counts (one query)."""
    if not units_where(user, Permission.SEE_BELOW):
        return []
    under_way = Period.objects.overseen_by(user).filter(state__in=UNDER_WAY)
    return list(with_counts(under_way).order_by("submit_by", "pk"))


def of_the_organiser(user, overseen: list[Period], today: date) -> list[Duty]:
    """Periods to prepare and open, units that have not handed in, periods to lock. No query:
    `overseen` comes with its counts (`with_counts`)."""
    run = [one for one in overseen if may(user, Permission.RUN_PERIOD, at=one.assessor_id)]
    return [duty for period in run if (duty := _to_run(period, today))]


def of_the_head(user) -> list[Duty]:
    """Locked periods whose result is to be published."""
    desks = units_where(user, Permission.PUBLISH_INDEX)
    if not desks:
        return []
    found = Period.objects.filter(assessor__in=desks, state=PeriodState.LOCKED)
    return [
        Duty(
            icon="megaphone",
            title="Ký, công bố kết quả",
            detail=f"{period.title} · kỳ đã chốt, kết quả đã sẵn sàng",
            address=reverse("reports:publish", args=[period.pk]),
            action="Công bố",
            due=period.publish_on,
            place=period.title,
        )
        for period in found
    ]


def of_the_press(user) -> list[Duty]:
    """Papers that could not be drawn."""
    return [
        Duty(
            icon="file-earmark-x",
            title="Tệp PDF của quyết định kết xuất không thành công",
            detail=f"Quyết định số {edition.decision_number}, {edition.title}",
            address=reverse("reports:edition", args=[edition.pk]),
            action="Kết xuất lại",
            place=f"Quyết định số {edition.decision_number}",
        )
        for edition in Edition.objects.failed_at_desks_of(user)
    ]


def of_the_post(user) -> list[Duty]:
    """Letters that could not be sent to people whom the person looks after: one line."""
    number = Letter.objects.failed_at_desks_of(user).count()
    if not number:
        return []
    return [
        Duty(
            icon="exclamation-triangle",
            title=f"{grouped(number)} thư không gửi được",
            detail="Máy chủ thư không nhận hoặc địa chỉ không đúng",
            address=reverse("reports:failed-letters"),
            action="Xem, gửi lại",
        )
    ]


def with_counts(periods):
    """Adds to periods: dossiers that are assessed, settled, submitted, returned, in_hand (with the
    units); chosen."""
    state = "dossiers__state"
    return periods.annotate(
        total=Count("dossiers", filter=~Q(**{state: DossierState.ABSENT})),
        settled=Count("dossiers", filter=Q(**{state: DossierState.VERIFIED})),
        submitted=Count("dossiers", filter=Q(**{state: DossierState.SUBMITTED})),
        returned=Count("dossiers", filter=Q(**{state: DossierState.RETURNED})),
        in_hand=Count("dossiers", filter=Q(**{f"{state}__in": FILLABLE})),
    )


def _own_desks(user) -> set[int]:
    """Keys of the units for which the person writes or hands in."""
    return {
        desk
        for permission in (Permission.FILL_DOSSIER, Permission.SUBMIT_DOSSIER)
        for desk in units_where(user, permission)
    }


def _to_fill(user, dossier: Dossier, today: date) -> Duty:
    whole = dossier.answered == dossier.self_total
    done = f"đã chấm {grouped(dossier.answered)}/{grouped(dossier.self_total)} tiêu chí thành phần"
    page = reverse("scoring:dossier", args=[dossier.pk])
    address, action = page, "Chấm tiếp" if dossier.answered else "Bắt đầu chấm"
    if why_pen_is_closed(dossier, today=today):
        action = "Xem hồ sơ"
    elif dossier.state == DossierState.RETURNED:
        action = "Sửa, nộp lại"
        done = f"bị trả lại: “{_quoted(dossier.reason)}”"
    elif whole and may(user, Permission.SUBMIT_DOSSIER, at=dossier.unit_id):
        address, action = reverse("scoring:dossier-submit", args=[dossier.pk]), "Trình nộp"
    elif whole:
        action, done = "Xem lại", f"{done}, chờ thủ trưởng trình nộp"
    if dossier.my_areas:
        done += f"; phần của đồng chí: lĩnh vực {', '.join(dossier.my_areas)}"
    return Duty(
        icon="arrow-counterclockwise"
        if dossier.state == DossierState.RETURNED
        else "ui-checks-grid",
        title=f"Tự đánh giá: {dossier.period.title}",
        detail=f"{dossier.unit.name} · {done}",
        address=address,
        action=action,
        due=min(dossier.my_day or dossier.last_day, dossier.last_day),
        starts=dossier.period.opens_on,
        place=dossier.unit.name,
    )


def _to_reply(dossier: Dossier, now: datetime) -> Duty | None:
    replies = replies_of(dossier, now=now)
    unsaid = [one for one in replies if one.standing == Standing.UNSAID]
    if not unsaid:
        return None
    decided = sum(one.standing == Standing.DECIDED for one in replies)
    told = f"{grouped(len(unsaid))} dòng khác điểm tự chấm chưa có ý kiến"
    if decided:
        told += f", {grouped(decided)} dòng đã kết luận"
    return Duty(
        icon="chat-left-text",
        title=f"Xem kết quả tạm thời, giải trình: {dossier.period.title}",
        detail=f"{dossier.unit.name} · {told}",
        address=reverse("scoring:reply", args=[dossier.pk]),
        action="Xem kết quả",
        due=max(one.thread.last_day for one in unsaid),
        place=dossier.unit.name,
    )


def _quoted(reason: str | None) -> str:
    words = " ".join((reason or "").split())
    return words if len(words) <= QUOTED else f"{words[:QUOTED].rstrip()}…"


def _to_run(period: Period, today: date) -> Duty | None:
    page = reverse("scoring:period", args=[period.pk])
    if period.state == PeriodState.PREPARING:
        return Duty(
            icon="sliders",
            title="Chuẩn bị, mở kỳ đánh giá",
            detail=f"{period.title} · các đơn vị chưa nhìn thấy kỳ này",
            address=page,
            action="Chuẩn bị tiếp",
            due=period.opens_on,
            place=period.title,
        )
    if period.state != PeriodState.OPEN:
        return None
    if period.total and period.settled == period.total:
        return Duty(
            icon="lock",
            title="Chốt kỳ đánh giá",
            detail=f"{period.title} · {grouped(period.total)} hồ sơ đều đã thẩm định xong",
            address=page,
            action="Xem, chốt kỳ",
            due=period.publish_on,
            place=period.title,
        )
    drafts = period.in_hand - period.returned
    if drafts and today > period.submit_by:
        return Duty(
            icon="bell",
            title=f"{grouped(drafts)} đơn vị chưa nộp hồ sơ",
            detail=f"{period.title} · đã hết hạn tự đánh giá",
            address=page,
            action="Xem đơn vị",
            due=period.submit_by,
            place=period.title,
        )
    return None
