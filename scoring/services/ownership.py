"""The organiser says which unit verifies which criterion of a block."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from scoring.models import Assignment, Block, Criterion, Ownership, Period, Score
from scoring.rules.kinds import Level
from scoring.rules.workflow import DECIDED, OWN
from scoring.services.blocks import candidates
from scoring.services.preparation import note
from units.access import require
from units.models import Unit, User
from units.permissions import Permission, roles_granting


def possible_owners(period: Period):
    """Units below the assessor at which somebody verifies today, in the order of the tree."""
    today = timezone.localdate()
    return (
        candidates(period)
        .filter(
            memberships__role__in=roles_granting(Permission.VERIFY_DOSSIER),
            memberships__in_force__contains=today,
            in_force__contains=today,
        )
        .distinct()
        .order_by("position", "code")
    )


def last_change(period: Period) -> int:
    """Key of the last line about owners in the log, 0 where there is none: what a form is on."""
    events = period.events.filter(verb=OWN).order_by("-pk")
    return events.values_list("pk", flat=True).first() or 0


def begun(block: Block) -> set[int]:
    """Keys of the criteria of which some component has been verified somewhere. One query."""
    rows = Score.objects.filter(dossier__block=block).settled().order_by()
    return set(rows.values_list("criterion__parent", flat=True).distinct())


@transaction.atomic
def put_owners(
    block: Block, owners: Mapping[int, int | None], *, by: User, seen: int
) -> list[Criterion]:
    """Gives criteria (by key) to units, None: to the assessor; the criteria that changed hands.

    A criterion of which a component has been verified stays where it is, unless its owner has come
    to an end. Assignments at the old owner's desk end with it. `seen`: the `last_change` on the
    screen. Raises PermissionDenied, ChangedMeanwhile, MoveRefused.
    """
    period = Period.objects.hold(block.period_id)
    require(by, Permission.RUN_PERIOD, at=period.assessor_id)
    if period.state in DECIDED:
        raise MoveRefused("Kỳ đánh giá đã chốt nên không giao lại tiêu chí.")
    nodes = {
        node.pk: node
        for node in Criterion.objects.filter(
            criteria_set__block=block, level=Level.CRITERION
        ).select_related("ownership__unit")
    }
    if not nodes.keys() >= owners.keys():
        raise MoveRefused("Tiêu chí không thuộc bộ tiêu chí của khối này.")
    changed = {key: unit for key, unit in owners.items() if _owner(nodes[key]) != unit}
    if not changed:
        return []
    if last_change(period) != seen:
        raise ChangedMeanwhile("Việc giao tiêu chí vừa được đồng chí khác sửa. Đề nghị xem lại.")
    units = {unit.pk: unit for unit in possible_owners(period)}
    fixed = begun(block)
    for key, unit in changed.items():
        _check(nodes[key], unit, units, begun=key in fixed)
        _put(nodes[key], unit)
    told = sorted((nodes[key] for key in changed), key=lambda node: node.position)
    words = [
        f"{block.name}, {node.code}: {units.get(changed[node.pk], period.assessor)}"
        for node in told
    ]
    note(period, OWN, "\n".join(words), by=by)
    return told


@transaction.atomic
def copy(block: Block, earlier: Block, *, by: User) -> None:
    """Gives the criteria of a new period to the owners of an earlier one, by code, if they live."""
    before = Ownership.objects.filter(criterion__criteria_set__block=earlier)
    then = dict(before.values_list("criterion__code", "unit"))
    living = set(
        possible_owners(block.period).filter(pk__in=then.values()).values_list("pk", flat=True)
    )
    nodes = Criterion.objects.filter(
        criteria_set__block=block, level=Level.CRITERION, code__in=then
    )
    owners = {node.pk: then[node.code] for node in nodes if then[node.code] in living}
    put_owners(block, owners, by=by, seen=last_change(block.period))


def _owner(node: Criterion) -> int | None:
    return node.ownership.unit_id if hasattr(node, "ownership") else None


def _check(node: Criterion, unit: int | None, units: Mapping[int, Unit], *, begun: bool) -> None:
    if unit is not None and unit not in units:
        raise MoveRefused(
            "Đơn vị được giao cần trực thuộc cơ quan đánh giá và có cán bộ thẩm định."
        )
    if not begun:
        return
    if _owner(node) and timezone.localdate() not in node.ownership.unit.in_force:
        return
    raise MoveRefused(f"Tiêu chí {node.code} đã có dòng thẩm định nên không giao lại được.")


def _put(node: Criterion, unit: int | None) -> None:
    if _owner(node) is not None:
        Assignment.objects.filter(node=node, desk=_owner(node)).delete()
    if unit is None:
        Ownership.objects.filter(criterion=node).delete()
    else:
        Ownership.objects.update_or_create(criterion=node, defaults={"unit_id": unit})
