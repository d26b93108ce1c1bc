"""Indicators are added, revised and retired by the level that asks for them."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction

from cchc_portal.kit.errors import MoveRefused
from scoring.models import Indicator
from scoring.models.indicator import DEFINING
from scoring.rules.indicator import Roll
from units.access import require
from units.models import Unit, User
from units.permissions import Permission

SEED = Path(settings.BASE_DIR) / "scoring" / "data" / "indicators.json"
TAKEN = "Mã chỉ tiêu này đang được dùng."


@transaction.atomic
def add(owner: Unit, said: Mapping[str, Any], *, by: User) -> Indicator:
    """A new indicator; `said` by the names of the columns. PermissionDenied, MoveRefused."""
    require(by, Permission.RUN_PERIOD, at=owner)
    hold(owner)
    last = owner.indicators.order_by("-position").values_list("position", flat=True).first() or 0
    edition = owner.indicators.filter(code=said["code"]).count() + 1
    return _write(Indicator(owner=owner, edition=edition, position=last + 1), said)


@transaction.atomic
def revise(pk: int, said: Mapping[str, Any], *, by: User) -> Indicator:
    """The indicator says what was typed. Once used, a change of its meaning is a new edition beside
    the old one, which stays with the figures reported under it. PermissionDenied, MoveRefused."""
    one = Indicator.objects.select_related("owner").get(pk=pk)
    require(by, Permission.RUN_PERIOD, at=one.owner)
    hold(one.owner)
    one.refresh_from_db()
    if not one.current:
        raise MoveRefused("Chỉ tiêu này đã thôi dùng hoặc đã có bản mới, đề nghị tải lại trang.")
    if said["code"] != one.code and _needed_by(one):
        raise MoveRefused(f"Chỉ tiêu {_needed_by(one)} đang dẫn tới mã {one.code}.")
    means_other = any(said.get(name, getattr(one, name)) != getattr(one, name) for name in DEFINING)
    if means_other and one.asked.exists():
        one.current = False
        one.save(update_fields=["current"])
        edition = one.owner.indicators.filter(code=said["code"]).count() + 1
        one = Indicator(owner=one.owner, edition=edition, position=one.position)
    return _write(one, said)


@transaction.atomic
def retire(pk: int, *, by: User) -> None:
    """No later collection asks for it. PermissionDenied; MoveRefused while another needs it."""
    one = Indicator.objects.select_related("owner").get(pk=pk)
    require(by, Permission.RUN_PERIOD, at=one.owner)
    hold(one.owner)
    if needed := _needed_by(one):
        raise MoveRefused(f"Chỉ tiêu {needed} đang dẫn tới mã {one.code}, chưa bỏ được.")
    Indicator.objects.filter(pk=pk).update(current=False)


@transaction.atomic
def seed(owner: Unit, *, by: User) -> int:
    """The usual indicators whose codes the unit does not use yet; how many were added.

    Ratios come last in the file, after what they are taken from. PermissionDenied.
    """
    require(by, Permission.RUN_PERIOD, at=owner)
    there = set(owner.indicators.values_list("code", flat=True))
    lines = json.loads(SEED.read_text(encoding="utf-8"))["indicators"]
    new = [line for line in lines if line["code"] not in there]
    for line in new:
        add(owner, line, by=by)
    return len(new)


def hold(owner: Unit) -> None:
    """The indicators of the unit stay as they are until the transaction ends."""
    Unit.objects.select_for_update(no_key=True).get(pk=owner.pk)


def _write(one: Indicator, said: Mapping[str, Any]) -> Indicator:
    for name, value in said.items():
        setattr(one, name, value)
    if one.roll != Roll.RATIO:
        one.numerator = one.denominator = ""
    named = {code for code in (one.numerator, one.denominator, one.part_of) if code}
    beside = one.owner.indicators.current().exclude(pk=one.pk).exclude(roll=Roll.RATIO)
    missing = named - set(beside.filter(code__in=named).values_list("code", flat=True))
    if missing:
        raise MoveRefused(
            f"Không có chỉ tiêu nhập trực tiếp nào mang mã {', '.join(sorted(missing))}."
        )
    try:
        with transaction.atomic():
            one.save()
    except IntegrityError as fault:
        if "indicator_code_once_in_use" in str(fault):
            raise MoveRefused(TAKEN) from fault
        raise
    return one


def _needed_by(one: Indicator) -> str:
    for other in one.owner.indicators.current().exclude(pk=one.pk):
        if one.code in (other.numerator, other.denominator, other.part_of):
            return other.code
    return ""
