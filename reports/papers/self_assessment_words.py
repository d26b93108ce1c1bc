"""What a unit's own report says: points, explanations, difficulties, proposals. Words and figures.

Put together from a dossier by `reports/papers/self_assessment.py`, drawn by
`templates/reports/pdf/self_assessment.html`. Its parts: guide of the national index (summary table
of points, explanations, difficulties and proposals, approved by the head); its form: Nghị định
30/2020/NĐ-CP, Phụ lục I.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from cchc_portal.kit.numerals import exactly, written
from reports.papers.parts import TITLE_WIDTH, Issuer, Signature, capital_lines, foot_line
from reports.rules import decree
from scoring.rules.tally import Tally

NOTHING = "–"
SUBJECT_WIDTH = 72
ANNEX_TITLE = "Bảng tổng hợp điểm tự chấm"
RECIPIENTS = ("Như trên", "Lưu: VT")


class SumLine(NamedTuple):
    """An area, or the whole, in the summary of the report."""

    number: str
    title: str
    maximum: str
    own_maximum: str
    points: str
    percent: str


class ScoreLine(NamedTuple):
    """A line of the annex. level: "area", "criterion" or "component"."""

    level: str
    code: str
    title: str
    maximum: str
    answer: str = ""
    points: str = ""
    evidence: tuple[str, ...] = ()


class Explanation(NamedTuple):
    """The words of the unit on one component."""

    code: str
    title: str
    text: str


class Explanations(NamedTuple):
    """Explanations of one sort under their heading."""

    heading: str
    lines: tuple[Explanation, ...]


@dataclass(frozen=True)
class SelfAssessmentPaper:
    """Báo cáo tự đánh giá of one dossier.

    subject: trích yếu; addressee: the assessor; period: its title; own: sums over what the unit
    assesses itself; sums: area by area; lines: the annex; explanations: by sort, empty sorts left
    out; signed_on: the day of handing in, None in a draft; source: the small line at the foot.
    """

    issuer: Issuer
    signature: Signature
    subject: str
    addressee: str
    period: str
    year: int
    own: Tally
    total: SumLine
    sums: tuple[SumLine, ...]
    lines: tuple[ScoreLine, ...]
    explanations: tuple[Explanations, ...]
    difficulties: tuple[str, ...]
    proposals: tuple[str, ...]
    signed_on: date | None = None
    source: str = ""
    made_up: bool = False
    kind: str = "Báo cáo"
    recipients: tuple[str, ...] = decree.listed(RECIPIENTS)

    @property
    def draft(self) -> bool:
        """Until it is handed in; it says so across every page."""
        return self.signed_on is None

    @property
    def title(self) -> str:
        """The name of the file for readers and archives."""
        return f"{self.kind} {decree.uncapitalised(self.subject)} của {self.issuer.name}"

    @property
    def subject_lines(self) -> tuple[str, ...]:
        return decree.balanced(self.subject, SUBJECT_WIDTH)

    @property
    def number(self) -> str:
        """Number and symbol are left to the records office."""
        return f"{decree.BLANK}/{self.issuer.symbol}-{decree.BLANK}"

    @property
    def day(self) -> str:
        return decree.day_in_words(self.signed_on) if self.signed_on else decree.open_day(self.year)

    @property
    def opening(self) -> str:
        return (
            f"Thực hiện kỳ đánh giá “{self.period}” do {self.addressee} tổ chức, "
            f"{self.issuer.name} báo cáo kết quả tự đánh giá như sau:"
        )

    @property
    def result(self) -> str:
        """The sum in a sentence."""
        own = self.own
        share = "" if own.percent is None else f", đạt {written(own.percent, 2)}{decree.GAP}%"
        return (
            f"Tổng điểm tự chấm là {figure(own.points)} điểm trên {figure(own.maximum)} điểm của "
            f"{decree.two_digits(own.done)} tiêu chí thành phần đơn vị tự chấm{share}. "
            "Điểm từng tiêu chí thành phần và tài liệu kiểm chứng ở Phụ lục kèm theo."
        )

    @property
    def closing(self) -> str:
        return decree.finished(
            f"Trên đây là báo cáo tự đánh giá của {self.issuer.name}, kính gửi {self.addressee} "
            "xem xét, thẩm định"
        )

    @property
    def annex_title_lines(self) -> tuple[str, ...]:
        return capital_lines(ANNEX_TITLE, TITLE_WIDTH)

    @property
    def attached_to(self) -> tuple[str, str]:
        """The two lines under the title of the annex."""
        return (
            f"(Kèm theo {self.kind} số {self.number} {self.day}",
            f"của {self.issuer.name})",
        )

    @property
    def foot(self) -> str:
        return foot_line(self.source, None, self.made_up)


def figure(points: Fraction) -> str:
    """Points as the report prints them: two decimals, rounded half up once."""
    return written(points, 2)


def sum_line(number: str, title: str, maximum: Fraction, own: Tally) -> SumLine:
    """An area, or the whole: its maximum, what of it the unit assesses itself, and its points."""
    nothing = not own.maximum
    return SumLine(
        number=number,
        title=title,
        maximum=exactly(maximum, 2),
        own_maximum=NOTHING if nothing else exactly(own.maximum, 2),
        points=NOTHING if nothing else figure(own.points),
        percent=NOTHING if own.percent is None else written(own.percent, 2),
    )


def paragraphs(text: str, nothing: str) -> tuple[str, ...]:
    """What somebody typed, a paragraph a line; the sentence for nothing where it is empty."""
    lines: Sequence[str] = [line.strip() for line in text.splitlines()]
    return tuple(line for line in lines if line) or (nothing,)
