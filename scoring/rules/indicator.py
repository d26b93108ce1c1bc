"""Indicators of the periodic reports: how their figures add up, for which stretch they are asked.

Source of the closing days: Công văn 581/BNV-CCHC (quarter I, six months, quarter III, the year; no
separate reports for quarters II and IV). Quarter III is the only stretch that is not counted from
15 December of the year before.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from cchc_portal.kit.numerals import NotANumber, ReadTwoWays, exactly, parse_number
from cchc_portal.kit.worded import Worded, decapitalised

FIRST_YEAR, YEARS_AHEAD = 2000, 1
MOST_DECIMALS = 4
LONGEST_NOTE = 500
LARGEST = Decimal(10) ** 13


class Roll(Worded):
    """How the figures of several units become one."""

    SUM = "sum", "Cộng các đơn vị"
    RATIO = "ratio", "Tỷ lệ phần trăm của hai chỉ tiêu"
    APART = "apart", "Không cộng, mỗi đơn vị một số"


class OverTime(Worded):
    """How the figures of stretches that follow one another become one."""

    SUM = "sum", "Cộng dồn các kỳ"
    LATEST = "latest", "Lấy số mới nhất"


class Span(Worded):
    """For which stretch a report is asked."""

    QUARTER_1 = "q1", "Quý I"
    HALF = "half", "6 tháng"
    QUARTER_3 = "q3", "Quý III"
    YEAR = "year", "Năm"
    OWN = "own", "Kỳ riêng"


class CollectionState(Worded):
    OPEN = "open", "Đang nhận số liệu"
    CLOSED = "closed", "Đã chốt số liệu"
    CANCELLED = "cancelled", "Đã hủy"


class CollectionVerb(Worded):
    OPEN = "open", "Mở đợt báo cáo"
    CLOSE = "close", "Chốt số liệu"
    DUE = "due", "Dời hạn báo cáo"
    CANCEL = "cancel", "Hủy đợt báo cáo"


class IndicatorVerb(Worded):
    """What may happen to an indicator."""

    ADD = "add", "Thêm chỉ tiêu"
    REVISE = "revise", "Sửa chỉ tiêu"
    ANEW = "anew", "Lập lần sửa mới"
    RETIRE = "retire", "Thôi dùng chỉ tiêu"


CORRECTED, CORRECTED_WORDS = "correct", "Ghi, sửa số liệu sau khi chốt"
"""Told by the lines of the figures themselves; no line in the log of a collection tells it."""


@dataclass(frozen=True)
class Days:
    """A stretch of figures, both days inclusive, and the last day to report them."""

    starts_on: date
    ends_on: date
    due_on: date


def usual_days(span: str, year: int) -> Days | None:
    """The closing days of the letter named above; None for a stretch of one's own."""
    last = date(year - 1, 12, 15)
    return {
        Span.QUARTER_1: Days(last, date(year, 3, 14), date(year, 3, 20)),
        Span.HALF: Days(last, date(year, 6, 14), date(year, 6, 20)),
        Span.QUARTER_3: Days(date(year, 6, 15), date(year, 9, 14), date(year, 9, 20)),
        Span.YEAR: Days(last, date(year, 12, 14), date(year, 12, 20)),
    }.get(Span(span))


def usual_title(span: str, year: int) -> str:
    """ "Báo cáo số liệu quý III năm 2026"; the year alone for a year."""
    about = "" if span == Span.YEAR else f"{decapitalised(Span(span).label)} "
    return f"Báo cáo số liệu {about}năm {year}"


def stretch_of(span: str, year: int, starts_on: date, ends_on: date) -> dict[str, str | int | date]:
    """By what collections, or rounds of reports, are of the same stretch, by the names of their
    columns: a span of the year, else the days."""
    if span == Span.OWN:
        return {"span": span, "starts_on": starts_on, "ends_on": ends_on}
    return {"span": span, "year": year}


def years(today: date) -> tuple[int, int]:
    """The first and the last year for which figures are asked on this day."""
    return FIRST_YEAR, today.year + YEARS_AHEAD


class AmountFault(ValueError):
    """What was typed is no figure of the indicator; carries a Vietnamese sentence."""

    def __init__(self, sentence: str):
        super().__init__(sentence)
        self.sentence = sentence


def read_amount(text: str, decimals: int) -> Decimal | None:
    """What was typed as an exact figure with so many decimals; None where nothing was.

    Raises AmountFault: no number, negative, too large, or with more decimals.
    """
    if not text.strip():
        return None
    try:
        amount = parse_number(text, whole=not decimals, large=True)
    except ReadTwoWays as fault:
        if decimals >= len("000"):
            raise AmountFault(f"Số liệu {fault.reason}.") from fault
        raise AmountFault(
            f"Số liệu ghi “{fault.body}” có thể hiểu theo hai cách; đề nghị ghi {fault.whole}, "
            f"hoặc ghi số có không quá {decimals} chữ số thập phân."
        ) from fault
    except NotANumber as fault:
        raise AmountFault(f"Số liệu {fault.reason}.") from fault
    return fitting(amount, decimals)


def fitting(amount: Decimal, decimals: int) -> Decimal:
    """The figure, if the indicator takes it. Raises AmountFault."""
    if amount < 0:
        raise AmountFault("Số liệu không được nhỏ hơn 0.")
    if amount >= LARGEST:
        raise AmountFault(f"Số liệu phải nhỏ hơn {exactly(LARGEST)}.")
    if amount * 10**decimals % 1:
        raise AmountFault(f"Số liệu nhận tối đa {decimals} chữ số thập phân.")
    return amount


def goes_round(code: str, whole: str, wholes: Mapping[str, str]) -> bool:
    """Whether a figure that were a part of `whole` would be a part of itself; `wholes`: of each
    other figure the code it is a part of, empty where it is of none."""
    met: set[str] = set()
    while whole and whole not in met:
        if whole == code:
            return True
        met.add(whole)
        whole = wholes.get(whole, "")
    return False
