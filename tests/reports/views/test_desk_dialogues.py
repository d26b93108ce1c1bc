"""Conferences on the desk: to answer, to answer from above, to do, to sign."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from commitments.services import conclusions
from tests.conferences.situations import (
    a_conclusion,
    an_item,
    errand,
    escalated,
    held,
    minuted,
    planned,
    sides,
)
from units.permissions import Role

pytestmark = pytest.mark.django_db


def titles(client, user) -> list[str]:
    client.force_login(user)
    shelves = client.get("/").context["shelves"]
    return [duty.title for shelf in shelves for duty in shelf.duties]


def test_what_was_raised_and_what_was_sent_up_wait_at_their_desks(client):
    who = sides()
    conference = held(who)
    an_item(who, conference)
    escalated(who, an_item(who, conference))

    assert titles(client, who.editor) == ["Trả lời 1 ý kiến tại hội nghị"]
    assert titles(client, who.head) == ["Trả lời 1 ý kiến tại hội nghị", "Ký biên bản hội nghị"]
    assert titles(client, who.upper_editor) == [f"Trả lời ý kiến do {who.unit} chuyển lên"]
    assert titles(client, who.province.a_person(Role.STAFF, who.upper)) == []


def test_a_conclusion_waits_for_its_owner_once_it_binds_and_only_while_it_is_near(client):
    who = sides()
    other = who.province.departments[1]
    owner = who.province.a_person(Role.EDITOR, other)
    conference = held(who)
    far = timezone.localdate() + timedelta(days=90)
    a_conclusion(who, conference)
    for task in (errand(who, owner=other), errand(who, owner=other, due_on=far)):
        conclusions.conclude(conference, errand=task, by=who.editor)
    assert titles(client, owner) == []

    minuted(who, conference)

    assert titles(client, owner) == ["Báo cáo nhiệm vụ theo kết luận hội nghị"]


def test_a_conference_waits_for_who_holds_it_while_near_and_to_be_recorded_once_its_day_is_past(
    client,
):
    who = sides()
    today = timezone.localdate()
    for days in (9, 90):
        held_on = today + timedelta(days=days)
        planned(who, held_on=held_on, answer_by=held_on + timedelta(days=7))

    assert titles(client, who.editor) == ["Chuẩn bị, tổ chức hội nghị"]
    with time_machine.travel(timezone.now() + timedelta(days=12)):
        assert titles(client, who.editor) == ["Ghi nhận hội nghị đã tổ chức"]
    assert titles(client, who.upper_editor) == []
