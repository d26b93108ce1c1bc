"""What goes up lies above as work, is answered there, and the answer comes back down."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from commitments.models import DialogueItem, Escalation
from commitments.rules.conference import EscalationState, ItemState
from commitments.rules.dialogue import Standing
from commitments.services import dialogue, escalations
from tests.commitments.situations import fresh
from tests.conferences.situations import an_item, escalated, held, letter
from units.permissions import Role


@pytest.fixture
def item(who):
    return an_item(who, held(who))


def reply(who, step, words="Đã duyệt kinh phí."):
    return escalations.reply(
        step, seen=fresh(step).version, reply=words, number="55/CAT", by=who.upper_editor
    )


def test_an_answer_from_above_comes_back_to_the_unit_which_answers_whoever_asked(who, item):
    step = escalated(who, item)
    assert Escalation.objects.waiting_at([who.upper.pk]).get() == step
    assert DialogueItem.objects.visible_to(who.upper_editor).get() == item

    reply(who, step)

    back = DialogueItem.objects.for_table().get(pk=item.pk)
    assert back.state == ItemState.REPLIED
    assert back.replies[0].reply == "Đã duyệt kinh phí."
    assert not Escalation.objects.waiting_at([who.upper.pk]).exists()
    done = dialogue.answer(
        back,
        seen=back.version,
        answer="Cấp trên đã duyệt.",
        answered_by="Trưởng phòng",
        answered_on=timezone.localdate(),
        by=who.editor,
    )
    assert done.state == ItemState.ANSWERED


def test_what_is_late_above_is_late_at_both_levels(who, item):
    today = timezone.localdate()
    step = escalated(who, item, sent_on=today - timedelta(days=9), due_on=today - timedelta(days=1))

    assert step.overdue
    assert DialogueItem.objects.for_table().get(pk=item.pk).standing == Standing.OVERDUE
    assert DialogueItem.objects.overdue(today).get() == item


def test_a_matter_passed_on_twice_comes_down_the_same_steps(who, item):
    ministry_editor = who.province.a_person(Role.EDITOR, who.province.ministry)
    first = escalated(who, item)
    second = escalations.pass_on(
        first, seen=1, to=who.province.ministry, letter=letter(number="9/CAT"), by=who.upper_editor
    )
    assert fresh(first).state == EscalationState.PASSED_ON

    escalations.reply(second, seen=1, reply="Đồng ý.", number="", by=ministry_editor)
    assert fresh(first).state == EscalationState.WAITING
    assert fresh(item).state == ItemState.ESCALATED

    reply(who, first, "Bộ đồng ý.")
    assert fresh(item).state == ItemState.REPLIED


def test_what_is_turned_back_lies_with_the_unit_again_with_the_reason(who, item):
    step = escalated(who, item)

    escalations.turn_back(step, seen=1, comment="Thuộc thẩm quyền đơn vị", by=who.upper_editor)

    assert fresh(item).state == ItemState.RECEIVED
    assert item.events.filter(comment="Thuộc thẩm quyền đơn vị").exists()
    assert escalated(who, item).state == EscalationState.WAITING


def test_what_the_unit_takes_back_waits_for_nobody_above(who, item):
    first = escalated(who, item)
    second = escalations.pass_on(
        first, seen=1, to=who.province.ministry, letter=letter(), by=who.upper_editor
    )

    escalations.recall(item, seen=fresh(item).version, comment="Đã tự giải quyết", by=who.editor)

    assert {fresh(first).state, fresh(second).state} == {EscalationState.RECALLED}
    assert fresh(item).state == ItemState.RECEIVED
    with pytest.raises(ChangedMeanwhile):
        escalations.reply(first, seen=2, reply="Muộn.", number="", by=who.upper_editor)


def test_only_the_unit_it_was_sent_to_answers(who, item):
    step = escalated(who, item)

    for by in (who.editor, who.head, who.province.a_person(Role.STAFF, who.upper)):
        for attempt in (
            lambda by=by: escalations.reply(step, seen=1, reply="Có.", number="", by=by),
            lambda by=by: escalations.turn_back(step, seen=1, comment="vì", by=by),
            lambda by=by: escalations.pass_on(
                step, seen=1, to=who.province.ministry, letter=letter(), by=by
            ),
        ):
            with pytest.raises(PermissionDenied):
                attempt()


def test_a_matter_goes_to_the_superior_or_its_departments_and_nowhere_else(who, item):
    beside = who.province.departments[1]
    step = escalations.escalate(item, seen=1, to=beside, letter=letter(), by=who.editor)
    assert step.to_unit == beside

    other = an_item(who, item.conference)
    for nowhere in (who.unit, who.province.ministry):
        with pytest.raises(MoveRefused, match="cấp trên trực tiếp"):
            escalations.escalate(other, seen=1, to=nowhere, letter=letter(), by=who.editor)


def test_an_answer_is_not_asked_for_before_the_letter_is_written(who, item):
    today = timezone.localdate()

    with pytest.raises(MoveRefused, match="Hạn trả lời"):
        escalated(who, item, due_on=today - timedelta(days=1))
    with pytest.raises(MoveRefused, match="Ngày văn bản"):
        escalated(who, item, sent_on=today + timedelta(days=1))
