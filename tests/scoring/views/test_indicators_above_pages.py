"""The page on which indicators of the level above are taken, and what the list says of them."""

import re

import pytest
from django.urls import reverse

from scoring.services.indicators_above import mark
from tests.fixtures.browser import DESK, PHONE
from tests.scoring.levels import Levels

pytestmark = pytest.mark.django_db
LIST = "scoring:indicators"


def page_of(work: Levels, owner=None) -> str:
    return reverse("scoring:indicators-above", args=[(owner or work.police).pk])


def ticked(page: str) -> list[int]:
    """Keys of the indicators that are ticked on the page."""
    return [int(key) for key in re.findall(r'name="chosen" value="(\d+)"[^>]* checked', page)]


@pytest.fixture
def work():
    return Levels()


@pytest.fixture
def keeper(client, work):
    client.force_login(work.by)
    return client


def test_the_list_leads_to_what_it_lacks_and_says_so_no_more_when_it_lacks_nothing(keeper, work):
    shown = keeper.get(reverse(LIST)).text
    assert "Lấy chỉ tiêu của cấp trên (4)" in shown
    page = keeper.get(page_of(work)).text
    assert ticked(page) == [one.indicator.pk for one in work.offered()]
    assert "Lấy kèm HS-02, HS-03" in page
    assert ticked(keeper.get(page_of(work) + "?chon=khong").text) == []

    ratio = next(one.indicator.pk for one in work.offered() if one.indicator.code == "HS-05")
    sent = {"seen": mark(work.offered()), "chosen": [ratio]}
    answer = keeper.post(page_of(work), sent, follow=True).text

    assert "Đã lấy 3 chỉ tiêu của cấp trên, trong đó 2 chỉ tiêu lấy kèm." in answer
    assert "Lấy chỉ tiêu của cấp trên (1)" in answer
    work.take("TH-02")
    assert "Lấy chỉ tiêu của cấp trên" not in keeper.get(reverse(LIST)).text
    assert "Không còn chỉ tiêu nào để lấy" in keeper.get(page_of(work)).text
    edit = reverse("scoring:indicator-edit", args=[work.the("HS-03").pk])
    assert "Lấy từ danh mục của Bộ Công an." in keeper.get(edit).text


def test_the_row_says_in_what_the_level_above_has_it_otherwise(keeper, work):
    work.add(work.police, code="HS-02", name="Hồ sơ", measure="Hồ sơ")
    told = "Cấp trên ghi đơn vị tính là “hồ sơ”: số liệu không tự cộng lên được."
    assert told in keeper.get(reverse(LIST)).text

    work.revise(work.the("HS-02"), measure="hồ sơ")

    assert told not in keeper.get(reverse(LIST)).text


def test_nothing_chosen_or_a_list_that_changed_is_refused_with_the_ticks_kept(keeper, work):
    address, offered = page_of(work), work.offered()
    files = next(one.indicator for one in offered if one.indicator.code == "HS-02")
    costs = next(one.indicator for one in offered if one.indicator.code == "TH-02")
    none = keeper.post(address, {"seen": mark(offered)})
    assert none.status_code == 422
    assert "Đề nghị chọn ít nhất một chỉ tiêu." in none.text
    assert ticked(none.text) == []
    strange = keeper.post(address, {"seen": mark(offered), "chosen": [files.pk, "0", "x"]})
    assert strange.status_code == 422
    assert ticked(strange.text) == [files.pk]

    work.revise(files, name="Hồ sơ đã giải quyết trong kỳ")
    sent = {"seen": mark(offered), "chosen": [costs.pk]}
    stale = keeper.post(address, sent)

    assert stale.status_code == 409
    assert "vừa được sửa" in stale.text
    assert "Hồ sơ đã giải quyết trong kỳ" in stale.text
    assert ticked(stale.text) == [costs.pk]
    assert mark(work.offered()) in stale.text
    assert not work.police.indicators.exists()
    again = keeper.post(address, sent | {"seen": mark(work.offered())})
    assert again.status_code == 302
    assert work.the("TH-02").measure == "triệu đồng"


def test_who_has_no_level_above_is_told_so(client, work):
    client.force_login(work.upper)

    assert "không có cấp trên trên cổng" in client.get(page_of(work, work.ministry)).text
    assert client.post(page_of(work, work.ministry), {"chosen": ["1"]}).status_code == 422
    assert "Lấy chỉ tiêu của cấp trên" not in client.get(reverse(LIST)).text


def test_many_indicators_cost_no_more_queries_than_few(keeper, work, assert_flat_queries):
    pages = (reverse(LIST), page_of(work))
    work.add(work.police, code="HS-02", name="Hồ sơ", measure="Hồ sơ")

    def grow():
        for n in range(30):
            work.add(work.ministry, code=f"X-{n}", name="Chỉ tiêu", part_of="HS-02")
            work.add(work.police, code=f"Y-{n}", name="Chỉ tiêu")
            work.add(work.ministry, code=f"Y-{n}", name="Chỉ tiêu", measure="bộ")

    assert_flat_queries(lambda: [keeper.get(page) for page in pages], grow=grow)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["desk", "phone"])
def test_the_pages_have_no_barriers_and_fit_the_screen(page, sign_in, assert_no_barriers, screen):
    work = Levels()
    work.add(work.police, code="HS-02", name="Hồ sơ", measure="Hồ sơ")
    work.add(work.ministry, code="CHI-TIEU-MA-DAI-2026", name="Chỉ tiêu " * 20, source="Căn cứ")
    sign_in(work.by)
    page.set_viewport_size(screen)

    for address in (reverse(LIST), page_of(work)):
        page.goto(address)
        assert_no_barriers(page)
        assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    page.get_by_role("link", name="Bỏ chọn tất cả").click()
    page.get_by_role("button", name="Lấy chỉ tiêu đã chọn").click()
    assert_no_barriers(page)
    page.get_by_role("checkbox", name="Kinh phí").check()
    page.get_by_role("button", name="Lấy chỉ tiêu đã chọn").click()
    page.get_by_text("Đã lấy 1 chỉ tiêu của cấp trên.").wait_for()
