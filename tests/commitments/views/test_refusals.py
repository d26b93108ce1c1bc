"""What a page says when it cannot: 422 with sentences, 409 with both texts; the typed stays."""

import re
from dataclasses import replace

import pytest
from django.urls import reverse

from commitments.models import Commitment
from commitments.rules.terms import Heading
from commitments.rules.workflow import CommitmentState, TaskOutcome
from commitments.services import commitments, reporting, tasks
from tests.commitments.situations import TERMS, a_draft, fresh
from tests.factories import PASSWORD

TYPED = {"area": "digital", "title": "Tên vừa gõ", "due_text": "quý IV"}


def url(name, row):
    return reverse(f"commitments:{name}", args=[row.pk])


def body(answer) -> str:
    """The page without the marks under words that differ."""
    return re.sub("</?ins>", "", answer.content.decode())


@pytest.fixture
def editor(client, who):
    client.force_login(who.editor)
    return client


@pytest.fixture
def head(client, who):
    client.force_login(who.head)
    return client


@pytest.fixture
def receiving_head(client, who):
    client.force_login(who.receiving_head)
    return client


# --- 422


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"title": ""}, "Đề nghị nhập nội dung này"),
        ({"title": "\u200b"}, "Đề nghị nhập nội dung này"),
        ({"title": "x" * 501}, "500"),
        ({"area": "sport"}, "không có trong danh mục"),
        ({"due_text": ""}, "Đề nghị ghi thời hạn"),
        ({"due_on": "31/02/2026"}, "Ngày không hợp lệ"),
        ({"due_on": "0001-01-01"}, "Đề nghị ghi một ngày trong các năm"),
        ({"target": "hai lăm"}, "Phải ghi bằng chữ số"),
        ({"target": "12.480"}, "có thể hiểu theo hai cách"),
        ({"target": "1,23456"}, "4 chữ số thập phân"),
        ({"target": "1" * 12}, "10 chữ số phần nguyên"),
        ({"baseline": "3"}, "Có hiện trạng thì cần ghi mức cần đạt"),
        ({"title": "a\x00b"}, ""),
    ],
)
def test_a_task_that_cannot_be_is_refused_with_a_sentence_and_stays_typed(
    editor, draft, changes, sentence
):
    answer = editor.post(url("task-add", draft), TYPED | {"lead": "Đội 2 vừa gõ"} | changes)

    assert answer.status_code == 422
    assert sentence in body(answer)
    assert "Đội 2 vừa gõ" in body(answer)
    assert draft.tasks.count() == 2


@pytest.mark.parametrize("typed", ["1,5", "1.5", " 1,50 "])
def test_comma_and_point_are_both_understood(editor, draft, typed):
    editor.post(url("task-add", draft), TYPED | {"target": typed})

    assert str(draft.tasks.last().target) == "1.5000"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"outcome": ""}, "Đề nghị nhập nội dung này"),
        ({"outcome": "nearly"}, "không có trong danh mục"),
        ({"result": " "}, "Đề nghị nhập nội dung này"),
        ({"done_on": ""}, "phải có ngày hoàn thành"),
        ({"outcome": TaskOutcome.PARTLY}, "chưa hoàn thành thì không ghi ngày"),
        ({"done_on": "2099-01-01"}, "không thể sau ngày hôm nay"),
        ({"seen": ""}, "Trang này đã cũ"),
    ],
)
def test_a_report_that_cannot_be_is_refused_with_a_sentence_and_stays_typed(
    editor, in_force, changes, sentence
):
    task = in_force.tasks.first()
    report = {"outcome": "done", "result": "Kết quả vừa gõ", "done_on": "2024-06-01", "seen": 1}

    answer = editor.post(url("task-report", task), report | changes)

    assert answer.status_code == 422
    assert sentence in body(answer)
    assert "result" in changes or "Kết quả vừa gõ" in body(answer)
    assert fresh(task).outcome == ""


def test_a_second_commitment_of_the_year_is_refused_and_stays_typed(editor, who, draft):
    typed = {"unit": who.unit.pk, "year": draft.year, "title": "Tên vừa gõ"}

    answer = editor.post(reverse("commitments:draft"), typed)

    assert answer.status_code == 422
    assert "đã có bản cam kết của năm này" in body(answer)
    assert "Tên vừa gõ" in body(answer)


@pytest.mark.parametrize("year", ["", "hai nghìn", "1999", "99999999999"])
def test_a_year_that_cannot_be_is_refused(editor, who, year):
    typed = {"unit": who.unit.pk, "year": year, "title": "Tên vừa gõ"}

    answer = editor.post(reverse("commitments:draft"), typed)

    assert answer.status_code == 422
    assert "Tên vừa gõ" in body(answer)
    assert not Commitment.objects.exists()


@pytest.mark.parametrize("name", ["sign", "countersign"])
def test_a_wrong_password_signs_nothing(client, who, draft, name):
    signing, by = draft, who.head
    if name == "countersign":
        signing = commitments.sign(draft, seen=draft.version, by=who.head)
        by = who.receiving_head
    client.force_login(by)
    state = signing.state

    answer = client.post(url(name, signing), {"seen": signing.version, "password": "sai"})

    assert answer.status_code == 422
    assert "Mật khẩu chưa đúng" in body(answer)
    assert "sai" not in answer.context["form"].as_p()
    assert fresh(signing).state == state


