"""Whether a remark was answered in time stays true, whatever is done with it afterwards."""

from datetime import timedelta
from io import BytesIO

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from commitments.models import VoiceAnswer
from commitments.rules.voice import due
from commitments.services import voice_hands, voices
from tests.voices.situations import answered, classified, found, received
from units.permissions import Role

WHY = "Việc thuộc trách nhiệm của đơn vị bạn."


def days_ago(number: int):
    return time_machine.travel(timezone.now() - timedelta(days=number))


def said_again(who, voice, words="Đã kiểm tra lại."):
    voice = voices.verify(
        voice, seen=voice.version, result="partly", finding="Xem lại.", by=who.editor
    )
    return voices.answer(
        voice,
        seen=voice.version,
        answer=words,
        answer_number="",
        answered_on=timezone.localdate(),
        by=who.editor,
    )


def test_a_lateness_stays_told_and_counted_when_the_remark_is_handed_on(who, client):
    with days_ago(40):
        late, early = classified(who), classified(who)
        voice_hands.hand_on(early, seen=2, to=who.beside, comment=WHY, by=who.editor)
    late = voice_hands.hand_on(late, seen=2, to=who.beside, comment=WHY, by=who.editor)

    hand = late.hands.get()
    today = timezone.localdate()
    number = (today - due("procedure", today - timedelta(days=40))).days
    assert (hand.days_late, early.hands.get().days_late) == (number, 0)
    assert not late.overdue, "the unit that got it has its own term"
    lead = who.province.a_person(Role.LEADER, who.upper)
    next_door = who.province.a_person(Role.EDITOR, who.beside)
    for person in (who.editor, lead, next_door):
        client.force_login(person)
        page = client.get(reverse("voices:list"), {"state": "handed_late"})
        assert [row.pk for row in page.context["page"]] == [late.pk]
        assert "quá hạn khi chuyển" in page.content.decode()
        (kind,) = client.get(reverse("voices:list")).context["kinds"]
        assert kind.handed_late == 1
        shown = client.get(reverse("voices:detail", args=[late.pk])).content.decode()
        assert f"đã quá hạn {number} ngày khi chuyển" in shown
    shown = client.get(reverse("voices:detail", args=[early.pk])).content.decode()
    assert "ngày khi chuyển" not in shown


def test_in_time_or_late_is_told_by_the_first_answer_and_counted_by_kind_and_in_the_file(
    who, client
):
    with days_ago(40):
        in_time, slow = answered(who), found(who)
    slow = voices.answer(
        slow,
        seen=3,
        answer="Xin lỗi vì chậm.",
        answer_number="",
        answered_on=timezone.localdate(),
        by=who.editor,
    )
    number = (slow.first_answered_on - slow.first_due_on).days
    assert number > 0
    slow = said_again(who, voices.reopen(slow, seen=4, comment="Chưa đồng ý.", by=who.head))
    assert slow.time_words == f"trễ hạn {number} ngày", "a second answer makes it no earlier"
    received(who)

    client.force_login(who.editor)
    page = client.get(reverse("voices:list"))
    (kind,) = page.context["kinds"]
    assert (kind.in_time, kind.late, kind.open) == (1, 1, 1)
    assert f"trễ hạn {number} ngày" in page.content.decode()
    file = client.get(reverse("voices:register-file"))
    book = load_workbook(BytesIO(b"".join(file.streaming_content)))
    rows = list(book.active.iter_rows(values_only=True))
    told = {row[0]: row[rows[2].index("Đúng hạn, trễ hạn")] for row in rows[3:]}
    assert told[in_time.label] == "đúng hạn"
    assert told[slow.label] == f"trễ hạn {number} ngày"


def test_only_what_was_answered_gets_a_new_term_when_it_is_taken_up_again(who):
    with days_ago(40):
        done, put_away, gone = answered(who), received(who), classified(who)
        voices.discard(put_away, seen=1, comment="Trùng.", by=who.head)
        voices.refer(gone, seen=2, to="Sở Xây dựng", number="7/PC06", by=who.editor)
    first = done.first_answered_on
    old = due("procedure", first)
    done = voices.reopen(done, seen=4, comment="Chưa đồng ý.", by=who.head)
    put_away = voices.reopen(put_away, seen=2, comment="Không trùng.", by=who.head)
    gone = voices.reopen(gone, seen=3, comment="Nơi nhận chuyển lại.", by=who.head)

    today = timezone.localdate()
    assert (done.due_on, done.first_answered_on) == (due("procedure", today), first)
    assert done.time_words == "đúng hạn"
    assert not done.overdue
    assert (put_away.due_on, gone.due_on) == (old, old)
    assert put_away.overdue
    assert gone.referred_on is None
    done = voices.classify(done, seen=5, kind="other", concerns=who.unit, by=who.editor)
    assert done.due_on == due("other", today), "a new kind counts from the day it was taken up"


