"""The tables of an analysis that no chart carries, as files: heat, tiles, criteria."""

from collections.abc import Mapping
from typing import Any

from cchc_portal.kit.numerals import Figure, half_up
from reports.views.analysis_asked import Asked
from scoring.rules.result_file import Cell, Sheet, settled


def heat_sheet(asked: Asked, filled: Mapping[str, Any]) -> Sheet:
    """Units by parts: percent of the points lost, one decimal as on the page. A part outside the
    maximum, or that does not apply, has no percent: its cell is empty."""
    heads = tuple(f"{code}. {title} (% mất)" for code, title, _ in filled["heads"])
    return Sheet(
        ("Đơn vị", "Hạng", "Chỉ số (%)", *heads),
        tuple(
            (
                one.row.name,
                one.row.rank,
                settled(one.line.percent),
                *(_rounded(cell.lost, 1) for cell in one.cells),
            )
            for one in filled["lines"]
        ),
    )


def tiles_sheet(asked: Asked, filled: Mapping[str, Any]) -> Sheet:
    """The units of the picture: where they stand in it, rank, figure, class, what was lost in the
    area that was asked for."""
    place = "Huyện cũ" if filled["by_district"] else "Nhóm"
    area = (f"{asked.area_title} (% mất)",) if asked.area_title else ()
    return Sheet(
        ("Đơn vị", place, "Hạng", "Chỉ số (%)", "Xếp loại", *area),
        tuple(
            (
                tile.row.name,
                name,
                tile.line.rank,
                settled(tile.line.percent),
                tile.row.band,
                *((_rounded(tile.lost, 1),) if area else ()),
            )
            for name, found in filled["places"]
            for tile in found
        ),
    )


def criteria_sheet(asked: Asked, filled: Mapping[str, Any]) -> Sheet:
    """What each criterion is worth, with the decimals of the page."""
    places = asked.places
    return Sheet(
        (
            *("Mã", "Tiêu chí", "Đơn vị áp dụng", "Đạt tối đa (%)", "Trung bình (%)"),
            *("Trung vị (%)", "Độ lệch trung bình", "Độ phân biệt", "Nhận xét"),
        ),
        tuple(
            (
                one.code,
                one.title,
                one.units,
                _rounded(one.full, 1),
                _rounded(one.mean, places),
                _rounded(one.median, places),
                _rounded(one.spread, places),
                _rounded(one.index, 1),
                one.words,
            )
            for one in filled["lines"]
        ),
    )


def _rounded(exact: Figure | None, places: int) -> Cell:
    return None if exact is None else half_up(exact, places)
