"""What a published decision shows: words and figures, nothing to look up, nothing to compute twice.

`editions.py` puts a paper together from an edition, the templates in `templates/reports/pdf/`
draw it. Form of the paper: Nghị định 30/2020/NĐ-CP, Phụ lục I.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import NamedTuple

from cchc_portal.kit.numerals import exactly
from reports.papers.correction_annex import CorrectionAnnex
from reports.papers.parts import (
    TITLE_WIDTH,
    Article,
    Check,
    Issuer,
    Paragraph,
    Signature,
    capital_lines,
    foot_line,
)
from reports.rules import decree
from reports.rules.decree import most_places, trimmed

NOTHING = "–"

# Signs that fit on one centred line in bold 14.
SUBJECT_WIDTH = 72

# A paragraph of so many signs fills two lines at least.
SURE_OF_TWO_LINES = 90


@dataclass(frozen=True)
class ResultRow:
    """One ranked unit. Figures come rounded as they are to be printed; the paper never rounds."""

    unit: str
    points: Decimal
    maximum: Decimal
    percent: Decimal
    rank: int
    band: str
    satisfaction: Decimal | None = None
    sure_from: Decimal | None = None
    sure_to: Decimal | None = None
    survey: str = ""


@dataclass(frozen=True)
class UnrankedRow:
    """A unit of the block without a rank, and the word why: "chưa hoàn thành thẩm định"."""

    unit: str
    reason: str


class AnnexLine(NamedTuple):
    """A ranked row in the words of the table, every column lined up."""

    number: int
    unit: str
    points: str
    maximum: str
    percent: str
    rank: str
    band: str
    satisfaction: str
    interval: str = ""


@dataclass(frozen=True)
class AnnexPaper:
    """The table of one block.

    title: "Kết quả xác định Chỉ số cải cách hành chính năm 2022"; block: "Khối Công an cấp huyện",
    empty where there is only one group; rows in the order of their ranks; notes: sentences under
    the table, see wording.notes_under().
    """

    title: str
    block: str
    rows: tuple[ResultRow, ...]
    unranked: tuple[UnrankedRow, ...] = ()
    notes: tuple[str, ...] = ()
    percent_heading: str = "Chỉ số (%)"

    @property
    def title_lines(self) -> tuple[str, ...]:
        """Title and block in capitals, broken evenly."""
        return capital_lines(self.title, TITLE_WIDTH) + capital_lines(self.block, TITLE_WIDTH)

    @property
    def unit_count(self) -> int:
        return len(self.rows) + len(self.unranked)

    @property
    def has_satisfaction(self) -> bool:
        return any(row.satisfaction is not None for row in self.rows)

    @property
    def has_intervals(self) -> bool:
        return any(row.sure_from is not None for row in self.rows)

    @property
    def lines(self) -> Iterator[AnnexLine]:
        """The ranked rows as printed; zeros are added so that commas stand under each other."""
        points = most_places(row.points for row in self.rows)
        maximum = most_places(trimmed(row.maximum) for row in self.rows)
        percent = most_places(row.percent for row in self.rows)
        measured = [row.satisfaction for row in self.rows if row.satisfaction is not None]
        satisfaction = most_places(measured)
        for number, row in enumerate(self.rows, start=1):
            yield AnnexLine(
                number=number,
                unit=row.unit,
                points=exactly(row.points, points),
                maximum=exactly(row.maximum, maximum),
                percent=exactly(row.percent, percent),
                rank=str(row.rank),
                band=row.band,
                satisfaction=NOTHING
                if row.satisfaction is None
                else exactly(row.satisfaction, satisfaction),
                interval=""
                if row.sure_from is None or row.sure_to is None
                else f"({exactly(row.sure_from, 2)}–{exactly(row.sure_to, 2)})",
            )

    @property
    def has_long_figures(self) -> bool:
        """Whether points take more room than "100,00" does."""
        return any(max(row.points, row.maximum) >= 1000 for row in self.rows)

    @property
    def unranked_lines(self) -> list[tuple[int, UnrankedRow]]:
        """The units without a rank, numbered on from the ranked ones."""
        return list(enumerate(self.unranked, start=len(self.rows) + 1))


class NumberedAnnex(NamedTuple):
    """An annex in its place: "Phụ lục II", the lines "(Kèm theo Quyết định số …" and "của …)", its
    table."""

    label: str
    attached_to: tuple[str, str]
    annex: AnnexPaper

    @property
    def bookmark(self) -> str:
        """What readers' side panels show: "Phụ lục II. Khối Công an cấp huyện"."""
        return f"{self.label}. {self.annex.block or self.annex.title}"

    @property
    def whole(self) -> "AnnexPart":
        return AnnexPart(self, 0, self.annex.unit_count)


