"""What became of the pledges of Cửa Lò: an annex, a year that ended, a task carried over, a lost
point taken up. Made up, like the pledges themselves (`cualo_commitments`)."""

from dataclasses import replace
from datetime import date

from commitments.models import Commitment
from commitments.rules.areas import ReformArea
from commitments.rules.terms import Heading, TaskTerms, usual_title
from commitments.rules.workflow import Change, Finding
from commitments.services import annexes, commitments, copying, tasks
from reports.demo.year import on
from reports.services.losses import become_task, losses_of
from scoring.models import Dossier
from scoring.rules.kinds import Side
from units.models import Unit, User

AMENDED_ON, CLOSED_ON, DRAFTED_ON = date(2023, 5, 12), date(2023, 12, 22), date(2023, 12, 27)
HEADING = Heading("Phụ lục điều chỉnh nhiệm vụ cải cách hành chính năm 2023", "Cửa Lò", AMENDED_ON)
ADDED = TaskTerms(
    area=ReformArea.DIGITAL,
    title="Hướng dẫn người dân kích hoạt tài khoản định danh điện tử mức 2",
    product="Tổ lưu động tại các khối phố",
    due_on=date(2023, 11, 30),
    lead="Tổ một cửa",
)
LATER = date(2023, 6, 30)


def take_up_a_loss(unit: Unit, year: int, *, head: User) -> None:
    """What cost the unit most in the edition of the year becomes a task of its next draft."""
    dossier = Dossier.objects.select_related("unit", "period", "block").get(
        unit=unit, period__year=year
    )
    worst = losses_of(dossier, Side.VERIFIED).lines[0]
    become_task(dossier, worst.code, Side.VERIFIED, by=head)


def amend(whole: Commitment, *, head: User, receiving_head: User) -> None:
    """One task put off, one more added, under both signatures."""
    put_off = whole.tasks.get(position=2)
    with on(AMENDED_ON):
        annex = annexes.draft(whole, heading=HEADING, by=head)
        row = annexes.touch(annex, task=put_off, change=Change.ALTER, by=head)
        tasks.edit(row, seen=row.version, terms=replace(row.terms, due_on=LATER), by=head)
        tasks.add(annex, terms=ADDED, by=head)
        annex.refresh_from_db()
        signed = commitments.sign(annex, seen=annex.version, by=head)
        commitments.countersign(signed, seen=signed.digest, by=receiving_head)


def close_and_carry_over(whole: Commitment, *, head: User, receiving_head: User) -> None:
    """The year ends with what was not reported carried over; the draft of the next goes on."""
    silent = whole.tasks.filter(outcome="")
    with on(CLOSED_ON):
        findings = dict.fromkeys(silent.values_list("pk", flat=True), Finding.CARRIED)
        commitments.close(whole, by=receiving_head, findings=findings)
    with on(DRAFTED_ON):
        draft = commitments.draft(
            whole.unit,
            year=whole.year + 1,
            heading=Heading(usual_title(whole.year + 1), "Cửa Lò"),
            by=head,
            made_up=True,
        )
        copying.from_last_year(draft, by=head)
