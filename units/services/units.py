"""What happens to one unit by decision: founded, renamed, moved, given another function.

Each holds the tree, asks for MANAGE_UNITS at the unit or above it, keeps the unit's columns and
its spells in step and leaves a line in its logbook.
"""

from django.db import transaction
from django.db.models import Max

from cchc_portal.kit.errors import MoveRefused
from units.access import require_over
from units.kinds import UnitKind, UnitVerb
from units.models import Unit, UnitSpell, User
from units.models.tree import ever_above
from units.names import tidy
from units.permissions import Permission
from units.rules.decision import Decision
from units.rules.spells import Spell, changed, lasts_until, spell_on
from units.services.lives import (
    life_of,
    log,
    require_alive,
    require_alive_until,
    rows_for,
    stretch,
    wear,
    write_life,
)


@transaction.atomic
def found(
    parent: Unit,
    *,
    code: str,
    name: str,
    kind: UnitKind,
    decision: Decision,
    by: User,
    handles_procedures: bool = False,
    gso_code: str = "",
) -> Unit:
    """A new unit below the parent, from the decision's day on, with no end in sight.

    Raises PermissionDenied, or MoveRefused: the parent does not exist on the day or is to end,
    or the code is borne by another unit on or after the day.
    """
    (parent,) = Unit.objects.hold(parent.pk)
    require_over(by, Permission.MANAGE_UNITS, parent)
    require_decision(decision)
    require_alive(parent, decision.effective_on)
    require_alive_until(parent, None)
    days = stretch(decision.effective_on, None)
    bearer = Unit.objects.filter(code=code, in_force__overlap=days).first()
    if bearer:
        raise MoveRefused(f"Mã {code} đang thuộc về {bearer}.")
    last = Unit.objects.filter(parent=parent).aggregate(last=Max("position"))["last"]
    unit = Unit(code=code, kind=kind, gso_code=gso_code, position=(last or 0) + 1)
    life = [
        Spell(
            decision.effective_on,
            None,
            tidy(name),
            parent.pk,
            handles_procedures,
            decision.number,
            decision.decided_on,
        )
    ]
    wear(unit, life)
    unit.save(force_insert=True)
    UnitSpell.objects.bulk_create(rows_for(unit, life))
    log(unit, UnitVerb.FOUND, decision, by=by)
    return unit


@transaction.atomic
def rename(unit: Unit, *, name: str, decision: Decision, by: User) -> Unit:
    """Another name from the decision's day on. MoveRefused where it bears that name already."""
    held, life = _hold(unit, decision, by)
    old, new = spell_on(life, decision.effective_on).name, tidy(name)
    if new == old:
        raise MoveRefused(f"Đơn vị đang mang tên “{old}”.")
    write_life(held, changed(life, "name", new, decision))
    log(held, UnitVerb.RENAME, decision, by=by, comment=f"“{old}” thành “{new}”")
    return held


@transaction.atomic
def move(unit: Unit, *, parent: Unit, decision: Decision, by: User) -> Unit:
    """Below another unit from the decision's day on.

    Asks for MANAGE_UNITS over both. MoveRefused: it stands there already, the new parent does not
    exist through all that time, or stands below the unit on one of those days.
    """
    (parent,) = Unit.objects.hold(parent.pk)
    held, life = _hold(unit, decision, by)
    require_over(by, Permission.MANAGE_UNITS, parent)
    day = decision.effective_on
    old = spell_on(life, day).parent
    if old == parent.pk:
        raise MoveRefused(f"Đơn vị đang trực thuộc {parent}.")
    until = lasts_until(life, "parent", day)
    require_alive(parent, day)
    require_alive_until(parent, until)
    require_no_circle(held, parent, stretch(day, until))
    write_life(held, changed(life, "parent", parent.pk, decision))
    former = Unit.objects.get(pk=old) if old else "(không có)"
    log(held, UnitVerb.MOVE, decision, by=by, comment=f"từ {former} sang {parent}")
    return held


@transaction.atomic
def change_function(unit: Unit, *, handles_procedures: bool, decision: Decision, by: User) -> Unit:
    """Begins or ceases to handle procedures for citizens from the decision's day on."""
    held, life = _hold(unit, decision, by)
    if spell_on(life, decision.effective_on).handles_procedures == handles_procedures:
        now = "đang" if handles_procedures else "không"
        raise MoveRefused(f"Đơn vị hiện {now} trực tiếp giải quyết thủ tục hành chính.")
    write_life(held, changed(life, "handles_procedures", handles_procedures, decision))
    words = "bắt đầu" if handles_procedures else "thôi"
    log(
        held,
        UnitVerb.CHANGE_FUNCTION,
        decision,
        by=by,
        comment=f"{words} trực tiếp giải quyết thủ tục hành chính",
    )
    return held


def require_decision(decision: Decision) -> None:
    """MoveRefused where the paper has no number."""
    if not decision.number.strip():
        raise MoveRefused("Đề nghị ghi số quyết định.")


def require_no_circle(unit: Unit, parent: Unit, days) -> None:
    """MoveRefused if on one of the days the parent stands below the unit."""
    above = ever_above(parent.pk, stretch=days)
    if unit.pk in above:
        day = above[unit.pk]
        since = f" (từ ngày {day:%d/%m/%Y})" if day else ""
        raise MoveRefused(
            f"{parent} trực thuộc {unit}{since}, nên không thể là cấp trên của đơn vị này."
        )


def _hold(unit: Unit, decision: Decision, by: User) -> tuple[Unit, list[Spell]]:
    (held,) = Unit.objects.hold(unit.pk)
    require_over(by, Permission.MANAGE_UNITS, held)
    require_decision(decision)
    require_alive(held, decision.effective_on)
    return held, life_of(held)
