"""The list of a level beside that of the level above: what it lacks is taken over by a press."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from cchc_portal.kit.digest import digest
from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from cchc_portal.kit.lifetimes import on_day
from scoring.models import Indicator
from scoring.rules.indicator_above import Kind, difference, with_needed
from scoring.services import indicators
from units.access import require
from units.models import Unit, UnitSpell, User
from units.permissions import Permission

TAKEN_OVER = (
    *("code", "name", "measure", "decimals", "roll", "numerator", "denominator"),
    *("over_time", "part_of", "spans", "source"),
)
"""What is said as the level above says it. Not `kinds`: those name units below that level."""
CHANGED = (
    "Danh mục của cấp trên, hoặc của đơn vị, vừa được sửa; đề nghị xem lại các chỉ tiêu dưới đây."
)


@dataclass(frozen=True)
class Above:
    """The unit directly above and its indicators in use, in its order."""

    unit: Unit
    indicators: tuple[Indicator, ...]

    def lacking(self, own: Collection[str]) -> list[Indicator]:
        """Those whose codes are not among the own ones."""
        return [one for one in self.indicators if one.code not in own]

    def differences(self, own: Iterable[Indicator]) -> dict[str, str]:
        """Code → in what the level above has it otherwise; of those that differ."""
        kinds = {one.code: _kind(one) for one in self.indicators}
        told = {
            one.code: difference(_kind(one), kinds[one.code]) for one in own if one.code in kinds
        }
        return {code: sentence for code, sentence in told.items() if sentence}


@dataclass(frozen=True)
class Offer:
    """An indicator that may be taken over: what comes along with it, whether the level above asks
    units of this kind for it, and whether the own list had its code and gave it up."""

    indicator: Indicator
    along: tuple[str, ...]
    asked: bool
    given_up: bool

    @property
    def usual(self) -> bool:
        """Whether it is ticked where nobody has chosen yet."""
        return self.asked and not self.given_up


def above(owners: Iterable[Unit]) -> dict[int, Above]:
    """Key of a unit → the level above it today; of those that have one. Two queries, however many
    units there are."""
    keys = [one.pk for one in owners]
    spells = UnitSpell.objects.filter(on_day(timezone.localdate()), unit__in=keys)
    superiors = {
        spell.unit_id: spell.parent
        for spell in spells.exclude(parent=None).select_related("parent")
    }
    lists: dict[int, list[Indicator]] = {one.pk: [] for one in superiors.values()}
    for one in Indicator.objects.filter(owner__in=lists).current():
        lists[one.owner_id].append(one)
    return {unit: Above(one, tuple(lists[one.pk])) for unit, one in superiors.items()}


def offers(owner: Unit, level: Above | None) -> list[Offer]:
    """What the list of the owner lacks of that of the level above. One query."""
    if level is None:
        return []
    there: dict[str, bool] = {}
    for code, current in owner.indicators.order_by().values_list("code", "current"):
        there[code] = there.get(code, False) or current
    own = {code for code, current in there.items() if current}
    lacking = level.lacking(own)
    meanings = {one.code: one.meaning for one in lacking}
    return [
        Offer(
            one,
            tuple(with_needed([one.code], meanings)[:-1]),
            asked=not one.kinds or owner.kind in one.kinds,
            given_up=one.code in there,
        )
        for one in lacking
    ]


def mark(offered: Sequence[Offer]) -> str:
    """SHA-256 over what is offered: which list somebody saw."""
    return digest([[one.indicator.pk, indicators.mark(one.indicator)] for one in offered])


@transaction.atomic
def take(owner: Unit, *, chosen: Collection[int], seen: str, by: User) -> list[Indicator]:
    """The chosen indicators (keys) of the level above, and what they need, stand in the list of the
    owner too, for every kind of units below it. All or none.

    PermissionDenied, MoveRefused; ChangedMeanwhile where something else is offered than was `seen`.
    """
    require(by, Permission.RUN_PERIOD, at=owner)
    indicators.hold(owner)
    level = above([owner]).get(owner.pk)
    offered = offers(owner, level)
    if level is None or mark(offered) != seen:
        raise ChangedMeanwhile(CHANGED)
    there = {one.indicator.code: one.indicator for one in offered}
    picked = [code for code, one in there.items() if one.pk in chosen]
    codes = with_needed(picked, {code: one.meaning for code, one in there.items()})
    told = f"Lấy từ danh mục của {level.unit.name}."
    return [_take(owner, there[code], told, by) for code in codes]


def _take(owner: Unit, one: Indicator, told: str, by: User) -> Indicator:
    said = {name: getattr(one, name) for name in TAKEN_OVER}
    try:
        return indicators.add(owner, said, by=by, comment=told)
    except MoveRefused as refusal:
        raise MoveRefused(f"{one.code}: {refusal.sentence}") from refusal


def _kind(one: Indicator) -> Kind:
    return Kind(one.measure, one.decimals, one.roll)
