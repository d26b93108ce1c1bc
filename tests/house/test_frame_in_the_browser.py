"""The frame of every page in a real browser: menu, dialogs, keys, and rows that save themselves."""

import re

import pytest
from playwright.sync_api import expect

from tests.fixtures.browser import DESK, PHONE
from tests.house import sample_pages
from units.models import User

pytestmark = pytest.mark.urls("tests.house.sample_pages")


@pytest.fixture
def person(live_server):
    return User.objects.create_user(
        "hanh.pc06",
        password="mot-mat-khau-dai-12",
        full_name="Lê Thị Hạnh",
        police_rank="Thiếu tá",
        post="Cán bộ cải cách hành chính, PC06",
    )


@pytest.fixture
def sample(page, person, sign_in):
    sample_pages.stored.update(note="", version=1)
    sign_in(person)
    page.goto("/mau/")
    yield page
    page.close(run_before_unload=False)


def is_as_wide_as_the_screen(page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("address", ["/dang-nhap/", "/khong-co-trang-nay/"])
def test_pages_before_signing_in_have_no_barriers(page, assert_no_barriers, address, screen):
    page.set_viewport_size(screen)
    page.goto(address)

    assert_no_barriers(page)
    assert is_as_wide_as_the_screen(page)


@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["desk", "phone"])
def test_the_shared_parts_have_no_barriers(sample, assert_no_barriers, screen):
    sample.set_viewport_size(screen)
    sample.reload()

    assert_no_barriers(sample)
    assert is_as_wide_as_the_screen(sample)
    expect(sample.get_by_text("Dữ liệu minh họa", exact=True)).to_be_visible()


def test_a_wrong_password_is_refused_with_advice_and_the_name_stays(page, person):
    page.goto("/dang-nhap/")
    page.get_by_label("Tên đăng nhập").fill("hanh.pc06")
    page.locator("#id_password").fill("sai-mat-khau")
    page.get_by_role("button", name="Đăng nhập").click()

    refusal = page.get_by_role("alert").filter(has_text="chưa đúng")
    expect(refusal).to_contain_text("Caps Lock")
    expect(refusal).to_contain_text("bộ gõ tiếng Việt")
    expect(page.get_by_label("Tên đăng nhập")).to_have_value("hanh.pc06")


def test_what_the_browser_refuses_is_said_in_vietnamese_until_it_is_filled_in(page):
    page.goto("/dang-nhap/")
    name = page.get_by_label("Tên đăng nhập")
    page.get_by_role("button", name="Đăng nhập").click()
    assert name.evaluate("one => one.validationMessage") == "Đề nghị nhập nội dung này."

    name.fill("hanh")
    assert name.evaluate("one => one.validationMessage") == ""
    said = page.evaluate(
        """() => {
          const form = document.createElement("form");
          form.innerHTML = `<input type="radio" name="a" required><input type="radio" name="a">
            <input type="number" name="n" min="0" value="-1">
            <input type="date" name="d" min="2026-01-31" value="2026-01-30">`;
          document.body.append(form);
          form.reportValidity();
          const words = [...form.elements].map((one) => one.validationMessage);
          form.elements[1].click();
          return [words, form.elements[0].validationMessage];
        }"""
    )
    assert said[0][0] == "Đề nghị chọn mục này."
    assert said[0][2:] == ["Không được nhỏ hơn 0.", "Đề nghị ghi từ ngày 31/01/2026 trở đi."]
    assert said[1] == ""


def test_a_password_is_seen_only_when_asked(page):
    page.goto("/dang-nhap/")
    page.locator("#id_password").fill("mat-khau")
    expect(page.locator("#id_password")).to_have_attribute("type", "password")

    page.get_by_role("button", name="Hiện mật khẩu").click()

    expect(page.locator("#id_password")).to_have_attribute("type", "text")


def test_on_a_phone_one_button_opens_the_whole_menu(sample, assert_no_barriers):
    sample.set_viewport_size(PHONE)
    expect(sample.get_by_role("link", name="Bàn làm việc")).to_be_hidden()

    sample.locator("summary", has_text="Trình đơn").click()

    expect(sample.get_by_role("link", name="Bàn làm việc")).to_be_visible()
    expect(sample.get_by_role("button", name="Đăng xuất")).to_be_visible()
    assert_no_barriers(sample)

    sample.keyboard.press("Escape")
    expect(sample.get_by_role("link", name="Bàn làm việc")).to_be_hidden()


def test_the_first_tab_leads_past_the_menu(sample):
    sample.keyboard.press("Tab")
    sample.keyboard.press("Enter")

    assert sample.evaluate("document.activeElement.id") == "noi-dung"


def test_a_move_that_needs_a_reason_asks_in_a_dialog(sample, assert_no_barriers):
    sample.get_by_role("button", name="Trả lại…").click()

    dialog = sample.get_by_role("dialog", name="Trả lại")
    expect(dialog.get_by_label("Lý do")).to_be_focused()
    assert_no_barriers(sample)

    dialog.get_by_role("button", name="Thôi").click()
    expect(dialog).to_be_hidden()