class AnnexPart(NamedTuple):
    """Lines of an annex that are drawn together, from `first` up to, and without, `last`."""

    numbered: NumberedAnnex
    first: int
    last: int

    @property
    def begins(self) -> bool:
        """Whether the head of the annex stands above it."""
        return not self.first

    @property
    def ends(self) -> bool:
        """Whether the notes of the annex stand under it."""
        return self.last >= self.numbered.annex.unit_count

    @property
    def lines(self) -> Iterator[AnnexLine]:
        return islice(self.numbered.annex.lines, self.first, self.last)

    @property
    def unranked_lines(self) -> list[tuple[int, UnrankedRow]]:
        found = self.numbered.annex.unranked_lines
        return [(number, row) for number, row in found if self.first < number <= self.last]


@dataclass(frozen=True)
class EditionPaper:
    """A decision that approves and publishes results, with one annex a block.

    subject: trích yếu; year: the year assessed, also printed where the day is still open; bases,
    articles, recipients: lines without their numbers and closing signs, which the paper sets;
    number: as the records office gave it, with or without symbol; decided_on: day of the decision;
    edition: small line at the foot, "Bản công bố 2022-1"; draft: "DỰ THẢO" across every page, its
    number and day left open; made_up: says on every page that the data are made up; check: the
    square a reader checks the figures by, under the last annex; changes: what a correction changed,
    the last annex of all.
    """

    issuer: Issuer
    subject: str
    year: int
    bases: tuple[str, ...]
    articles: tuple[Article, ...]
    recipients: tuple[str, ...]
    signature: Signature
    annexes: tuple[AnnexPaper, ...]
    number: str = ""
    decided_on: date | None = None
    kind: str = "Quyết định"
    edition: str = ""
    draft: bool = False
    made_up: bool = False
    check: Check | None = None
    changes: CorrectionAnnex | None = None

    @property
    def title(self) -> str:
        """The name of the file for readers and archives."""
        return f"{self.kind} {decree.uncapitalised(self.subject)}"

    @property
    def subject_lines(self) -> tuple[str, ...]:
        return decree.balanced(self.subject, SUBJECT_WIDTH)

    @property
    def full_number(self) -> str:
        """ "3412/QĐ-CAT-PV01"; the number is left open in a draft."""
        if self.draft or not self.number:
            return f"{decree.BLANK}/{self.issuer.symbol}"
        return decree.document_number(self.number, self.issuer.symbol)

    @property
    def day(self) -> str:
        day = self.decided_on
        return decree.day_in_words(day) if self._is_dated else decree.open_day(day.year)

    @property
    def printed_bases(self) -> tuple[str, ...]:
        return decree.listed(self.bases)

    @property
    def printed_recipients(self) -> tuple[str, ...]:
        return decree.listed(self.recipients)

    @property
    def paragraphs(self) -> list[Paragraph]:
        """The articles with their numbers, the last one closed by "./."."""
        printed = []
        for number, article in enumerate(self.articles, start=1):
            printed.append(Paragraph("article", f"Điều {number}.", article.text))
            for position, clause in enumerate(article.clauses, start=1):
                printed.append(Paragraph("clause", f"{position}.", clause.text))
                printed += [
                    Paragraph("point", f"{decree.letter(place)})", text)
                    for place, text in enumerate(decree.listed(clause.points), start=1)
                ]
        last = printed[-1]
        printed[-1] = last._replace(text=decree.finished(last.text), keeps=True)
        if len(printed) > 1 and len(last.lead) + len(last.text) < SURE_OF_TWO_LINES:
            printed[-2] = printed[-2]._replace(keeps=True)
        return printed

    @property
    def numbered_annexes(self) -> list[NumberedAnnex]:
        total = len(self.annexes) + bool(self.changes)
        return [
            NumberedAnnex(decree.annex_label(position, total), self.attached_to, annex)
            for position, annex in enumerate(self.annexes, start=1)
        ]

    @property
    def label_of_changes(self) -> str:
        last = len(self.annexes) + 1
        return decree.annex_label(last, last)

    @property
    def attached_to(self) -> tuple[str, str]:
        """The lines under the title of every annex."""
        return (
            f"(Kèm theo {self.kind} số {self.full_number} {self.day}",
            f"của {self.issuer.head_in_full})",
        )

    @property
    def foot(self) -> str:
        return foot_line(self.edition, self.check, self.made_up)

    @property
    def _is_dated(self) -> bool:
        return self.decided_on is not None and not self.draft
