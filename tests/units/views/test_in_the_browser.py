"""Pages of units as people use them: branches that open, units that are picked, no barriers."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.fixtures.browser import DESK, PHONE
from tests.worlds import Province, a_province
from units.models import Unit
from units.permissions import Role
from units.views import tree

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def province(sign_in) -> Province:
    built = a_province(departments=3, districts=2, communes=4)
    sign_in(built.administrator)
    return built


def test_a_branch_is_fetched_when_it_is_opened(province, page: Page, monkeypatch):
    monkeypatch.setattr(tree, "WHOLE_TREE", 4)
    page.goto(reverse("units:tree") + f"?goc={province.police.pk}")
    commune = page.get_by_role("link", name="Công an xã 3")
    expect(commune).to_have_count(0)

    page.get_by_text("Công an huyện 1").click()

    commune.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Công an xã 3")


def test_units_are_found_without_diacritics_picked_and_merged(province, page: Page):
    one, two, three = province.departments
    page.goto(reverse("units:merge", args=[one.pk]))
    both = page.get_by_label("chọn: Cùng sáp nhập với")
    both.press_sequentially("nghiep vu 2")
    page.get_by_role("checkbox", name=re.compile("Phòng Nghiệp vụ 2")).check()
    both.fill("xa 4")
    page.get_by_role("checkbox", name=re.compile("Công an xã 4")).check()
    expect(page.get_by_role("checkbox", name=re.compile("Phòng Nghiệp vụ 2"))).to_be_checked()
    page.get_by_label("chọn: Đơn vị đang hoạt động tiếp nhận").press_sequentially("P03")
    page.get_by_role("radio", name=re.compile("Phòng Nghiệp vụ 3")).check()
    page.get_by_label("Số, ký hiệu quyết định").fill("12/QĐ-BCA")
    page.get_by_label("Ngày quyết định").fill("2026-02-20")
    page.get_by_label("Có hiệu lực từ ngày").fill("2026-03-01")

    page.get_by_role("button", name="Sáp nhập, hợp nhất").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Phòng Nghiệp vụ 3")
    assert {row.predecessor for row in three.origins.all()} == {
        one,
        two,
        Unit.objects.get(code="TN-X004"),
    }


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_no_page_of_units_has_barriers_or_is_wider_than_the_screen(
    province, page: Page, assert_no_barriers, size
):
    page.set_viewport_size(size)
    unit = province.departments[0]
    editor = province.a_person(Role.EDITOR, unit)
    names = ("unit", "found", "rename", "move", "change-function", "close", "merge")
    about_people = ("people", "appoint", "account")
    addresses = [
        reverse("units:tree"),
        reverse("units:tree") + "?ngay=1950-01-01",
        reverse("units:search") + "?tim=cong+an&moi_luc=on",
        reverse("units:search") + "?tim=khong+co",
        reverse("units:people-list"),
        reverse("units:dismiss", args=[editor.memberships.get().pk]),
        *(reverse(f"units:{name}", args=[unit.pk]) for name in names + about_people),
    ]
    for address in addresses:
        page.goto(address)
        assert_no_barriers(page)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= size["width"], f"{address} is {wide} wide"
