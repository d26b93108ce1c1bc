"""Commitments in every state, built only through the services."""

from dataclasses import dataclass
from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile

from commitments.models import Commitment, CommitmentTask
from commitments.rules.terms import Heading, TaskTerms
from commitments.rules.workflow import TaskOutcome, Verdict
from commitments.services import annexes, commitments, reporting, tasks
from tests.units.files import a_pdf
from tests.worlds import Province, a_province
from units.models import Document, Unit, User
from units.permissions import Role
from units.services import documents

TERMS = TaskTerms(area="procedures", title="Rà soát thủ tục hành chính", due_text="quý III")


@dataclass
class Parties:
    """A department, the police above it, and the people who write and sign for them."""

    province: Province
    unit: Unit
    receiver: Unit
    editor: User
    head: User
    receiving_head: User


def parties() -> Parties:
    province = a_province()
    unit = province.departments[0]
    return Parties(
        province=province,
        unit=unit,
        receiver=province.police,
        editor=province.a_person(Role.EDITOR, unit),
        head=province.a_person(Role.HEAD, unit),
        receiving_head=province.a_person(Role.HEAD, province.police),
    )


def a_draft(who: Parties, *, year: int = 2026, number_of_tasks: int = 2) -> Commitment:
    commitment = commitments.draft(
        who.unit, year=year, heading=Heading(f"Bản cam kết năm {year}"), by=who.editor
    )
    add_tasks(who, commitment, number_of_tasks)
    return fresh(commitment)


def add_tasks(who: Parties, commitment: Commitment, number: int) -> list[CommitmentTask]:
    return [
        tasks.add(
            commitment,
            terms=TaskTerms(area="procedures", title=f"Nhiệm vụ thử {n}", due_on=date(2024, 6, 30)),
            by=who.editor,
        )
        for n in range(1, number + 1)
    ]


def a_signed_one(who: Parties, **options) -> Commitment:
    commitment = a_draft(who, **options)
    return commitments.sign(commitment, seen=commitment.version, by=who.head)


def one_in_force(who: Parties, **options) -> Commitment:
    commitment = a_signed_one(who, **options)
    return commitments.countersign(commitment, seen=commitment.digest, by=who.receiving_head)


def report_all(who: Parties, commitment: Commitment) -> None:
    for task in commitment.tasks.all():
        reporting.report(
            task,
            seen=task.version,
            outcome=TaskOutcome.PARTLY,
            result="Đã làm một phần.",
            by=who.editor,
        )


def judge_last(who: Parties, task: CommitmentTask, verdict: Verdict = Verdict.ACCEPTED) -> None:
    """The receiver says this of the last report on the task."""
    task = fresh(task)
    reporting.judge(
        task.reports.latest("number"),
        verdict=verdict,
        remark="" if verdict == Verdict.ACCEPTED else "Chưa đủ số liệu.",
        seen_version=task.version,
        by=who.receiving_head,
    )


def a_scan(who: Parties) -> Document:
    """A picture of a signed paper in the cabinet of the unit."""
    upload = SimpleUploadedFile("ban-ky.pdf", a_pdf("Đã ký"))
    return documents.file(who.unit, by=who.editor, upload=upload, declared_not_secret=True)


def an_annex(who: Parties, commitment: Commitment, *, title: str = "Phụ lục") -> Commitment:
    """An empty annex, being drafted."""
    return annexes.draft(commitment, heading=Heading(title), by=who.editor)


def sign_both(who: Parties, paper: Commitment) -> Commitment:
    """Signed by the unit and countersigned, as it lies now."""
    signed = commitments.sign(paper, seen=fresh(paper).version, by=who.head)
    return commitments.countersign(signed, seen=signed.digest, by=who.receiving_head)


def a_closed_one(who: Parties, **options) -> Commitment:
    commitment = one_in_force(who, **options)
    report_all(who, commitment)
    return commitments.close(commitment, by=who.receiving_head)


def fresh(row):
    """The row as it lies in the database now."""
    return type(row).objects.get(pk=row.pk)
