"""What waits for those who verify: one query for each kind of duty, two for what was given."""

from django.db.models import Count, Q
from django.urls import reverse

from cchc_portal.kit.numerals import grouped
from reports.rules.desk import Duty
from scoring.models import Dossier, Explanation, Score, SecondMark
from scoring.rules.workflow import DossierState, ExplanationState, PeriodState
from scoring.services.workload import mine
from units.access import units_where
from units.permissions import Permission


def of_the_verifier(user) -> list[Duty]:
    """Dossiers that were handed in: one line a period."""
    desks = units_where(user, Permission.VERIFY_DOSSIER)
    if not desks:
        return []
    waiting, settled = Q(state=DossierState.SUBMITTED), Q(state=DossierState.VERIFIED)
    found = (
        Dossier.objects.verified_by_desk_of(user)
        .filter(period__state=PeriodState.OPEN, period__assessor__in=desks)
        .order_by()
        .values("period", "period__title", "period__verify_by")
        .annotate(
            total=Count("pk", filter=~Q(state=DossierState.ABSENT)),
            waiting=Count("pk", filter=waiting),
            settled=Count("pk", filter=settled),
        )
        .filter(waiting__gt=0)
    )
    return [
        Duty(
            icon="clipboard-check",
            title=f"Thẩm định {grouped(row['waiting'])} hồ sơ đã trình nộp",
            detail=f"{row['period__title']} · đã xong {grouped(row['settled'])}"
            f"/{grouped(row['total'])} hồ sơ",
            address=f"{reverse('scoring:verification')}?state={DossierState.SUBMITTED.value}",
            action="Thẩm định",
            due=row["period__verify_by"],
            place=row["period__title"],
        )
        for row in found
    ]


def of_the_owner(user) -> list[Duty]:
    """Rows handed in of criteria that the person's unit owns: one line a period."""
    desks = units_where(user, Permission.VERIFY_DOSSIER)
    if not desks:
        return []
    found = (
        Score.objects.judged_by(user)
        .unsettled()
        .filter(
            dossier__state=DossierState.SUBMITTED,
            dossier__period__state=PeriodState.OPEN,
            criterion__parent__ownership__unit__in=desks,
        )
        .exclude(dossier__unit__in=desks)
        .order_by()
        .values("dossier__period", "dossier__period__title", "dossier__period__verify_by")
        .annotate(number=Count("pk"), units=Count("dossier", distinct=True))
    )
    return [
        Duty(
            icon="clipboard-check",
            title=f"Thẩm định {grouped(row['number'])} dòng thuộc tiêu chí đơn vị phụ trách",
            detail=f"{row['dossier__period__title']} · của {grouped(row['units'])} đơn vị",
            address=f"{reverse('scoring:verification')}#theo-tieu-chi",
            action="Thẩm định",
            due=row["dossier__period__verify_by"],
            place=row["dossier__period__title"],
        )
        for row in found
    ]


def of_the_assigned(user) -> list[Duty]:
    """What was given to the person to verify and waits: one line a period."""
    if not units_where(user, Permission.VERIFY_DOSSIER):
        return []
    return [
        Duty(
            icon="list-check",
            title=f"Phần được phân công thẩm định: còn {grouped(part.whole.ready)} dòng",
            detail=f"{part.period.title} · đã xong {grouped(part.whole.settled)}"
            f"/{grouped(part.whole.rows)} dòng",
            address=f"{reverse('scoring:verification')}#phan-cua-toi",
            action="Xem phần của mình",
            due=part.whole.due_on or part.period.verify_by,
            place=part.period.title,
        )
        for part in mine(user)
        if part.whole.ready
    ]


def of_the_decider(user) -> list[Duty]:
    """Objections that wait for a decision: one line a period."""
    if not units_where(user, Permission.VERIFY_DOSSIER):
        return []
    period = "score__dossier__period"
    found = (
        Explanation.objects.of_the_desks_of(user)
        .filter(state=ExplanationState.SENT, score__dossier__period__state=PeriodState.OPEN)
        .order_by()
        .values(period, f"{period}__title", f"{period}__publish_on")
        .annotate(number=Count("pk"), units=Count("score__dossier", distinct=True))
    )
    return [
        Duty(
            icon="chat-left-text",
            title=f"Kết luận {grouped(row['number'])} giải trình",
            detail=f"{row[f'{period}__title']} · của {grouped(row['units'])} đơn vị",
            address=f"{reverse('scoring:objections')}?state={ExplanationState.SENT.value}",
            action="Xem, kết luận",
            due=row[f"{period}__publish_on"],
            place=row[f"{period}__title"],
        )
        for row in found
    ]


def of_the_second_verifier(user) -> list[Duty]:
    """Verdicts to mark a second time, and disputes to decide: one line of each."""
    if not units_where(user, Permission.VERIFY_DOSSIER):
        return []
    marks, page, found = SecondMark.objects, reverse("scoring:second-marks"), []
    detail = "Chấm độc lập, không biết kết quả lần một"
    if held := marks.held_by(user).for_page().first():
        address, due = reverse("scoring:second-mark", args=[held.pk]), held.verify_by
        found.append(Duty("pencil", "Chấm lần hai dòng đang giữ", detail, address, "Chấm", due))
    elif (waiting := marks.for_second(user).in_short())["number"]:
        title = f"Chấm lần hai {grouped(waiting['number'])} dòng"
        found.append(Duty("pencil", title, detail, page, "Nhận dòng", waiting["due"]))
    if (disputed := marks.for_third(user).in_short())["number"]:
        title = f"Quyết định {grouped(disputed['number'])} dòng hai lần chấm khác nhau"
        detail = "Hai lần chấm vượt ngưỡng, đồng chí là người thứ ba"
        found.append(Duty("people", title, detail, page, "Xem, quyết định", disputed["due"]))
    return found
