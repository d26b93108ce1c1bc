"""The organiser says which unit verifies which criterion."""

from collections.abc import Iterable, Mapping

from django.db import transaction
from django.utils import timezone

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from scoring.models import Block, Criterion, Ownership, Period, Score
from scoring.rules.kinds import Level
from scoring.rules.workflow import DECIDED, OWN
from scoring.services.assignments import end_the_idle
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


def begun(period: Period) -> set[int]:
    """Keys of the criteria of which some component has been verified somewhere. One query."""
    rows = Score.objects.filter(dossier__period=period).settled().order_by()
    return set(rows.values_list("criterion__parent", flat=True).distinct())


def is_fixed(node: Criterion, *, begun: bool) -> bool:
    """Whether the criterion stays where it is: its verification has begun, and its owner lives."""
    owner = owner_of(node)
    return begun and not (owner and timezone.localdate() not in owner.in_force)


def owner_of(node: Criterion) -> Unit | None:
    """The unit below the assessor that verifies the criterion; None where the assessor does."""
    return node.ownership.unit if hasattr(node, "ownership") else None


@transaction.atomic
def put_owners(
    period: Period, owners: Mapping[int, int | None], *, by: User, seen: int
) -> list[Criterion]:
    """Gives criteria (by key) to units, None: to the assessor; the criteria that changed hands.

    A criterion of which a component has been verified stays where it is, unless its owner has come
    to an end. Assignments under which nothing is left to verify end with it. `seen`: the
    `last_change` on the screen. Raises PermissionDenied, ChangedMeanwhile, MoveRefused.
    """
    held = Period.objects.hold(period.pk)
    require(by, Permission.RUN_PERIOD, at=held.assessor_id)
    if held.state in DECIDED:
        raise MoveRefused("Kỳ đánh giá đã chốt nên không giao lại tiêu chí.")
    nodes = Criterion.objects.to_own(held).in_bulk()
    if not nodes.keys() >= owners.keys():
        raise MoveRefused("Tiêu chí không thuộc bộ tiêu chí của kỳ đánh giá này.")
    changed = {key: unit for key, unit in owners.items() if _key(owner_of(nodes[key])) != unit}
    if not changed:
        return []
    if last_change(held) != seen:
        raise ChangedMeanwhile("Việc giao tiêu chí vừa được đồng chí khác sửa. Đề nghị xem lại.")
    units = {unit.pk: unit for unit in possible_owners(held)}
    fixed = begun(held)
    for key, unit in changed.items():
        _check(nodes[key], unit, units, begun=key in fixed)
    told = sorted((nodes[key] for key in changed), key=lambda node: (node.position, node.pk))
    lines = _in_words(told, {key: units.get(unit) for key, unit in changed.items()}, held)
    for key, unit in changed.items():
        _put(nodes[key], unit)
    note(held, OWN, "\n".join(lines), by=by)
    end_the_idle(held, by=by)
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
    put_owners(block.period, owners, by=by, seen=last_change(block.period))


def _key(unit: Unit | None) -> int | None:
    return unit.pk if unit else None


def _check(node: Criterion, unit: int | None, units: Mapping[int, Unit], *, begun: bool) -> None:
    if unit is not None and unit not in units:
        raise MoveRefused(
            "Đơn vị được giao cần trực thuộc cơ quan đánh giá và có cán bộ thẩm định."
        )
    if is_fixed(node, begun=begun):
        raise MoveRefused(f"Tiêu chí {node.code} đã có dòng thẩm định nên không giao lại được.")


def _in_words(
    nodes: Iterable[Criterion], after: Mapping[int, Unit | None], period: Period
) -> list[str]:
    """A line for what changed alike in several blocks, with the blocks where they are not all."""
    blocks = {block.pk: block.name for block in period.blocks.order_by("position")}
    alike: dict[tuple[str, str], list[str]] = {}
    for node in nodes:
        before, now = owner_of(node) or period.assessor, after[node.pk] or period.assessor
        line = (f"{node.code}. {node.title}", f"{before} chuyển cho {now}")
        alike.setdefault(line, []).append(blocks[node.criteria_set.block_id])
    return [
        f"{what}: {change}" + ("" if len(names) == len(blocks) else f" ({'; '.join(names)})")
        for (what, change), names in alike.items()
    ]


def _put(node: Criterion, unit: int | None) -> None:
    if unit is None:
        Ownership.objects.filter(criterion=node).delete()
    else:
        Ownership.objects.update_or_create(criterion=node, defaults={"unit_id": unit})
