"""Criteria of a block: its own copy of a catalogue set, edited while the period is prepared."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import F, Max, Sum

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from cchc_portal.kit.numerals import exactly
from scoring.models import Block, CriteriaSet, Criterion
from scoring.rules.criteria import BEYOND_MAXIMUM, CriteriaTree, SetNode
from scoring.rules.kinds import Level, Preparation, Source
from scoring.services.preparation import (
    hold_block_in_preparation,
    hold_in_preparation,
    must_be_unchanged,
    note,
)
from units.models import User

HEADING_COLUMNS = ("title",)
COMPONENT_COLUMNS = (
    "title",
    "maximum",
    "source",
    "rule",
    "evidence_expected",
    "not_applicable_allowed",
    "source_note",
)


def as_tree(owned: CriteriaSet, nodes: Iterable[Criterion]) -> CriteriaTree:
    """A stored set as the rules of soundness take it; `nodes` are all of its rows, in any order."""
    below: dict[int | None, list[Criterion]] = {}
    for node in sorted(nodes, key=lambda node: node.position):
        below.setdefault(node.parent_id, []).append(node)

    def grown(node: Criterion) -> SetNode:
        return SetNode(
            code=node.code,
            level=Level(node.level),
            title=node.title,
            maximum=node.maximum,
            key=node.key,
            source=Source(node.source),
            rule=node.rule,
            not_applicable_allowed=node.not_applicable_allowed,
            children=tuple(grown(child) for child in below.get(node.pk, ())),
            evidence=tuple(node.evidence_expected),
            assumed=node.assumed,
            source_note=node.source_note,
        )

    return CriteriaTree(
        code=owned.code,
        title=owned.title,
        maximum=owned.maximum,
        areas=tuple(grown(area) for area in below.get(None, ())),
        version=owned.version,
        legal_basis=owned.legal_basis,
        source_note=owned.source_note,
    )


def store(tree: CriteriaTree, **columns: Any) -> CriteriaSet:
    """Writes a sound tree as a set with its rows, in four statements. For services only.

    `columns` say whose it is: `version` and `digest` in the catalogue, `block` and `copied_from`
    for a copy. The caller's transaction makes it whole.
    """
    owned = CriteriaSet.objects.create(
        code=tree.code,
        title=tree.title,
        legal_basis=tree.legal_basis,
        source_note=tree.source_note,
        maximum=tree.maximum,
        **columns,
    )
    places = {id(node): place for place, node in enumerate(tree.walk(), start=1)}
    layer: list[tuple[SetNode, Criterion | None]] = [(area, None) for area in tree.areas]
    while layer:
        rows = Criterion.objects.bulk_create(
            _row(node, criteria_set=owned, parent=parent, position=places[id(node)])
            for node, parent in layer
        )
        layer = [
            (child, row)
            for (node, _), row in zip(layer, rows, strict=True)
            for child in node.children
        ]
    return owned


@transaction.atomic
def copy_into(block: Block, source: CriteriaSet, *, by: User) -> CriteriaSet:
    """Gives the block its own copy of a set, in place of the one it had.

    `source` is a set of the catalogue or another block's copy. Raises PermissionDenied, or
    MoveRefused once the period has been opened.
    """
    period, block = hold_block_in_preparation(block, by=by)
    CriteriaSet.objects.filter(block=block).delete()
    nodes = Criterion.objects.filter(criteria_set=source)
    origin = source if source.block_id is None else source.copied_from
    owned = store(as_tree(source, nodes), block=block, copied_from=origin, version=source.version)
    note(period, Preparation.CRITERIA, f"bộ “{owned.title}” cho khối “{block.name}”", by=by)
    return owned


@transaction.atomic
def edit(criterion: Criterion, *, by: User, seen: int, **columns: Any) -> Criterion:
    """Changes one node of a block's copy; of an area or criterion only the title.

    `seen` is the version that was on the screen. The maxima above follow a component's. Raises
    PermissionDenied, MoveRefused once the period has been opened, ChangedMeanwhile.
    """
    held = _hold(criterion, by=by)
    must_be_unchanged(seen, held.version)
    allowed = COMPONENT_COLUMNS if held.level == Level.COMPONENT else HEADING_COLUMNS
    if surplus := columns.keys() - set(allowed):
        raise TypeError(f"Not columns of a {held.level}: {', '.join(sorted(surplus))}.")
    changed = {name: value for name, value in columns.items() if getattr(held, name) != value}
    told = _difference(held, changed)
    for name, value in changed.items():
        setattr(held, name, value)
    if {"maximum", "rule"} & changed.keys():
        held.assumed = False
    held.version += 1
    held.save(update_fields=[*changed, "assumed", "version"])
    _sum_up(held.criteria_set_id, held.parent)
    _note(held, f"sửa {held.code}{told}", by=by)
    return held


@transaction.atomic
def add_component(parent: Criterion, *, by: User, **columns: Any) -> Criterion:
    """Adds a component as the last of a criterion; its code follows its siblings'.

    `columns` as in `COMPONENT_COLUMNS`. Raises PermissionDenied, or MoveRefused once opened.
    """
    held = _hold(parent, by=by)
    if held.level != Level.CRITERION:
        raise MoveRefused("Chỉ thêm được tiêu chí thành phần vào trong một tiêu chí.")
    siblings = held.children.all()
    last = siblings.aggregate(last=Max("position"))["last"] or held.position
    code = _next_code(held.code, siblings.values_list("code", flat=True))
    year = held.criteria_set.block.period.year
    held.criteria_set.criteria.filter(position__gt=last).update(position=F("position") + 1)
    added = Criterion.objects.create(
        criteria_set=held.criteria_set,
        parent=held,
        level=Level.COMPONENT,
        code=code,
        key=f"them_{year}_{code.replace('.', '_')}",
        position=last + 1,
        **columns,
    )
    _sum_up(held.criteria_set_id, held)
    _note(added, f"thêm {added.code} “{added.title}”", by=by)
    return added


@transaction.atomic
def remove_component(criterion: Criterion, *, by: User) -> None:
    """Takes a component out, and with the last one its criterion and area.

    Raises PermissionDenied, or MoveRefused once opened or where nothing would be left of the set.
    """
    held = _hold(criterion, by=by)
    if held.level != Level.COMPONENT:
        raise MoveRefused("Chỉ bỏ được tiêu chí thành phần.")
    owned = held.criteria_set
    if owned.criteria.components().count() == 1:
        raise MoveRefused("Bộ tiêu chí phải còn ít nhất một tiêu chí thành phần.")
    parent = held.parent
    _note(held, f"bỏ {held.code} “{held.title}”", by=by)
    held.delete()
    while parent is not None and not parent.children.exists():
        emptied, parent = parent, parent.parent
        emptied.delete()
    _sum_up(owned.pk, parent)


def _hold(criterion: Criterion, *, by: User) -> Criterion:
    """The node, read again once its period is held."""
    gone = ChangedMeanwhile("Nội dung này không còn: người khác vừa bỏ hoặc đổi bộ tiêu chí.")
    block = Block.objects.filter(criteria_set__criteria=criterion.pk).first()
    if block is None:
        raise gone
    hold_in_preparation(block.period_id, by=by)
    kept = Criterion.objects.select_related("criteria_set__block__period", "parent__parent")
    held = kept.filter(pk=criterion.pk).first()
    if held is None:
        raise gone
    return held


def _sum_up(owned: int, parent: Criterion | None) -> None:
    """Maxima above a changed component: exact sums, bonus and penalty outside the set's own."""
    while parent is not None:
        parent.maximum = parent.children.aggregate(total=Sum("maximum"))["total"]
        parent.save(update_fields=["maximum"])
        parent = parent.parent
    components = Criterion.objects.components().filter(criteria_set=owned)
    inside = components.exclude(source__in=BEYOND_MAXIMUM)
    total = inside.aggregate(total=Sum("maximum"))["total"]
    if total:
        CriteriaSet.objects.filter(pk=owned).update(maximum=total)


def _next_code(parent: str, taken: Iterable[str]) -> str:
    tails = [code.rpartition(".")[2] for code in taken]
    highest = max((int(tail) for tail in tails if tail.isdecimal()), default=0)
    return f"{parent}.{highest + 1}"


def _row(node: SetNode, **place: Any) -> Criterion:
    return Criterion(
        level=node.level,
        code=node.code,
        key=node.key,
        title=node.title,
        maximum=node.maximum,
        source=node.source,
        rule=node.rule,
        evidence_expected=list(node.evidence),
        not_applicable_allowed=node.not_applicable_allowed,
        assumed=node.assumed,
        source_note=node.source_note,
        **place,
    )


def _difference(held: Criterion, columns: dict[str, Any]) -> str:
    """What is worth telling in the log of a change."""
    new: Decimal | None = columns.get("maximum")
    if new is None or new == held.maximum:
        return ""
    return f": điểm tối đa {exactly(held.maximum)} → {exactly(new)}"


def _note(criterion: Criterion, told: str, *, by: User) -> None:
    block = criterion.criteria_set.block
    note(block.period, Preparation.CRITERIA, f"{told}, khối “{block.name}”", by=by)
