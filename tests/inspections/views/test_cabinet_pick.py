"""Papers picked out of a full cabinet wherever proof is asked: of a demand, a task of a conference,
a task of a commitment."""

import re
from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.commitments import situations as commitments
from tests.conferences import situations as conferences
from tests.fixtures.browser import DESK, PHONE
from tests.inspections.situations import a_paper, followed, sides
from units.models import Document
from units.services import documents

PLACES = ("demand", "conclusion", "commitment")


def asks_for_proof(place: str):
    """Somebody who has to prove something, of which unit, and the address where it is asked."""
    if place == "demand":
        who = sides()
        task = followed(who).tasks.get()
        return (
            who.editor,
            who.inspected,
            reverse("inspections:task-move", args=[task.pk, "bao-cao"]),
        )
    if place == "conclusion":
        who = conferences.sides()
        conference = conferences.held(who)
        task = conferences.a_conclusion(who, conference)
        conferences.minuted(who, conference)
        return (
            who.editor,
            who.unit,
            reverse("conferences:task-move", args=[task.pk, "hoan-thanh"]),
        )
    who = commitments.parties()
    task = commitments.one_in_force(who).tasks.first()
    return who.editor, who.unit, reverse("commitments:task-report", args=[task.pk])


def filed(unit, by, *titles: str) -> list[Document]:
    """Papers known by their numbers, 1/BC upwards, the first the oldest."""
    return [
        documents.note(unit, by=by, number=f"{n}/BC", title=title, declared_not_secret=True)
        for n, title in enumerate(titles, start=1)
    ]


def order_of(page: str) -> list[int]:
    """Keys of the papers as they stand on the page."""
    return [int(key) for key in re.findall(r'name="proofs" value="(\d+)"', page)]


def ticked(page: str) -> list[int]:
    """Those of them that are ticked."""
    return [int(key) for key in re.findall(r'name="proofs" value="(\d+)"[^>]* checked', page)]


@pytest.fixture
def asked(db, client, request) -> Callable:
    """The page where proof is asked, looked at by whoever has to give it."""
    by, unit, address = asks_for_proof(request.param)
    client.force_login(by)
    return by, unit, address


@pytest.mark.parametrize("asked", PLACES, indirect=True)
def test_the_newest_papers_stand_first_and_what_was_ticked_before_them_after_a_refusal(
    client, asked
):
    by, unit, address = asked
    first, second, third = filed(unit, by, "Báo cáo quý I", "Báo cáo quý II", "Báo cáo quý III")

    shown = client.get(address).text
    sent = {"seen": 1, "proofs": [first.pk], "result": "Đã gõ", "done_on": "không phải ngày"}
    refused = client.post(address, sent)

    assert order_of(shown) == [third.pk, second.pk, first.pk]
    assert refused.status_code == 422
    assert order_of(refused.text) == [first.pk, third.pk, second.pk]
    assert ticked(refused.text) == [first.pk]
    assert "Đã gõ" in refused.text


@pytest.mark.parametrize("asked", PLACES, indirect=True)
def test_a_full_cabinet_costs_no_more_queries_than_a_small_one(client, asked, assert_flat_queries):
    by, unit, address = asked
    filed(unit, by, "Một", "Hai", "Ba")

    def grow():
        Document.objects.bulk_create(
            Document(unit=unit, title=f"Báo cáo {n}", number=f"{n}/KH", filed_by=by)
            for n in range(297)
        )

    assert_flat_queries(lambda: client.get(address), grow=grow)
    assert len(order_of(client.get(address).text)) == 300


@pytest.mark.parametrize("asked", PLACES, indirect=True)
def test_a_paper_withdrawn_meanwhile_or_of_another_cabinet_is_refused_in_words(client, asked):
    by, unit, address = asked
    kept, gone = filed(unit, by, "Còn", "Đã rút")
    documents.withdraw(gone, by=by, reason="Đưa nhầm")
    sent = {"seen": 1, "result": "Đã gõ", "done_on": "2026-01-01", "outcome": "done"}

    for strange in (gone.pk, "không phải số"):
        refused = client.post(address, sent | {"proofs": [kept.pk, strange]})

        assert refused.status_code == 422
        assert "Tài liệu không còn trong tủ tài liệu của đơn vị." in refused.text
        assert ticked(refused.text) == [kept.pk]


@pytest.mark.parametrize("asked", ["demand"], indirect=True)
def test_the_sentence_of_a_refusal_leads_to_the_box(client, asked):
    by, unit, address = asked
    filed(unit, by, "Báo cáo")

    refused = client.post(address, {"seen": 1, "result": "Đã gõ", "done_on": "2026-01-01"}).text

    assert 'href="#id_proofs"' in refused
    assert 'id="id_proofs"' in refused


