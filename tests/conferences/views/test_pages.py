"""Pages of conferences: what is sent is written, what is refused stays on the screen."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from commitments.models import Conference
from commitments.rules.conference import ConferenceState, ItemState, Source
from commitments.services import collecting, dialogue
from tests.commitments.situations import fresh
from tests.conferences.situations import (
    NAMED,
    a_conclusion,
    an_item,
    collecting_one,
    escalated,
    held,
    minuted,
    planned,
)
from tests.factories import PASSWORD
from tests.units.files import a_pdf

TODAY = timezone.localdate
SAID = {"kind": "question", "text": "Bao giờ có máy?", "speaker": "citizen"}
QUEUE = {"headers": {"HX-Request": "true"}}


def address(name: str, *args) -> str:
    return reverse(f"conferences:{name}", args=args)


@pytest.fixture
def editor(client, who):
    client.force_login(who.editor)
    return client


def test_a_conference_goes_from_its_plan_to_signed_minutes_on_the_pages(client, editor, who):
    day = f"{TODAY():%Y-%m-%d}"
    said = {"unit": who.unit.pk, "title": "Đối thoại năm nay", "kinds": ["dialogue", "pledge"]}
    at = {"held_on": day, "place": "Hội trường", "starts": "08:00", "ends": "10:00"}
    people = {"chair": "Ông A", "secretary": "Bà B", "attending_citizen": "1.012"}
    editor.post(address("plan"), said | at | people | {"proceedings": "Khai mạc."})
    conference = Conference.objects.get()
    assert conference.attendance_words == "1.012 công dân"

    editor.post(address("enter", conference.pk, uuid4()), SAID)
    editor.post(address("move", conference.pk, "da-hop"), {"seen": 1})
    errand = {"text": "Lắp máy", "owner": who.unit.pk, "due_on": day}
    editor.post(address("task-add", conference.pk), errand)
    client.force_login(who.head)
    page = client.get(address("sign-minutes", conference.pk))
    assert "Bao giờ có máy?" in page.content.decode()
    signature = {"seen": fresh(conference).version, "password": PASSWORD}
    client.post(address("sign-minutes", conference.pk), signature)

    assert fresh(conference).state == ConferenceState.FOLLOWED
    shown = client.get(address("detail", conference.pk)).content.decode()
    assert "0 ý kiến" not in shown
    assert "Lắp máy" in shown


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"kinds": []}, "ít nhất một loại"),
        ({"place": ""}, "ghi địa điểm"),
        ({"ends": "07:00"}, "Giờ kết thúc không thể trước"),
        ({"plan_on": "2099-01-01"}, "Ngày kế hoạch không thể sau"),
        ({"attending_citizen": "-3"}, "0"),
        ({"held_on": "hôm nay"}, "Ngày không hợp lệ"),
    ],
)
def test_a_plan_that_cannot_be_is_refused_and_stays_on_the_screen(editor, who, said, words):
    usual = {"unit": who.unit.pk, "title": "Đối thoại", "kinds": ["dialogue"]}
    at = {"held_on": f"{TODAY():%Y-%m-%d}", "place": "Hội trường", "starts": "08:00"}

    answer = editor.post(address("plan"), usual | at | said)

    assert answer.status_code == 422
    shown = answer.content.decode()
    assert words in shown
    assert 'value="Đối thoại"' in shown


def test_the_queue_is_told_what_was_stored_and_sends_again_without_harm(editor, who):
    conference, key = held(who), uuid4()

    answers = [editor.post(address("enter", conference.pk, key), SAID, **QUEUE) for _ in range(2)]

    assert [answer.content.decode() for answer in answers] == ["Câu hỏi 1", "Câu hỏi 1"]
    assert conference.items.count() == 1


def test_what_is_still_being_typed_or_is_another_persons_is_not_taken_in(editor, who):
    conference = held(who)
    place = address("enter", conference.pk, uuid4())

    unfinished = editor.post(place, SAID | {"unfinished": "on"}, **QUEUE)
    another = editor.post(place, SAID | {"person": who.head.pk}, **QUEUE)
    empty = editor.post(place, SAID | {"text": "  "}, **QUEUE)
    endless = editor.post(place, SAID | {"text": "a" * 2001}, **QUEUE)

    assert [unfinished.status_code, another.status_code] == [422, 403]
    assert another.headers["Portal-Another"]
    assert [empty.status_code, endless.status_code] == [422, 422]
    assert "tối đa 2000 ký tự" in endless.content.decode()
    assert not conference.items.exists()


def test_without_script_a_refused_item_stays_in_the_form(editor, who):
    conference = held(who)

    answer = editor.post(
        address("enter", conference.pk, UUID(int=1)), SAID | {"speaker": "martian"}
    )

    assert answer.status_code == 422
    assert "Bao giờ có máy?" in answer.content.decode()


def test_each_move_of_an_item_is_made_on_its_page(editor, who):
    conference = held(who)
    day = f"{TODAY():%Y-%m-%d}"
    moves = {
        "tra-loi": ({"answer": "Có.", "answered_by": "Ông A", "answered_on": day}, "answered"),
        "giao-viec": ({"text": "Lắp", "owner": who.unit.pk, "due_on": day}, "accepted"),
        "chuyen-cap-tren": (
            {"to": who.upper.pk, "number": "1/CV", "sent_on": day, "due_on": day},
            "escalated",
        ),
        "rut": ({"comment": "Đã rõ"}, "withdrawn"),
        "khong-tiep-nhan": ({"comment": "Trùng"}, "discarded"),
    }
    for word, (said, state) in moves.items():
        item = an_item(who, conference)
        assert editor.get(address("item-move", item.pk, word)).status_code == 200
        answer = editor.post(address("item-move", item.pk, word), said | {"seen": 1})
        assert answer.status_code == 302, answer.content.decode()
        assert fresh(item).state == state
        assert editor.get(address("item", item.pk)).status_code == 200
        again = editor.post(address("item-move", item.pk, word), said | {"seen": 2})
        assert again.status_code == 409


def test_an_answer_that_is_refused_keeps_what_was_typed(editor, who):
    item = an_item(who, held(who))
    said = {"answer": "Câu trả lời dài", "answered_by": "Ông A", "answered_on": "2099-01-01"}
    place = address("item-move", item.pk, "tra-loi")

    refused = editor.post(place, said | {"seen": 1})
    overtaken = editor.post(place, said | {"seen": 7, "answered_on": f"{TODAY():%Y-%m-%d}"})

    assert (refused.status_code, overtaken.status_code) == (422, 409)
    for answer in (refused, overtaken):
        assert "Câu trả lời dài" in answer.content.decode()
    assert 'name="seen" value="1"' in overtaken.content.decode()
    assert fresh(item).state == ItemState.RECEIVED


def test_an_item_is_edited_and_split_on_the_pages(editor, who):
    conference = held(who)
    item = an_item(who, conference, NAMED)
    words = SAID | {"seen": 1, "area": "digital"}
    assert editor.post(address("item-edit", item.pk), words).status_code == 302
    assert editor.post(address("item-edit", item.pk), words | {"text": "X"}).status_code == 409

    parts = {"kind_1": "opinion", "text_1": "Một", "kind_2": "question", "text_2": "Hai"}
    rest = {f"kind_{n}": "opinion" for n in range(3, 7)}
    editor.post(address("item-split", item.pk), parts | rest | {"seen": 2})

    assert conference.items.tally().words == "1 ý kiến, 1 câu hỏi, 0 kiến nghị"


def test_what_was_sent_up_is_answered_above_and_read_below(client, who):
    item = an_item(who, held(who))
    step = escalated(who, item)
    client.force_login(who.upper_editor)
    assert item.text in client.get(address("escalations")).content.decode()

    client.post(
        address("escalation-move", step.pk, "tra-loi"), {"seen": 1, "reply": "Đã duyệt kinh phí."}
    )

    assert client.get(address("escalation", step.pk)).status_code == 200
    assert client.get(address("escalation-move", step.pk, "tra-loi")).status_code == 409
    client.force_login(who.editor)
    form = client.get(address("item-move", item.pk, "tra-loi")).content.decode()
    assert "trả lời: Đã duyệt kinh phí." in form


def test_the_name_of_a_speaker_is_not_shown_above(client, who):
    item = an_item(who, held(who))
    dialogue.edit(item, seen=1, words=NAMED, by=who.editor)
    step = escalated(who, item)
    client.force_login(who.editor)
    assert NAMED.speaker_name in client.get(address("item", item.pk)).content.decode()

    client.force_login(who.upper_editor)

    for place in (address("item", item.pk), address("escalation", step.pk)):
        shown = client.get(place).content.decode()
        assert NAMED.text in shown
        assert NAMED.speaker_name not in shown


def test_a_task_is_reported_done_with_a_word_and_asked_for_again(editor, who):
    conference = held(who)
    task = a_conclusion(who, conference)
    assert editor.get(address("task-move", task.pk, "hoan-thanh")).status_code == 200
    minuted(who, conference)
    day = f"{TODAY():%Y-%m-%d}"

    done = {"seen": 1, "result": "Đã lắp.", "done_on": day}
    assert editor.post(address("task-move", task.pk, "hoan-thanh"), done).status_code == 302
    assert editor.get(address("task-move", task.pk, "hoan-thanh")).status_code == 409
    again = {"seen": 2, "comment": "Chưa đủ"}
    assert editor.post(address("task-move", task.pk, "thuc-hien-tiep"), again).status_code == 302
    assert fresh(task).state == "under_way"


def test_a_paper_is_brought_or_taken_from_the_cabinet_and_leaves_again(editor, who):
    conference = held(who)
    place = address("attach", conference.pk)
    upload = SimpleUploadedFile("giay-moi.pdf", a_pdf("Giấy mời"))

    assert editor.post(place, {"file": upload}).status_code == 409
    upload.seek(0)
    editor.post(place, {"file": upload, "declared": "on"})
    paper = conference.papers.get()
    shown = editor.get(address("paper", conference.pk, paper.pk))
    assert b"".join(shown)[:4] == b"%PDF"
    editor.post(address("detach", conference.pk, paper.pk))
    assert not conference.papers.exists()
    editor.post(place, {"document": paper.pk})

    assert conference.papers.get() == paper


def test_anybody_with_the_link_sends_an_opinion_and_nobody_sends_many(client, who, monkeypatch):
    cache.clear()
    monkeypatch.setattr("commitments.views.collecting.AT_MOST", 2)
    conference = collecting_one(who)
    place = address("send", conference.collect_key)
    assert client.get(place).status_code == 200

    answers = [client.post(place, SAID | {"key": uuid4()}).status_code for _ in range(3)]

    assert answers == [302, 302, 429]
    assert {item.source for item in conference.items.all()} == {Source.SENT}
    assert "gửi trước" in _detail(client, who, conference)


def test_a_machine_that_fills_every_field_leaves_nothing_and_learns_nothing(client, who):
    cache.clear()
    conference = collecting_one(who)
    place = address("send", conference.collect_key)

    answer = client.post(place, SAID | {"key": uuid4(), "leave_empty": "bot"})

    assert answer.url == address("sent", conference.collect_key)
    assert not conference.items.exists()


def test_a_refused_opinion_stays_in_the_form_and_a_stopped_link_says_so(client, who):
    cache.clear()
    conference = collecting_one(who)
    place = address("send", conference.collect_key)
    refused = client.post(place, SAID | {"key": uuid4(), "kind": "joke"})
    assert refused.status_code == 422
    assert SAID["text"] in refused.content.decode()

    collecting.stop(conference, by=who.editor)

    assert client.get(place).status_code == 410
    assert client.post(place, SAID | {"key": uuid4()}).status_code == 410
    assert client.get(address("send", "khong-co")).status_code == 404


@pytest.mark.parametrize("name", ["detail", "revise", "quick", "item", "task", "escalation"])
def test_what_is_not_there_is_404(editor, name):
    for pk in (0, 10**18, 10**30):
        assert editor.get(address(name, pk)).status_code == 404


def test_a_word_that_is_no_move_is_404(editor, who):
    conference = held(who)
    item = an_item(who, conference)

    assert editor.get(address("move", conference.pk, "bay")).status_code == 404
    assert editor.get(address("item-move", item.pk, "bay")).status_code == 404


def test_lists_ask_no_more_when_there_is_more(editor, who, assert_flat_queries):
    conference = held(who)

    def grow():
        for _ in range(2):
            item = an_item(who, conference, NAMED)
            escalated(who, an_item(who, conference))
            a_conclusion(who, conference)
            planned(who)
            assert item.pk

    grow()
    assert_flat_queries(lambda: editor.get(address("list")), grow=grow)
    assert_flat_queries(lambda: editor.get(address("detail", conference.pk)), grow=grow)
    editor.force_login(who.upper_editor)
    assert_flat_queries(lambda: editor.get(address("escalations")), grow=grow)
    assert_flat_queries(lambda: editor.get("/"), grow=grow)


def test_a_list_is_narrowed_and_a_strange_filter_is_refused(editor, who):
    planned(who, held_on=TODAY() + timedelta(days=9), answer_by=None, title="Đối thoại Cửa Lò")
    listed = address("list")

    assert "Đối thoại Cửa Lò" in editor.get(listed, {"words": "doi thoai cua lo"}).content.decode()
    assert "Không có hội nghị nào khớp" in editor.get(listed, {"words": "khac"}).content.decode()
    assert editor.get(listed, {"state": "lost"}).status_code == 422


def _detail(client, who, conference) -> str:
    client.force_login(who.editor)
    return client.get(address("detail", conference.pk)).content.decode()
