"""The organiser gives work to verifiers, passes it on, and takes it back. Each leaves a line."""

from collections.abc import Collection
from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from scoring.access import why_not_a_judge
from scoring.models import Assignment, Block, Criterion, Dossier, Ownership, Period
from scoring.rules.kinds import Level
from scoring.rules.workflow import ASSIGN, DECIDED
from scoring.services.preparation import note
from units.access import require
from units.models import Membership, User
from units.permissions import Permission, roles_granting


def verifiers_of(period: Period):
    """Appointments that verify in the period today: at the assessor, or at an owner of criteria.

    With person and unit, by unit and name (one query).
    """
    owned = Ownership.objects.filter(criterion__criteria_set__block__period=period)
    return (
        Membership.objects.in_force_on(timezone.localdate())
        .filter(
            Q(unit=period.assessor_id) | Q(unit__in=owned.values("unit")),
            role__in=roles_granting(Permission.VERIFY_DOSSIER),
            user__is_active=True,
        )
        .for_page()
    )


@transaction.atomic
def assign(
    block: Block,
    *,
    officer: User,
    desk: int,
    dossiers: Collection[int],
    node: int | None,
    by: User,
    due_on: date | None = None,
) -> list[Assignment]:
    """The person verifies these dossiers, in them the node if there is one; without dossiers, the
    node in every unit of the block. Raises PermissionDenied, MoveRefused.
    """
    period = _held(block, by=by)
    _check_day(due_on, period)
    _check_desk(officer, desk, block, node)
    papers = list(Dossier.objects.for_page().filter(pk__in=dossiers, block=block))
    if len(papers) != len(set(dossiers)):
        raise MoveRefused("Hồ sơ được chọn không thuộc khối này.")
    if not papers and node is None:
        raise MoveRefused("Đề nghị chọn đơn vị hoặc tiêu chí để phân công.")
    for paper in papers:
        if refusal := why_not_a_judge(officer, paper):
            raise MoveRefused(f"{officer}, {paper.unit.name}: {refusal}")
    given = [
        _given(block, officer=officer, desk_id=desk, dossier=paper, node_id=node, due_on=due_on)
        for paper in papers or [None]
    ]
    told = Assignment.objects.for_page().filter(pk__in=[one.pk for one in given])
    until = f", hạn {due_on:%d/%m/%Y}" if due_on else ""
    note(period, ASSIGN, "\n".join(f"{one.officer}: {one.words}{until}" for one in told), by=by)
    return given


@transaction.atomic
def hand_over(assignment: Assignment, *, to: User, by: User, seen: int) -> Assignment:
    """Somebody else verifies it; what the first has written stays. `seen`: key of whom it had.

    Raises PermissionDenied, ChangedMeanwhile, MoveRefused.
    """
    period, held = _hold(assignment, by=by)
    if held.officer_id != seen:
        raise ChangedMeanwhile("Phần việc này vừa được chuyển cho đồng chí khác.")
    if held.officer_id == to.pk:
        return held
    _check_desk(to, held.desk_id, held.block, held.node_id)
    if held.dossier and (refusal := why_not_a_judge(to, held.dossier)):
        raise MoveRefused(refusal)
    before, held.officer = held.officer, to
    try:
        with transaction.atomic():
            held.save(update_fields=["officer"])
    except IntegrityError:
        raise MoveRefused("Đồng chí ấy đã được phân công phần việc này.") from None
    note(period, ASSIGN, f"{held.words}: {before} chuyển cho {to}", by=by)
    return held


@transaction.atomic
def take_away(assignment: Assignment, *, by: User) -> None:
    """Nobody in particular verifies it any more. Raises PermissionDenied, MoveRefused, or
    ChangedMeanwhile where it is gone."""
    period, held = _hold(assignment, by=by)
    note(period, ASSIGN, f"{held.words}: thôi giao {held.officer}", by=by)
    held.delete()


def _given(block: Block, **columns) -> Assignment:
    try:
        with transaction.atomic():
            return Assignment.objects.create(block=block, **columns)
    except IntegrityError:
        raise MoveRefused("Phần việc này đã phân công cho đồng chí ấy.") from None


def _held(block: Block, *, by: User) -> Period:
    period = Period.objects.hold(block.period_id)
    require(by, Permission.RUN_PERIOD, at=period.assessor_id)
    if period.state in DECIDED:
        raise MoveRefused("Kỳ đánh giá đã chốt nên không phân công thẩm định nữa.")
    return period


def _hold(assignment: Assignment, *, by: User) -> tuple[Period, Assignment]:
    period = _held(assignment.block, by=by)
    held = Assignment.objects.for_page().filter(pk=assignment.pk).first()
    if held is None:
        raise ChangedMeanwhile("Phân công này vừa được bỏ.")
    return period, held


def _check_day(due_on: date | None, period: Period) -> None:
    if due_on and not timezone.localdate() <= due_on <= period.verify_by:
        raise MoveRefused(
            "Hạn của phần việc nằm trong khoảng từ hôm nay đến hạn thẩm định "
            f"{period.verify_by:%d/%m/%Y}."
        )


def _check_desk(officer: User, desk: int, block: Block, node: int | None) -> None:
    """The person verifies at the desk today, and something of the node belongs to that desk."""
    holds = officer.memberships.in_force_on(timezone.localdate()).filter(
        unit=desk, role__in=roles_granting(Permission.VERIFY_DOSSIER)
    )
    if not officer.is_active or not holds.exists():
        raise MoveRefused("Người được phân công không phải là cán bộ thẩm định ở đó.")
    nodes = Criterion.objects.filter(criteria_set__block=block, level=Level.CRITERION)
    if node is not None:
        here = nodes.filter(pk=node) | nodes.filter(parent=node)
        if not here.exists():
            raise MoveRefused("Tiêu chí không thuộc bộ tiêu chí của khối này.")
        nodes = here
    owned = nodes.filter(ownership__unit=desk)
    if desk == block.period.assessor_id:
        owned = nodes.filter(ownership=None)
    if not owned.exists():
        raise MoveRefused("Nơi thẩm định của đồng chí ấy không phụ trách tiêu chí này.")
