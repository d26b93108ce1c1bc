"""The tasks of a draft, and the reports on what is in force."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from commitments.rules.workflow import CommitmentVerb, TaskOutcome
from commitments.services import reporting, seal, tasks
from commitments.services.tasks import TASKS_AT_MOST
from tests.commitments.situations import TERMS, a_draft, add_tasks, fresh
from units.permissions import Role


def titles(commitment) -> list[str]:
    return [task.title for task in commitment.tasks.order_by("position")]


def positions(commitment) -> list[int]:
    return [task.position for task in commitment.tasks.order_by("position")]


def done(task, **changes):
    said = {
        "seen": task.version,
        "outcome": TaskOutcome.DONE,
        "result": "Đã ban hành kế hoạch kiểm tra chung.",
        "done_on": date(2024, 6, 1),
    }
    return said | changes


# --- add


def test_a_task_is_added_at_the_end_of_a_draft(who, draft):
    added = tasks.add(draft, terms=TERMS, by=who.editor)

    assert fresh(added).terms == TERMS
    assert added.position == 3
    assert (added.updated_by, fresh(draft).version) == (who.editor, draft.version + 1)
    line = draft.events.of(CommitmentVerb.ADD_TASK).first()
    assert line.about == f"Nhiệm vụ 3. {TERMS.title}"


def test_nothing_is_added_to_what_is_signed(who, signed):
    with pytest.raises(MoveRefused, match="đã ký"):
        tasks.add(signed, terms=TERMS, by=who.editor)


def test_who_does_not_write_for_the_unit_adds_nothing(who, draft):
    staff = who.province.a_person(Role.STAFF, who.unit)

    for stranger in (staff, who.receiving_head):
        with pytest.raises(PermissionDenied):
            tasks.add(draft, terms=TERMS, by=stranger)


def test_a_commitment_does_not_grow_without_end(who):
    full = a_draft(who, number_of_tasks=TASKS_AT_MOST)

    with pytest.raises(MoveRefused, match=f"không quá {TASKS_AT_MOST}"):
        tasks.add(full, terms=TERMS, by=who.editor)


# --- edit


def test_an_edit_is_stored_and_the_log_says_from_what_to_what(who, draft):
    task = tasks.add(draft, terms=TERMS, by=who.editor)
    terms = replace(TERMS, target=Decimal("25"), measure_unit="ngày")

    edited = tasks.edit(task, seen=task.version, terms=terms, by=who.head)

    assert fresh(edited).terms == terms
    assert edited.updated_by == who.head
    line = draft.events.of(CommitmentVerb.EDIT_TASK).get()
    assert line.comment == "Đơn vị tính: (trống) → ngày; Mức cần đạt: (trống) → 25"
    assert fresh(draft).version == draft.version + 2


def test_writing_the_same_again_leaves_no_line(who, draft):
    task = draft.tasks.first()

    tasks.edit(task, seen=task.version, terms=task.terms, by=who.head)

    assert not draft.events.of(CommitmentVerb.EDIT_TASK).exists()
    assert fresh(task).version == task.version


def test_a_task_written_meanwhile_is_not_overwritten(who, draft):
    task = draft.tasks.first()
    first = replace(task.terms, title="Bản của thủ trưởng")
    tasks.edit(task, seen=task.version, terms=first, by=who.head)

    with pytest.raises(ChangedMeanwhile):
        tasks.edit(task, seen=task.version, terms=TERMS, by=who.editor)
    assert fresh(task).title == "Bản của thủ trưởng"


def test_two_people_may_edit_two_tasks_of_one_draft(who, draft):
    one, other = draft.tasks.order_by("position")

    tasks.edit(one, seen=one.version, terms=TERMS, by=who.head)
    tasks.edit(other, seen=other.version, terms=TERMS, by=who.editor)

    assert titles(draft) == [TERMS.title, TERMS.title]


def test_a_removed_task_is_not_edited(who, draft):
    task = draft.tasks.first()
    tasks.remove(task, seen=task.version, by=who.head)

    with pytest.raises(MoveRefused, match="vừa được người khác xóa"):
        tasks.edit(task, seen=task.version, terms=TERMS, by=who.editor)


def test_a_signed_task_is_not_edited(who, signed):
    task = signed.tasks.first()

    with pytest.raises(MoveRefused, match="đã ký"):
        tasks.edit(task, seen=task.version, terms=TERMS, by=who.head)


def test_the_receiver_does_not_edit_the_unit_s_task(who, draft):
    task = draft.tasks.first()

    with pytest.raises(PermissionDenied):
        tasks.edit(task, seen=task.version, terms=TERMS, by=who.receiving_head)


# --- remove


def test_a_removed_task_leaves_no_gap_and_a_line_in_the_log(who, draft):
    first = draft.tasks.first()
    add_tasks(who, draft, 1)

    tasks.remove(first, seen=first.version, by=who.editor)

    assert positions(draft) == [1, 2]
    assert draft.events.of(CommitmentVerb.REMOVE_TASK).get().about == str(first)


def test_a_task_rewritten_meanwhile_is_not_removed(who, draft):
    task = draft.tasks.first()
    tasks.edit(task, seen=task.version, terms=TERMS, by=who.head)

    with pytest.raises(ChangedMeanwhile):
        tasks.remove(task, seen=task.version, by=who.editor)


def test_a_signed_task_is_not_removed(who, signed):
    task = signed.tasks.first()

    with pytest.raises(MoveRefused):
        tasks.remove(task, seen=task.version, by=who.head)


def test_the_receiver_does_not_remove_the_unit_s_task(who, draft):
    task = draft.tasks.first()

    with pytest.raises(PermissionDenied):
        tasks.remove(task, seen=task.version, by=who.receiving_head)


# --- shift


@pytest.mark.parametrize(
    ("start", "to", "order"),
    [
        (1, 2, "2134"),
        (1, 4, "2341"),
        (4, 1, "4123"),
        (3, 2, "1324"),
        (2, 99, "1342"),
        (2, -5, "2134"),
        (2, 2, "1234"),
    ],
)
def test_a_task_takes_another_place_and_the_others_give_way(who, start, to, order):
    draft = a_draft(who, number_of_tasks=4)
    task = draft.tasks.get(position=start)

    tasks.shift(task, to=to, seen=start, by=who.editor)

    assert titles(draft) == [f"Nhiệm vụ thử {n}" for n in order]
    assert positions(draft) == [1, 2, 3, 4]


def test_an_order_changed_meanwhile_is_looked_at_again(who, draft):
    task = draft.tasks.get(position=1)
    tasks.shift(task, to=2, seen=1, by=who.head)

    with pytest.raises(ChangedMeanwhile):
        tasks.shift(task, to=2, seen=1, by=who.editor)


def test_what_was_read_in_another_order_is_not_signed(who, draft):
    tasks.shift(draft.tasks.get(position=1), to=2, seen=1, by=who.editor)

    assert fresh(draft).version == draft.version + 1


def test_a_signed_order_stays(who, signed):
    with pytest.raises(MoveRefused):
        tasks.shift(signed.tasks.first(), to=2, seen=1, by=who.head)


def test_the_receiver_does_not_reorder_the_unit_s_tasks(who, draft):
    with pytest.raises(PermissionDenied):
        tasks.shift(draft.tasks.first(), to=2, seen=1, by=who.receiving_head)


# --- report


def test_the_unit_reports_what_came_of_a_task(who, in_force):
    task = in_force.tasks.first()

    reported = fresh(reporting.report(task, by=who.editor, **done(task, reached=Decimal("28"))))

    assert reported.outcome == TaskOutcome.DONE
    assert reported.done_on == date(2024, 6, 1)
    assert reported.reported_by == who.editor
    line = in_force.events.of(CommitmentVerb.REPORT_TASK).get()
    assert line.comment.startswith("Hoàn thành, ngày 01/06/2024, đạt 28. Đã ban hành")


@pytest.mark.parametrize("outcome", [TaskOutcome.PARTLY, TaskOutcome.NOT_DONE])
def test_less_than_done_is_reported_without_a_day(who, in_force, outcome):
    task = in_force.tasks.first()

    reporting.report(task, by=who.editor, **done(task, outcome=outcome, done_on=None))

    assert (fresh(task).outcome, fresh(task).done_on) == (outcome, None)


def test_a_report_does_not_touch_what_was_signed(who, in_force):
    task = in_force.tasks.first()

    reporting.report(task, by=who.editor, **done(task))

    assert seal.holds(fresh(in_force))


def test_a_later_report_replaces_the_earlier_and_the_log_keeps_both(who, in_force):
    task = in_force.tasks.first()
    first = reporting.report(
        task, by=who.editor, **done(task, outcome=TaskOutcome.PARTLY, done_on=None)
    )

    reporting.report(first, by=who.head, **done(first))

    assert fresh(task).outcome == TaskOutcome.DONE
    assert in_force.events.of(CommitmentVerb.REPORT_TASK).count() == 2


def test_a_report_made_meanwhile_is_not_overwritten(who, in_force):
    task = in_force.tasks.first()
    reporting.report(task, by=who.head, **done(task))

    with pytest.raises(ChangedMeanwhile):
        reporting.report(task, by=who.editor, **done(task, result="Bản khác."))
    assert fresh(task).reported_by == who.head


def test_nothing_is_reported_before_both_have_signed(who, signed):
    task = signed.tasks.first()

    with pytest.raises(MoveRefused, match="đang thực hiện"):
        reporting.report(task, by=who.editor, **done(task))


def test_the_receiver_does_not_report_for_the_unit(who, in_force):
    task = in_force.tasks.first()

    with pytest.raises(PermissionDenied):
        reporting.report(task, by=who.receiving_head, **done(task))
