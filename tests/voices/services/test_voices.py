"""What can be done with a remark, by whom, and what is never written."""

from datetime import date
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from commitments.models import Voice
from commitments.rules.voice import due
from commitments.services import voice_people, voices
from tests.races import at_once
from tests.voices.situations import (
    PRIVATE,
    SENDER,
    answered,
    classified,
    heard,
    received,
    sides,
)
from units.permissions import Role


@pytest.mark.parametrize(
    ("kind", "received_on", "day"),
    [
        ("procedure", date(2026, 11, 2), date(2026, 11, 16)),  # a Monday, ten working days
        ("law", date(2026, 11, 6), date(2026, 11, 13)),  # a Friday, five
        ("harassment", date(2026, 11, 7), date(2026, 11, 20)),  # a Saturday
    ],
)
def test_the_day_of_an_answer_counts_working_days_of_the_kind(kind, received_on, day):
    assert due(kind, received_on) == day


def test_a_remark_goes_its_whole_way_and_every_step_is_in_the_log(who):
    voice = answered(who)

    with pytest.raises(MoveRefused, match="biện pháp"):
        voices.close(voice, seen=4, measures=" ", by=who.head)
    with pytest.raises(PermissionDenied):
        voices.close(voice, seen=4, measures="Đã nhắc nhở.", by=who.editor)
    voices.close(voice, seen=4, measures="Đã nhắc nhở.", by=who.head)

    voice.refresh_from_db()
    verbs = voice.events.order_by("pk").values_list("verb", "target")
    assert list(verbs) == [
        ("receive", "received"),
        ("classify", "classified"),
        ("verify", "found"),
        ("answer", "answered"),
        ("close", "closed"),
    ]
    assert (voice.number, voice.year, voice.state) == (1, timezone.localdate().year, "closed")

    again = voices.reopen(voice, seen=5, comment="Người dân chưa đồng ý.", by=who.head)
    assert (again.state, again.result, again.answer) == ("classified", "", "Đơn vị xin lỗi.")


def test_a_question_of_law_is_answered_at_once_and_nothing_else_is(who):
    question, slow = classified(who, kind="law"), classified(who)
    said = {"answer": "Không.", "answer_number": "", "answered_on": timezone.localdate()}

    assert voices.answer(question, seen=2, by=who.editor, **said).state == "answered"
    with pytest.raises(MoveRefused, match="xác minh trước"):
        voices.answer(slow, seen=2, by=who.editor, **said)


def test_whoever_brings_a_remark_lies_veiled_and_every_look_is_written(who):
    voice = received(who)

    stored = Voice.objects.filter(pk=voice.pk).values().get()
    assert not [word for word in PRIVATE if word in str(stored)]
    assert voice_people.look(voice, reason="Gọi lại hỏi thêm", by=who.editor) == SENDER
    line = voice.events.get(verb="look")
    assert (line.by, line.comment) == (who.editor, "Gọi lại hỏi thêm")
    for stranger in (who.upper_head, who.province.a_person(Role.STAFF, who.unit)):
        with pytest.raises(PermissionDenied):
            voice_people.look(voice, reason="", by=stranger)
    assert voice.events.filter(verb="look").count() == 1


def test_whoever_brought_a_settled_remark_is_erased_by_the_head_and_the_remark_stays(who):
    open_one, done = received(who), answered(who)

    with pytest.raises(MoveRefused, match="đang xử lý"):
        voice_people.forget(open_one, seen=1, by=who.head)
    with pytest.raises(PermissionDenied):
        voice_people.forget(done, seen=4, by=who.editor)
    with pytest.raises(ChangedMeanwhile):
        voice_people.forget(done, seen=3, by=who.head)
    done = voice_people.forget(done, seen=4, by=who.head)

    done.refresh_from_db()
    assert (done.sender, done.answer) == ("", "Đơn vị xin lỗi.")
    assert done.events.first().verb == "forget"
    with pytest.raises(MoveRefused):
        voice_people.look(done, reason="", by=who.head)


def test_without_a_key_nobodys_name_is_taken_and_a_lost_key_is_said(who, settings):
    voice = received(who)
    settings.PERSONAL_DATA_KEYS = []

    with pytest.raises(MoveRefused, match="chưa có khóa"):
        received(who)
    assert received(who, sender=voices.NOBODY).sender == ""
    settings.PERSONAL_DATA_KEYS = ["YW5vdGhlci1rZXktdGhhdC1pcy0zMi1ieXRlcy1sb24="]
    with pytest.raises(MoveRefused, match="Không giải mã được"):
        voice_people.look(voice, reason="", by=who.editor)
    settings.PERSONAL_DATA_KEYS = []