def test_guessing_the_password_locks_the_account_as_at_sign_in(head, draft):
    guesses = [
        head.post(url("sign", draft), {"seen": draft.version, "password": f"đoán {n}"}).status_code
        for n in range(6)
    ]
    right = head.post(url("sign", draft), {"seen": draft.version, "password": PASSWORD})

    assert guesses[0] == 422
    assert guesses[-1] == 429
    assert right.status_code == 429
    assert fresh(draft).state == CommitmentState.DRAFT


def test_declining_without_a_reason_is_refused(receiving_head, signed):
    answer = receiving_head.post(url("decline", signed), {"comment": " "})

    assert answer.status_code == 422
    assert "Đề nghị ghi rõ lý do" in body(answer)
    assert fresh(signed).state == CommitmentState.SIGNED


@pytest.mark.parametrize("query", ["year=hai", "state=lost", "year=1", "words=" + "x" * 101])
def test_a_filter_that_cannot_be_is_refused_with_a_sentence(editor, draft, query):
    answer = editor.get(reverse("commitments:list"), QUERY_STRING=query)

    assert answer.status_code == 422
    assert "đề nghị xem lại" in body(answer)


# --- 409


def test_a_task_written_meanwhile_shows_both_texts_and_can_then_be_written(editor, who, draft):
    task = draft.tasks.first()
    theirs = replace(TERMS, title="Bản của thủ trưởng")
    tasks.edit(task, seen=task.version, terms=theirs, by=who.head)

    answer = editor.post(url("task-edit", task), TYPED | {"seen": task.version})

    assert answer.status_code == 409
    assert "Bản của thủ trưởng" in body(answer)
    assert "Tên vừa gõ" in body(answer)
    assert str(who.head) in body(answer)
    again = editor.post(
        url("task-edit", task), TYPED | {"seen": answer.context["form"]["seen"].value()}
    )
    assert again.status_code == 302
    assert fresh(task).title == "Tên vừa gõ"


def test_a_heading_written_meanwhile_shows_both_texts(editor, who, draft):
    commitments.revise(draft, seen=1, heading=Heading("Tên của thủ trưởng"), by=who.head)

    answer = editor.post(url("revise", draft), {"title": "Tên vừa gõ", "seen": 1})

    assert answer.status_code == 409
    assert "Tên của thủ trưởng" in body(answer)
    assert "Tên vừa gõ" in body(answer)
    assert answer.context["form"]["seen"].value() == "2"


def test_a_report_made_meanwhile_is_shown_beside_the_typed_one(editor, who, in_force):
    task = in_force.tasks.first()
    reporting.report(
        task, seen=1, outcome=TaskOutcome.PARTLY, result="Báo cáo của thủ trưởng", by=who.head
    )

    answer = editor.post(
        url("task-report", task), {"outcome": "not_done", "result": "Báo cáo vừa gõ", "seen": 1}
    )

    assert answer.status_code == 409
    assert "Báo cáo của thủ trưởng" in body(answer)
    assert "Báo cáo vừa gõ" in body(answer)
    assert fresh(task).outcome == TaskOutcome.PARTLY


def test_signing_what_was_changed_meanwhile_shows_the_new_text_first(head, who, draft):
    tasks.add(draft, terms=replace(TERMS, title="Nhiệm vụ thêm sau"), by=who.editor)

    answer = head.post(url("sign", draft), {"seen": draft.version, "password": PASSWORD})

    assert answer.status_code == 409
    assert "Nhiệm vụ thêm sau" in body(answer)
    assert answer.context["form"]["seen"].value() == str(fresh(draft).version)
    assert fresh(draft).state == CommitmentState.DRAFT


def test_an_order_changed_meanwhile_is_shown_anew(editor, who, draft):
    task = draft.tasks.first()
    tasks.shift(task, to=2, seen=1, by=who.head)

    answer = editor.post(url("task-shift", task), {"seen": 1, "to": 2})

    assert answer.status_code == 409
    assert "Thứ tự nhiệm vụ vừa được người khác đổi" in body(answer)


@pytest.mark.parametrize("name", ["revise", "sign", "task-add"])
def test_what_no_longer_opens_says_so_on_the_paper_s_own_page(head, signed, name):
    answer = head.get(url(name, signed))

    assert answer.status_code == 409
    assert answer.templates[0].name == "commitments/detail.html"
    assert "đã ký" in body(answer) or "Không thể ký" in body(answer)


def test_a_refused_decline_keeps_the_reason_that_was_typed(receiving_head, in_force):
    answer = receiving_head.post(url("decline", in_force), {"comment": "Lý do vừa gõ"})

    assert answer.status_code == 409
    assert "Lý do vừa gõ" in body(answer)


def test_an_empty_commitment_is_not_signed_and_the_page_says_why(head, who):
    empty = a_draft(who, number_of_tasks=0)

    answer = head.post(url("sign", empty), {"seen": empty.version, "password": PASSWORD})

    assert answer.status_code == 409
    assert "chưa có nhiệm vụ nào nên chưa ký được" in body(answer)


def test_a_broken_seal_is_told_in_words(head, in_force):
    in_force.tasks.update(title="Chữ khác")

    answer = head.get(url("detail", in_force))

    assert "Nội dung khác với khi ký" in body(answer)
    assert "Nội dung đúng như khi ký" not in body(answer)


def test_a_version_that_never_was_is_refused_though_nobody_wrote_before(editor, who):
    typed = {"title": "Tên vừa gõ", "seen": 10**20}

    answer = editor.post(url("revise", a_draft(who)), typed)

    assert answer.status_code == 409
    assert "không theo bản đang có trên cổng" in body(answer)
    assert "Tên vừa gõ" in body(answer)
