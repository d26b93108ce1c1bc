"""The organiser gives work to verifiers, passes it on, and takes it back. Each leaves a line."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from scoring.models import Assignment, Block, Criterion, Dossier, Ownership, Period
from scoring.parties import told_of, why_not_judges
from scoring.rules.desks import desk_for
from scoring.rules.workflow import ASSIGN, DECIDED, PeriodState
from scoring.services.preparation import note
from scoring.services.readiness import in_the_way
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
    period = _held(block.period_id, by=by)
    _check_day(due_on, period)
    papers = list(Dossier.objects.for_page().filter(pk__in=dossiers, block=block))
    if len(papers) != len(set(dossiers)):
        raise MoveRefused("Hồ sơ được chọn không thuộc khối này.")
    if not papers and node is None:
        raise MoveRefused("Đề nghị chọn đơn vị hoặc tiêu chí để phân công.")
    given = [
        Assignment(block=block, desk_id=desk, officer=officer, dossier=one, node_id=node)
        for one in papers or [None]
    ]
    reach = _Reach(period)
    _check_desk(officer, desk)
    for one in given:
        reach.check(one)
    _check_no_party(officer, given, period)
    for one in given:
        one.due_on = due_on
        _put(one)
    told = Assignment.objects.for_page().filter(pk__in=[one.pk for one in given])
    until = f", hạn {due_on:%d/%m/%Y}" if due_on else ""
    note(period, ASSIGN, "\n".join(f"{one.officer}: {one.words}{until}" for one in told), by=by)
    return given


@transaction.atomic
def hand_over(period: Period, seen: Mapping[int, int], *, to: User, by: User) -> list[Assignment]:
    """Somebody else verifies it, several assignments at once or none; what the first has written
    stays. `seen`: assignment key → key of the person it had on the screen.

    Raises PermissionDenied, ChangedMeanwhile, MoveRefused.
    """
    held = _held(period.pk, by=by)
    given = [one for one in _seen(held, seen) if one.officer_id != to.pk]
    for desk in {one.desk_id for one in given}:
        _check_desk(to, desk)
    _check_no_party(to, given, held)
    lines = []
    for one in given:
        before, one.officer = one.officer, to
        _put(one)
        lines.append(f"{one.words}: {before} chuyển cho {to}")
    if lines:
        note(held, ASSIGN, "\n".join(lines), by=by)
    return given


@transaction.atomic
def take_away(period: Period, seen: Mapping[int, int], *, by: User) -> list[Assignment]:
    """Nobody in particular verifies it any more. `seen`, and what it raises: as above."""
    held = _held(period.pk, by=by)
    given = _seen(held, seen)
    _end(given, held, by=by)
    return given


def end_the_idle(period: Period, *, by: User) -> None:
    """Assignments under which nothing is verified at their desk any more end.

    For the service that gives criteria to other units, inside its transaction.
    """
    reach = _Reach(period)
    given = Assignment.objects.for_page().filter(block__period=period)
    _end([one for one in given if not reach.reaches(one)], period, by=by)


class _Reach:
    """Which criteria of a period fall under an assignment, at the desks that own them now."""

    def __init__(self, period: Period):
        self.period = period
        self.nodes: dict[int, list[Criterion]] = {}
        for node in Criterion.objects.to_own(period):
            self.nodes.setdefault(node.criteria_set.block_id, []).append(node)

    def under(self, given: Assignment) -> list[Criterion]:
        """Criteria of its block under its node; all where it has none."""
        nodes = self.nodes.get(given.block_id, [])
        node = given.node_id
        return [one for one in nodes if node is None or node in (one.pk, one.parent_id)]

    def reaches(self, given: Assignment) -> bool:
        """Whether something of it is verified at its desk; a whole dossier is at the assessor's."""
        assessor = self.period.assessor_id
        if given.node_id is None and given.desk_id == assessor:
            return True
        unit = given.dossier.unit_id if given.dossier else 0
        owners = (
            one.ownership.unit_id if hasattr(one, "ownership") else None
            for one in self.under(given)
        )
        return any(desk_for(one, unit=unit, assessor=assessor) == given.desk_id for one in owners)

    def check(self, given: Assignment) -> None:
        """MoveRefused for a node of another block, and where the desk does not verify it."""
        if not self.under(given):
            raise MoveRefused("Tiêu chí không thuộc bộ tiêu chí của khối này.")
        if not self.reaches(given):
            raise MoveRefused("Nơi thẩm định của đồng chí ấy không phụ trách tiêu chí này.")


