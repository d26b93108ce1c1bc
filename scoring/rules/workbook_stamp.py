"""The stamp in a workbook: whose it is, of when, and where everything stands. Pure."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from scoring.rules.workbook import HEADER_ROW, Component, Sheet

FORM = 1
"""Number of the shape: a workbook of another is not read."""


@dataclass(frozen=True)
class Place:
    """Where a component stands, and what it was when the workbook was made."""

    score: int
    version: int
    key: str
    row: int
    height: int
    digest: str
    note_kept: bool


@dataclass(frozen=True)
class Laid:
    """One sheet as it was laid out: its name, its last row, its components."""

    name: str
    last: int
    places: tuple[Place, ...]


@dataclass(frozen=True)
class Stamp:
    """Whose workbook it is, of when, and where everything stands: kept in it, signed."""

    form: int
    dossier: int
    unit: int
    unit_name: str
    period: int
    period_title: str
    made_at: str
    sheets: tuple[Laid, ...]

    def as_json(self) -> dict[str, Any]:
        """The shape in which it is signed; `read_stamp` reads it back."""
        return asdict(self)

    @property
    def moment(self) -> datetime:
        """When the workbook was made."""
        return datetime.fromisoformat(self.made_at)


def read_stamp(data: Mapping[str, Any]) -> Stamp:
    """The stamp that `as_json` wrote."""
    sheets = (
        Laid(one["name"], one["last"], tuple(Place(**place) for place in one["places"]))
        for one in data["sheets"]
    )
    return Stamp(**{**data, "sheets": tuple(sheets)})


def laid(sheet: Sheet) -> Laid:
    """Where the components of a sheet stand that the unit fills in."""
    last, places = HEADER_ROW, []
    for row, one in sheet.placed():
        last = row
        if not isinstance(one, Component):
            continue
        last = row + one.height - 1
        if one.stored:
            kept = one.stored.note is None
            digest = one.stored.digest
            places.append(Place(one.score, one.version, one.key, row, one.height, digest, kept))
    return Laid(sheet.name, last, tuple(places))
