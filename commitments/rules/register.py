"""The register of tasks: what was promised and what came of it, a row a task. Pure."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from commitments.rules.terms import LABELS

Cell = str | int | Decimal | date


@dataclass(frozen=True)
class Heading:
    """A column: its name, and how wide it is drawn."""

    title: str
    width: int


WIDTHS = {"area": 22, "title": 46, "product": 26, "measure": 24, "partners": 22, "proof": 26}
USUAL_WIDTH = 14

COLUMNS = (
    Heading("Năm", 7),
    Heading("Đơn vị", 30),
    Heading("Bên nhận cam kết", 26),
    Heading("Bản cam kết", 16),
    Heading("TT", 7),
    *(Heading(label, WIDTHS.get(term, USUAL_WIDTH)) for term, label in LABELS.items()),
    Heading("Tình trạng", 18),
    Heading("Kết quả thực hiện", 40),
    Heading("Giá trị đạt được", 11),
    Heading("Tiến độ theo chỉ tiêu (%)", 12),
    Heading("Ngày hoàn thành", 12),
    Heading("Nghiệm thu", 18),
)
"""What a row says of its commitment, then its terms in the order of the plan table, then what
came of it."""

VOICE_COLUMNS = (
    Heading("Số", 10),
    Heading("Đơn vị tiếp nhận", 30),
    Heading("Đơn vị giải quyết", 30),
    Heading("Đơn vị được phản ánh", 30),
    Heading("Nguồn", 22),
    Heading("Loại", 22),
    Heading("Ngày tiếp nhận", 14),
    Heading("Hạn trả lời", 14),
    Heading("Tình trạng", 18),
    Heading("Kết quả", 28),
    Heading("Ngày trả lời", 14),
    Heading("Số văn bản trả lời", 20),
    Heading("Trả lời lần đầu", 14),
    Heading("Đúng hạn, trễ hạn", 18),
    Heading("Quá hạn khi chuyển", 14),
    Heading("Nơi được chuyển, hướng dẫn đến", 30),
)
"""What a row says of a remark of a citizen: never what was said, nor by whom."""
