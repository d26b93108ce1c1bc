"""“Được gì nếu…?” in a browser: seen at once, kept by the address, no barriers."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.fixtures.browser import DESK, PHONE
from tests.worlds import a_verified_dossier

pytestmark = pytest.mark.django_db(transaction=True)

WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def test_another_answer_is_seen_at_once_and_stays_after_a_reload(page, sign_in, assert_no_barriers):
    work = a_verified_dossier()
    sign_in(work.head)
    page.goto(reverse("scoring:outlook", args=[work.dossier.pk]))
    result = page.get_by_role("status", name="Kết quả tính thử")
    expect(result).to_contain_text("Chỉ số hiện nay")

    row = page.get_by_role("row").filter(has_text="1.2.1")
    row.get_by_role("textbox").first.fill("40")
    expect(result).to_contain_text("Chỉ số nếu đổi 1 dòng")
    expect(row).to_contain_text("Nếu như vậy:")
    row.get_by_role("textbox").first.fill("400")
    expect(row.locator(".refusal")).to_be_visible()
    row.get_by_role("textbox").first.fill("41")
    expect(row.locator(".refusal")).to_have_count(0)

    expect(result).to_contain_text("Chỉ số nếu đổi 1 dòng")
    page.reload()
    expect(
        page.get_by_role("row").filter(has_text="1.2.1").get_by_role("textbox").first
    ).to_have_value("41")
    expect(result).to_contain_text("Chỉ số nếu đổi 1 dòng")
    for screen in (DESK, PHONE):
        page.set_viewport_size(screen)
        assert_no_barriers(page)
        assert page.evaluate(WIDER) <= 0

    page.get_by_role("link", name="Bỏ mọi thay đổi").click()
    expect(result).to_contain_text("Chỉ số hiện nay")
    assert work.score("1.2.1").verified_answer["numerator"] == "46"
