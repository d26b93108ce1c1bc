"""Both ways through the work by the keyboard alone, without a second page for what is looked at."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.fixtures.browser import DESK, PHONE
from tests.scoring.services.test_acceptance import QUIET, a_quiet_dossier

pytestmark = pytest.mark.django_db(transaction=True)


def test_components_are_accepted_and_walked_by_keys_and_quiet_rows_in_one_act(
    page, sign_in, assert_no_barriers
):
    work = a_quiet_dossier()
    score = work.score("1.1.1")
    sign_in(work.verifier)
    page.goto(reverse("scoring:component-desk", args=[score.criterion_id]))
    keys = page.keyboard

    keys.press("c")
    expect(page.get_by_text("Đã ghi 1.1.1: 5,00")).to_be_visible()
    expect(page.get_by_text("Đã thẩm định tiêu chí này ở mọi đơn vị.")).to_be_visible()
    assert work.score("1.1.1").settled
    assert_no_barriers(page)
    keys.press("l")
    expect(page.get_by_role("heading", level=1)).to_contain_text("1.1.2")
    keys.press("g")
    expect(page.locator("#phieu-tham-dinh .pair input").first).to_be_focused()
    keys.press("Escape")

    keys.press("m")
    expect(page.get_by_role("heading", level=1)).to_have_text(work.dossier.unit.name)
    keys.press("s")
    expect(page.get_by_role("link", name="theo rủi ro")).to_be_visible()
    expect(page.get_by_role("link", name="Nhận 2 dòng rủi ro thấp")).to_be_visible()
    assert_no_barriers(page)
    keys.press("n")
    expect(page.get_by_role("button", name="Nhận các dòng đã chọn")).to_be_focused()
    for size in (PHONE, DESK):
        page.set_viewport_size(size)
        assert_no_barriers(page)
    keys.press("Enter")

    expect(page.get_by_text("Đã nhận 2 dòng rủi ro thấp.")).to_be_visible()
    assert all(work.score(code).settled for code in QUIET)
    page.set_viewport_size(PHONE)
    page.goto(reverse("scoring:excusals"))
    assert_no_barriers(page)
