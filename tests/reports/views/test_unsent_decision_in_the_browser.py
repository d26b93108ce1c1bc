"""The words of a decision outlive a session that ends between the steps of publishing."""

import re

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import expect

from tests.factories import PASSWORD
from tests.fixtures.browser import NOTHING_KEPT
from tests.reports.situations import a_locked_period

pytestmark = pytest.mark.django_db(transaction=True)

OFFER = re.compile("Nội dung chưa gửi lúc")


def to_the_decision(page, where: str) -> None:
    page.goto(where)
    page.get_by_role("button", name="Tiếp tục: kiểm tra").click()
    for remark in page.locator("[name=ticked]").all():
        remark.check()
    page.get_by_role("button", name="Tiếp tục: quyết định").click()


def test_a_decision_is_offered_back_and_forgotten_once_it_is_published(context, page, sign_in):
    ready = a_locked_period()
    where = reverse("reports:publish", args=[ready.period.pk])
    sign_in(ready.head)
    to_the_decision(page, where)
    page.get_by_label("Số, ký hiệu").fill("712/QĐ-CAT-PV01")
    page.get_by_label("Địa danh").fill("Thái Hòa")
    expect(page.get_by_text("Đã giữ trên máy này, chưa gửi")).to_be_visible()

    context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.get_by_role("button", name="Tiếp tục: xác nhận").click()
    expect(page).to_have_url(re.compile("dang-nhap"))
    sign_in(ready.head)
    to_the_decision(page, where)
    expect(page.get_by_text(OFFER)).to_be_visible()
    page.get_by_role("button", name="Lấy lại").click()
    expect(page.get_by_label("Số, ký hiệu")).to_have_value("712/QĐ-CAT-PV01")
    expect(page.get_by_label("Địa danh")).to_have_value("Thái Hòa")

    page.get_by_role("button", name="Tiếp tục: xác nhận").click()
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Công bố kết quả").click()
    expect(page.get_by_text("Đã công bố kết quả")).to_be_visible()

    edition = ready.period.editions.get()
    assert (edition.decision_number, edition.place) == ("712/QĐ-CAT-PV01", "Thái Hòa")
    page.goto("/")
    page.wait_for_function(NOTHING_KEPT)
