"""Second marks as a browser shows them: no barriers, nothing wider than the screen, by keys."""

from decimal import Decimal

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from scoring.rules.second_mark import MarkState
from tests.fixtures.browser import DESK, PHONE
from tests.scoring.twice import REASON, marked_twice
from tests.worlds import a_province, an_open_period

pytestmark = pytest.mark.django_db(transaction=True)

WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def test_a_row_is_taken_marked_and_decided_by_keys_and_no_page_keeps_anybody_out(
    page, sign_in, assert_no_barriers
):
    twice = marked_twice(an_open_period(a_province(departments=1)))
    twice.only("1.1.1")
    period = twice.work.year.period.pk

    def looks(address: str = "") -> None:
        for screen in (PHONE, DESK):
            page.set_viewport_size(screen)
            if address:
                page.goto(address)
            assert_no_barriers(page)
            assert page.evaluate(WIDER) <= 0, address or page.url

    sign_in(twice.organiser)
    looks(reverse("scoring:second-marking", args=[period]))
    sign_in(twice.second)
    looks(reverse("scoring:second-marks"))
    page.keyboard.press("n")
    expect(page.get_by_role("heading", name="Ban hành kế hoạch")).to_be_visible()
    looks()
    page.get_by_label("Ghi điểm").check()
    page.get_by_label("Điểm, tối đa 5,00").fill("1")
    ready = page.get_by_role("button", name="Ghi 1,00")
    expect(ready).to_be_disabled()
    page.get_by_label("Lý do").fill(REASON)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("vượt ngưỡng")).to_be_visible()

    sign_in(twice.third)
    looks(reverse("scoring:second-mark-decide", args=[twice.mark("1.1.1").pk]))
    page.keyboard.press("3")
    page.get_by_label("Số điểm").fill("2")
    page.get_by_label("Lý do").fill("Đã xem cả hai.")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Đã quyết định kết quả")).to_be_visible()

    mark = twice.mark("1.1.1")
    assert (mark.state, mark.decided_points) == (MarkState.DECIDED, Decimal(2))
    sign_in(twice.organiser)
    looks(reverse("scoring:agreement", args=[period]))
