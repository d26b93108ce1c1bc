"""The areas of reform a task belongs to."""

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import Any, Protocol, TypeVar

from cchc_portal.kit.worded import Worded


class ReformArea(Worded):
    """Direction in front, then the six areas of the programme 2021–2030.

    Source: Nghị quyết 76/NQ-CP of 15/07/2021.
    """

    DIRECTION = "direction", "Chỉ đạo, điều hành"
    INSTITUTIONS = "institutions", "Cải cách thể chế"
    PROCEDURES = "procedures", "Cải cách thủ tục hành chính"
    APPARATUS = "apparatus", "Cải cách tổ chức bộ máy"
    CIVIL_SERVICE = "civil_service", "Cải cách chế độ công vụ"
    FINANCE = "finance", "Cải cách tài chính công"
    DIGITAL = "digital", "Chính quyền điện tử, chính quyền số"


class Placed(Protocol):
    """A task as it stands in a table: its area and its place."""

    area: Any
    position: Any


T = TypeVar("T")


def by_area(
    rows: Iterable[T], *, task: Callable[[T], Placed]
) -> Iterator[tuple[ReformArea, list[T]]]:
    """The rows area by area, in the order of the areas, each with at least one; `task` is the task
    that a row is about."""
    order = {area.value: place for place, area in enumerate(ReformArea)}
    placed = sorted(rows, key=lambda row: (order[task(row).area], task(row).position))
    for area, group in groupby(placed, key=lambda row: task(row).area):
        yield ReformArea(area), list(group)
