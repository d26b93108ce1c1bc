"""Handing in, returning and comparing in a real browser: nobody kept out, nothing too wide."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from scoring.models import ReturnRemark
from scoring.rules.workflow import DossierState
from scoring.services import dossiers
from tests.factories import PASSWORD
from tests.fixtures.browser import DESK, PHONE
from tests.worlds import a_draft_dossier, a_filled_dossier, a_submitted_dossier, fill, hand_in

pytestmark = pytest.mark.django_db(transaction=True)

WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
SCREENS = pytest.mark.parametrize("screen", [DESK, PHONE], ids=["desk", "phone"])


@pytest.fixture
def look(page, sign_in, assert_no_barriers):
    """`look(user, screen, name, work)`: the page is there, open to everybody, and fits."""

    def look(user, screen, name: str, work) -> None:
        sign_in(user)
        page.set_viewport_size(screen)
        page.goto(reverse(f"scoring:{name}", args=[work.dossier.pk]))
        assert_no_barriers(page)
        assert page.evaluate(WIDER) <= 0, page.url

    return look


def sent_back(work, *codes: str):
    remarks = {work.score(code).pk: f"Bổ sung tài liệu cho {code}." for code in codes}
    dossiers.send_back(work.dossier, by=work.verifier, comment="Đề nghị sửa.", remarks=remarks)
    return work


@SCREENS
def test_the_page_of_handing_in_keeps_nobody_out_while_it_lists_everything(look, page, screen):
    work = a_filled_dossier()
    fill(work, "1.1.1", note="")
    fill(work, "2.1.1", {"numerator": "0", "denominator": "0"}, note="")

    look(work.head, screen, "dossier-submit", work)

    expect(page.get_by_role("heading", name="cần giải trình")).to_be_visible()
    expect(page.get_by_role("heading", name="Nên xem lại")).to_be_visible()


def test_a_link_of_the_list_opens_the_row_where_words_are_missing(look, page):
    work = a_filled_dossier()
    score = fill(work, "1.1.1", note="")
    look(work.head, DESK, "dossier-submit", work)

    page.get_by_role("link", name="1.1.1").first.click()

    expect(page.locator(f"#ghi-chu-{score.pk}")).to_be_visible()


def test_the_head_hands_in_with_the_password(look, page):
    work = a_filled_dossier()
    look(work.head, DESK, "dossier-submit", work)

    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Trình nộp hồ sơ").click()

    expect(page.get_by_text("Đã trình nộp hồ sơ.")).to_be_visible()
    assert work.now().state == DossierState.SUBMITTED


@SCREENS
def test_the_page_of_returning_keeps_nobody_out_and_takes_remarks(look, page, screen):
    work = a_submitted_dossier()
    look(work.verifier, screen, "dossier-return", work)

    page.get_by_label("Lý do").fill("Đề nghị bổ sung.")
    page.get_by_label("1.1.3").fill("Thiếu phụ lục.")
    page.get_by_role("button", name="Trả lại hồ sơ").click()

    expect(page.get_by_text("Đã trả lại hồ sơ")).to_be_visible()
    assert ReturnRemark.objects.get().score == work.score("1.1.3")


@SCREENS
def test_a_returned_dossier_shows_only_what_is_to_be_mended(look, page, screen):
    work = sent_back(a_submitted_dossier(), "1.1.3")
    look(work.editor, screen, "dossier", work)

    page.get_by_role("link", name="Bị trả lại 1").click()

    expect(page.locator(".score-row:visible")).to_have_count(1)
    expect(page.locator("form.score-row")).to_have_count(1)
    page.locator(".score-row:visible [data-toggle-row]").click()
    expect(page.get_by_text("Bổ sung tài liệu cho 1.1.3.")).to_be_visible()


@SCREENS
def test_the_comparison_keeps_nobody_out(look, page, screen):
    work = sent_back(a_submitted_dossier(), "1.1.3")
    fill(work, "1.1.3", {"level": 1}, note="Đã bổ sung phụ lục; xem lại mức đạt của năm.")
    hand_in(work)

    look(work.verifier, screen, "dossier-submissions", work)
    expect(page.get_by_text("1 dòng khác nhau giữa lần 1 và lần 2")).to_be_visible()
    look(work.verifier, screen, "verification-desk", work)
    expect(page.get_by_text("1 dòng thay đổi so với lần trước")).to_be_visible()


@SCREENS
def test_the_page_of_more_time_keeps_nobody_out(look, page, screen):
    work = a_draft_dossier()

    look(work.year.organiser, screen, "dossier-extend", work)

    expect(page.get_by_label("Gia hạn đến hết ngày")).to_be_visible()