def test_a_key_presses_its_button_and_is_shown_by_the_question_mark(sample):
    sample.keyboard.press("k")
    expect(sample.get_by_role("dialog", name="Hộp")).to_be_visible()
    sample.keyboard.press("Escape")

    sample.keyboard.press("?")
    expect(sample.get_by_role("dialog", name="Phím tắt của trang này")).to_contain_text("mở hộp")


def test_keys_are_letters_while_one_types(sample):
    note = sample.get_by_label("Ghi chú")
    note.press_sequentially("kk?")

    expect(sample.get_by_role("dialog")).to_have_count(0)
    expect(note).to_have_value("kk?")


def test_keys_of_an_input_method_at_work_are_ignored(sample):
    sample.evaluate(
        """document.body.dispatchEvent(
            new KeyboardEvent("keydown", {key: "k", isComposing: true, bubbles: true})
        )"""
    )

    expect(sample.get_by_role("dialog")).to_have_count(0)


def test_keys_can_be_switched_off_for_good(sample):
    sample.locator("summary", has_text="tài khoản").click()
    sample.get_by_role("button", name="Phím tắt: đang bật").click()
    sample.reload()

    sample.keyboard.press("k")

    expect(sample.get_by_role("dialog")).to_have_count(0)


# --- Rows that save themselves


def state(page):
    return page.locator("#dong-1 .row-state")


def write(page, text):
    page.get_by_label("Ghi chú").fill(text)


def test_a_row_saves_itself_a_moment_after_the_pen_stops(sample):
    write(sample, "Thủ tục thứ 47")
    expect(state(sample)).to_contain_text("chưa gửi")
    expect(sample.locator("[data-unsent]")).to_be_visible()

    expect(state(sample)).to_contain_text("Đã lưu")
    expect(sample.locator(".score-row")).to_have_attribute("data-state", "saved")
    expect(sample.locator("[data-unsent]")).to_be_hidden()
    assert sample_pages.stored == {"note": "Thủ tục thứ 47", "version": 2}


def test_a_refused_row_says_why_keeps_the_text_and_can_be_mended(sample):
    write(sample, "sai quy tắc")
    expect(state(sample)).to_contain_text("Không nhận")
    expect(state(sample)).to_contain_text("Ghi sai.")
    expect(sample.get_by_label("Ghi chú")).to_have_value("sai quy tắc")

    write(sample, "đúng")

    expect(state(sample)).to_contain_text("Đã lưu")
    assert sample_pages.stored["note"] == "đúng"


def test_a_row_that_somebody_else_changed_is_not_overwritten(sample):
    sample_pages.stored.update(note="của đồng chí khác", version=9)

    write(sample, "của tôi")

    expect(state(sample)).to_contain_text("Người khác vừa sửa")
    assert sample_pages.stored == {"note": "của đồng chí khác", "version": 9}


def test_without_a_network_the_text_waits_and_is_sent_when_it_is_back(browser_without_net):
    page = browser_without_net
    write(page, "gõ khi mất mạng")
    expect(state(page)).to_contain_text("nội dung đã gõ vẫn được giữ")
    expect(page.locator("#tin-he-thong")).to_contain_text("1 dòng đang giữ trên máy này")

    page.context.set_offline(False)

    expect(state(page)).to_contain_text("Đã lưu")
    expect(page.locator("#tin-he-thong")).to_be_hidden()
    assert sample_pages.stored["note"] == "gõ khi mất mạng"


def test_what_a_crash_left_unsent_is_put_back_and_sent(browser_without_net):
    page = browser_without_net
    write(page, "chưa kịp gửi")
    expect(state(page)).to_contain_text("nội dung đã gõ vẫn được giữ")
    window = page.context
    page.close(run_before_unload=False)

    window.set_offline(False)
    again = window.new_page()
    again.goto("/mau/")

    expect(again.get_by_label("Ghi chú")).to_have_value("chưa kịp gửi")
    expect(state(again)).to_contain_text("Đã lưu")
    assert sample_pages.stored["note"] == "chưa kịp gửi"


def test_leaving_with_unsent_text_is_asked_about(browser_without_net):
    page = browser_without_net
    write(page, "chưa kịp gửi")
    questions = []
    page.on("dialog", lambda dialog: (questions.append(dialog.type), dialog.accept()))

    page.close(run_before_unload=True)

    page.wait_for_event("close") if not page.is_closed() else None
    assert questions == ["beforeunload"]


def test_an_ended_session_is_named_and_the_sign_in_page_stays_out_of_the_row(sample):
    sample.context.clear_cookies(name="sessionid")

    write(sample, "gõ sau khi hết phiên")

    expect(state(sample)).to_contain_text("phiên đăng nhập đã hết")
    expect(state(sample).get_by_role("link", name="Đăng nhập lại")).to_have_attribute(
        "href", re.compile("/dang-nhap/")
    )
    expect(sample.locator("#id_username")).to_have_count(0)
    expect(sample.get_by_label("Ghi chú")).to_have_value("gõ sau khi hết phiên")


@pytest.fixture
def browser_without_net(context, person, sign_in):
    """The sample page after the network went away. Its console does complain, and rightly."""
    sample_pages.stored.update(note="", version=1)
    sign_in(person)
    page = context.new_page()
    page.goto("/mau/")
    context.set_offline(True)
    return page
