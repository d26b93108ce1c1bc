"""What comes in without an account, and what goes out without a name."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from cchc_portal.kit.digest import digest
from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from commitments.models import DialogueRelease
from commitments.models.table import public_of
from commitments.rules.conference import Source
from commitments.services import collecting, conclusions, conferences, releases
from tests.commitments.situations import fresh
from tests.conferences.situations import (
    NAMED,
    QUESTION,
    an_item,
    answered,
    collecting_one,
    errand,
    held,
    minuted,
    planned,
    released,
)


def test_an_opinion_without_an_account_arrives_once_and_is_marked(who):
    conference, key = collecting_one(who), uuid4()

    collecting.send(conference, key=key, words=QUESTION)
    collecting.send(conference, key=key, words=QUESTION)

    item = conference.items.get()
    assert (item.source, item.entered_by, item.number) == (Source.SENT, None, 1)


def test_a_link_takes_nothing_after_its_day_nor_when_it_is_stopped(who, monkeypatch):
    conference = collecting_one(who)
    after = conference.collect_until + timedelta(days=1)
    with monkeypatch.context() as later:
        later.setattr("commitments.services.collecting.timezone.localdate", lambda: after)
        with pytest.raises(MoveRefused, match="không nhận ý kiến gửi trước nữa"):
            collecting.send(conference, key=uuid4(), words=QUESTION)

    collecting.stop(conference, by=who.editor)

    with pytest.raises(MoveRefused, match="không nhận ý kiến gửi trước nữa"):
        collecting.send(conference, key=uuid4(), words=QUESTION)


def test_a_machine_that_writes_stops_at_the_most_a_link_takes(who, monkeypatch):
    monkeypatch.setattr(collecting, "SENT_AT_MOST", 1)
    conference = collecting_one(who)
    collecting.send(conference, key=uuid4(), words=QUESTION)

    with pytest.raises(MoveRefused, match="nhận đủ"):
        collecting.send(conference, key=uuid4(), words=QUESTION)


def test_the_link_is_opened_by_the_unit_for_days_before_the_conference(who):
    conference = planned(who)
    with pytest.raises(PermissionDenied):
        collecting.collect(conference, until=conference.held_on, by=who.upper_editor)
    with pytest.raises(PermissionDenied):
        collecting.stop(conference, by=who.upper_editor)
    for until in (conference.held_on + timedelta(days=1), timezone.localdate() - timedelta(days=1)):
        with pytest.raises(MoveRefused, match="Ngày ngừng nhận"):
            collecting.collect(conference, until=until, by=who.editor)
    with pytest.raises(MoveRefused, match="đã tổ chức"):
        collecting.collect(held(who), until=conference.held_on, by=who.editor)


def test_a_release_bears_no_name_and_stays_as_it_was_read(who):
    conference = held(who)
    item = an_item(who, conference, NAMED)
    named = errand(who, person="Lê Văn Kín")
    conclusions.accept(an_item(who, conference), seen=1, errand=named, by=who.editor)
    minuted(who, conference)
    made = released(who, conference)

    answered(who, item)

    shown = DialogueRelease.objects.shown().get()
    assert shown == made
    assert "Kín" not in str(shown.content)
    assert shown.content["items"][0]["handling"] == ""
    assert shown.content["heading"]["counts"] == "1 ý kiến, 1 câu hỏi, 0 kiến nghị"
    assert released(who, conference).content["items"][0]["handling"] == "Đã có hướng dẫn tại quầy."


def test_only_the_head_releases_and_only_what_was_read(who):
    conference = held(who)
    item = an_item(who, conference)
    with pytest.raises(MoveRefused, match="sau khi biên bản"):
        released(who, conference)
    signed = minuted(who, conference)
    seen = digest(public_of(signed))
    with pytest.raises(PermissionDenied):
        releases.release(signed, seen=seen, by=who.editor)

    answered(who, item)

    with pytest.raises(ChangedMeanwhile):
        releases.release(signed, seen=seen, by=who.head)


def test_what_is_taken_down_or_whose_minutes_are_opened_is_public_no_more(who):
    signed = minuted(who)
    released(who, signed)
    with pytest.raises(PermissionDenied):
        releases.take_down(signed, comment="Sai", by=who.editor)
    releases.take_down(signed, comment="Sai", by=who.head)
    assert not DialogueRelease.objects.shown().exists()

    released(who, signed)
    conferences.take_back(fresh(signed), comment="Thiếu", by=who.head)

    assert not DialogueRelease.objects.shown().exists()
