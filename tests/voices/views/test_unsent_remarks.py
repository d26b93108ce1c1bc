"""What was typed about a remark is not lost with its page; who brought it is not kept."""

import json
import re

from playwright.sync_api import expect

from tests.voices.situations import PRIVATE, classified, sides

OFFER = re.compile("Nội dung chưa gửi lúc")
LYING = """() => new Promise((resolve) => {
  const request = indexedDB.open("portal-unsent", 1);
  request.onsuccess = () => {
    const all = request.result.transaction("forms").objectStore("forms").getAll();
    all.onsuccess = () => resolve(all.result);
  };
})"""
KEPT = "Đã giữ trên máy này, chưa gửi"


def test_the_text_of_a_remark_comes_back_after_its_page_died_and_its_person_does_not(
    live_server, context, page, sign_in
):
    who = sides()
    sign_in(who.editor)
    page.goto("/phan-anh/tiep-nhan/")
    page.get_by_label("Họ và tên").fill(PRIVATE[0])
    page.get_by_label("Số điện thoại").fill(PRIVATE[1])
    page.get_by_label("Địa chỉ").fill(PRIVATE[2])
    page.locator("textarea[name=text]").fill("Chờ từ sáng tới trưa.")
    expect(page.get_by_text(KEPT)).to_be_visible()
    lying = json.dumps(page.evaluate(LYING), ensure_ascii=False)
    assert "Chờ từ sáng tới trưa." in lying
    assert not [words for words in PRIVATE if words in lying]

    page.close(run_before_unload=False)
    other = context.new_page()
    other.goto("/phan-anh/tiep-nhan/")
    expect(other.get_by_text(OFFER)).to_be_visible()
    other.get_by_role("button", name="Lấy lại").click()
    expect(other.locator("textarea[name=text]")).to_have_value("Chờ từ sáng tới trưa.")
    expect(other.get_by_label("Họ và tên")).to_have_value("")


def test_a_finding_typed_and_not_sent_is_offered_back_and_let_go_once_it_is_taken(
    live_server, context, page, sign_in
):
    who = sides()
    voice = classified(who)
    sign_in(who.editor)
    address = f"/phan-anh/{voice.pk}/buoc/xac-minh/"
    page.goto(address)
    page.get_by_label("Nội dung xác minh").fill("Đã làm việc với quầy số 2.")
    expect(page.get_by_text(KEPT)).to_be_visible()
    page.close(run_before_unload=False)

    other = context.new_page()
    other.goto(address)
    other.get_by_role("button", name="Lấy lại").click()
    other.get_by_label("Có cơ sở", exact=True).check()
    other.get_by_role("button", name="Ghi kết quả xác minh").click()
    expect(other.get_by_text("Đã ghi: ghi kết quả xác minh.")).to_be_visible()
    voice.refresh_from_db()
    assert voice.finding == "Đã làm việc với quầy số 2."
    other.goto(address)
    other.wait_for_timeout(300)
    expect(other.get_by_text(OFFER)).to_be_hidden()
