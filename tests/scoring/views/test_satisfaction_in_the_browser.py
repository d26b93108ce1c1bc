"""The pages of satisfaction at both sizes of screen; seven taps on a telephone without script."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from scoring.models import Rating
from scoring.services import counter
from tests.fixtures.browser import DESK, PHONE
from tests.scoring.campaigns import ASPECTS, a_campaign, bring_in, rows_of

pytestmark = pytest.mark.django_db(transaction=True)

MANY = (60, 30, 8, 1, 1)
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def at(name: str, *args: object) -> str:
    return reverse(f"scoring:{name}", args=args)


def test_pages_of_satisfaction_have_no_barriers_and_a_rating_is_a_tap_an_aspect(
    page, live_server, sign_in, assert_no_barriers
):
    made = a_campaign()
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

    sign_in(made.organiser)
    seen = [at("campaigns"), at("campaign-new"), at("campaign", key)]
    seen += [at("campaign-unit", made.unit().pk)]
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
