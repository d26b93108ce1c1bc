"""What was typed in a plain form is not lost with its page, and is nobody else's."""

import re

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import expect

from cchc_portal.kit.unsent import COOKIE, MOST_KEYS
from commitments.services import tasks
from tests.commitments import situations

KEY = "0f0e0d0c-0b0a-4908-8706-05040302010{}"
OFFER = re.compile("Nội dung chưa gửi lúc")


def test_a_form_whose_page_died_or_met_no_network_is_offered_back_to_its_writer_only(
    live_server, context, page, sign_in, assert_no_barriers
):
    who = situations.parties()
    draft = situations.a_draft(who, number_of_tasks=0)
    address = reverse("commitments:task-add", args=[draft.pk])
    sign_in(who.editor)
    page.goto(address)
    page.get_by_label("Nhiệm vụ").fill("Việc gõ dở")
    page.get_by_label("Lĩnh vực").select_option("digital")
    page.get_by_label("Thực hiện từ ngày").fill("2026-03-01")
    expect(page.get_by_text("Đã giữ trên máy này, chưa gửi")).to_be_visible()

    page.close(run_before_unload=False)
    sign_in(who.head)
    other = context.new_page()
    other.goto(address)
    expect(other.get_by_label("Nhiệm vụ")).to_have_value("")
    other.wait_for_timeout(300)
    expect(other.get_by_text(OFFER)).to_be_hidden()
    sign_in(who.editor)
    other.goto(address)
    expect(other.get_by_text(OFFER)).to_be_visible()
    assert_no_barriers(other)
    other.get_by_role("button", name="Lấy lại").focus()
    other.keyboard.press("Enter")

    expect(other.get_by_label("Nhiệm vụ")).to_have_value("Việc gõ dở")
    expect(other.get_by_label("Lĩnh vực")).to_have_value("digital")
    expect(other.get_by_label("Lĩnh vực")).to_be_focused()
    context.set_offline(True)
    other.get_by_role("button", name="Thêm nhiệm vụ").click()
    other.wait_for_url("chrome-error://**")
    context.set_offline(False)
    other.goto(address)
    other.get_by_role("button", name="Lấy lại").click()
    expect(other.get_by_label("Nhiệm vụ")).to_have_value("Việc gõ dở")
    context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    other.get_by_role("button", name="Thêm nhiệm vụ").click()
    expect(other).to_have_url(re.compile("dang-nhap"))
    sign_in(who.editor)
    other.goto(address)
    other.get_by_role("button", name="Lấy lại").click()
    other.get_by_role("button", name="Thêm nhiệm vụ").click()
    expect(other.get_by_text("Chưa nhận được, đề nghị xem lại")).to_be_visible()
    other.get_by_label("Thời hạn (ngày)").fill("2026-06-30")
    other.get_by_role("button", name="Thêm nhiệm vụ").click()
    expect(other.get_by_text("Đã thêm nhiệm vụ.")).to_be_visible()
    other.goto(address)
    other.wait_for_timeout(300)
    expect(other.get_by_text(OFFER)).to_be_hidden()

    task = draft.tasks.get()
    assert task.title == "Việc gõ dở"
    editing = reverse("commitments:task-edit", args=[task.pk])
    other.goto(editing)
    other.get_by_label("Chủ trì").fill("Của cán bộ")
    expect(other.get_by_text("Đã giữ trên máy này, chưa gửi")).to_be_visible()
    other.close(run_before_unload=False)
    tasks.edit(task, seen=task.version, terms=situations.TERMS, by=who.head)
    last = context.new_page()
    last.goto(editing)
    last.get_by_role("button", name="Lấy lại").click()
    last.get_by_role("button", name="Ghi", exact=True).click()
    expect(last.get_by_text("Chưa có gì bị ghi đè")).to_be_visible()
    expect(last.get_by_label("Chủ trì")).to_have_value("Của cán bộ")
    assert situations.fresh(task).terms == situations.TERMS
    last.close(run_before_unload=False)


@pytest.fixture
def editor(client, who):
    client.force_login(who.editor)
    return client


def test_a_form_that_was_taken_is_named_and_one_that_was_refused_is_not(editor, draft):
    address = reverse("commitments:task-add", args=[draft.pk])
    sound = {"area": "digital", "title": "Mới", "due_text": "quý I", "unsent_key": KEY.format(1)}

    refused = editor.post(address, sound | {"title": ""})
    assert refused.status_code == 422
    assert COOKIE not in refused.cookies

    taken = editor.post(address, sound)
    assert taken.cookies[COOKIE].value == KEY.format(1)
    assert not taken.cookies[COOKIE]["httponly"]
    again = editor.post(address, sound | {"unsent_key": KEY.format(2)})
    assert again.cookies[COOKIE].value == f"{KEY.format(1)}.{KEY.format(2)}"


def test_a_key_that_is_none_is_never_handed_back(editor, draft):
    address = reverse("commitments:task-add", args=[draft.pk])
    sound = {"area": "digital", "title": "Mới", "due_text": "quý I"}
    editor.cookies[COOKIE] = "x.<b>." + ".".join([KEY.format(3)] * 2 * MOST_KEYS)

    assert COOKIE not in editor.post(address, sound | {"unsent_key": "<script>"}).cookies
    named = editor.post(address, sound | {"unsent_key": KEY.format(4)}).cookies[COOKIE].value
    assert named.split(".") == [KEY.format(3)] * (MOST_KEYS - 1) + [KEY.format(4)]
