"""Pages of remarks: what they show to whom, what they refuse, what everybody may send."""

from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from commitments.models import Voice
from commitments.rules.voice import Sender
from commitments.services import voice_people
from tests.fixtures.browser import DESK, PHONE
from tests.voices.situations import (
    PRIVATE,
    answered,
    classified,
    found,
    received,
    sides,
)

TEXT = "Chờ lâu, không ai hướng dẫn."


def address(name: str, *arguments) -> str:
    return reverse(f"voices:{name}", args=arguments)


@pytest.fixture
def editor(client, who):
    client.force_login(who.editor)
    return client


def test_nobodys_name_is_in_a_list_a_file_a_search_the_desk_or_the_log(editor, who):
    voice = received(who)
    voice_people.look(voice, reason="", by=who.editor)
    pages = [
        editor.get(address("list")),
        editor.get(address("detail", voice.pk)),
        editor.get("/"),
        editor.get(reverse("reports:find"), {"q": "Nguyễn Văn Kín"}),
    ]
    shown = [page.content.decode().replace('value="Nguyễn Văn Kín"', "") for page in pages]
    book = load_workbook(BytesIO(b"".join(editor.get(address("register-file")).streaming_content)))
    cells = [str(cell) for row in book.active.iter_rows(values_only=True) for cell in row if cell]

    for words in PRIVATE[1:]:
        assert not [page for page in shown if words in page]
    assert "Nguyễn Văn Kín" not in shown[0] + shown[1] + shown[2]
    assert voice.label in cells
    assert not [cell for cell in cells if cell in (*PRIVATE, TEXT)]
    assert TEXT not in shown[0]
    assert "Xem thông tin người phản ánh" in shown[1]


def test_a_look_shows_the_person_once_and_only_to_whom_handles_it(editor, client, who):
    voice = received(who)
    page = address("person", voice.pk)

    assert PRIVATE[0] not in editor.get(page).content.decode()
    looked = editor.post(page, {"reason": "Hỏi thêm"})
    assert all(words in looked.content.decode() for words in PRIVATE)
    assert "no-store" in looked["Cache-Control"]
    client.force_login(who.upper_head)
    assert client.post(page).status_code == 403
    assert "chỉ cán bộ xử lý" in client.get(address("detail", voice.pk)).content.decode()
    assert voice.events.filter(verb="look").count() == 1


def test_a_form_that_is_refused_keeps_what_was_typed(editor, who):
    sent = {
        "key": uuid4(),
        "unit": who.unit.pk,
        "concerns": who.unit.pk,
        "channel": "forwarded",
        "received_on": "2026-01-05",
        "kind": "other",
        "text": "Đèn hỏng đã lâu",
    }

    refused = editor.post(address("receive"), sent)
    assert refused.status_code == 422
    assert "Đèn hỏng đã lâu" in refused.content.decode()
    assert "Đề nghị ghi nơi chuyển đến" in refused.content.decode()
    assert editor.post(address("receive"), sent | {"received_from": "Phường"}).status_code == 302
    registered = {
        **{name: sent[name] for name in ("unit", "concerns", "received_on")},
        "key": uuid4(),
        "channel": "reception",
        "kind": "complaint",
        "to": "Thanh tra",
        "text": "Nội dung đơn",
    }
    assert editor.post(address("register"), registered).status_code == 302
    assert set(Voice.objects.values_list("kind", "text")) == {
        ("other", "Đèn hỏng đã lâu"),
        ("complaint", ""),
    }


def test_a_remark_that_changed_meanwhile_is_409_with_both(editor, who):
    voice = found(who)
    page = address("move", voice.pk, "tra-loi")
    said = {"seen": 2, "answer": "Câu của tôi", "answered_on": "2026-01-05"}

    late = editor.post(page, said)

    assert late.status_code == 409
    assert "Câu của tôi" in late.content.decode()
    assert editor.get(address("move", voice.pk, "phan-loai")).status_code == 409
    assert editor.get(address("move", voice.pk, "bay")).status_code == 404
    assert editor.get(address("detail", 10**30)).status_code == 404
    assert editor.get(address("list"), {"state": "lost"}).status_code == 422


