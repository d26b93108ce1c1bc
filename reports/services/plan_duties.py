"""What waits for a person in the yearly plans: to write, to issue, to take over, to tell of."""

from datetime import date

from django.db.models import Count
from django.urls import reverse

from cchc_portal.kit.numerals import grouped
from commitments.models import Plan, PlannedTask
from commitments.rules.plan import PlanState
from reports.rules.desk import Duty, abridged
from reports.services.duties import MOST_LINES
from reports.services.pledges import AHEAD
from units.access import may, units_where
from units.models import Unit
from units.permissions import Permission


def of_the_plans(user) -> list[Duty]:
    """Drafts of one's own units, and tasks from above that stand in no plan of theirs yet."""
    desks = units_where(user, Permission.DRAFT_COMMITMENT)
    if not desks:
        return []
    drafts = Plan.objects.filter(unit__in=desks, state=PlanState.DRAFT).select_related("unit")
    written = list(drafts.annotate(tasks_in_all=Count("tasks")).newest_first())
    given = {
        (row["below"], row["plan__year"]): row["number"]
        for row in PlannedTask.objects.not_taken_by(desks)
    }
    duties = [_to_write(user, plan, given.pop((plan.unit_id, plan.year), 0)) for plan in written]
    names = Unit.objects.in_bulk({unit for unit, _ in given})
    duties += [
        _to_take(names[unit], year, number) for (unit, year), number in sorted(given.items())
    ]
    return duties[:MOST_LINES]


def of_the_planned_tasks(user, today: date) -> list[Duty]:
    """Tasks of one's own issued plans that are due, or soon will be, and not done."""
    desks = units_where(user, Permission.DRAFT_COMMITMENT)
    if not desks:
        return []
    found = PlannedTask.objects.due_by(today + AHEAD).filter(plan__unit__in=desks)
    rest = Duty(
        icon="calendar-event",
        title="{number} nhiệm vụ kế hoạch khác đến hạn",
        detail="Trong các kế hoạch đã ban hành",
        address=f"{reverse('commitments:plans')}?state={PlanState.ISSUED.value}",
        action="Xem tất cả",
    )
    rows = found.select_related("plan__unit").order_by("deadline", "plan", "position")
    return abridged([_to_tell(task) for task in rows], rest, MOST_LINES, today)


def _to_write(user, plan: Plan, given: int) -> Duty:
    page = reverse("commitments:plan", args=[plan.pk])
    tasks = f"{grouped(plan.tasks_in_all)} nhiệm vụ"
    if given:
        return Duty(
            icon="diagram-3",
            title=f"Nhận {grouped(given)} nhiệm vụ cấp trên giao vào kế hoạch năm {plan.year}",
            detail=f"{plan.party} · đang soạn, {tasks}",
            address=reverse("commitments:plan-take", args=[plan.pk]),
            action="Xem, nhận",
            place=plan.party,
        )
    ready = plan.tasks_in_all and may(user, Permission.SIGN_COMMITMENT, at=plan.unit_id)
    return Duty(
        icon="pen" if ready else "pencil",
        title=f"{'Ban hành' if ready else 'Soạn'} kế hoạch năm {plan.year}",
        detail=f"{plan.party} · {tasks}",
        address=page,
        action="Đọc, ban hành" if ready else "Soạn tiếp",
        place=plan.party,
    )


def _to_take(unit: Unit, year: int, number: int) -> Duty:
    return Duty(
        icon="diagram-3",
        title=f"Cấp trên giao {grouped(number)} nhiệm vụ trong kế hoạch năm {year}",
        detail=f"{unit.name} chưa có các nhiệm vụ này trong kế hoạch",
        address=f"{reverse('commitments:plans')}?year={year}",
        action="Xem kế hoạch",
        place=unit.name,
    )


def _to_tell(task: PlannedTask) -> Duty:
    return Duty(
        icon="calendar-event",
        title=f"Ghi kết quả nhiệm vụ {task.position} của kế hoạch năm {task.plan.year}",
        detail=f"{task.title} · {task.plan.party}",
        address=reverse("commitments:planned-tell", args=[task.pk]),
        action="Ghi kết quả",
        due=task.deadline,
        place=task.plan.party,
    )
