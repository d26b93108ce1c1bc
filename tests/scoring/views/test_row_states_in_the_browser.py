"""How a row stands, in words and colour: told by the page itself, to everybody."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from scoring.services import dossiers, presence, scores
from tests.fixtures.browser import DESK, PHONE, drawn_before
from tests.worlds import a_draft_dossier, a_settled_dossier, fill

pytestmark = pytest.mark.django_db(transaction=True)


def row(page, score):
    return page.locator(f"#dong-{score.pk}")


def write(page, score, text):
    opened = row(page, score).locator("[data-toggle-row]")
    if opened.get_attribute("aria-expanded") != "true":
        opened.click()
    note = row(page, score).get_by_label("Ghi chú, giải trình")
    note.fill(text)
    note.press("Tab")


def open_dossier(page, work):
    page.goto(reverse("scoring:dossier", args=[work.dossier.pk]))


def stands(page, score, words):
    state = row(page, score).locator(".row-state")
    expect(state).to_contain_text(words)
    expect(state).to_have_attribute("aria-live", "polite")


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_saved_waiting_refused_locked_and_changed_are_told_apart_and_bar_nobody(
    context, page, sign_in, assert_no_barriers, size
):
    work = a_draft_dossier()
    saved, waiting, refused, changed = (
        work.score(code) for code in ("1.1.2", "1.1.3", "1.2.1", "1.1.1")
    )
    given = work.dossier.scores.exclude(criterion__source="self").first()
    sign_in(work.editor)
    page.set_viewport_size(size)
    open_dossier(page, work)

    write(page, saved, "Theo báo cáo.")
    stands(page, saved, "Đã lưu")
    write(page, refused, "Chờ số liệu.")
    numbers = row(page, refused).locator("[name=numerator]")
    numbers.fill("ba mươi")
    numbers.press("Tab")
    row(page, saved).locator("[data-toggle-row]").click()
    stands(page, refused, "Không nhận")
    stands(page, given, "Đã khóa")
    fill(work, "1.1.1", note="Bản của thủ trưởng.", by=work.head)
    write(page, changed, "Bản của tôi.")
    stands(page, changed, "Người khác vừa sửa")
    expect(row(page, changed).locator(".choice ins").first).to_be_visible()
    assert_no_barriers(page)
    page.reload()
    stands(page, refused, "Không nhận")
    stands(page, changed, "Người khác vừa sửa")

    page.route(re.compile("/luu/$"), lambda route: route.fulfill(status=429))
    write(page, waiting, "Chưa gửi được.")
    stands(page, waiting, "Chờ gửi")
    assert_no_barriers(page)


def test_a_row_with_a_remark_says_so_beside_its_own_state(page, sign_in, assert_no_barriers):
    work = a_settled_dossier()
    score = work.score("1.1.1")
    from_the_desk = {"by": work.verifier, "seen_version": score.version, "points": 1}
    scores.save_verified(score, reason="Ban hành chậm.", **from_the_desk)
    dossiers.send_back(work.dossier, by=work.verifier, comment="Xem lại 1.1.1.")
    sign_in(work.editor)

    open_dossier(page, work)

    stands(page, score, "Có trao đổi")
    stands(page, score, "Đã lưu")
    assert_no_barriers(page)


def test_the_second_writer_chooses_by_a_key_and_both_texts_are_joined(page, sign_in):
    work = a_draft_dossier()
    score = work.score("1.1.1")
    sign_in(work.editor)
    open_dossier(page, work)
    fill(work, "1.1.1", note="Bản của thủ trưởng.", by=work.head)
    write(page, score, "Bản của tôi.")
    stands(page, score, "Người khác vừa sửa")

    row(page, score).get_by_label("Ghi chú, giải trình").press("Escape")
    page.keyboard.press("3")

    stands(page, score, "Đã lưu")
    assert work.score("1.1.1").self_note == "Bản của thủ trưởng.\nBản của tôi."


# What the page does every so often it does thirty times as often: nobody waits for it.
HURRIED = """
const every = window.setInterval;
window.setInterval = (act, pause, ...rest) => every(act, pause / 30, ...rest);
"""


def test_who_else_has_the_dossier_open_is_named_and_their_writing_is_announced(page, sign_in):
    work = a_draft_dossier()
    sign_in(work.head)
    page.add_init_script(HURRIED)
    open_dossier(page, work)
    expect(page.locator("[data-presence]")).to_have_text("")
    presence.note(work.dossier, work.editor)
    score = fill(work, "1.1.1", note="Bản của cán bộ.")

    expect(page.locator("[data-presence]")).to_contain_text(str(work.editor))
    stands(page, score, "Người khác vừa sửa")
    row(page, score).get_by_role("link", name="Xem bản mới").click()
    expect(row(page, score).locator("[name=note]")).to_have_value("Bản của cán bộ.")


TAKEN_BACK = """field => {
  const kept = portalPen.kept;
  portalPen.kept = async () => {
    const entries = await kept();
    portalPen.kept = kept;
    field.value = "";
    field.dispatchEvent(new Event("input", {bubbles: true}));
    return entries;
  };
}"""


def test_what_is_taken_back_before_it_is_sent_is_not_sent_and_leaves_no_row_waiting(page, sign_in):
    work = a_draft_dossier()
    score = work.score("1.2.1")
    sign_in(work.editor)
    open_dossier(page, work)
    row(page, score).locator("[data-toggle-row]").click()
    number = row(page, score).locator("[name=numerator]")

    number.evaluate(TAKEN_BACK)
    number.fill("ba mươi")
    number.press("Tab")
    row(page, score).locator("[data-toggle-row]").focus()
    write(page, work.score("1.1.2"), "Dòng sau.")

    stands(page, work.score("1.1.2"), "Đã lưu")
    expect(page.locator("[data-unsent]").first).to_be_hidden()
    assert not work.dossier.drafts.exists()


def test_a_row_saved_while_the_page_is_drawn_anew_shows_what_was_saved(page, sign_in):
    work = a_draft_dossier()
    score = work.score("1.1.2")
    sign_in(work.editor)
    open_dossier(page, work)
    row(page, score).locator("[data-toggle-row]").click()
    note = row(page, score).get_by_label("Ghi chú, giải trình")
    note.focus()
    address = reverse("scoring:dossier", args=[work.dossier.pk])

    def leaves_a_note():
        page.keyboard.type("Theo báo cáo.")
        page.keyboard.press("Tab")

    drawn_before(page, address, leaves_a_note)

    page.reload()

    stands(page, score, "Đã lưu")
    expect(note).to_have_value("Theo báo cáo.")


def test_a_row_that_one_comes_back_to_shows_what_was_saved_before_one_left(page, sign_in):
    work = a_draft_dossier()
    score = work.score("1.1.2")
    sign_in(work.editor)
    open_dossier(page, work)
    page.reload()  # with the cookie of the first look: a page without it is not taken again
    write(page, score, "Theo báo cáo.")
    stands(page, score, "Đã lưu")
    page.goto("/")

    page.go_back()

    stands(page, score, "Đã lưu")
    expect(row(page, score).get_by_label("Ghi chú, giải trình")).to_have_value("Theo báo cáo.")