def test_an_older_key_still_lifts_what_it_veiled(who, settings):
    voice = received(who)
    old = settings.PERSONAL_DATA_KEYS

    settings.PERSONAL_DATA_KEYS = ["YW5vdGhlci1rZXktdGhhdC1pcy0zMi1ieXRlcy1sb24=", *old]

    assert voice_people.look(voice, reason="", by=who.editor) == SENDER


def test_a_denunciation_keeps_neither_content_nor_person(who):
    sent, other = received(who), answered(who)

    told = voices.point(sent, seen=1, kind="denunciation", to="Thanh tra", by=who.head)

    told.refresh_from_db()
    assert (told.state, told.text, told.sender, told.referred_to) == (
        "pointed",
        "",
        "",
        "Thanh tra",
    )
    with pytest.raises(MoveRefused):
        voices.point(other, seen=4, kind="complaint", to="Thanh tra", by=who.head)
    with pytest.raises(MoveRefused, match="chỉ ghi nhận"):
        received(who, kind="complaint")
    for column in ("text", "sender", "finding", "answer", "measures"):
        with pytest.raises(IntegrityError), transaction.atomic():
            Voice.objects.filter(pk=told.pk).update(**{column: "gAAAAA nội dung"})


def test_the_database_refuses_a_readable_name_and_a_remark_that_contradicts_itself(who):
    voice, done = received(who), answered(who)

    for pk, wrong in (
        (voice.pk, {"sender": "Nguyễn Văn Kín"}),
        (voice.pk, {"text": " "}),
        (voice.pk, {"kind": "complaint"}),
        (voice.pk, {"result": "founded"}),
        (voice.pk, {"state": "closed"}),
        (voice.pk, {"number": done.number}),
        (voice.pk, {"channel": "forwarded"}),
        (voice.pk, {"entered_by": None}),
        (done.pk, {"answer": ""}),
        (done.pk, {"first_answered_on": None, "first_due_on": None}),
        (done.pk, {"first_due_on": None}),
        (voice.pk, {"counted_from": date(2020, 1, 1)}),
        (voice.pk, {"state": "referred", "result": "outside", "referred_to": "Nơi khác"}),
        (done.pk, {"state": "closed", "measures": ""}),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Voice.objects.filter(pk=pk).update(**wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        voice.delete()


def test_what_is_sent_about_the_conduct_of_people_is_received_above(who):
    rude = voices.send(who.unit, key=uuid4(), kind="attitude", text="Cộc lốc.", sender=SENDER)
    slow = voices.send(who.unit, key=uuid4(), kind="procedure", text="Chậm.")

    assert (rude.unit, rude.concerns) == (who.upper, who.unit)
    assert (slow.unit, slow.above, slow.number) == (who.unit, who.upper, 1)
    assert set(Voice.objects.visible_to(who.editor)) == {slow}
    assert set(Voice.objects.visible_to(who.upper_head)) == {rude, slow}


def test_nobody_judges_remarks_about_their_own_conduct_and_another_text_is_not_taken_for_the_same(
    who,
):
    key = uuid4()
    voice = voices.send(who.unit, key=key, kind="other", text="Cán bộ hách dịch.")

    assert voices.send(who.unit, key=key, kind="other", text="Cán bộ hách dịch.") == voice
    with pytest.raises(ChangedMeanwhile, match="nội dung khác"):
        voices.send(who.unit, key=key, kind="other", text="Việc khác.")
    with pytest.raises(MoveRefused, match="cấp trên"):
        voices.classify(voice, seen=1, kind="attitude", concerns=who.unit, by=who.editor)
    voices.classify(voice, seen=1, kind="procedure", concerns=who.unit, by=who.editor)


@pytest.mark.django_db(transaction=True)
def test_numbers_have_no_gap_and_of_two_people_one_is_first():
    who = sides()
    key = uuid4()
    refusals = at_once(
        *(lambda: received(who) for _ in range(4)),
        lambda: voices.send(who.unit, key=key, kind="other", text="Một lần."),
        lambda: voices.send(who.unit, key=key, kind="other", text="Một lần."),
    )

    numbers = sorted(Voice.objects.values_list("number", flat=True))
    assert (refusals, numbers) == ([], [1, 2, 3, 4, 5])

    voice = Voice.objects.get(number=1)
    told = at_once(
        lambda: voices.classify(voice, seen=1, kind="other", concerns=who.unit, by=who.editor),
        lambda: voices.refer(voice, seen=1, to="Nơi khác", by=who.head),
    )
    assert len(told) == 1
    assert "vừa được người khác xử lý" in told[0]
    assert voice.events.count() == 2
    with pytest.raises(ChangedMeanwhile):
        voices.discard(voice, seen=1, comment="Trùng.", by=who.head)
    with pytest.raises(MoveRefused, match="sau ngày hôm nay"):
        voices.receive(
            who.unit,
            concerns=who.unit,
            key=uuid4(),
            heard=heard(received_on=date(2090, 1, 1)),
            by=who.editor,
        )
