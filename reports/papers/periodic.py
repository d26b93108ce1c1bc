"""A periodic report as a paper by Decree 30: parts and sections, figures in their places, annexes.

Form: Nghị định 30/2020/NĐ-CP, Phụ lục III, Mẫu 1.4 (văn bản có tên loại), as "Báo cáo".
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import Any

from django.utils import timezone

from cchc_portal.kit.pdf import render_pdf
from reports.models import PeriodicReport, SentReport
from reports.papers.commitments import issuer_on
from reports.papers.parts import Issuer, Signature, foot_line
from reports.rules import decree
from reports.rules.issuers import office_of
from reports.rules.outline import by_part, stands_alone
from reports.rules.periodic import Content
from reports.rules.unit_annex import UnitAnnex, annex_of

KIND = "Báo cáo"
SUBJECT_WIDTH = 60
COLUMNS_A_TABLE = 8
NOTHING = "Không có nội dung báo cáo."
SHOWN_DIGITS = 12


@dataclass(frozen=True)
class PaperSection:
    """A section as printed; without a title where it is the whole part."""

    number: int
    title: str
    lines: tuple[str, ...]
    figures: Sequence[dict[str, str]]


@dataclass(frozen=True)
class PaperPart:
    """A part: "I. Kết quả công tác cải cách hành chính"."""

    number: str
    title: str
    sections: tuple[PaperSection, ...]


@dataclass(frozen=True)
class UnitTable:
    """Some of the indicators, all units, their sums."""

    indicators: Sequence[Mapping[str, str]]
    rows: Sequence[tuple[str, Sequence[str]]]
    total: Sequence[str]


@dataclass(frozen=True)
class ReportPaper:
    """Báo cáo, from the heading to the last annex."""

    issuer: Issuer
    number: str
    day: str
    subject: str
    addressee: str
    opening: str
    parts: tuple[PaperPart, ...]
    closing: str
    recipients: tuple[str, ...]
    signature: Signature
    figures: Sequence[dict[str, str]]
    compared: bool
    units: UnitAnnex
    foot: str
    draft: bool

    @property
    def subject_lines(self) -> tuple[str, ...]:
        return decree.balanced(self.subject, SUBJECT_WIDTH)

    @property
    def tables(self) -> list[UnitTable]:
        """The annex of units, some indicators a table."""
        units = self.units
        return [
            UnitTable(
                units.indicators[first : first + COLUMNS_A_TABLE],
                [(name, cells[first : first + COLUMNS_A_TABLE]) for name, cells in units.rows],
                units.total[first : first + COLUMNS_A_TABLE],
            )
            for first in range(0, len(units.indicators), COLUMNS_A_TABLE)
        ]

    @property
    def attached_to(self) -> tuple[str, str]:
        """The lines under the title of every annex."""
        return (f"(Kèm theo {KIND} số {self.number} {self.day}", f"của {self.issuer.name})")

    @property
    def annexes(self) -> int:
        """How many there are."""
        return bool(self.figures) + bool(self.units.units)

    @property
    def figures_label(self) -> str:
        return decree.annex_label(1, self.annexes)

    @property
    def tables_label(self) -> str:
        return decree.annex_label(self.annexes, self.annexes)


def drawn(paper: ReportPaper) -> bytes:
    """The paper as PDF."""
    return render_pdf(
        "reports/pdf/periodic.html",
        {"paper": paper},
        title=f"{KIND} {decree.uncapitalised(paper.subject)}",
        author=paper.issuer.name,
    )


def report_paper(report: PeriodicReport, content: Content, sent: SentReport | None) -> ReportPaper:
    """What the paper says, word for word: of what was sent, or of what is being written, marked as
    a draft and without a number. Two queries."""
    heading, unit = content["heading"], report.unit
    day = sent.issued_on if sent else timezone.localdate()
    issuer = issuer_on(unit, day, heading["unit"])
    office = office_of(issuer.name, unit.kind, issuer.superior)
    receiver = issuer.superior if heading["own"] else heading["owner"]
    symbol = office.symbol.replace("QĐ", "BC", 1)
    post = sent.signer_post if sent else ""
    subject = decree.capitalised(heading["title"].removeprefix(KIND).strip() or heading["title"])
    return ReportPaper(
        issuer=issuer,
        number=sent.paper_number if sent else f"{decree.BLANK}/{symbol}",
        day=decree.day_in_words(day) if sent else decree.open_day(day.year),
        subject=subject,
        addressee=receiver,
        opening=_opening(content, issuer.name),
        parts=_parts(content),
        closing=decree.finished(
            f"Trên đây là báo cáo {decree.uncapitalised(subject)} của {issuer.name}"
            + (f", kính gửi {receiver} tổng hợp" if receiver else "")
        ),
        recipients=decree.listed(
            line for line in (f"{receiver} (để báo cáo)" if receiver else "", "Lưu: VT") if line
        ),
        signature=Signature(
            head=office.head,
            position=post or office.head,
            authority=decree.authority_of(post),
            name=sent.signer if sent else "",
        ),
        figures=content["figures"],
        compared=content["compared"],
        units=annex_of(content["units"]),
        foot=foot_line(_edition(sent), None, heading["made_up"]),
        draft=sent is None,
    )


def _opening(content: Content, name: str) -> str:
    heading, merged = content["heading"], content["merged"]
    first, last = (date.fromisoformat(heading[day]) for day in ("starts_on", "ends_on"))
    told = f"{name} báo cáo kết quả công tác cải cách hành chính"
    if merged:
        told += (
            f", tổng hợp từ báo cáo của {decree.two_digits(merged['settled'])}/"
            f"{decree.two_digits(merged['asked'])} đơn vị trực thuộc"
        )
    return f"{told} (số liệu từ ngày {first:%d/%m/%Y} đến ngày {last:%d/%m/%Y}), như sau:"


def _parts(content: Content) -> tuple[PaperPart, ...]:
    found = []
    for place, (part, some) in enumerate(
        by_part(content["sections"], part=itemgetter("part")), start=1
    ):
        alone = stands_alone(part, [one["title"] for one in some])
        sections = tuple(_section(n, one, alone) for n, one in enumerate(some, start=1))
        found.append(PaperPart(decree.roman(place), part, sections))
    return tuple(found)


def _section(number: int, said: dict[str, Any], alone: bool) -> PaperSection:
    lines = tuple(line.strip() for line in said["words"].splitlines() if line.strip())
    title = "" if alone else said["title"]
    return PaperSection(number, title, lines or (NOTHING,), said["figures"])


def _edition(sent: SentReport | None) -> str:
    if sent is None:
        return ""
    return f"Lần gửi {sent.number} · mã niêm phong {sent.digest[:SHOWN_DIGITS]}"