def test_every_answer_that_was_given_is_kept_and_the_citizen_reads_it_while_it_is_looked_at_again(
    who, client
):
    voice = voices.reopen(answered(who), seen=4, comment="Chưa đồng ý.", by=who.head)

    def followed():
        return client.post(reverse("voices:follow"), {"code": voice.code}).content.decode()

    assert "Đơn vị xin lỗi." in followed()
    assert "đang xem xét lại" in followed()
    assert "Có cơ sở" not in followed()
    voice = said_again(who, voice)
    assert "Đã kiểm tra lại." in followed()
    assert "đang xem xét lại" not in followed()
    client.force_login(who.editor)
    page = client.get(reverse("voices:detail", args=[voice.pk])).content.decode()
    assert "Đơn vị xin lỗi." in page
    assert "Đã kiểm tra lại." in page

    first = voice.answers.first()
    for wrong in ({"answer": "Khác."}, {"answered_on": "2020-01-01"}, {"due_on": "2020-01-01"}):
        with pytest.raises(IntegrityError, match="sealed"), transaction.atomic():
            VoiceAnswer.objects.filter(pk=first.pk).update(**wrong)
    with pytest.raises(IntegrityError, match="sealed"), transaction.atomic():
        first.delete()


def test_what_turns_out_a_denunciation_keeps_no_earlier_answer_either(who):
    voice = voices.reopen(answered(who), seen=4, comment="Đổi thành tố cáo.", by=who.head)
    voice = voices.verify(voice, seen=5, result="partly", finding="Rõ.", by=who.editor)

    voice = voices.point(voice, seen=6, kind="denunciation", to="Thanh tra", by=who.head)

    voice.refresh_from_db()
    assert (voice.state, voice.result, voice.answer, voice.sender) == ("pointed", "", "", "")
    assert (voice.first_answered_on, voice.answered_on, voice.said) == (None, None, "")
    assert list(voice.answers.values_list("answer", flat=True)) == [""]


def test_a_wrong_kind_and_a_wrong_result_are_put_right_before_the_answer(who):
    asked = classified(who, kind="law")
    asked = voices.classify(asked, seen=2, kind="procedure", concerns=who.unit, by=who.editor)
    assert asked.due_on == due("procedure", asked.received_on)
    asked = voices.verify(asked, seen=3, result="founded", finding="Nhầm.", by=who.editor)
    asked = voices.verify(asked, seen=4, result="unfounded", finding="Đúng.", by=who.editor)
    assert (asked.state, asked.result, asked.finding) == ("found", "unfounded", "Đúng.")


def test_a_question_of_law_waits_for_its_answer_and_not_for_a_verification(who, client):
    voice = classified(who, kind="law")

    client.force_login(who.editor)
    desk = client.get("/").content.decode()
    assert f"Trả lời phản ánh số {voice.label}" in desk
    assert "Xác minh phản ánh" not in desk
    page = client.post(reverse("voices:follow"), {"code": voice.code}).content.decode()
    assert "Chờ trả lời" in page
    assert "Đang xác minh" not in page


def test_the_citizen_is_told_why_it_was_not_taken_up_and_by_which_paper_it_went_on(who, client):
    put_away = voices.discard(received(who), seen=1, comment="Gửi trùng số 1.", by=who.head)
    gone = voices.refer(received(who), seen=1, to="Sở Xây dựng", number="7/PC06", by=who.editor)

    def followed(voice):
        return client.post(reverse("voices:follow"), {"code": voice.code}).content.decode()

    assert "Gửi trùng số 1." in followed(put_away)
    assert f"đề nghị liên hệ {who.unit}" in followed(put_away)
    assert f"Ngày {timezone.localdate():%d/%m/%Y}, văn bản số" in followed(gone)
    again = voices.reopen(put_away, seen=2, comment="Không trùng.", by=who.head)
    assert "Gửi trùng số 1." not in followed(again)
