"""The parts of papers: who issues, who signs, what is decided, how to check it."""

from dataclasses import dataclass
from typing import NamedTuple

from cchc_portal.kit.qr import Square
from reports.rules import decree

# Signs that fit on one line: bold capitals 13 in the left column of the heading, bold capitals 14.
HEADING_WIDTH = 24
TITLE_WIDTH = 52

MADE_UP = "Dữ liệu minh họa, không có giá trị pháp lý"


@dataclass(frozen=True)
class Issuer:
    """The body that issues papers, in the words of the day.

    name: "Công an tỉnh Hà Tĩnh"; superior: "Bộ Công an", empty for the ministry; head_in_full: the
    line above the bases, "Giám đốc Công an tỉnh Hà Tĩnh"; symbol: "QĐ-CAT-PV01"; place: "Hà Tĩnh".
    """

    name: str
    superior: str
    head_in_full: str
    symbol: str
    place: str

    @property
    def superior_lines(self) -> tuple[str, ...]:
        return capital_lines(self.superior, HEADING_WIDTH)

    @property
    def name_lines(self) -> tuple[str, ...]:
        return capital_lines(self.name, HEADING_WIDTH)

    @property
    def head_lines(self) -> tuple[str, ...]:
        """The line of authority above the bases."""
        return capital_lines(self.head_in_full, TITLE_WIDTH)


def capital_lines(text: str, width: int) -> tuple[str, ...]:
    """A title in capitals, broken evenly; see decree.balanced()."""
    return tuple(line.upper() for line in decree.balanced(text, width))


@dataclass(frozen=True)
class Signature:
    """Who signs, by what right.

    head: position of the head of the body, "Giám đốc"; position: the signer's own, "Phó Giám đốc";
    authority: a mark of decree.AUTHORITIES ("KT.") or a whole line ("KT. Giám đốc"), empty for the
    head; rank: "Đại tá"; name: "Nguyễn Văn An".
    """

    head: str
    position: str
    authority: str = ""
    rank: str = ""
    name: str = ""

    @property
    def lines(self) -> tuple[str, ...]:
        return decree.signature_lines(self.authority, self.head, self.position)

    @property
    def signer(self) -> str:
        """Rank before the name, as the force writes it: "Đại tá Nguyễn Văn An"."""
        return " ".join(part for part in (self.rank, self.name) if part)


@dataclass(frozen=True)
class Check:
    """Where a reader compares the paper with the portal: a short code, the page that asks for
    it, and the address that bears it."""

    code: str
    page: str
    address: str

    @property
    def size(self) -> int:
        """Modules on one side of the square."""
        return Square(self.address).size

    @property
    def drawing(self) -> str:
        """The square as one path."""
        return Square(self.address).drawing


@dataclass(frozen=True)
class Clause:
    """A khoản and its điểm."""

    text: str
    points: tuple[str, ...] = ()


@dataclass(frozen=True)
class Article:
    """A Điều and its khoản."""

    text: str
    clauses: tuple[Clause, ...] = ()


class Paragraph(NamedTuple):
    """A paragraph as printed.

    kind: article, clause or point; lead: "Điều 1.", "1." or "a)"; keeps: its end stays on the page
    of what follows, so that a signature has two lines of text above it.
    """

    kind: str
    lead: str
    text: str
    keeps: bool = False


def foot_line(edition: str, check: Check | None, made_up: bool) -> str:
    """The small line at the foot of every page: edition, code, and that the data are made up."""
    code = f"Mã kiểm tra {check.code}" if check else ""
    return " · ".join(part for part in (edition, code, made_up and MADE_UP) if part)
