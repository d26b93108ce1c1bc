"""What is signed is never edited: an annex adds to it, alters it, cancels a part."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from cchc_portal.kit.errors import MoveRefused
from commitments.models import Commitment, CommitmentTask
from commitments.rules.workflow import Change, CommitmentState, TaskOutcome
from commitments.services import annexes, commitments, reporting, seal, tasks
from tests.commitments.situations import (
    TERMS,
    an_annex,
    fresh,
    one_in_force,
    report_all,
    sign_both,
)


def live(commitment) -> list[CommitmentTask]:
    return list(CommitmentTask.objects.of_the_whole(commitment.pk))


def test_an_annex_signed_by_both_changes_what_counts_and_no_signed_word(who):
    commitment = one_in_force(who, number_of_tasks=3)
    first, second, third = commitment.tasks.all()
    annex = an_annex(who, commitment)
    altered = annexes.touch(annex, task=first, change=Change.ALTER, by=who.editor)
    words = replace(altered.terms, title="Nhiệm vụ đã điều chỉnh", target=Decimal(9))
    tasks.edit(altered, seen=altered.version, terms=words, by=who.editor)
    annexes.touch(annex, task=second, change=Change.CANCEL, by=who.editor)
    tasks.add(annex, terms=TERMS, by=who.editor)
    assert live(commitment) == [first, second, third]

    annex = sign_both(who, annex)

    assert [task.title for task in live(commitment)] == [
        third.title,
        "Nhiệm vụ đã điều chỉnh",
        TERMS.title,
    ]
    assert [task.label for task in live(commitment)] == ["3", "PL1.1", "PL1.3"]
    assert seal.holds(Commitment.objects.for_page().get(pk=commitment.pk))
    assert seal.holds(Commitment.objects.for_page().get(pk=annex.pk))
    assert fresh(first).title == first.title
    with pytest.raises(MoveRefused, match="đã được phụ lục"):
        reporting.report(
            fresh(first), seen=1, outcome=TaskOutcome.UNDER_WAY, result="x", by=who.editor
        )
    row = live(commitment)[1]
    reporting.report(
        row, seen=row.version, outcome=TaskOutcome.UNDER_WAY, result="Đang làm.", by=who.editor
    )


def test_an_annex_of_other_words_has_another_seal(who, in_force):
    annex = sign_both(who, _with_a_row(who, in_force))
    CommitmentTask.objects.filter(commitment=annex).update(title="Sửa lén")

    assert not seal.holds(Commitment.objects.for_page().get(pk=annex.pk))


def test_only_one_annex_is_open_and_only_while_the_commitment_is_in_force(who, signed):
    with pytest.raises(MoveRefused, match="đang thực hiện"):
        an_annex(who, signed)
    in_force = one_in_force(who, year=2025)
    with pytest.raises(PermissionDenied):
        annexes.draft(in_force, heading=in_force.heading, by=who.receiving_head)
    annex = an_annex(who, in_force)
    with pytest.raises(MoveRefused, match="chưa ký xong"):
        an_annex(who, in_force)
    with pytest.raises(MoveRefused, match="không điều chỉnh phụ lục"):
        an_annex(who, annex)
    with pytest.raises(MoveRefused, match="chưa có nhiệm vụ"):
        commitments.sign(annex, seen=annex.version, by=who.head)


def test_a_task_is_touched_once_by_an_annex_and_only_while_it_counts(who, in_force):
    other = one_in_force(who, year=2025).tasks.first()
    task = in_force.tasks.first()
    annex = an_annex(who, in_force)
    row = annexes.touch(annex, task=task, change=Change.CANCEL, by=who.editor)

    with pytest.raises(MoveRefused, match="đã có dòng"):
        annexes.touch(annex, task=task, change=Change.ALTER, by=who.editor)
    with pytest.raises(MoveRefused, match="đang có hiệu lực"):
        annexes.touch(annex, task=other, change=Change.ALTER, by=who.editor)
    with pytest.raises(MoveRefused, match="thôi thực hiện"):
        tasks.edit(row, seen=row.version, terms=TERMS, by=who.editor)
    tasks.remove(row, seen=row.version, by=who.editor)
    annexes.touch(fresh(annex), task=task, change=Change.ALTER, by=who.editor)


def test_a_year_does_not_end_over_an_annex_that_is_half_signed(who, in_force):
    annex = _with_a_row(who, in_force)
    report_all(who, in_force)
    with pytest.raises(MoveRefused, match="phụ lục"):
        commitments.close(in_force, by=who.receiving_head)

    annex = sign_both(who, annex)
    report_all(who, annex)
    with pytest.raises(MoveRefused, match="kết thúc cùng"):
        commitments.close(annex, by=who.receiving_head)
    closed = commitments.close(in_force, by=who.receiving_head)

    assert fresh(closed).state == CommitmentState.CLOSED
    assert {task.finding for task in live(closed)} == {"partly"}
    with pytest.raises(MoveRefused):
        report_all(who, annex)


def _with_a_row(who, commitment):
    annex = an_annex(who, commitment)
    tasks.add(annex, terms=TERMS, by=who.editor)
    return annex
