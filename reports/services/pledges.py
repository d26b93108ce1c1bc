"""What waits for a person among the commitments: to finish, sign, countersign, report on."""

from datetime import date, timedelta

from django.db.models import Count, Q
from django.urls import reverse

from cchc_portal.kit.numerals import grouped
from commitments.models import Commitment, CommitmentTask
from commitments.models.standings import AT_WORK, awaiting
from commitments.rules.workflow import REPORTABLE, CommitmentState
from reports.rules.desk import Duty, abridged
from reports.services.duties import MOST_LINES
from units.access import may, units_where
from units.permissions import Permission

AHEAD = timedelta(days=30)
"""Tasks due later than this do not lie on the desk yet."""


def of_the_parties(user, today: date) -> list[Duty]:
    """Drafts of one's own units to be finished or signed, and what is to be countersigned."""
    writing = units_where(user, Permission.DRAFT_COMMITMENT)
    signing = units_where(user, Permission.SIGN_COMMITMENT)
    if not writing and not signing:
        return []
    drafts = Q(state=CommitmentState.DRAFT, unit__in={*writing, *signing})
    received = Q(state=CommitmentState.SIGNED, received_by__in=signing)
    found = (
        Commitment.objects.filter(drafts | received)
        .with_parties()
        .annotate(tasks_in_all=Count("tasks"))
        .newest_first()
    )
    rest = Duty(
        icon="pen",
        title="{number} bản cam kết khác",
        detail="Đang soạn, chờ ký hoặc chờ ký nhận",
        address=reverse("commitments:list"),
        action="Xem tất cả",
    )
    return abridged([_to_sign(user, commitment) for commitment in found], rest, MOST_LINES, today)


def of_the_tasks(user, today: date) -> list[Duty]:
    """Tasks of one's own units, in force, that are due or soon will be and have no result yet."""
    desks = units_where(user, Permission.DRAFT_COMMITMENT)
    if not desks:
        return []
    found = (
        CommitmentTask.objects.live()
        .filter(
            AT_WORK,
            commitment__unit__in=desks,
            commitment__state__in=REPORTABLE,
            deadline__lte=today + AHEAD,
        )
        .select_related("commitment__unit")
        .order_by("deadline", "commitment", "position")
    )
    rest = Duty(
        icon="flag",
        title="{number} nhiệm vụ cam kết khác đến hạn báo cáo",
        detail="Trong các bản cam kết đang thực hiện",
        address=f"{reverse('commitments:list')}?state={CommitmentState.IN_FORCE.value}",
        action="Xem tất cả",
    )
    return abridged([_to_report(task) for task in found], rest, MOST_LINES, today)


def of_the_receiver(user) -> list[Duty]:
    """Reports that wait for the receiver's word: one line a year."""
    desks = units_where(user, Permission.JUDGE_COMMITMENT)
    if not desks:
        return []
    waiting = CommitmentTask.objects.live().filter(
        awaiting(), commitment__received_by__in=desks, commitment__state__in=REPORTABLE
    )
    found = waiting.order_by().values("commitment__year").annotate(number=Count("pk"))
    listed = reverse("commitments:list")
    return [
        Duty(
            icon="clipboard-check",
            title=f"Nghiệm thu {grouped(row['number'])} nhiệm vụ cam kết đã báo cáo",
            detail=f"Các bản cam kết năm {row['commitment__year']}",
            place=f"Các bản cam kết năm {row['commitment__year']}",
            address=f"{listed}?year={row['commitment__year']}"
            f"&state={CommitmentState.IN_FORCE.value}",
            action="Nghiệm thu",
        )
        for row in found
    ]


def _to_sign(user, commitment: Commitment) -> Duty:
    page = reverse("commitments:detail", args=[commitment.pk])
    tasks = f"{grouped(commitment.tasks_in_all)} nhiệm vụ"
    if commitment.state == CommitmentState.SIGNED:
        return Duty(
            icon="pen",
            title=f"Ký nhận {commitment.called}",
            detail=f"{commitment.party} đã ký · {tasks}",
            place=commitment.party,
            address=page,
            action="Đọc, ký nhận",
        )
    if commitment.tasks_in_all and may(user, Permission.SIGN_COMMITMENT, at=commitment.unit_id):
        return Duty(
            icon="pen",
            title=f"Ký {commitment.called}",
            detail=f"{commitment.party} · {tasks}",
            place=commitment.party,
            address=page,
            action="Đọc, ký",
        )
    return Duty(
        icon="pencil",
        title=f"Soạn {commitment.called}",
        detail=f"{commitment.party} · "
        + (f"{tasks}, chờ thủ trưởng ký" if commitment.tasks_in_all else "chưa có nhiệm vụ"),
        address=page,
        action="Soạn tiếp",
        place=commitment.party,
    )


def _to_report(task: CommitmentTask) -> Duty:
    commitment = task.commitment
    measure = task.measure_words
    return Duty(
        icon="flag",
        title=f"Báo cáo nhiệm vụ {task.position} của bản cam kết năm {commitment.year}",
        detail=f"{task.title}" + (f" · chỉ tiêu {measure}" if measure else ""),
        address=reverse("commitments:task-report", args=[task.pk]),
        action="Báo cáo",
        due=task.deadline,
        place=commitment.party,
    )