def _put(given: Assignment) -> None:
    try:
        with transaction.atomic():
            given.save()
    except IntegrityError:
        raise MoveRefused(f"{given.words}: đã phân công cho {given.officer}.") from None


def _end(given: list[Assignment], period: Period, *, by: User) -> None:
    if not given:
        return
    lines = [f"{one.words}: thôi giao {one.officer}" for one in given]
    Assignment.objects.filter(pk__in=[one.pk for one in given]).delete()
    note(period, ASSIGN, "\n".join(lines), by=by)


def _held(period: int, *, by: User) -> Period:
    held = Period.objects.hold(period)
    require(by, Permission.RUN_PERIOD, at=held.assessor_id)
    if held.state in DECIDED:
        raise MoveRefused("Kỳ đánh giá đã chốt nên không phân công thẩm định nữa.")
    if held.state != PeriodState.OPEN:
        raise MoveRefused("Kỳ đánh giá chưa mở nên chưa phân công thẩm định được.")
    return held


def _seen(period: Period, seen: Mapping[int, int]) -> list[Assignment]:
    """The assignments as they are now, if each is still with whom it was on the screen."""
    given = list(Assignment.objects.for_page().filter(block__period=period, pk__in=seen))
    if len(given) != len(seen):
        raise ChangedMeanwhile("Có phân công vừa được bỏ. Đề nghị xem lại.")
    for one in given:
        if one.officer_id != seen[one.pk]:
            raise ChangedMeanwhile(f"{one.words}: vừa được chuyển cho {one.officer}.")
    return given


def _check_day(due_on: date | None, period: Period) -> None:
    if due_on and not timezone.localdate() <= due_on <= period.verify_by:
        raise MoveRefused(
            "Hạn của phần việc nằm trong khoảng từ hôm nay đến hạn thẩm định "
            f"{period.verify_by:%d/%m/%Y}."
        )


def _check_desk(officer: User, desk: int) -> None:
    """The person verifies at the desk today."""
    holds = officer.memberships.in_force_on(timezone.localdate()).filter(
        unit=desk, role__in=roles_granting(Permission.VERIFY_DOSSIER)
    )
    if not officer.is_active or not holds.exists():
        raise MoveRefused("Người được phân công không phải là cán bộ thẩm định ở đó.")


def _check_no_party(officer: User, given: Iterable[Assignment], period: Period) -> None:
    """MoveRefused, with the units, where the person has no say over some of what is given.

    What is given in every unit of a block has to be given unit by unit where the person is a party
    in one of them: nobody else could verify it there.
    """
    given = list(given)
    named = [one.dossier for one in given if one.dossier]
    if refusals := why_not_judges(officer, named, period=period):
        paper = next(one for one in named if one.pk in refusals)
        raise MoveRefused(f"{paper.unit}: {told_of(officer, refusals[paper.pk])}")
    for block, desk in {(one.block_id, one.desk_id) for one in given if not one.dossier}:
        papers = list(Dossier.objects.for_page().filter(block=block).exclude(unit=desk))
        if refusals := why_not_judges(officer, papers, period=period):
            names = [paper.unit.name for paper in papers if paper.pk in refusals]
            raise MoveRefused(
                f"{officer} không thẩm định được {in_the_way(names, '; ')} nên không nhận tiêu chí "
                "ở mọi đơn vị của khối. Đề nghị chọn từng đơn vị."
            )
