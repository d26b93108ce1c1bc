"""What is typed in the plain forms of the organisers outlives a page, a refusal and a session."""

import re

import pytest
from django.conf import settings
from playwright.sync_api import expect

from scoring.rules.workflow import DossierState
from tests.fixtures.browser import DESK, NOTHING_KEPT, PHONE
from tests.scoring.views.of_a_dossier import REASON, address
from tests.worlds import a_submitted_dossier

pytestmark = pytest.mark.django_db(transaction=True)

OFFER = re.compile("Nội dung chưa gửi lúc")
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def test_remarks_to_a_returned_dossier_outlive_an_ended_session_and_a_refusal(
    live_server, context, page, sign_in, assert_no_barriers
):
    work = a_submitted_dossier()
    where = address("dossier-return", work)
    remark = f"#id_remark_{work.score('1.1.1').pk}"
    sign_in(work.verifier)
    page.goto(where)
    page.locator(remark).fill("Thiếu phụ lục.")
    expect(page.get_by_text("Đã giữ trên máy này, chưa gửi")).to_be_visible()

    context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.get_by_role("button", name="Trả lại hồ sơ").click()
    expect(page).to_have_url(re.compile("dang-nhap"))
    sign_in(work.verifier)
    page.goto(where)
    expect(page.get_by_text(OFFER)).to_be_visible()
    for screen in (PHONE, DESK):
        page.set_viewport_size(screen)
        assert_no_barriers(page)
        assert page.evaluate(WIDER) <= 0
    page.get_by_role("button", name="Lấy lại").click()
    expect(page.locator(remark)).to_have_value("Thiếu phụ lục.")
    expect(page.get_by_role("textbox").first).to_be_focused()

    page.get_by_role("button", name="Trả lại hồ sơ").click()
    expect(page.get_by_text("Chưa nhận được, đề nghị xem lại")).to_be_visible()
    expect(page.locator(remark)).to_have_value("Thiếu phụ lục.")
    expect(page.get_by_text(OFFER)).to_be_hidden()
    page.close(run_before_unload=False)

    other = context.new_page()
    other.goto(where)
    other.get_by_role("button", name="Lấy lại").click()
    expect(other.locator(remark)).to_have_value("Thiếu phụ lục.")
    other.get_by_role("textbox").first.fill(REASON)
    other.get_by_role("button", name="Trả lại hồ sơ").click()
    expect(other.get_by_text("Đã trả lại hồ sơ")).to_be_visible()

    assert work.now().state == DossierState.RETURNED
    other.goto(where)
    other.wait_for_function(NOTHING_KEPT)