def test_anybody_sends_a_remark_and_follows_it_by_its_code(client, who):
    cache.clear()
    listed = client.get(address("choose"), {"words": "phong nghiep vu 1"})
    form = {"key": uuid4(), "kind": "procedure", "text": "Chậm.", "phone": PRIVATE[1]}
    page = address("send", who.unit.pk)

    assert page in listed.content.decode()
    refused = client.post(page, form | {"kind": "complaint"})
    assert (refused.status_code, Voice.objects.count()) == (422, 0)
    words = client.post(page, form | {"phone": "gọi nhà bên"})
    assert (words.status_code, "gọi nhà bên" in words.content.decode()) == (422, True)
    assert client.post(page, form | {"leave_empty": "bot"}).status_code == 302
    thanks = client.post(page, form)
    assert client.post(page, form).status_code == 200
    voice = Voice.objects.get()
    assert voice.code_words in thanks.content.decode()
    assert voice.sender
    assert voice.entered_by is None

    asked = client.post(address("follow"), {"code": voice.code_words.lower()})
    assert "Chờ phân loại" in asked.content.decode()
    assert PRIVATE[1] not in asked.content.decode()
    assert "Chậm." not in asked.content.decode()
    assert client.post(address("follow"), {"code": "AAAA-BBBB-CCCC"}).status_code == 404
    assert client.post(address("follow"), {"code": "A"}).status_code == 422

    statuses = [client.post(page, form | {"key": uuid4()}).status_code for _ in range(5)]
    assert statuses == [200, 200, 200, 200, 429]
    tries = [client.post(address("follow"), {"code": "A" * 12}).status_code for _ in range(20)]
    assert (tries[0], tries[-1]) == (404, 429)


def test_an_answer_is_read_by_its_code_only_when_it_was_given(client, who):
    cache.clear()
    waiting, done = found(who), answered(who)

    def page(voice):
        return client.post(address("follow"), {"code": voice.code}).content.decode()

    assert "Đúng như nêu." not in page(waiting) + page(done)
    assert "Có cơ sở" not in page(waiting)
    assert "Đơn vị xin lỗi." in page(done)


def test_a_form_is_not_shown_for_a_step_that_another_comes_before(editor, who):
    one, question = classified(who), classified(who, kind="law")
    for voice, word in ((one, "tra-loi"), (question, "xac-minh")):
        page = editor.get(address("move", voice.pk, word))
        assert page.status_code == 409
        assert "thì ghi kết quả xác minh trước" in page.content.decode()


def test_nobody_is_asked_why_they_look_at_a_person_that_is_not_kept(editor, who):
    voice = answered(who, sender=Sender())
    for name, person in (("person", who.editor), ("forget", who.head)):
        editor.force_login(person)
        page = editor.get(address(name, voice.pk))
        assert page.status_code == 409
        assert voice_people.NOBODY_KEPT in page.content.decode()


def test_everybody_is_told_that_a_unit_it_is_handed_on_to_reads_a_remark(client, who):
    page = client.get(address("send", who.unit.pk)).content.decode()
    assert "đơn vị được chuyển đến giải quyết" in page
    assert "chỉ cán bộ xử lý của đơn vị đang giải quyết xem được" in page


def test_late_remarks_lie_on_the_desks_of_the_unit_and_of_the_level_above(
    client, who, time_machine
):
    voice, done = classified(who), answered(who)
    time_machine.move_to(timezone.now() + timedelta(days=30))

    client.force_login(who.editor)
    desk = client.get("/").content.decode()
    assert f"Xác minh phản ánh số {voice.label}" in desk
    client.force_login(who.head)
    assert "Kết thúc 1 phản ánh đã trả lời" in client.get("/").content.decode()
    client.force_login(who.upper_head)
    assert "Phòng Nghiệp vụ 1: 1 phản ánh quá hạn" in client.get("/").content.decode()
    late = client.get(address("list"), {"state": "overdue"}).content.decode()
    assert address("detail", voice.pk) in late
    assert address("detail", done.pk) not in late


def test_lists_ask_no_more_for_three_hundred_than_for_three(editor, who, assert_flat_queries):
    def grow(number=300):
        received(who)
        model = Voice.objects.order_by("pk").first()
        last = Voice.objects.order_by("-number").first().number
        for at in range(1, number):
            model.pk, model._state.adding = None, True
            model.number, model.key, model.code = last + at, uuid4(), f"{last + at:012}"
            model.save()

    grow(3)
    for page in (address("list"), address("register-file"), "/"):
        assert_flat_queries(lambda page=page: list(editor.get(page)), grow=grow)
    editor.force_login(who.upper_head)
    assert_flat_queries(lambda: editor.get("/"), grow=grow)


def test_no_page_of_remarks_has_barriers_or_is_too_wide(
    live_server, page, sign_in, assert_no_barriers
):
    cache.clear()
    who = sides()
    voice, done = received(who), answered(who)
    pages = [
        (None, "choose", []),
        (None, "send", [who.unit.pk]),
        (None, "follow", []),
        (who.editor, "list", []),
        (who.upper_head, "by-unit", []),
        (who.editor, "receive", []),
        (who.editor, "register", []),
        (who.editor, "person", [voice.pk]),
        (who.editor, "move", [voice.pk, "khieu-nai-to-cao"]),
        (who.head, "detail", [done.pk]),
    ]

    for user, name, arguments in pages:
        if user:
            sign_in(user)
        page.goto(address(name, *arguments))
        for screen in (DESK, PHONE):
            page.set_viewport_size(screen)
            assert_no_barriers(page)
            wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            assert wide <= 0, f"{name} is {wide} px too wide at {screen['width']}"
