"""How units end: closed, or merged into another, with successors that carry on."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from cchc_portal.kit.errors import MoveRefused
from units.access import require_over
from units.kinds import UnitKind, UnitVerb
from units.models import Succession, Unit, UnitSpell, User
from units.permissions import Permission
from units.rules.decision import Decision
from units.rules.spells import begins, ended, painted
from units.services import units as unit_services
from units.services.lives import life_of, log, require_alive, stretch, write_life
from units.services.units import require_decision, require_no_circle

NAMED = 5
"""So many units are named in a refusal; of the rest only the number is told."""


@dataclass(frozen=True)
class NewUnit:
    """The unit that a merger founds."""

    parent: Unit
    code: str
    name: str
    kind: UnitKind
    handles_procedures: bool = False
    gso_code: str = ""


@transaction.atomic
def close(unit: Unit, *, decision: Decision, by: User, successors: Sequence[Unit] = ()) -> Unit:
    """The unit exists up to the day before the decision's day; `successors` carry on its work.

    Raises PermissionDenied, or MoveRefused: it ended already, would end before it began, a
    successor does not exist on the day, or units stand below it on or after the day.
    """
    held, *heirs = Unit.objects.hold(unit.pk, *(heir.pk for heir in successors))
    require_over(by, Permission.MANAGE_UNITS, held)
    require_decision(decision)
    _require_nobody_below(held, decision)
    _stop(held, decision)
    _succeed(held, heirs, decision)
    words = f"kế thừa: {', '.join(map(str, heirs))}" if heirs else ""
    log(held, UnitVerb.CLOSE, decision, by=by, comment=words)
    return held


@transaction.atomic
def merge(
    units: Sequence[Unit],
    *,
    into: Unit | NewUnit,
    decision: Decision,
    by: User,
    with_children: bool = False,
) -> Unit:
    """Several units end and one carries on: a new one, or one that exists. Returns it.

    Asks for MANAGE_UNITS over every one of them. `with_children`: the units below them go along
    to the one that carries on; else MoveRefused names them. Further refusals as in `close`.
    """
    keys = list(dict.fromkeys(unit.pk for unit in units))
    if not keys:
        raise MoveRefused("Đề nghị chọn ít nhất một đơn vị để sáp nhập.")
    merged = Unit.objects.hold(*keys)
    require_decision(decision)
    for unit in merged:
        require_over(by, Permission.MANAGE_UNITS, unit)
    for unit in merged:  # before the heir is founded, so that it may take over a code
        _stop(unit, decision)
    heir = _heir(into, merged, decision, by)
    if with_children:
        _hand_over_children(merged, heir, decision, by)
    for unit in merged:
        _require_nobody_below(unit, decision)
        _succeed(unit, [heir], decision)
        log(unit, UnitVerb.MERGE, decision, by=by, comment=f"vào {heir}")
    names = ", ".join(map(str, merged))
    log(heir, UnitVerb.RECEIVE, decision, by=by, comment=f"từ {names}")
    return heir


def _heir(into: Unit | NewUnit, merged: list[Unit], decision: Decision, by: User) -> Unit:
    if isinstance(into, Unit):
        if into in merged:
            raise MoveRefused(f"{into} vừa là đơn vị sáp nhập vừa là đơn vị tiếp nhận.")
        (heir,) = Unit.objects.hold(into.pk)
        require_over(by, Permission.MANAGE_UNITS, heir)
        return heir
    if into.parent in merged:
        raise MoveRefused(f"{into.parent} sáp nhập nên không thể là cấp trên của đơn vị mới.")
    return unit_services.found(
        into.parent,
        code=into.code,
        name=into.name,
        kind=into.kind,
        decision=decision,
        by=by,
        handles_procedures=into.handles_procedures,
        gso_code=into.gso_code,
    )


def _stop(unit: Unit, decision: Decision) -> None:
    day = decision.effective_on
    if unit.in_force.upper:
        raise MoveRefused(f"{unit} đã có ngày kết thúc hoạt động: {unit.in_force.upper:%d/%m/%Y}.")
    if day <= begins(unit.in_force.lower):
        raise MoveRefused(
            f"Ngày kết thúc {day:%d/%m/%Y} không sau ngày thành lập của {unit} "
            f"({unit.in_force.lower:%d/%m/%Y})."
        )
    write_life(unit, ended(life_of(unit), day))


def _succeed(unit: Unit, heirs: Sequence[Unit], decision: Decision) -> None:
    for heir in heirs:
        if heir == unit:
            raise MoveRefused(f"{unit} không thể kế thừa chính mình.")
        require_alive(heir, decision.effective_on)
        Succession.objects.create(
            predecessor=unit,
            successor=heir,
            happened_on=decision.effective_on,
            decision_number=decision.number,
        )


def _require_nobody_below(unit: Unit, decision: Decision) -> None:
    below = _below(unit, decision)
    if below:
        names = ", ".join(spell.name for spell in below[:NAMED])
        more = f" và {len(below) - NAMED} đơn vị khác" if len(below) > NAMED else ""
        raise MoveRefused(
            f"{unit} còn đơn vị trực thuộc từ ngày {decision.effective_on:%d/%m/%Y}: {names}{more}."
        )


def _below(unit: Unit, decision: Decision) -> list[UnitSpell]:
    """One spell for each unit that stands below it on the decision's day or later."""
    days = stretch(decision.effective_on, None)
    spells = unit.spells_below.filter(in_force__overlap=days).in_tree_order()
    return list({spell.unit_id: spell for spell in spells.select_related("unit")}.values())


def _hand_over_children(merged: list[Unit], heir: Unit, decision: Decision, by: User) -> None:
    for former in merged:
        for spell in _below(former, decision):
            child = spell.unit
            if child == heir:
                raise MoveRefused(
                    f"{heir} đang trực thuộc {former}; cần chuyển cấp trên trước khi sáp nhập."
                )
            require_no_circle(child, heir, stretch(decision.effective_on, None))
            write_life(child, _under_the_heir(child, former, heir, decision))
            log(
                child,
                UnitVerb.MOVE,
                decision,
                by=by,
                comment=f"từ {former} sang {heir} do sáp nhập",
            )


def _under_the_heir(child: Unit, former: Unit, heir: Unit, decision: Decision) -> list:
    life = life_of(child)
    for spell in [spell for spell in life if spell.parent == former.pk]:
        first_on = max(begins(spell.first_on), decision.effective_on)
        if spell.until is None or first_on < spell.until:
            life = painted(
                life, "parent", heir.pk, first_on=first_on, until=spell.until, decision=decision
            )
    return life
