"""Items: each arrives once, is counted by its kind, is split, answered, taken back."""

from dataclasses import replace
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from commitments.models import DialogueItem
from commitments.rules.conference import ConferenceVerb, ItemState
from commitments.services import conclusions, dialogue, escalations
from tests.commitments.situations import fresh
from tests.conferences.situations import (
    NAMED,
    QUESTION,
    an_item,
    answered,
    errand,
    held,
    letter,
    minuted,
)


def test_what_is_sent_twice_arrives_once(who):
    conference, key = held(who), uuid4()

    first = dialogue.enter(conference, key=key, words=QUESTION, by=who.editor)
    again = dialogue.enter(conference, key=key, words=QUESTION, by=who.head)

    assert again == first
    assert conference.items.count() == 1
    assert conference.events.filter(verb=ConferenceVerb.ENTER).count() == 1


def test_a_key_of_another_conference_is_refused(who):
    key = uuid4()
    dialogue.enter(held(who), key=key, words=QUESTION, by=who.editor)

    with pytest.raises(MoveRefused, match="hội nghị khác"):
        dialogue.enter(held(who), key=key, words=QUESTION, by=who.editor)


def test_nobody_outside_the_unit_does_anything_to_an_item(who):
    conference = held(who)
    item, by = an_item(who, conference), who.upper_editor
    seen = {"seen": item.version, "by": by}
    reason = seen | {"comment": "vì"}
    attempts = [
        lambda: dialogue.enter(conference, key=uuid4(), words=QUESTION, by=by),
        lambda: dialogue.edit(item, words=NAMED, **seen),
        lambda: dialogue.split(item, parts=[QUESTION, NAMED], **seen),
        lambda: dialogue.answer(
            item, answer="Có.", answered_by="Ai", answered_on=conference.held_on, **seen
        ),
        lambda: dialogue.withdraw(item, **reason),
        lambda: dialogue.discard(item, **reason),
        lambda: dialogue.look_again(item, **reason),
        lambda: conclusions.accept(item, errand=errand(who), **seen),
        lambda: escalations.escalate(item, to=who.upper, letter=letter(), **seen),
        lambda: escalations.recall(item, **reason),
    ]

    for attempt in attempts:
        with pytest.raises(PermissionDenied):
            attempt()
    assert fresh(item).version == item.version


def test_one_statement_becomes_several_items_and_the_log_keeps_it_whole(who):
    conference = held(who)
    item = an_item(who, conference, replace(NAMED, text="Chờ lâu. Bao giờ có máy?"))

    parts = dialogue.split(
        item,
        seen=item.version,
        parts=[replace(NAMED, text="Chờ lâu."), replace(QUESTION, text="Bao giờ có máy?")],
        by=who.editor,
    )

    assert [(part.number, part.kind) for part in parts] == [(1, "opinion"), (2, "question")]
    assert fresh(parts[1]).split_from == item
    assert conference.items.tally().words == "1 ý kiến, 1 câu hỏi, 0 kiến nghị"
    told = conference.events.get(verb=ConferenceVerb.SPLIT).comment
    assert "Chờ lâu. Bao giờ có máy?" in told


def test_what_is_not_admitted_counts_nowhere_and_what_is_withdrawn_still_does(who):
    conference = held(who)
    spam, taken_back = an_item(who, conference), an_item(who, conference, NAMED)

    dialogue.discard(spam, seen=1, comment="Quảng cáo", by=who.editor)
    dialogue.withdraw(taken_back, seen=1, comment="Đã rõ", by=who.editor)

    assert conference.items.tally().words == "1 ý kiến, 0 câu hỏi, 0 kiến nghị"
    signed = minuted(who, conference)
    assert [row["outcome"] for row in signed.minutes["items"]] == ["Đã rút"]
    with pytest.raises(MoveRefused, match="không đưa vào lại được"):
        dialogue.look_again(spam, seen=2, comment="Nhầm", by=who.editor)


def test_an_answer_says_who_and_when_and_may_be_taken_up_again(who):
    item = answered(who, an_item(who, held(who)))
    assert (item.state, item.answered_by) == (ItemState.ANSWERED, "Trung tá Hoàng Minh Đức")

    again = dialogue.look_again(item, seen=item.version, comment="Chưa rõ", by=who.editor)

    assert (again.state, again.answer) == (ItemState.RECEIVED, "")
    assert item.events.filter(comment="Đã có hướng dẫn tại quầy.").exists()


def test_whoever_was_overtaken_answers_nothing(who):
    item = an_item(who, held(who))
    dialogue.edit(item, seen=1, words=NAMED, by=who.head)

    with pytest.raises(ChangedMeanwhile):
        dialogue.withdraw(item, seen=1, comment="vì", by=who.editor)


def test_after_the_minutes_only_publicity_of_an_item_may_change(who):
    conference = held(who)
    item = an_item(who, conference, NAMED)
    minuted(who, conference)

    private = replace(NAMED, kept_private=True)
    dialogue.edit(item, seen=1, words=private, by=who.editor)

    assert fresh(item).kept_private
    with pytest.raises(MoveRefused):
        dialogue.edit(item, seen=2, words=replace(private, text="Khác"), by=who.editor)


def test_a_late_item_is_late_to_the_database_and_to_the_rules(who):
    conference = held(who)
    an_item(who, conference)
    answered(who, an_item(who, conference))
    day = conference.answer_by

    late = DialogueItem.objects.overdue(day.replace(year=day.year + 1))

    assert [item.number for item in late] == [1]
    assert not DialogueItem.objects.overdue(day).exists()
