"""Two people at once: one is first, the other is told, and nothing is written twice."""

from uuid import UUID

import pytest
from django.utils import timezone

from commitments.rules.conference import ConferenceState, ItemState, TaskState
from commitments.services import (
    collecting,
    conclusions,
    conferences,
    dialogue,
    escalations,
)
from tests.commitments.situations import fresh
from tests.conferences.situations import (
    QUESTION,
    an_item,
    collecting_one,
    errand,
    escalated,
    held,
    letter,
    sides,
    terms,
)
from tests.races import at_once
from units.permissions import Role

pytestmark = pytest.mark.django_db(transaction=True)


def test_one_statement_sent_twice_at_once_arrives_once_and_numbers_stay_whole():
    who = sides()
    conference = held(who)

    refusals = at_once(
        lambda: dialogue.enter(conference, key=UUID(int=1), words=QUESTION, by=who.editor),
        lambda: dialogue.enter(conference, key=UUID(int=1), words=QUESTION, by=who.editor),
        lambda: dialogue.enter(conference, key=UUID(int=2), words=QUESTION, by=who.head),
    )

    assert refusals == []
    assert sorted(conference.items.values_list("number", flat=True)) == [1, 2]


def test_the_public_link_takes_one_sending_once():
    who = sides()
    conference = collecting_one(who)

    refusals = at_once(*[lambda: collecting.send(conference, key=UUID(int=1), words=QUESTION)] * 3)

    assert refusals == []
    assert conference.items.count() == 1


def test_an_item_is_answered_sent_up_and_accepted_at_once_in_one_way_only():
    who = sides()
    item = an_item(who, held(who))
    said = {"answer": "Có.", "answered_by": "Ai", "answered_on": timezone.localdate()}

    refusals = at_once(
        lambda: dialogue.answer(item, seen=1, by=who.head, **said),
        lambda: escalations.escalate(item, seen=1, to=who.upper, letter=letter(), by=who.editor),
        lambda: conclusions.accept(item, seen=1, errand=errand(who), by=who.editor),
    )

    now = fresh(item)
    assert len(refusals) == 2
    assert (now.state == ItemState.ESCALATED) == item.escalations.exists()
    assert (now.state == ItemState.ACCEPTED) == item.tasks.exists()
    assert (now.state == ItemState.ANSWERED) == bool(now.answer)


def test_an_answer_from_above_and_a_recall_at_once_end_in_one_of_the_two():
    who = sides()
    item = an_item(who, held(who))
    step = escalated(who, item)

    refusals = at_once(
        lambda: escalations.reply(step, seen=1, reply="Có.", number="", by=who.upper_editor),
        lambda: escalations.recall(item, seen=2, comment="Thôi", by=who.editor),
    )

    assert len(refusals) == 1
    assert (fresh(item).state == ItemState.REPLIED) == (fresh(step).reply == "Có.")


def test_minutes_are_not_signed_over_an_item_nobody_read():
    who = sides()
    conference = held(who)

    refusals = at_once(
        lambda: conferences.sign_minutes(conference, seen=conference.version, by=who.head),
        lambda: dialogue.enter(conference, key=UUID(int=1), words=QUESTION, by=who.editor),
    )

    now = fresh(conference)
    assert len(refusals) == 1
    assert (now.state == ConferenceState.FOLLOWED) != now.items.exists()


def test_two_who_rewrite_the_heading_or_end_a_task_at_once_write_once():
    who = sides()
    conference = held(who)
    item = an_item(who, conference)
    task = conclusions.accept(item, seen=1, errand=errand(who), by=who.editor)
    other = who.province.a_person(Role.EDITOR, who.unit)

    rewritten = at_once(
        lambda: conferences.revise(conference, seen=1, terms=terms(place="A"), by=who.editor),
        lambda: conferences.revise(conference, seen=1, terms=terms(place="B"), by=other),
    )
    ended = at_once(
        lambda: conclusions.give_up(task, seen=1, comment="Không", by=other),
        lambda: conclusions.finish(
            task, seen=1, result="Xong", done_on=timezone.localdate(), by=who.editor
        ),
    )

    assert (len(rewritten), len(ended)) == (1, 1)
    assert (fresh(task).state == TaskState.DONE) == (fresh(item).state == ItemState.ENDED)
