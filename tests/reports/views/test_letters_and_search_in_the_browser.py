"""The search of the bar and the choice of letters as people meet them, on a desk and on a phone."""

import pytest
from playwright.sync_api import expect

from reports.models import Letter
from tests.fixtures.browser import DESK, PHONE
from tests.reports.post import a_reader
from tests.worlds import a_province
from units.permissions import Role


@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["desk", "phone"])
def test_searching_and_choosing_letters_have_no_barriers_and_are_not_too_wide(
    live_server, page, sign_in, assert_no_barriers, screen
):
    province = a_province(departments=12)
    organiser = a_reader(province, Role.ORGANISER, province.police)
    editor = a_reader(province, Role.EDITOR, province.departments[0])
    Letter.objects.create(
        person=editor, kind="returned", event="dossier-1", state="failed",
        fault="Địa chỉ không được nhận: [(550, b'5.1.1 <tenratdai.khongcodiachi@example.vn>: no')]",
    )  # fmt: skip
    page.set_viewport_size(screen)
    sign_in(organiser)
    page.goto("/")

    def shown() -> None:
        assert_no_barriers(page)
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 0, f"{page.url} is {wide} px too wide"

    page.keyboard.press("h")
    box = page.get_by_role("searchbox", name="Tìm trong cổng")
    expect(box).to_be_focused()
    shown()
    box.fill("nghiep vu phong")
    box.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("12 kết quả cho “nghiep vu phong”")
    shown()
    page.get_by_role("link", name="Xem tất cả 12 đơn vị").click()
    expect(page.locator("mark").first).to_have_text("Phòng")
    shown()
    for address in ("/tim-kiem/?tim=a", "/nhan-thu/", "/nhan-thu/khong-gui-duoc/"):
        page.goto(address)
        shown()
