"""Papers of commitments by Decree 30: the commitment or annex of a unit, and the table of them all.

Form: Nghị định 30/2020/NĐ-CP, Phụ lục I; two sides sign, so the paper ends with two signatures.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from cchc_portal.kit.pdf import render_pdf
from commitments.models import Commitment, CommitmentTask
from reports.papers.parts import TITLE_WIDTH, Issuer, capital_lines, foot_line
from reports.rules import decree
from reports.rules.issuers import office_of
from units.models import Unit, UnitSpell

SUBJECT_WIDTH = 60
TEMPLATE = "reports/pdf/commitments.html"


@dataclass(frozen=True)
class Side:
    """One of the two who sign."""

    title: str
    post: str
    name: str
    signed: str


@dataclass(frozen=True)
class CommitmentSheet:
    """One commitment or annex, from the heading to the signatures."""

    issuer: Issuer
    kind: str
    subject: str
    day: str
    opening: tuple[str, ...]
    lines: tuple[CommitmentTask, ...]
    closing: str
    sides: tuple[Side, Side]

    @property
    def subject_lines(self) -> tuple[str, ...]:
        return decree.balanced(self.subject, SUBJECT_WIDTH)


@dataclass(frozen=True)
class CommitmentPaper:
    """One sheet, or those of a whole ceremony one after the other."""

    sheets: tuple[CommitmentSheet, ...]
    draft: bool
    foot: str


@dataclass(frozen=True)
class RegisterPaper:
    """Bảng tổng hợp: every unit's tasks in force, for the one who receives them."""

    issuer: Issuer
    title: str
    day: str
    units: tuple[tuple[Commitment, tuple[CommitmentTask, ...]], ...]
    foot: str
    draft: bool = False

    @property
    def title_lines(self) -> tuple[str, ...]:
        return capital_lines(self.title, TITLE_WIDTH)

    @property
    def result(self) -> str:
        """The sum in a sentence."""
        count = sum(len(tasks) for _, tasks in self.units)
        return (
            f"Có {decree.two_digits(len(self.units))} đơn vị, tổ chức cam kết thực hiện "
            f"{decree.two_digits(count)} nhiệm vụ."
        )


def commitment_pdf(commitments: Sequence[Commitment]) -> bytes:
    """The sheets of these commitments (`for_page`), each on a page of its own, as one file."""
    first = commitments[0]
    paper = CommitmentPaper(
        sheets=tuple(_sheet(commitment) for commitment in commitments),
        draft=any(not commitment.digest for commitment in commitments),
        foot=_foot(commitments),
    )
    title = f"{paper.sheets[0].kind} {paper.sheets[0].subject}"
    return render_pdf(TEMPLATE, {"paper": paper}, title=title, author=first.party)


def register_pdf(receiver: Unit, year: int, commitments: Sequence[Commitment]) -> bytes:
    """All commitments of the year that this unit received and that are in force. Four queries."""
    keys = [commitment.pk for commitment in commitments]
    below: dict[int, list[CommitmentTask]] = {key: [] for key in keys}
    tasks = CommitmentTask.objects.live().with_root().select_related("commitment")
    for task in tasks.filter(root__in=keys).order_by("commitment__number", "position"):
        below[task.root].append(task)
    paper = RegisterPaper(
        issuer=issuer_on(receiver, timezone.localdate()),
        title=f"Bảng tổng hợp cam kết thực hiện nhiệm vụ cải cách hành chính năm {year}",
        day=decree.day_in_words(timezone.localdate()),
        units=tuple((one, tuple(below[one.pk])) for one in commitments),
        foot=foot_line("", None, any(one.made_up for one in commitments)),
    )
    return render_pdf(
        "reports/pdf/commitment_register.html",
        {"paper": paper},
        title=paper.title,
        author=paper.issuer.name,
    )


def _sheet(commitment: Commitment) -> CommitmentSheet:
    day = commitment.agreed_on or (
        timezone.localdate(commitment.signed_at) if commitment.signed_at else None
    )
    issuer = issuer_on(commitment.unit, day or timezone.localdate(), commitment.party)
    annex = commitment.amends_id is not None
    subject = commitment.title.removeprefix("Bản cam kết").strip() or commitment.title
    return CommitmentSheet(
        issuer=issuer,
        kind=f"Phụ lục số {commitment.number:02}" if annex else "Bản cam kết",
        subject=decree.capitalised(subject),
        day=decree.day_in_words(day) if day else decree.open_day(commitment.year),
        opening=tuple(_opening(commitment)),
        lines=tuple(commitment.tasks.all()),
        closing=_closing(commitment),
        sides=(
            Side(
                "Bên nhận cam kết",
                commitment.countersigner_post,
                commitment.countersigner,
                _moment(commitment.countersigned_at),
            ),
            Side(
                "Bên cam kết",
                commitment.signer_post,
                commitment.signer,
                _moment(commitment.signed_at),
            ),
        ),
    )


def _opening(commitment: Commitment):
    if commitment.amends_id:
        yield (
            f"Phụ lục này điều chỉnh, bổ sung {commitment.amends.called} của {commitment.party}, "
            f"mã kiểm tra {commitment.amends.code}. Các nội dung khác giữ nguyên."
        )
    yield f"Bên cam kết: {commitment.party}."
    yield f"Bên nhận cam kết: {commitment.receiving_party}."
    yield (
        f"{commitment.party} cam kết thực hiện các nhiệm vụ cải cách hành chính năm "
        f"{commitment.year} sau đây:"
    )


def _closing(commitment: Commitment) -> str:
    return decree.finished(
        "Hai bên thực hiện đúng nội dung trên. Kết quả thực hiện là căn cứ đánh giá công tác cải "
        f"cách hành chính năm {commitment.year} của {commitment.party}"
    )


def _moment(at) -> str:
    return f"Ký trên cổng {timezone.localtime(at):%H:%M ngày %d/%m/%Y}" if at else ""


def _foot(commitments: Sequence[Commitment]) -> str:
    code = commitments[0].code if len(commitments) == 1 else ""
    code = f"Mã kiểm tra {code}" if code else ""
    return foot_line(code, None, any(one.made_up for one in commitments))


def issuer_on(unit: Unit, day: date, name: str = "") -> Issuer:
    """The unit by its name and superior of the day; two queries."""
    spell = UnitSpell.objects.in_force_on(day).filter(unit=unit).select_related("parent").first()
    above = spell.parent.name if spell and spell.parent else ""
    called = name or (spell.name if spell else unit.name)
    office = office_of(called, unit.kind, above)
    return Issuer(called, above, office.head_in_full, "", office.place)
