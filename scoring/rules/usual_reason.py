"""Usual reasons (lý do thường dùng): which fit a component, how one stands in a verdict. Pure."""

from typing import NamedTuple

LONGEST = 300
OFFERED = 9
"""As many are offered beside a verdict as there are keys to pick them by."""


class Usual(NamedTuple):
    """A reason and what it is for; an empty part is for everything."""

    text: str
    area: str = ""
    kind: str = ""


def fits(usual: Usual, *, code: str, kind: str) -> bool:
    """Whether it is for the component of this code, whose rule is of this kind."""
    of_the_area = not usual.area or f"{code}.".startswith(f"{usual.area}.")
    return of_the_area and usual.kind in ("", kind)


def closeness(usual: Usual) -> int:
    """How narrowly it says what it is for: the narrower ones are offered first."""
    return bool(usual.area) + bool(usual.kind)


def stands_in(text: str, reason: str) -> bool:
    """Whether the reason of a verdict still says the text, as it is or completed."""
    return _folded(text).rstrip(".") in _folded(reason)


def joined(text: str, reason: str) -> str:
    """The reason with the text that was picked: before what was typed, unless that says it."""
    if stands_in(text, reason):
        return reason
    return " ".join(filter(None, (text, reason.strip())))


def _folded(words: str) -> str:
    return " ".join(words.split()).casefold()


STARTERS = (
    Usual("Không có tài liệu kiểm chứng kèm theo."),
    Usual("Tài liệu kiểm chứng không thể hiện nội dung, kết quả đơn vị tự đánh giá."),
    Usual("Tài liệu kiểm chứng ban hành ngoài kỳ số liệu nên không được tính."),
    Usual("Tài liệu kiểm chứng thiếu số, ngày, chữ ký hoặc không đúng thẩm quyền ban hành."),
    Usual("Nội dung có phát sinh tại đơn vị trong kỳ nên không thuộc trường hợp không áp dụng."),
    Usual("Nội dung không phát sinh tại đơn vị trong kỳ, xác nhận không áp dụng."),
    Usual("Chưa thực hiện, hoặc thực hiện sau thời hạn quy định.", kind="binary"),
    Usual("Đối chiếu quy định, kết quả ở mức thấp hơn mức đơn vị tự chọn.", kind="tiers"),
    Usual("Số liệu theo hệ thống của cơ quan thẩm định khác số liệu đơn vị báo cáo.", kind="ratio"),
    Usual("Mẫu số chưa tính đủ số hồ sơ, nhiệm vụ phát sinh trong kỳ.", kind="ratio"),
    Usual("Số lần vi phạm theo kết quả kiểm tra nhiều hơn số đơn vị báo cáo.", kind="deduction"),
    Usual("Sáng kiến, mô hình chưa được cấp có thẩm quyền công nhận trong kỳ.", kind="count"),
    Usual("Chưa thực hiện đủ các nội dung trong danh mục kiểm tra.", kind="checklist"),
    Usual("Theo kết quả khảo sát, đo lường của kỳ đánh giá.", kind="survey"),
    Usual("Theo kết quả theo dõi, chấm điểm của cơ quan thẩm định trong kỳ.", kind="given"),
)
"""What a catalogue may begin with; words of our own, in the manner of the yearly notices."""
