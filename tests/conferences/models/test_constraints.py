"""The database itself refuses what the rules refuse."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from commitments.models import Attendance, ConferenceTask, DialogueItem
from tests.conferences.situations import (
    a_conclusion,
    an_item,
    answered,
    escalated,
    held,
    minuted,
    released,
)


def refused(row, **columns) -> bool:
    """Whether the database takes no such row."""
    try:
        with transaction.atomic():
            type(row).objects.filter(pk=row.pk).update(**columns)
    except IntegrityError:
        return True
    return False


LATER = timezone.localdate() + timedelta(days=1)


@pytest.mark.parametrize(
    "columns",
    [
        {"kinds": []},
        {"kinds": ["party"]},
        {"title": ""},
        {"place": ""},
        {"points": "Điểm cầu A"},
        {"plan_on": LATER},
        {"ends": "07:00"},
        {"state": "lost"},
        {"state": "followed"},
        {"signed_at": datetime(2026, 1, 5, 9, tzinfo=UTC)},
        {"collect_until": LATER},
    ],
    ids=str,
)
def test_a_conference_that_cannot_be_is_refused(who, columns):
    assert refused(held(who), **columns)


def test_minutes_keep_chair_and_secretary_and_no_kind_of_people_is_counted_twice(who):
    conference = minuted(who)

    assert refused(conference, secretary="")
    assert refused(conference, minutes=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Attendance.objects.create(conference=conference, kind="officer", number=2)


@pytest.mark.parametrize(
    "columns",
    [
        {"kind": "joke"},
        {"text": " \n"},
        {"speaker": "martian"},
        {"area": "space"},
        {"state": "answered"},
        {"answer": "Có."},
        {"entered_by": None},
        {"number": 2},
    ],
    ids=str,
)
def test_an_item_that_cannot_be_is_refused(who, columns):
    conference = held(who)
    item = an_item(who, conference)
    an_item(who, conference)

    assert refused(item, **columns)


def test_one_step_up_at_a_time_and_a_reply_is_whole(who):
    step = escalated(who, an_item(who, held(who)))

    assert refused(step, state="replied")
    assert refused(step, reply="Có.")
    assert refused(step, to_unit=step.from_unit)
    assert refused(step, due_on=step.sent_on - timedelta(days=1))
    step.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        step.save()


def test_a_task_is_done_with_a_day_and_a_word(who):
    conference = held(who)
    task = a_conclusion(who, conference)

    assert refused(task, state="done")
    assert refused(task, result="Xong.")
    assert refused(task, text=" ")
    item = answered(who, an_item(who, conference))
    ConferenceTask.objects.filter(pk=task.pk).update(item=item)
    other = a_conclusion(who, conference)
    assert refused(other, item=item)


def test_what_was_released_and_what_was_written_down_stays(who):
    conference = minuted(who)
    release = released(who, conference)

    for row, column in ((release, "number"), (conference.events.first(), "comment")):
        assert refused(row, **{column: 9})
    with pytest.raises(IntegrityError), transaction.atomic():
        release.delete()
    assert DialogueItem.objects.count() == 0
