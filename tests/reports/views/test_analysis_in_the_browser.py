"""The analysis as people see it: drawn, nothing in the way, on a desk and on a phone."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from reports.views.analysis import PAGES
from tests.fixtures.browser import DESK, PHONE
from tests.reports.situations import an_edition
from tests.worlds import a_province

WIDER = "document.documentElement.scrollWidth - window.innerWidth"


@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["desk", "phone"])
def test_no_page_of_the_analysis_has_barriers_or_is_too_wide(
    live_server, page, sign_in, assert_no_barriers, screen
):
    page.set_viewport_size(screen)
    province = a_province(departments=3)
    an_edition(province, verified=2, year=2020, title="Năm trước", made_up=True)
    now = an_edition(province, verified=2, title="Năm nay", made_up=True)
    sign_in(now.head)
    for name in PAGES:
        address = reverse("reports:analysis", args=[now.edition.pk, name])
        page.goto(f"{address}?dv=TN-P02&dv=TN-P01")
        if name in ("xep-hang", "don-vi", "qua-cac-nam", "thay-doi", "so-sanh"):
            expect(page.locator("[data-chart-place] canvas").first).to_be_visible()
        assert_no_barriers(page)
        assert page.evaluate(WIDER) <= 0, f"{name} is too wide"
    page.goto(reverse("reports:analysis", args=[now.edition.pk, "so-do"]))
    page.locator(".tile").first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Kết quả của")
