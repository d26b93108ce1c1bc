"""Conferences as people see them: typed by the keyboard alone, nothing lost, nothing in the way."""

import re

import pytest
from django.core.cache import cache
from django.urls import reverse
from playwright.sync_api import expect

from tests.conferences import situations
from tests.fixtures.browser import DESK, PHONE, drawn_before


@pytest.fixture
def who(live_server):
    return situations.sides()


def test_items_typed_by_the_keyboard_alone_arrive_once_whatever_the_network_does(
    who, context, sign_in
):
    conference = situations.held(who)
    sign_in(who.editor)
    page = context.new_page()  # not watched: a lost network is written down as an error
    page.goto(reverse("conferences:quick", args=[conference.pk]))

    page.keyboard.type("Phải chờ lâu")
    page.keyboard.press("Enter")
    expect(page.locator("#vua-ghi")).to_contain_text("1 ý kiến, 0 câu hỏi")
    page.keyboard.press("Alt+2")
    page.keyboard.press("Alt+6")
    context.set_offline(True)
    page.keyboard.type("Bao giờ có máy?")
    page.keyboard.press("Enter")
    expect(page.locator("[data-quick-queue]")).to_contain_text("đã giữ trên máy này")
    page.keyboard.type("Gõ dở thì")
    expect(page.locator("[data-quick-state]")).to_contain_text("đã giữ trên máy này")
    context.set_offline(False)
    page.reload()

    expect(page.locator("#vua-ghi")).to_contain_text("1 ý kiến, 1 câu hỏi")
    expect(page.get_by_label("Nội dung")).to_have_value("Gõ dở thì")
    page.get_by_label("Nội dung").focus()
    page.keyboard.press("End")
    page.keyboard.type(" thôi")
    page.keyboard.press("Enter")
    expect(page.locator("#vua-ghi")).to_contain_text("Gõ dở thì thôi")
    found = conference.items.order_by("number").values_list("kind", "speaker", "text")
    assert list(found) == [
        ("opinion", "officer", "Phải chờ lâu"),
        ("question", "citizen", "Bao giờ có máy?"),
        ("question", "citizen", "Gõ dở thì thôi"),
    ]


def test_what_arrives_while_the_page_is_drawn_anew_stands_on_the_page(who, page, sign_in):
    conference = situations.held(who)
    address = reverse("conferences:quick", args=[conference.pk])
    sign_in(who.editor)
    page.goto(address)
    page.get_by_label("Nội dung").fill("Bao giờ có máy?")
    drawn_before(page, address, lambda: page.keyboard.press("Enter"))

    page.reload()

    expect(page.locator("#vua-ghi")).to_contain_text("Bao giờ có máy?")


def test_no_page_of_conferences_has_barriers_or_is_too_wide(who, page, sign_in, assert_no_barriers):
    cache.clear()
    conference, coming = situations.held(who), situations.collecting_one(who)
    item = situations.an_item(who, conference, situations.NAMED)
    step = situations.escalated(who, situations.an_item(who, conference))
    task = situations.a_conclusion(who, conference)
    pages = [
        (who.editor, "list", []),
        (who.editor, "plan", []),
        (who.head, "detail", [conference.pk]),
        (who.editor, "quick", [conference.pk]),
        (who.editor, "item", [item.pk]),
        (who.editor, "item-split", [item.pk]),
        (who.editor, "item-move", [item.pk, "chuyen-cap-tren"]),
        (who.head, "sign-minutes", [conference.pk]),
        (who.editor, "task", [task.pk]),
        (who.editor, "collect", [coming.pk]),
        (who.editor, "send", [coming.collect_key]),
        (who.upper_editor, "escalations", []),
        (who.upper_editor, "escalation", [step.pk]),
    ]

    for user, name, arguments in pages:
        sign_in(user)
        page.goto(reverse(f"conferences:{name}", args=arguments))
        for screen in (DESK, PHONE):
            page.set_viewport_size(screen)
            assert_no_barriers(page)
            wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            assert wide <= 0, f"{name} is {wide} px too wide at {screen['width']}"


def test_a_refused_item_says_why_and_can_be_taken_back_into_the_form(who, page, sign_in):
    conference = situations.held(who)
    sign_in(who.editor)
    page.goto(reverse("conferences:quick", args=[conference.pk]))
    situations.minuted(who, conference)

    page.keyboard.type("Quá muộn")
    page.keyboard.press("Enter")

    queue = page.locator("[data-quick-queue]")
    expect(queue).to_contain_text(re.compile("Biên bản hội nghị đã ký"))
    queue.get_by_role("button", name="Sửa lại").click()
    expect(page.get_by_label("Nội dung")).to_have_value("Quá muộn")
