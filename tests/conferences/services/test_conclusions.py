"""Conclusions and accepted items: owner, day, result with proof, to the end."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from commitments.models import ConferenceTask
from commitments.rules.conference import ItemState, TaskState
from commitments.services import conclusions, dialogue
from tests.commitments.situations import a_scan, fresh
from tests.conferences.situations import (
    a_conclusion,
    an_item,
    errand,
    held,
    minuted,
)
from units.permissions import Role


def finish(task, by, **said):
    usual = {"seen": fresh(task).version, "result": "Đã lắp.", "done_on": timezone.localdate()}
    return conclusions.finish(task, by=by, **(usual | said))


def accepted(who, **said):
    item = an_item(who, held(who))
    return conclusions.accept(item, seen=1, errand=errand(who, **said), by=who.editor)


def test_a_conclusion_binds_its_owner_once_the_minutes_are_signed(who):
    conference = held(who)
    task = a_conclusion(who, conference)
    assert not ConferenceTask.objects.due_at([who.unit.pk]).exists()
    with pytest.raises(MoveRefused, match="chưa có hiệu lực"):
        finish(task, who.editor)

    minuted(who, conference)

    assert ConferenceTask.objects.due_at([who.unit.pk]).get() == task
    done = finish(task, who.editor, proofs=[a_scan(who)])
    assert done.state == TaskState.DONE
    assert done.proofs.count() == 1


def test_an_accepted_item_ends_with_its_task(who):
    task = accepted(who)
    assert task.item.state == ItemState.ACCEPTED

    finish(task, who.editor)
    assert fresh(task.item).state == ItemState.ENDED

    again = conclusions.resume(fresh(task), seen=2, comment="Chưa đủ", by=who.editor)
    assert (again.state, again.result) == (TaskState.UNDER_WAY, "")
    assert fresh(task.item).state == ItemState.ACCEPTED


def test_an_item_whose_task_failed_waits_for_a_word_of_the_unit(who):
    task = accepted(who)

    failed = conclusions.give_up(task, seen=1, comment="Không có kinh phí", by=who.editor)

    assert (failed.state, failed.result) == (TaskState.NOT_DONE, "Không có kinh phí")
    assert fresh(task.item).state == ItemState.RECEIVED
    with pytest.raises(MoveRefused, match="yêu cầu thực hiện tiếp"):
        conclusions.accept(
            task.item, seen=fresh(task.item).version, errand=errand(who), by=who.editor
        )


def test_looking_again_at_an_accepted_item_takes_its_task_out(who):
    task = accepted(who)

    dialogue.look_again(task.item, seen=fresh(task.item).version, comment="Nhầm", by=who.editor)

    assert fresh(task).state == TaskState.REMOVED
    assert conclusions.accept(
        task.item, seen=fresh(task.item).version, errand=errand(who), by=who.editor
    ).pk


def test_only_the_owner_reports_and_only_the_holder_asks_for_more(who):
    other = who.province.departments[1]
    conference = held(who)
    task = conclusions.conclude(conference, errand=errand(who, owner=other), by=who.editor)
    minuted(who, conference)
    owner = who.province.a_person(Role.EDITOR, other)
    assert ConferenceTask.objects.visible_to(owner).get() == task

    with pytest.raises(PermissionDenied):
        finish(task, who.editor)
    with pytest.raises(PermissionDenied):
        conclusions.give_up(task, seen=1, comment="vì", by=who.editor)
    finish(task, owner)
    with pytest.raises(PermissionDenied):
        conclusions.resume(fresh(task), seen=2, comment="vì", by=owner)


def test_a_conclusion_is_written_by_nobody_else_and_not_after_the_signature(who):
    conference = held(who)
    task = a_conclusion(who, conference)
    with pytest.raises(PermissionDenied):
        conclusions.conclude(conference, errand=errand(who), by=who.upper_editor)
    with pytest.raises(ChangedMeanwhile):
        conclusions.reword(task, seen=0, errand=errand(who), by=who.editor)
    reworded = conclusions.reword(task, seen=1, errand=errand(who, text="Khác"), by=who.editor)
    assert reworded.text == "Khác"

    minuted(who, conference)

    with pytest.raises(MoveRefused, match="Biên bản hội nghị đã ký"):
        conclusions.reword(task, seen=2, errand=errand(who), by=who.editor)
    with pytest.raises(MoveRefused, match="Biên bản hội nghị đã ký"):
        conclusions.remove(task, seen=2, comment="Trùng", by=who.editor)


def test_a_conclusion_that_was_taken_out_is_in_no_minutes(who):
    conference = held(who)
    task = a_conclusion(who, conference)

    conclusions.remove(task, seen=1, comment="Trùng", by=who.editor)

    assert minuted(who, conference).minutes["conclusions"] == []


def test_a_day_that_cannot_be_is_refused(who):
    yesterday, tomorrow = (timezone.localdate() + timedelta(days=n) for n in (-1, 1))
    with pytest.raises(MoveRefused, match="Thời hạn không thể trước ngày họp"):
        accepted(who, due_on=yesterday)
    with pytest.raises(MoveRefused, match="Ngày hoàn thành không thể sau"):
        finish(accepted(who), who.editor, done_on=tomorrow)


def test_a_conclusion_that_was_taken_out_frees_its_place(who, monkeypatch):
    monkeypatch.setattr(conclusions, "TASKS_AT_MOST", 1)
    conference = held(who)
    task = a_conclusion(who, conference)
    with pytest.raises(MoveRefused, match="không quá"):
        a_conclusion(who, conference)
    conclusions.remove(task, seen=1, comment="Trùng", by=who.editor)
    assert a_conclusion(who, conference).number == 2
