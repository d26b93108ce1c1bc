"""The standings as a browser shows them: no barriers, nothing wider than the screen."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect
from pypdfium2 import PdfDocument

from scoring.rules.workflow import DossierState
from tests.fixtures.browser import DESK, PHONE
from tests.scoring.marked import a_year, put
from tests.scoring.ranked import a_ranked_year, give_in_all, publish
from tests.worlds import a_province

pytestmark = pytest.mark.django_db(transaction=True)

WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def year(sign_in):
    """A published year; after it one under way: limits, ties, both sides, two blocks."""
    province = a_province(departments=5, communes=1)
    publish(a_ranked_year(["90", "90", "80", "70", "60"], province, year=2025, title="Kỳ 2025"))
    found = a_year(province, communes=True, year=2026, title="Kỳ 2026")
    dossiers = found.period.dossiers.filter(block=found.block).order_by("unit__code")
    for dossier, total in zip(dossiers, ("95.05", "94", "94", "30"), strict=False):
        put(dossier, DossierState.VERIFIED, found.organiser)
        give_in_all(dossier, total)
    sign_in(found.organiser)
    return found


@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["desk", "phone"])
def test_the_standings_keep_nobody_out_fit_the_screen_and_lie_across_the_paper(
    page, year, assert_no_barriers, screen
):
    page.set_viewport_size(screen)
    table = reverse("scoring:standings", args=[year.period.pk])

    for address in (
        reverse("scoring:standings-list"),
        table,
        f"{table}?side=self",
        f"{table}?side=provisional&xep=-lv-1&tim=phong",
        f"{table}?loc=dong-hang",
        f"{table}?khoi=2&loc=sat-nguong",
    ):
        page.goto(address)
        assert_no_barriers(page)
        assert page.evaluate(WIDER) <= 0, address
    page.goto(table)
    width, height = PdfDocument(page.pdf(prefer_css_page_size=True))[0].get_size()
    assert width > height


def test_the_block_is_chosen_by_tab_at_a_desk_and_from_a_list_on_a_phone(page, year):
    page.goto(reverse("scoring:standings", args=[year.period.pk]))

    page.get_by_role("link", name="Khối Công an cấp xã (1)").click()
    expect(page.get_by_role("rowheader", name="Công an xã 1")).to_be_visible()

    page.set_viewport_size(PHONE)
    page.get_by_role("combobox", name="Khối").select_option(label="Khối phòng (5)")
    expect(page.get_by_text("Phòng Nghiệp vụ 1")).to_be_visible()


def test_a_heading_sorts_by_the_keyboard(page, year):
    page.goto(reverse("scoring:standings", args=[year.period.pk]))

    page.get_by_role("columnheader", name="Đơn vị").get_by_role("link").press("Enter")

    heading = page.get_by_role("columnheader", name="Đơn vị")
    expect(heading).to_have_attribute("aria-sort", "ascending")
    expect(page).to_have_url(re.compile("xep=don-vi"))
