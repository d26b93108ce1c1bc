"""Two people at once on what is in force: a report and a judgement, annexes, a file."""

import pytest

from commitments.models import CommitmentTask
from commitments.rules.workflow import Change, TaskOutcome, Verdict
from commitments.services import annexes, commitments, reporting, task_tables, tasks
from tests.commitments.situations import (
    TERMS,
    a_draft,
    add_tasks,
    an_annex,
    fresh,
    one_in_force,
    parties,
    report_all,
)
from tests.commitments.tables import bring, taken, told
from tests.races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_judgement_and_a_new_report_at_once_never_judge_what_was_not_read():
    who = parties()
    paper = one_in_force(who)
    report_all(who, paper)
    task = paper.tasks.first()
    read = task.reports.get()

    refusals = at_once(
        lambda: reporting.judge(
            read,
            verdict=Verdict.ACCEPTED,
            remark="",
            seen_version=task.version,
            by=who.receiving_head,
        ),
        lambda: reporting.report(
            task, seen=task.version, outcome=TaskOutcome.UNDER_WAY, result="Mới.", by=who.editor
        ),
    )

    now = fresh(task)
    judged = task.reports.exclude(verdict="").exists()
    assert len(refusals) == 1
    assert now.version == task.version + 1
    assert judged == (now.verdict == Verdict.ACCEPTED) == (task.reports.count() == 1)


def test_two_annexes_opened_at_once_are_one():
    who = parties()
    paper = one_in_force(who)

    refusals = at_once(
        lambda: an_annex(who, paper, title="Của cán bộ"),
        lambda: an_annex(who, paper, title="Cũng của cán bộ"),
    )

    assert len(refusals) == 1
    assert paper.annexes.count() == 1


def test_a_task_altered_and_cancelled_at_once_is_touched_once():
    who = parties()
    paper = one_in_force(who)
    annex, task = an_annex(who, paper), paper.tasks.first()

    refusals = at_once(
        lambda: annexes.touch(annex, task=task, change=Change.ALTER, by=who.editor),
        lambda: annexes.touch(annex, task=task, change=Change.CANCEL, by=who.head),
    )

    assert len(refusals) == 1
    assert annex.tasks.count() == 1


def test_a_report_and_an_annex_that_ends_the_task_at_once_leave_no_report_on_what_ended():
    who = parties()
    paper = one_in_force(who)
    annex, task = an_annex(who, paper), paper.tasks.first()
    annexes.touch(annex, task=task, change=Change.CANCEL, by=who.editor)
    annex = commitments.sign(annex, seen=fresh(annex).version, by=who.head)

    refusals = at_once(
        lambda: commitments.countersign(annex, seen=annex.digest, by=who.receiving_head),
        lambda: reporting.report(
            task, seen=task.version, outcome=TaskOutcome.UNDER_WAY, result="Mới.", by=who.editor
        ),
    )

    now = fresh(task)
    assert now.superseded_by_id
    assert len(refusals) == (0 if now.outcome else 1)
    assert list(CommitmentTask.objects.of_the_whole(paper.pk)) == list(paper.tasks.all()[1:])


def test_a_file_and_an_edit_at_once_leave_the_file_whole_or_unwritten():
    who = parties()
    draft = a_draft(who)
    add_tasks(who, draft, 1)
    task = draft.tasks.first()
    table = taken(who, draft).put(1, lead="Của tệp").put(2, lead="Của tệp")
    upload = bring(who, draft, table)
    picks = [task_tables.Pick(one.row.line, one.version) for one in told(upload)]

    refusals = at_once(
        lambda: task_tables.write(upload, by=who.editor, picks=picks),
        lambda: tasks.edit(task, seen=task.version, terms=TERMS, by=who.head),
    )

    written = draft.tasks.filter(lead="Của tệp").count()
    assert len(refusals) == 1
    assert written == (0 if fresh(task).terms == TERMS else 2)
