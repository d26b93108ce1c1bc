"""A unit takes what its own units reported into the figures that it reports itself: a press, and a
line that says how many of them had reported by then."""

from collections.abc import Collection as Collected
from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from scoring import reading_access
from scoring.models import Collection, Reading, ReadingChange
from scoring.models.reading import LONGEST_REASON
from scoring.rules.indicator import AmountFault, fitting, stretch_of
from scoring.rules.kinds import Door
from scoring.services.readings import WHY, write
from scoring.services.underneath import Below, underneath
from units.models import Unit, User

NOT_BELOW = "Đơn vị trực thuộc chưa báo cáo số liệu này cho kỳ này nên chưa lấy được."
STRETCH = ("span", "year", "starts_on", "ends_on")
NOTHING = "Không còn dòng nào để lấy: dòng đã có số do người nhập thì lấy ở từng dòng."


def takes_by_itself(reading: Reading, below: Below | None, taken: set[int]) -> bool:
    """Whether the press for all rows writes this one: nobody typed in it, or what stands there was
    taken before (`taken`), and the units below now come to another figure."""
    return (
        below is not None
        and reading.amount != below.amount
        and (reading.amount is None or reading.pk in taken)
    )


def taken_before(readings: list[Reading]) -> set[int]:
    """Keys of those whose newest change was such a press. One query."""
    newest = ReadingChange.objects.filter(reading__in=readings).order_by("reading", "-pk")
    doors = newest.distinct("reading").values_list("reading", "door")
    return {pk for pk, door in doors if door == Door.REPORTED}


def corrected_below(units: Collected[int], year: int) -> dict[tuple[Collection, Unit], int]:
    """For each collection since the year and unit: how many figures it took from its own units
    that now come to something else. Two queries, however many; one where nothing was taken."""
    since = Reading.objects.filter(collection__year__gte=year)
    taken = list(since.taken(units).for_page().order_by("-collection", "unit"))
    if not taken:
        return {}
    codes = {one.indicator.code for one in taken}
    sums: dict[tuple, Decimal] = {}
    owners = {one.unit_id for one in taken}
    for row in since.filter(indicator__code__in=codes).sums_asked_by(owners):
        stretch = stretch_of(*(row[f"collection__{name}"] for name in STRETCH))
        measured = row["indicator__code"], row["indicator__measure"]
        asked = row["collection__owner"], *stretch.values(), *measured
        sums.setdefault(asked, row["total"])
    found: dict[tuple[Collection, Unit], int] = {}
    for one in taken:
        measured = one.indicator.code, one.indicator.measure
        below = sums.get((one.unit_id, *one.collection.stretch.values(), *measured))
        if below is not None and below != one.amount:
            key = one.collection, one.unit
            found[key] = found.get(key, 0) + 1
    return found


@transaction.atomic
def take(pk: int, *, by: User, seen_version: int, reason: str = "") -> Reading:
    """One figure becomes what the units below come to; its note stays.

    PermissionDenied, MoveRefused, ChangedMeanwhile.
    """
    found = Reading.objects.only("collection_id", "unit_id").get(pk=pk)
    collection = _held(found.collection_id, found.unit_id, by, reason)
    (held,) = _rows(collection, found.unit_id, [pk])
    return _write(held, collection, _below(collection, [held]), by, seen_version, reason)


@transaction.atomic
def take_all(
    collection: Collection, unit: int, *, by: User, seen: Mapping[int, int], reason: str = ""
) -> int:
    """Every row of the unit that no person typed in becomes what the units below come to, if it
    was seen in this version (key → version); how many. All or none.

    PermissionDenied, MoveRefused, ChangedMeanwhile.
    """
    collection = _held(collection.pk, unit, by, reason)
    held = _rows(collection, unit, seen)
    below, taken = _below(collection, held), taken_before(held)
    chosen = [one for one in held if takes_by_itself(one, below.get(one.indicator.code), taken)]
    if not chosen:
        raise MoveRefused(NOTHING)
    for one in chosen:
        _write(one, collection, below, by, seen[one.pk], reason)
    return len(chosen)


def _held(pk: int, unit: int, by: User, reason: str) -> Collection:
    collection = Collection.objects.hold_open(pk)
    reading_access.require_writer(by, collection, unit)
    if collection.closed and not reason.strip():
        raise MoveRefused(WHY)
    return collection


def _rows(collection: Collection, unit: int, keys) -> list[Reading]:
    rows = Reading.objects.select_related("indicator").filter(pk__in=list(keys))
    return list(rows.filter(collection=collection, unit=unit).held())


def _below(collection: Collection, held: list[Reading]) -> dict[str, Below]:
    units = {one.unit_id for one in held}
    found = underneath(collection, [one.indicator for one in held], list(units))
    return next(iter(found.values()), {})


def _write(
    held: Reading,
    collection: Collection,
    below: Mapping[str, Below],
    by: User,
    seen_version: int,
    reason: str,
) -> Reading:
    one = below.get(held.indicator.code)
    if one is None:
        raise MoveRefused(NOT_BELOW)
    try:
        amount = fitting(one.amount, held.indicator.decimals)
    except AmountFault as fault:
        raise MoveRefused(f"{held.indicator.code}: {fault.sentence}") from fault
    if held.version != seen_version:
        raise ChangedMeanwhile
    told = f"Lấy số cộng của {one.of} trực thuộc. {reason.strip()}".strip()
    if len(told) > LONGEST_REASON:
        raise MoveRefused("Lý do dài quá, đề nghị rút gọn.")
    return write(
        held,
        collection,
        by=by,
        amount=amount,
        note=held.note,
        reason=told,
        seen_version=seen_version,
        door=Door.REPORTED,
    )
