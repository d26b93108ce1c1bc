"""Two people at once: one is first, the other is told, and nothing is written twice."""

import pytest

from commitments.models import Commitment
from commitments.rules.terms import Heading
from commitments.rules.workflow import CommitmentState, CommitmentVerb, TaskOutcome
from commitments.services import commitments, reporting, seal, tasks
from tests.commitments.situations import TERMS, a_draft, a_signed_one, fresh, one_in_force, parties
from tests.races import at_once
from units.permissions import Role

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_heads_who_sign_at_once_sign_once():
    who = parties()
    other_head = who.province.a_person(Role.HEAD, who.unit)
    draft = a_draft(who)

    refusals = at_once(
        lambda: commitments.sign(draft, seen=draft.version, by=who.head),
        lambda: commitments.sign(draft, seen=draft.version, by=other_head),
    )

    assert len(refusals) == 1
    assert draft.events.of(CommitmentVerb.SIGN).count() == 1
    assert seal.holds(fresh(draft))


def test_countersigning_and_declining_at_once_ends_in_one_of_the_two():
    who = parties()
    other_head = who.province.a_person(Role.HEAD, who.receiver)
    signed = a_signed_one(who)

    refusals = at_once(
        lambda: commitments.countersign(signed, seen=signed.digest, by=who.receiving_head),
        lambda: commitments.decline(signed, comment="Chưa rõ.", by=other_head),
    )

    now = fresh(signed)
    moves = set(now.events.values_list("verb", flat=True))
    assert len(refusals) == 1
    assert (now.state == CommitmentState.IN_FORCE) == (CommitmentVerb.COUNTERSIGN in moves)
    assert (now.state == CommitmentState.DRAFT) == (CommitmentVerb.DECLINE in moves)


def test_signing_and_editing_at_once_never_signs_unseen_words():
    who = parties()
    draft = a_draft(who)
    task = draft.tasks.first()

    refusals = at_once(
        lambda: commitments.sign(draft, seen=draft.version, by=who.head),
        lambda: tasks.edit(task, seen=task.version, terms=TERMS, by=who.editor),
    )

    now = fresh(draft)
    assert len(refusals) == 1
    assert (now.state == CommitmentState.SIGNED) == (fresh(task).terms == task.terms)


def test_two_who_open_the_same_year_at_once_open_it_once():
    who = parties()
    heading = Heading("Bản cam kết năm 2026")

    refusals = at_once(
        lambda: commitments.draft(who.unit, year=2026, heading=heading, by=who.head),
        lambda: commitments.draft(who.unit, year=2026, heading=heading, by=who.editor),
    )

    assert len(refusals) == 1
    assert Commitment.objects.count() == 1


def test_two_reports_on_one_task_at_once_keep_one():
    who = parties()
    task = one_in_force(who).tasks.first()
    said = {"seen": task.version, "outcome": TaskOutcome.NOT_DONE}

    refusals = at_once(
        lambda: reporting.report(task, result="Của thủ trưởng.", by=who.head, **said),
        lambda: reporting.report(task, result="Của cán bộ.", by=who.editor, **said),
    )

    assert len(refusals) == 1
    assert fresh(task).version == task.version + 1


def test_two_tasks_added_at_once_take_two_places():
    who = parties()
    draft = a_draft(who, number_of_tasks=0)

    refusals = at_once(
        lambda: tasks.add(draft, terms=TERMS, by=who.head),
        lambda: tasks.add(draft, terms=TERMS, by=who.editor),
    )

    assert refusals == []
    assert list(draft.tasks.values_list("position", flat=True)) == [1, 2]
