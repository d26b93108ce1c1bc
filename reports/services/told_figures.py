"""Figures of the year that the portal's own rows tell, offered to a report.

Nothing is taken without a press (docs/decisions/0086): an inspection, an answer, a day of a drive
recorded later changes no reported figure behind anybody's back.
"""

from collections.abc import Callable
from collections.abc import Collection as Units
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from cchc_portal.kit.errors import MoveRefused
from cchc_portal.kit.numerals import exactly
from reports.services import driven_figures, inspected_figures, voiced_figures
from scoring import reading_access
from scoring.models import Collection, Reading
from scoring.services import readings
from scoring.services.underneath import Below, underneath
from units.models import User


@dataclass(frozen=True)
class Source:
    """Rows of the portal that tell some figures: which codes (empty: those that the rows name), how
    they are counted, the note beside a figure that was taken, and what is counted.

    beside: whether they are the unit's own work alone, to which comes what its own units reported.
    """

    codes: tuple[str, ...]
    counts_of: Callable[[Units[int], Collection], dict[int, dict[str, int]]]
    note: str
    meaning: str
    beside: bool = False


SOURCES = (
    Source(
        inspected_figures.CODES,
        inspected_figures.counts_of,
        "Theo các cuộc kiểm tra ghi trên cổng.",
        "Kiểm tra: các cuộc do đơn vị tổ chức trong kỳ, cộng số đơn vị trực thuộc đã báo cáo.",
        beside=True,
    ),
    Source(
        voiced_figures.CODES,
        voiced_figures.counts_of,
        "Theo sổ phản ánh, kiến nghị trên cổng.",
        "Phản ánh: tiếp nhận trong kỳ, do đơn vị giải quyết; không tính khiếu nại, tố cáo, không "
        "tiếp nhận, đã chuyển nơi khác. Đúng hạn tính theo lần trả lời đầu. Cộng số đơn vị trực "
        "thuộc đã báo cáo.",
        beside=True,
    ),
    Source(
        (),
        driven_figures.counts_of,
        "Theo số ghi từng ngày của đợt cao điểm.",
        "Đợt cao điểm: số đã ghi của các ngày trong kỳ, thuộc các đợt tính vào chỉ tiêu này.",
    ),
)


@dataclass(frozen=True)
class Offered:
    """A figure of the report, what the rows of the unit come to, and what its own units reported
    beside; None where nothing comes to it."""

    reading: Reading
    own: Decimal
    source: Source
    below: Below | None = None

    @property
    def amount(self) -> Decimal:
        """Both together."""
        return self.own + (Decimal(self.below.amount) if self.below else 0)

    @property
    def parts(self) -> str:
        """What it is put together of; empty where it is the unit's alone."""
        if self.below is None:
            return ""
        under = f"đơn vị trực thuộc {exactly(self.below.amount)} ({self.below.of})"
        return f"của đơn vị {exactly(self.own)}, {under}"

    @property
    def note(self) -> str:
        """Beside the figure in the report: where it comes from, and of what."""
        parts = self.parts
        return f"{self.source.note} Gồm {parts}." if parts else self.source.note

    @property
    def same(self) -> bool:
        """Whether the report says so already."""
        return self.reading.amount == self.amount


def offered_to(collection: Collection, unit: int) -> list[Offered]:
    """What is offered to a unit's report, in the order of the report; nothing of a source of which
    the unit has no rows or of which the collection asks nothing. Eight queries at most."""
    rows = list(Reading.objects.for_page().filter(collection=collection, unit=unit).in_order())
    asked = {row.indicator.code for row in rows}
    told: dict[str, tuple[int, Source]] = {}
    for source in SOURCES:
        if not source.codes or not asked.isdisjoint(source.codes):
            counts = source.counts_of([unit], collection).get(unit, {})
            told |= {code: (number, source) for code, number in counts.items()}
    rows = [row for row in rows if row.indicator.code in told]
    beside = [row.indicator for row in rows if told[row.indicator.code][1].beside]
    below = underneath(collection, beside, [unit]).get(unit, {}) if beside else {}
    found = []
    for row in rows:
        number, source = told[row.indicator.code]
        found.append(Offered(row, Decimal(number), source, below.get(row.indicator.code)))
    return found


@transaction.atomic
def take(collection: Collection, unit: int, *, seen: dict[int, int], by: User) -> int:
    """The figures are written into the report, all or none; how many were another before.

    seen: key of the figure to the version that was on the screen. Raises PermissionDenied,
    MoveRefused (closed, or nothing to take), ChangedMeanwhile.
    """
    reading_access.require_writer(by, collection, unit)
    if collection.closed:
        raise MoveRefused("Số liệu đã chốt: đề nghị sửa từng dòng và ghi lý do.")
    offered = [one for one in offered_to(collection, unit) if not one.same]
    if not offered:
        raise MoveRefused("Không có số liệu nào để lấy: báo cáo đã ghi như các số này.")
    for one in offered:
        readings.put(
            one.reading.pk,
            by=by,
            amount=one.amount,
            note=one.reading.note or one.note,
            seen_version=seen.get(one.reading.pk, 0),
        )
    return len(offered)
