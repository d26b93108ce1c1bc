"""Reports on a task, the papers behind them, and what the receiver says."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from commitments.rules.progress import Standing
from commitments.rules.workflow import CommitmentVerb, Finding, TaskOutcome, Verdict
from commitments.services import commitments, reporting, scans
from tests.commitments.situations import a_draft, fresh, judge_last
from tests.units.files import a_pdf
from units.permissions import Role
from units.services import documents


def said(task, outcome=TaskOutcome.UNDER_WAY, **more):
    return {"seen": task.version, "outcome": outcome, "result": "Đang làm."} | more


def a_paper(unit, by, name="x.pdf"):
    upload = SimpleUploadedFile(name, a_pdf(name))
    return documents.file(unit, by=by, upload=upload, declared_not_secret=True)


def test_every_report_stays_with_its_papers_and_the_word_on_it(who, in_force):
    task = in_force.tasks.first()
    paper = a_paper(who.unit, who.editor)
    task = reporting.report(task, by=who.editor, proofs=[paper], **said(task))
    judge_last(who, task, Verdict.REFUSED)
    task = fresh(task)
    done = said(task, TaskOutcome.DONE, done_on=date(2024, 6, 1))
    task = reporting.report(task, by=who.editor, **done)
    assert fresh(task).standing == Standing.AWAITING

    judge_last(who, task)

    first, second = task.reports.order_by("number")
    assert (first.verdict, first.remark) == (Verdict.REFUSED, "Chưa đủ số liệu.")
    assert (second.verdict, list(first.proofs.all())) == (Verdict.ACCEPTED, [paper])
    assert fresh(task).standing == Standing.DONE
    assert in_force.events.of(CommitmentVerb.JUDGE_TASK).count() == 2
    with pytest.raises(MoveRefused, match="minh chứng"):
        documents.withdraw(paper, by=who.editor, reason="Nhầm.")


def test_a_paper_of_another_unit_proves_nothing(who, in_force):
    task = in_force.tasks.first()
    elsewhere = who.province.departments[1]
    paper = a_paper(elsewhere, who.province.a_person(Role.EDITOR, elsewhere))

    with pytest.raises(MoveRefused, match="tủ tài liệu"):
        reporting.report(task, by=who.editor, proofs=[paper], **said(task))


def test_only_the_receiver_judges_only_once_and_only_what_was_read(who, in_force):
    task = in_force.tasks.first()
    task = reporting.report(task, by=who.editor, **said(task))
    report = task.reports.get()
    word = {"verdict": Verdict.ACCEPTED, "remark": "", "seen_version": task.version}

    for stranger in (who.head, who.editor, who.province.a_person(Role.LEADER, who.receiver)):
        with pytest.raises(PermissionDenied):
            reporting.judge(report, by=stranger, **word)
    with pytest.raises(MoveRefused, match="lý do"):
        reporting.judge(
            report, by=who.receiving_head, **(word | {"verdict": Verdict.PARTLY, "remark": " "})
        )
    later = reporting.report(task, by=who.head, **said(task))
    with pytest.raises(ChangedMeanwhile, match="báo cáo lại"):
        reporting.judge(report, by=who.receiving_head, **word)
    organiser = who.province.a_person(Role.ORGANISER, who.receiver)
    last = later.reports.latest("number")
    reporting.judge(last, by=organiser, **(word | {"seen_version": later.version}))
    with pytest.raises(MoveRefused, match="đã được nghiệm thu"):
        reporting.judge(last, by=organiser, **(word | {"seen_version": fresh(task).version}))


def test_the_end_of_the_year_says_of_every_task_what_came_of_it(who, in_force):
    first, second = in_force.tasks.all()
    done = said(first, TaskOutcome.DONE, done_on=date(2024, 6, 1))
    reporting.report(first, by=who.editor, **done)
    findings = {second.pk: Finding.CARRIED}

    commitments.close(in_force, by=who.receiving_head, findings=findings)

    assert [fresh(task).finding for task in (first, second)] == [Finding.DONE, Finding.CARRIED]
    line = in_force.events.of(CommitmentVerb.CLOSE).get()
    assert line.comment == "Hoàn thành 1/2 nhiệm vụ."


def test_the_scan_of_the_signed_paper_lies_in_the_cabinet_of_the_unit(who, in_force):
    draft = a_draft(who, year=2025)
    upload = SimpleUploadedFile("ky.pdf", a_pdf("ký"))

    commitment = scans.bring(in_force, by=who.editor, upload=upload, declared_not_secret=True)

    assert fresh(commitment).scan.unit == who.unit
    with pytest.raises(MoveRefused, match="chưa ký"):
        scans.attach(draft, by=who.editor, document=commitment.scan)
    with pytest.raises(PermissionDenied):
        scans.attach(in_force, by=who.receiving_head, document=commitment.scan)
