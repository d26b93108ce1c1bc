"""A reason that is typed into a dialog outlives a session that ends; leaving is not asked about."""

import re

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import expect

from scoring.models import Campaign
from scoring.rules.campaign import CampaignState
from tests.fixtures.browser import DESK, NOTHING_KEPT, PHONE
from tests.scoring.campaigns import a_campaign

pytestmark = pytest.mark.django_db(transaction=True)

OFFER = re.compile("Nội dung chưa gửi lúc")
REASON = "Phiếu giấy của một đơn vị đến sau."


def test_a_reason_is_offered_in_its_dialog_again_and_forgotten_once_it_is_taken(
    context, page, sign_in, assert_no_barriers
):
    made = a_campaign()
    made.close()
    where = reverse("scoring:campaign", args=[made.campaign.pk])
    sign_in(made.organiser)
    page.goto(where)
    dialog = page.get_by_role("dialog")
    page.get_by_role("button", name="Mở lại đợt").click()
    dialog.get_by_label("Lý do").fill(REASON)
    expect(dialog.get_by_text("Đã giữ trên máy này, chưa gửi")).to_be_visible()
    context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    dialog.get_by_role("button", name="Mở lại đợt").click()
    expect(page).to_have_url(re.compile("dang-nhap"))

    sign_in(made.organiser)
    page.goto(where)
    page.get_by_role("button", name="Mở lại đợt").click()
    expect(dialog.get_by_text(OFFER)).to_be_visible()
    for screen in (PHONE, DESK):
        page.set_viewport_size(screen)
        assert_no_barriers(page)
    dialog.get_by_role("button", name="Lấy lại").click()
    expect(dialog.get_by_label("Lý do")).to_have_value(REASON)
    dialog.get_by_role("button", name="Mở lại đợt").click()

    expect(dialog).to_be_hidden()
    page.wait_for_function(NOTHING_KEPT)
    now = Campaign.objects.get(pk=made.campaign.pk)
    assert now.state == CampaignState.COLLECTING
    assert now.events.order_by("-pk").first().comment == REASON


def test_who_closes_a_dialog_with_words_in_it_leaves_the_page_without_being_asked(page, sign_in):
    made = a_campaign()
    made.close()
    sign_in(made.organiser)
    page.goto(reverse("scoring:campaign", args=[made.campaign.pk]))
    page.get_by_role("button", name="Mở lại đợt").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Lý do").fill(REASON)
    asked = []
    page.on("dialog", lambda question: (asked.append(question.type), question.accept()))

    dialog.get_by_role("button", name="Thôi").click()
    page.goto("/")

    assert asked == []
