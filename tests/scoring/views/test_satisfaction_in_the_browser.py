"""The pages of satisfaction at both sizes of screen; seven taps on a telephone without script."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from scoring.models import Rating
from scoring.services import counter
from tests.fixtures.browser import DESK, PHONE
from tests.scoring.campaigns import ASPECTS, a_campaign, bring_in, rows_of, the_year_before

pytestmark = pytest.mark.django_db(transaction=True)

MANY = (60, 30, 8, 1, 1)
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def at(name: str, *args: object) -> str:
    return reverse(f"scoring:{name}", args=args)


def test_pages_of_satisfaction_have_no_barriers_and_a_rating_is_a_tap_an_aspect(
    page, live_server, sign_in, assert_no_barriers
):
    made = a_campaign()
    earlier = the_year_before(made, title="Đợt trước")
    bring_in(earlier, rows_of(made.province.departments[1], MANY, MANY))
    earlier.close()
    bring_in(made, rows_of(made.province.departments[0], MANY, MANY, dealings=1000))
    (code,) = counter.hand_out(made.unit(), by=made.editor(), number=1)
    key = made.campaign.pk
    page.set_viewport_size(PHONE)
    for address in (at("rating-start"), at("rating", code)):
        page.goto(f"{live_server.url}{address}")
        assert page.evaluate(WIDER) <= 0, address
        assert_no_barriers(page)
    for aspect in ASPECTS:
        page.get_by_role("group", name=aspect).get_by_text("Hài lòng", exact=True).click()
    page.get_by_role("button", name="Gửi đánh giá").click()
    expect(page.get_by_role("heading", name="Cảm ơn ông (bà)")).to_be_visible()
    assert Rating.objects.get().answers == "44"

    for place, one in enumerate(counter.hand_out(made.unit(), by=made.editor(), number=10)):
        if place % 2:
            counter.enter_paper(made.unit(), one, ["4", "4"], by=made.editor())
        else:
            counter.rate(one, ["4", "4"], visitor=str(place))
    sign_in(made.organiser)
    seen = [at("campaigns"), at("campaign-new"), at("campaign", key)]
    seen += [at("campaign-unit", made.unit().pk), at("campaign-flags", key)]
    made.close()
    seen += [
        reverse("reports:satisfaction-board", args=[key]),
        reverse("reports:satisfaction", args=[key]),
    ]
    for size in (DESK, PHONE):
        page.set_viewport_size(size)
        for address in seen:
            page.goto(f"{live_server.url}{address}")
            assert page.evaluate(WIDER) <= 0, address
            assert_no_barriers(page)


def test_the_code_on_the_screen_is_large_fits_a_telephone_and_is_another_at_each_press(
    page, live_server, sign_in, assert_no_barriers
):
    made = a_campaign()
    sign_in(made.editor())
    page.set_viewport_size(PHONE)
    page.goto(f"{live_server.url}{at('campaign-unit', made.unit().pk)}")
    assert page.evaluate(WIDER) <= 0
    assert_no_barriers(page)
    page.get_by_role("link", name="Hiện mã QR trên màn hình").click()
    page.get_by_role("button", name="Hiện mã QR").click()
    square = page.get_by_role("img", name="Mã QR mở phiếu đánh giá")
    expect(square).to_be_visible()
    code = page.locator(".on-screen .code").inner_text()
    for size in (PHONE, DESK):
        page.set_viewport_size(size)
        assert page.evaluate(WIDER) <= 0
        assert square.bounding_box()["width"] > 280
        assert_no_barriers(page)

    page.get_by_role("button", name="Mã mới cho lượt tiếp theo").click()

    expect(page.locator(".on-screen .code")).not_to_have_text(code)
