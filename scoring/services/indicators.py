"""Indicators are added, revised and retired by the level that asks for them."""

import json
from collections.abc import Mapping
from copy import copy
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction

from cchc_portal.kit.digest import digest
from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from scoring.models import Indicator
from scoring.models.indicator import DEFINING
from scoring.rules.indicator import IndicatorVerb, Roll, goes_round
from units.access import require
from units.models import Unit, User
from units.permissions import Permission

SHOWN = (
    "code",
    "edition",
    "name",
    "measure",
    "decimals",
    "roll",
    "numerator",
    "denominator",
    "over_time",
    "part_of",
    "kinds",
    "spans",
    "source",
)
"""What stands on the screen of who changes an indicator."""
GONE = "Chỉ tiêu này đã thôi dùng hoặc đã có bản mới, đề nghị tải lại trang."
SEED = Path(settings.BASE_DIR) / "scoring" / "data" / "indicators.json"
TAKEN = "Mã chỉ tiêu này đang được dùng."


@transaction.atomic
def add(owner: Unit, said: Mapping[str, Any], *, by: User, comment: str = "") -> Indicator:
    """A new indicator; `said` by the names of the columns, `comment` goes into the log.
    PermissionDenied, MoveRefused."""
    require(by, Permission.RUN_PERIOD, at=owner)
    hold(owner)
    last = owner.indicators.order_by("-position").values_list("position", flat=True).first() or 0
    edition = owner.indicators.filter(code=said["code"]).count() + 1
    one = _write(Indicator(owner=owner, edition=edition, position=last + 1), said)
    one.events.create(verb=IndicatorVerb.ADD, by=by, comment=comment)
    return one


def mark(one: Indicator) -> str:
    """SHA-256 over what the indicator says: which of its wordings somebody saw."""
    return digest({name: getattr(one, name) for name in SHOWN})


@transaction.atomic
def revise(pk: int, said: Mapping[str, Any], *, by: User, seen: str) -> Indicator:
    """The indicator says what was typed over what was `seen` (`mark`). Once used, a change of its
    meaning is a new edition beside the old one, which stays with the figures reported under it; its
    name is wording and is mended where it stands. PermissionDenied, MoveRefused, ChangedMeanwhile.
    """
    one = _held(pk, by=by, seen=seen)
    if needed := _needed_by(one):
        if said["code"] != one.code:
            raise MoveRefused(f"Chỉ tiêu {needed} đang dẫn tới mã {one.code}.")
        if said.get("roll") == Roll.RATIO:
            raise MoveRefused(
                f"Chỉ tiêu {needed} đang lấy số của {one.code}, nên {one.code} phải được nhập trực "
                "tiếp."
            )
    before, verb = copy(one), IndicatorVerb.REVISE
    means_other = any(said.get(name, getattr(one, name)) != getattr(one, name) for name in DEFINING)
    if means_other and one.asked.exists():
        one.current, verb = False, IndicatorVerb.ANEW
        one.save(update_fields=["current"])
        edition = one.owner.indicators.filter(code=said["code"]).count() + 1
        one = Indicator(owner=one.owner, edition=edition, position=one.position)
    written = _write(one, said)
    if told := _changed(before, written):
        written.events.create(verb=verb, by=by, comment=told)
    return written


@transaction.atomic
def retire(pk: int, *, by: User, seen: str) -> None:
    """No later collection asks for it. PermissionDenied, ChangedMeanwhile; MoveRefused while
    another needs it."""
    one = _held(pk, by=by, seen=seen)
    if needed := _needed_by(one):
        raise MoveRefused(f"Chỉ tiêu {needed} đang dẫn tới mã {one.code}, chưa bỏ được.")
    Indicator.objects.filter(pk=pk).update(current=False)
    one.events.create(verb=IndicatorVerb.RETIRE, by=by)


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


def _held(pk: int, *, by: User, seen: str) -> Indicator:
    """As it lies there now, with the others of its owner held, if it still says what was seen."""
    one = Indicator.objects.select_related("owner").get(pk=pk)
    require(by, Permission.RUN_PERIOD, at=one.owner)
    hold(one.owner)
    one.refresh_from_db()
    if not one.current:
        raise MoveRefused(GONE)
    if mark(one) != seen:
        raise ChangedMeanwhile("Chỉ tiêu này vừa được người khác sửa.")
    return one


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
    wholes = dict(beside.values_list("code", "part_of"))
    missing = named - wholes.keys()
    if missing:
        raise MoveRefused(
            f"Không có chỉ tiêu nhập trực tiếp nào mang mã {', '.join(sorted(missing))}."
        )
    if goes_round(one.code, one.part_of, wholes):
        raise MoveRefused(
            f"{one.part_of} đã là một phần của {one.code}, đề nghị chọn chỉ tiêu khác."
        )
    try:
        with transaction.atomic():
            one.save()
    except IntegrityError as fault:
        if "indicator_code_once_in_use" in str(fault):
            raise MoveRefused(TAKEN) from fault
        raise
    return one


def _changed(before: Indicator, now: Indicator) -> str:
    """What became another, a line each: “tên chỉ tiêu: A → B”."""
    names = [name for name in SHOWN if name != "edition"]
    return "\n".join(
        f"{before._meta.get_field(name).verbose_name}: {before.shown(name)} → {now.shown(name)}"
        for name in names
        if getattr(before, name) != getattr(now, name)
    )


def _needed_by(one: Indicator) -> str:
    for other in one.owner.indicators.current().exclude(pk=one.pk):
        if one.code in (other.numerator, other.denominator, other.part_of):
            return other.code
    return ""
