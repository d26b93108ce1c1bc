"""Charts as people see them: drawn, read as a table, taken away as a file; nothing in the way."""

import pytest
from playwright.sync_api import expect

from tests.fixtures.browser import DESK, PHONE
from tests.reports.situations import a_locked_period
from tests.worlds import a_province, a_settled_dossier, an_open_period
from units.permissions import Role


def wide(page) -> int:
    return page.evaluate("document.documentElement.scrollWidth - window.innerWidth")


@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["desk", "phone"])
def test_no_page_of_charts_has_barriers_or_is_too_wide(
    live_server, page, sign_in, assert_no_barriers, screen
):
    page.set_viewport_size(screen)
    province = a_province(departments=5)
    locked = a_locked_period(province, verified=5, title="Kỳ đã chốt").period
    work = a_settled_dossier(an_open_period(province, title="Kỳ đang chạy"))
    sign_in(province.a_person(Role.LEADER, province.police))

    for address, drawings in (
        (f"/dieu-hanh/?ky={locked.pk}", 2),
        (f"/dieu-hanh/?ky={work.year.period.pk}", 1),
        (f"/dieu-hanh/ky/{work.year.period.pk}/", 5),
    ):
        page.goto(address)
        expect(page.locator("[data-drawn]")).to_have_count(drawings)
        assert_no_barriers(page)
        assert wide(page) <= 0


def test_a_chart_is_read_as_a_table_on_paper_too_and_taken_away_as_a_file(
    live_server, page, sign_in
):
    province = a_province(departments=5)
    a_locked_period(province, verified=5)
    sign_in(province.a_person(Role.LEADER, province.police))
    page.goto("/dieu-hanh/")
    chart = page.locator("[data-chart=heat]")
    expect(chart.locator("[data-drawn]")).to_be_visible()

    with page.expect_download() as saved:
        chart.get_by_role("button", name="Tải PNG").click()
    assert saved.value.path().read_bytes().startswith(b"\x89PNG")
    page.emulate_media(media="print")
    expect(chart.locator("[data-drawn]")).to_be_hidden()
    assert chart.locator("[data-chart-table]").bounding_box()["height"] > 60
    page.emulate_media(media="screen")
    chart.get_by_role("button", name="Bảng số liệu").click()

    expect(chart.locator("[data-drawn]")).to_be_hidden()
    row = chart.get_by_role("row").nth(1)
    expect(row).to_be_visible()
    with page.expect_download() as saved:
        chart.get_by_role("button", name="Tải CSV").click()
    first = saved.value.path().read_text(encoding="utf-8-sig").splitlines()[1].split(",")
    assert [first[0], *(one.replace(".", ",") for one in first[1:])] == [
        cell.strip() for cell in row.locator("th, td").all_inner_texts()
    ]
