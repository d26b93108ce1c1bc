"""The organiser's pages as a browser shows them: no barriers, nothing wider than the screen."""

import pytest
from django.urls import reverse

from scoring import tasks
from scoring.models import Period
from scoring.services import blocks, periods
from tests.fixtures.browser import DESK, PHONE
from tests.worlds import a_prepared_period, a_province, an_open_period

pytestmark = pytest.mark.django_db(transaction=True)

WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def prepared(sign_in):
    year = a_prepared_period(a_province(departments=3))
    blocks.add(year.period, by=year.organiser, name="Khối còn trống", kinds=[])
    sign_in(year.organiser)
    return year


def addresses(year) -> list[str]:
    block = year.block
    component = block.criteria_set.criteria.get(code="1.1.2").pk
    of_the_period = [("period", year.period.pk), ("period-edit", year.period.pk)]
    of_the_block = [(name, block.pk) for name in ("block", "block-units", "block-edit")]
    of_a_node = [("criterion-edit", component)]
    pages = [reverse("scoring:periods"), reverse("scoring:period-new")]
    return pages + [
        reverse(f"scoring:{name}", args=[key])
        for name, key in of_the_period + of_the_block + of_a_node
    ]


@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["desk", "phone"])
def test_the_pages_keep_nobody_out_and_fit_the_screen(page, prepared, assert_no_barriers, screen):
    page.set_viewport_size(screen)

    for address in addresses(prepared):
        page.goto(address)
        assert_no_barriers(page)
        assert page.evaluate(WIDER) <= 0, address


def test_sums_follow_the_pen(page, prepared):
    component = prepared.block.criteria_set.criteria.get(code="1.2.2")
    page.goto(reverse("scoring:criterion-edit", args=[component.pk]))

    page.fill("[name=maximum]", "7,5")

    page.wait_for_selector("#ket-qua :text('102,5')")
    assert "Mỗi sáng kiến được 3,75 điểm" in page.inner_text("#ket-qua")


def test_the_fields_of_another_kind_of_rule_come_when_it_is_chosen(page, prepared):
    component = prepared.block.criteria_set.criteria.get(code="1.1.1")
    page.goto(reverse("scoring:criterion-edit", args=[component.pk]))

    page.select_option("[name=kind]", "checklist")
    page.fill("[name=rule-items]", "một\nhai")
    page.click("button:text-is('Lưu')")

    page.wait_for_selector("text=Đã lưu tiêu chí thành phần 1.1.1.")
    component.refresh_from_db()
    assert component.rule == {"type": "checklist", "items": ["một", "hai"]}


def test_opening_asks_first_and_then_opens(page, sign_in):
    year = a_prepared_period(a_province(departments=3))
    sign_in(year.organiser)
    page.goto(reverse("scoring:period", args=[year.period.pk]))

    page.click("button:has-text('Mở kỳ đánh giá…')")
    assert "3 đơn vị trong 1 khối" in page.inner_text("dialog[open]")
    page.click("dialog[open] button[type=submit]")

    page.wait_for_selector("text=Đã mở kỳ đánh giá, lập 3 hồ sơ.")
    assert Period.objects.get().state == "open"


def test_progress_is_shown_until_a_large_opening_is_done(page, sign_in, monkeypatch):
    monkeypatch.setattr(periods, "UNITS_AT_ONCE", 1)
    monkeypatch.setattr(tasks, "UNITS_A_STEP", 2)
    monkeypatch.setattr(tasks.fill_period, "delay_on_commit", lambda period: None)
    year = a_prepared_period(a_province(departments=3))
    periods.open(year.period, by=year.organiser)
    sign_in(year.organiser)
    page.goto(reverse("scoring:period", args=[year.period.pk]))

    tasks.take_a_step(year.period.pk)
    page.wait_for_selector("#tien-do-mo :text('2/3')")
    tasks.fill_period(year.period.pk)

    page.wait_for_selector("#chua-chot :text('Còn 3 hồ sơ chưa thẩm định xong')")


def test_an_open_period_keeps_nobody_out(page, sign_in, assert_no_barriers):
    year = an_open_period()
    sign_in(year.organiser)

    for size in (DESK, PHONE):
        page.set_viewport_size(size)
        page.goto(reverse("scoring:period", args=[year.period.pk]))
        assert_no_barriers(page)
        assert page.evaluate(WIDER) <= 0
