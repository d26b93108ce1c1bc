"""A remark goes to another unit of the force with its number; the one that handed it on sees what
came of it, and not whom it came from."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from commitments.models import Voice, VoiceHand
from commitments.rules.voice import HANDS_AT_MOST, KindCount, VoiceKind, due
from commitments.services import voice_hands, voice_people, voices
from tests.factories import a_unit
from tests.voices.situations import SENDER, answered, classified, found, received
from units.permissions import Role

WHY = "Việc thuộc trách nhiệm của đơn vị bạn."


def passed_on(who, voice, **said):
    usual = {"seen": voice.version, "to": who.beside, "comment": WHY, "by": who.editor}
    return voice_hands.hand_on(voice, **(usual | said))


def test_it_keeps_its_number_begins_a_new_term_and_its_way_is_told(who, client):
    before = timezone.now() - timedelta(days=20)
    with time_machine.travel(before):
        voice = classified(who)
    next_door = who.province.a_person(Role.EDITOR, who.beside)
    own = voices.receive(
        who.beside,
        concerns=who.beside,
        key=voice.key.__class__(int=7),
        heard=voices.Heard("other", "Việc khác.", "box", timezone.localdate(before)),
        by=next_door,
    )
    assert own.label == voice.label, "each book counts for itself"

    handed = passed_on(who, voice)

    today = timezone.localdate()
    assert (handed.label, handed.book, handed.unit) == (voice.label, who.unit, who.beside)
    assert (handed.state, handed.due_on) == ("received", due("procedure", today))
    assert handed.received_on == timezone.localdate(before)
    hand = handed.hands.get()
    assert (hand.source, hand.target, hand.due_on) == (who.unit, who.beside, handed.due_on)
    assert handed.events.first().comment == f"Từ {who.unit} đến {who.beside}. {WHY}"

    with pytest.raises(PermissionDenied):
        voice_people.look(handed, reason="", by=who.editor)
    assert voice_people.look(handed, reason="", by=next_door) == SENDER
    with pytest.raises(PermissionDenied):
        voices.classify(handed, seen=3, kind="law", concerns=who.unit, by=who.editor)
    handed = voices.classify(handed, seen=3, kind="law", concerns=who.unit, by=next_door)
    assert handed.due_on == due("law", today), "a new kind counts from the day it was handed on"
    said = {"answer": "Không phải xin.", "answer_number": "", "answered_on": today}
    voices.answer(handed, seen=4, by=next_door, **said)

    client.force_login(who.editor)
    page = client.get(reverse("voices:detail", args=[voice.pk])).content.decode()
    assert "Không phải xin." in page
    assert reverse("voices:person", args=[voice.pk]) not in page
    assert f"sổ của {who.unit}" in client.get(reverse("voices:list")).content.decode()
    assert client.get(reverse("voices:person", args=[voice.pk])).status_code == 403


def test_what_was_handed_on_was_received_and_counts_open_late_and_settled_only_where_it_went(
    who, client
):
    with time_machine.travel(timezone.now() - timedelta(days=40)):
        kept, voice = classified(who), classified(who)
        passed_on(who, voice)
    next_door = who.province.a_person(Role.EDITOR, who.beside)
    lead = who.province.a_person(Role.LEADER, who.province.police)

    def counted(person, query=""):
        client.force_login(person)
        page = client.get(reverse("voices:list") + query)
        (line,) = page.context["kinds"]
        chips = {chip.value: chip.count for chip in page.context["chips"] if chip.count}
        rows = {row.pk for row in page.context["page"]}
        return (line.received, line.handed_on, line.open, line.overdue), chips, rows

    numbers, chips, _ = counted(who.editor)
    assert numbers == (2, 1, 1, 1)
    assert chips == {"": 2, "classified": 1, "overdue": 1, "handed_on": 1}
    assert counted(who.editor, "?state=handed_on")[2] == {voice.pk}
    assert counted(who.editor, "?state=overdue")[2] == {kept.pk}
    assert counted(who.editor, "?state=received")[2] == set()
    numbers, chips, rows = counted(next_door)
    assert (numbers, rows) == ((1, 0, 1, 1), {voice.pk})
    assert chips == {"": 1, "received": 1, "overdue": 1}
    assert counted(lead)[0] == (2, 0, 2, 2), "above both it was handed on to nobody outside"


def test_it_goes_to_units_near_by_not_to_those_it_is_about_and_not_round_and_round(who):
    far = a_unit(parent=who.province.ministry)
    manner = received(who, kind="attitude")
    with pytest.raises(MoveRefused, match="Chuyển nơi khác"):
        passed_on(who, manner, to=far)
    with pytest.raises(MoveRefused, match="lý do"):
        passed_on(who, manner, comment=" ")
    with pytest.raises(ChangedMeanwhile):
        passed_on(who, manner, seen=9)
    upper = who.province.a_person(Role.EDITOR, who.upper)
    above = passed_on(who, manner, to=who.upper)
    for theirs in (who.unit, a_unit(parent=who.unit)):
        with pytest.raises(MoveRefused, match="về cán bộ"):
            voice_hands.hand_on(above, seen=2, to=theirs, comment=WHY, by=upper)

    slow = received(who)
    for turn in range(HANDS_AT_MOST):
        there = who.upper if turn % 2 == 0 else who.unit
        by = who.editor if turn % 2 == 0 else upper
        slow = voice_hands.hand_on(slow, seen=turn + 1, to=there, comment=WHY, by=by)
    with pytest.raises(MoveRefused, match="đã chuyển 3 lần"):
        voice_hands.hand_on(slow, seen=4, to=who.beside, comment=WHY, by=upper)

    hand = slow.hands.first()
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        VoiceHand.objects.filter(pk=hand.pk).update(target=far)
    with pytest.raises(IntegrityError, match="goes_elsewhere"), transaction.atomic():
        VoiceHand.objects.create(
            voice=slow, source=far, target=far, handed_on=hand.handed_on, due_on=hand.due_on
        )


def test_the_page_hands_a_remark_on_and_the_list_asks_no_more_for_it(
    who, client, assert_flat_queries
):
    voice = received(who)
    client.force_login(who.editor)
    page = reverse("voices:move", args=[voice.pk, "chuyen-don-vi"])
    shown = client.get(page).content.decode()
    assert f">{who.beside}</option>" in shown
    assert f">{who.unit}</option>" not in shown
    said = {"seen": 1, "to": who.beside.pk}
    assert client.post(page, said).status_code == 422

    answer = client.post(page, said | {"comment": WHY}, follow=True)

    assert "Đã chuyển trong lực lượng" in answer.content.decode()
    assert Voice.objects.get(pk=voice.pk).unit == who.beside
    assert client.get(page).status_code == 403

    def grow():
        for _ in range(3):
            passed_on(who, received(who))

    assert_flat_queries(lambda: client.get(reverse("voices:list")), grow=grow)


def test_every_remark_stands_in_one_column_of_its_kind(who, client):
    passed_on(who, classified(who, kind="law"))
    received(who, kind="law")
    said = {"answer": "Không.", "answer_number": "", "answered_on": timezone.localdate()}
    voices.answer(classified(who, kind="law"), seen=2, by=who.editor, **said)
    voices.refer(classified(who, kind="law"), seen=2, to="Sở Tư pháp", by=who.editor)
    voices.discard(received(who, kind="law"), seen=1, comment="Trùng.", by=who.head)
    found(who)  # verified, and not answered yet
    for result in ("founded", "partly", "unfounded"):
        answered(who, result=result)
    voices.point(received(who), seen=1, kind="complaint", to="Thanh tra", by=who.head)

    client.force_login(who.editor)
    assert client.get(reverse("voices:list")).context["kinds"] == [
        KindCount(
            kind=VoiceKind.PROCEDURE,
            received=4,
            open=1,
            founded=1,
            partly=1,
            unfounded=1,
            in_time=3,
        ),
        KindCount(
            kind=VoiceKind.LAW,
            received=5,
            handed_on=1,
            open=1,
            explained=1,
            outside=1,
            aside=1,
            in_time=1,
        ),
        KindCount(kind=VoiceKind.COMPLAINT, received=1, aside=1),
    ]


def test_the_level_above_the_one_that_handed_a_remark_down_still_sees_it(who):
    below = a_unit(parent=who.unit)
    voice = passed_on(who, received(who), to=below)

    assert voice.above == who.unit
    assert list(Voice.objects.visible_to(who.upper_head)) == [voice]
    assert list(Voice.objects.visible_to(who.province.a_person(Role.HEAD, who.beside))) == []
