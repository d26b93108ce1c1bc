"""Blocks of a period being prepared: their names, and which units stand in them."""

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.db.models import Max, QuerySet

from cchc_portal.kit.errors import MoveRefused
from scoring.models import Block, BlockUnit, Period
from scoring.rules.kinds import Preparation
from scoring.services.preparation import (
    hold_block_in_preparation,
    hold_in_preparation,
    must_be_unchanged,
    note,
    refusing,
)
from units.models import Unit, User
from units.models.tree import ids_below

COLUMNS = ("name", "kinds", "handles_procedures")
SAME_NAME = ("block_name_once_in_a_period", "Kỳ đánh giá đã có khối cùng tên.")
NAMES_SHOWN = 3


def candidates(period: Period) -> QuerySet[Unit]:
    """Units the period may assess: below the assessor, at any depth, on the day it opens.

    The day is `opens_on`: who exists then can assess itself. Each unit carries `name_then`,
    `parent_then` and `handles_then` of that day.
    """
    below = set(ids_below([period.assessor_id], day=period.opens_on)) - {period.assessor_id}
    units = Unit.objects.in_force_on(period.opens_on).filter(pk__in=below)
    return units.as_on(period.opens_on)


def fitting(block: Block) -> QuerySet[Unit]:
    """Candidates of the block's kinds and function. None where the block names no kind."""
    units = candidates(block.period).filter(kind__in=block.kinds)
    if block.handles_procedures is None:
        return units
    return units.filter(handles_then=block.handles_procedures)


@transaction.atomic
def add(period: Period, *, by: User, **columns: Any) -> Block:
    """A new block, the last of the period. Raises PermissionDenied, MoveRefused."""
    held = hold_in_preparation(period.pk, by=by)
    last = held.blocks.aggregate(last=Max("position"))["last"] or 0
    with refusing(*SAME_NAME):
        block = Block.objects.create(period=held, position=last + 1, **columns)
    note(held, Preparation.BLOCK, f"thêm “{block.name}”", by=by)
    return block


@transaction.atomic
def edit(block: Block, *, by: User, seen: int, **columns: Any) -> Block:
    """Renames a block or says anew which units it is for; units already in it stay.

    Raises PermissionDenied, MoveRefused (opened; same name), ChangedMeanwhile.
    """
    period, held = hold_block_in_preparation(block, by=by)
    must_be_unchanged(seen, held.version)
    for name, value in columns.items():
        setattr(held, name, value)
    held.version += 1
    with refusing(*SAME_NAME):
        held.save(update_fields=[*columns, "version"])
    note(period, Preparation.BLOCK, f"sửa “{held.name}”", by=by)
    return held


@transaction.atomic
def remove(block: Block, *, by: User) -> None:
    """Takes the block out with its units and its criteria. Raises PermissionDenied, MoveRefused."""
    period, held = hold_block_in_preparation(block, by=by)
    note(period, Preparation.BLOCK, f"bỏ “{held.name}”", by=by)
    held.delete()


@transaction.atomic
def choose_by_kind(block: Block, *, by: User) -> int:
    """Adds every fitting unit that is in no block of the period yet; how many were added.

    Raises PermissionDenied, or MoveRefused once the period has been opened.
    """
    period, held = hold_block_in_preparation(block, by=by)
    taken = BlockUnit.objects.filter(period=period).values("unit")
    chosen = [unit.pk for unit in fitting(held).exclude(pk__in=taken)]
    return _put(period, held, chosen, by=by)


@transaction.atomic
def choose_like(block: Block, earlier: Block, *, by: User) -> int:
    """Chooses as in an earlier period: by kind and function, with its exceptions made by hand.

    Who fitted then but was left out stays out; who did not fit but was added stays in, if it is
    still below the assessor. Units already in a block of the new period are passed over.
    """
    period, held = hold_block_in_preparation(block, by=by)
    had = set(earlier.chosen.values_list("unit", flat=True))
    fitted = set(fitting(earlier).values_list("pk", flat=True))
    by_hand = candidates(period).filter(pk__in=had - fitted).values_list("pk", flat=True)
    fit_now = fitting(held).exclude(pk__in=fitted - had).values_list("pk", flat=True)
    taken = BlockUnit.objects.filter(period=period).values_list("unit", flat=True)
    return _put(period, held, sorted({*by_hand, *fit_now} - {*taken}), by=by)


@transaction.atomic
def add_units(block: Block, units: Collection[int], *, by: User) -> int:
    """Puts these units into the block; how many were not in it before.

    Raises PermissionDenied, or MoveRefused naming those that are not below the assessor on the
    day the period opens, or that stand in another block.
    """
    period, held = hold_block_in_preparation(block, by=by)
    wanted = set(units)
    known = set(candidates(period).filter(pk__in=wanted).values_list("pk", flat=True))
    if strangers := wanted - known:
        raise MoveRefused(
            f"Không trực thuộc {period.assessor.name} vào ngày {period.opens_on:%d/%m/%Y}: "
            f"{_names(strangers)}."
        )
    chosen = BlockUnit.objects.filter(period=period, unit__in=wanted)
    there = dict(chosen.values_list("unit", "block"))
    if elsewhere := [unit for unit, other in there.items() if other != held.pk]:
        raise MoveRefused(f"Đã thuộc khối khác của kỳ này: {_names(elsewhere)}.")
    return _put(period, held, sorted(wanted - there.keys()), by=by)


@transaction.atomic
def remove_units(block: Block, units: Collection[int], *, by: User) -> int:
    """Takes units out of the block; how many were in it. Raises PermissionDenied, MoveRefused."""
    period, held = hold_block_in_preparation(block, by=by)
    gone, _ = BlockUnit.objects.filter(block=held, unit__in=units).delete()
    if gone:
        note(period, Preparation.UNITS, f"bỏ {gone}, khối “{held.name}”", by=by)
    return gone


def _put(period: Period, block: Block, units: Collection[int], *, by: User) -> int:
    BlockUnit.objects.bulk_create(
        BlockUnit(block=block, period=period, unit_id=unit) for unit in units
    )
    if units:
        note(period, Preparation.UNITS, f"thêm {len(units)}, khối “{block.name}”", by=by)
    return len(units)


def _names(units: Collection[int]) -> str:
    names = list(Unit.objects.filter(pk__in=units).values_list("name", flat=True))
    shown = ", ".join(names[:NAMES_SHOWN])
    rest = len(units) - min(len(names), NAMES_SHOWN)
    return f"{shown} và {rest} đơn vị khác" if shown and rest else shown or f"{rest} đơn vị"