TITLES = (
    "Kế hoạch số hóa hồ sơ",
    "Công văn ĐÔN ĐỐC căn cước",
    *(f"Báo cáo {n}" for n in range(40)),
)


def test_a_paper_is_found_ticked_and_let_go_by_the_keyboard_alone(page, sign_in, live_server):
    by, unit, address = asks_for_proof("demand")
    filed(unit, by, *TITLES)
    sign_in(by)
    page.goto(address)
    find = page.get_by_label("Tìm trong tủ")
    expect(page.get_by_text("Chưa chọn tài liệu nào")).to_be_visible()

    find.focus()
    page.keyboard.type("can don doc")
    expect(page.get_by_text("1/42 tài liệu khớp")).to_be_visible()
    expect(page.get_by_role("checkbox", name="ĐÔN ĐỐC")).to_be_visible()
    expect(page.get_by_role("checkbox", name="Báo cáo 7")).to_be_hidden()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    expect(page.get_by_text("Đã chọn 1")).to_be_visible()
    find.fill("1/bc")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")

    off = page.get_by_role("button", name="Bỏ chọn: Công văn ĐÔN ĐỐC căn cước")
    expect(page.get_by_text("Đã chọn 2")).to_be_visible()
    expect(off).to_be_visible()
    find.fill("không có")
    expect(page.get_by_text("Không có tài liệu nào khớp.")).to_be_visible()
    expect(off).to_be_visible()
    find.press("Enter")
    assert page.url.endswith(address), "the search sends nothing"
    off.press("Enter")
    expect(page.get_by_text("Đã chọn 1")).to_be_visible()
    assert page.locator(":focus").inner_text().startswith("Bỏ chọn")

    find.fill("")
    find.press("Tab")
    page.keyboard.press("Tab")
    assert page.locator(":focus").get_attribute("type") != "checkbox", "the box is one stop"


def test_what_is_ticked_stays_after_a_refusal_and_comes_back_after_a_reload(page, sign_in):
    by, unit, address = asks_for_proof("demand")
    filed(unit, by, *TITLES)
    sign_in(by)
    page.goto(address)
    page.get_by_role("checkbox", name="Kế hoạch số hóa").check()
    page.get_by_label("Kết quả khắc phục").fill("Đã số hóa")

    expect(page.get_by_text("Đã giữ trên máy này, chưa gửi")).to_be_visible()
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    page.locator("[data-unsent-take]").click()
    expect(page.get_by_role("button", name="Bỏ chọn: Kế hoạch số hóa hồ sơ")).to_be_visible()
    page.get_by_label("Ngày hoàn thành").fill("2099-01-01")
    page.get_by_role("button", name="Báo cáo khắc phục").click()

    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_text("Đã chọn 1")).to_be_visible()
    expect(page.get_by_role("checkbox", name="Kế hoạch số hóa")).to_be_checked()
    expect(page.get_by_label("Kết quả khắc phục")).to_have_value("Đã số hóa")


def test_without_script_the_box_scrolls_and_no_field_is_offered_that_does_nothing(
    browser, live_server, client
):
    by, unit, address = asks_for_proof("demand")
    filed(unit, by, *TITLES)
    client.force_login(by)
    bare = browser.new_context(
        base_url=live_server.url, java_script_enabled=False, viewport=PHONE, locale="vi-VN"
    )
    name, morsel = next(iter(client.cookies.items()))
    bare.add_cookies([{"name": name, "value": morsel.value, "url": live_server.url}])
    page = bare.new_page()
    page.goto(address)

    expect(page.get_by_label("Tìm trong tủ")).to_be_hidden()
    assert page.locator(".picks-box").bounding_box()["height"] < PHONE["height"] / 2
    page.get_by_role("checkbox", name="Kế hoạch số hóa").check()
    expect(page.get_by_role("checkbox", name="Kế hoạch số hóa")).to_be_checked()
    bare.close()


@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["desk", "phone"])
def test_a_full_cabinet_has_no_barriers_and_is_not_too_wide(
    page, sign_in, assert_no_barriers, screen
):
    by, unit, address = asks_for_proof("demand")
    filed(unit, by, *TITLES, "Số/ký-hiệu-rất-dài-không-có-khoảng-trắng-nào-cả-" * 5)
    a_paper(unit, by, number="x" * 60)
    sign_in(by)
    page.set_viewport_size(screen)
    page.goto(address)
    for name in ("Kế hoạch số hóa", "rất-dài"):
        page.get_by_role("checkbox", name=name).check()
        assert_no_barriers(page)
    page.get_by_label("Tìm trong tủ").fill("không có")

    assert_no_barriers(page)
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
