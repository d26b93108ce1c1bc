"""Who issues a decision at each level, and in which words: head, symbol, place, whose results."""

from collections.abc import Iterable
from dataclasses import dataclass

from units.kinds import UnitKind

# Symbol: kind of paper - body - drafting unit, as in 317/KH-CAT-PV01 (a published plan of a
# provincial police) and BC-BCA-V03; the others by the same pattern. Editable when a result is
# published.
MINISTRY_SYMBOL = "QĐ-BCA-V03"
PLACES = {
    "tỉnh": "CAT",
    "thành phố": "CATP",
    "thị xã": "CATX",
    "huyện": "CAH",
    "quận": "CAQ",
    "phường": "CAP",
    "xã": "CAX",
    "thị trấn": "CATT",
    "đặc khu": "CAĐK",
}
"""Kinds of places in the names of police units, and how symbols shorten them."""

DRAFTERS = {
    UnitKind.MINISTRY: "Cục trưởng Cục Pháp chế và cải cách hành chính, tư pháp",
    UnitKind.PROVINCE_POLICE: "Trưởng phòng Tham mưu",
    UnitKind.DISTRICT_POLICE: "Đội trưởng Đội Tổng hợp",
}

POLICE_OF = "Công an"


@dataclass(frozen=True)
class Office:
    """The head's position, alone and with the body's name, and the symbol of its decisions."""

    head: str
    head_in_full: str
    symbol: str
    place: str
    drafter: str


def office_of(name: str, kind: str, superior: str = "") -> Office:
    """The office of a body by its name of the day and its kind (`UnitKind` value).

    superior: name of the body above, whose place stands in where the body's own name has none.
    """
    area, place = _place_in(name)
    if kind == UnitKind.MINISTRY:
        head, in_full = "Bộ trưởng", f"Bộ trưởng {name}"
    elif kind == UnitKind.PROVINCE_POLICE:
        head, in_full = "Giám đốc", f"Giám đốc {name}"
    elif kind == UnitKind.DEPARTMENT:
        head, in_full = "Trưởng phòng", f"Trưởng {name[:1].lower()}{name[1:]}"
    else:
        head = f"Trưởng {POLICE_OF} {area}" if area else f"Trưởng {name}"
        in_full = f"Trưởng {name}"
    return Office(
        head=head,
        head_in_full=in_full,
        symbol=_symbol(area, kind),
        place="Hà Nội" if kind == UnitKind.MINISTRY else place or _place_in(superior)[1],
        drafter=DRAFTERS.get(UnitKind(kind), "bộ phận tham mưu tổng hợp"),
    )


def whose_results(names: Iterable[str], issuer: str) -> str:
    """ "Công an các phường, xã thuộc Công an thị xã Cửa Lò", by the names of the units.

    Empty where a unit is not the police of a place: the usual words fit better then.
    """
    areas = {_place_in(name)[0] for name in names}
    if not areas or "" in areas:
        return ""
    listed = ", ".join(area for area in PLACES if area in areas)
    return f"{POLICE_OF} các {listed} thuộc {issuer}"


def _symbol(area: str, kind: str) -> str:
    if kind == UnitKind.MINISTRY:
        return MINISTRY_SYMBOL
    if not area:
        return "QĐ"
    drafting_unit = "-PV01" if kind == UnitKind.PROVINCE_POLICE else ""
    return f"QĐ-{PLACES[area]}{drafting_unit}"


def _place_in(name: str) -> tuple[str, str]:
    """("thị xã", "Cửa Lò") of "Công an thị xã Cửa Lò"; both empty where no place is named."""
    for area in PLACES:
        before, found, place = name.partition(f" {area} ")
        if found and before == POLICE_OF:
            return area, place
    return "", ""
