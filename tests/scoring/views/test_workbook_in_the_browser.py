"""The round trip of the workbook as a person makes it: download, fill in, bring back, write."""

import io

import pytest
from django.urls import reverse

from tests.fixtures.browser import DESK, PHONE
from tests.scoring.books import Filled
from tests.worlds import a_draft_dossier, fill

pytestmark = pytest.mark.django_db(transaction=True)

WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["desk", "phone"])
def test_the_round_trip_in_a_browser(page, sign_in, assert_no_barriers, tmp_path, screen):
    work = a_draft_dossier()
    sign_in(work.editor)
    page.set_viewport_size(screen)

    def check():
        assert_no_barriers(page)
        assert page.evaluate(WIDER) <= 0, page.url

    page.goto(reverse("scoring:dossier", args=[work.dossier.pk]))
    page.click("a:has-text('Excel')")
    page.wait_for_selector("a:has-text('Tải tệp Excel')")
    check()
    with page.expect_download() as download:
        page.click("a:has-text('Tải tệp Excel')")
    file = tmp_path / "đã điền.xlsx"
    download.value.save_as(file)

    book = Filled(file.read_bytes())
    book.put("1.1.1", "Có (đạt)", note="Từ tệp\ndòng hai").put("1.2.2", 4, note="Bốn sáng kiến")
    book.put("2.2.1", "Đạt", "Đạt", "Không đạt").put("1.2.1", "bốn sáu", 47, note="Đã gõ")
    file.write_bytes(book.saved())
    fill(work, "1.1.1", {"yes": False}, note="Từ trang")

    page.set_input_files("input[type=file]", file)
    page.click("button:has-text('Đưa tệp lên')")
    page.wait_for_selector("text=2 dòng sẽ đổi")
    assert "“Nhiệm vụ hoàn thành” phải ghi bằng chữ số" in page.inner_text("#chua-hop-le >> ../..")
    check()

    page.get_by_label("Lấy bản trong tệp, ghép hai ghi chú").check()
    page.get_by_label("2.2.1").uncheck()
    page.click("button:has-text('Ghi các dòng đã chọn')")
    page.wait_for_selector("text=Đã ghi 2 dòng từ tệp đã điền.xlsx.")

    assert work.score("1.1.1").self_note == "Từ trang\nTừ tệp\ndòng hai"
    page.goto(f"{reverse('scoring:dossier', args=[work.dossier.pk])}?dong={work.score('1.2.2').pk}")
    assert page.input_value(f"#ghi-chu-{work.score('1.2.2').pk}") == "Bốn sáng kiến"
    assert work.score("2.2.1").self_answer is None

    page.goto(reverse("scoring:workbook", args=[work.dossier.pk]))
    page.click("a:has-text('đã điền.xlsx')")
    page.wait_for_selector("text=1 dòng sẽ đổi")
    check()


def test_a_refused_file_is_answered_where_it_was_chosen(page, sign_in, assert_no_barriers):
    work = a_draft_dossier()
    sign_in(work.editor)
    page.goto(reverse("scoring:workbook", args=[work.dossier.pk]))

    bad = {"name": "x.xlsx", "mimeType": "application/zip", "buffer": io.BytesIO(b"a").read()}
    page.set_input_files("input[type=file]", bad)
    page.click("button:has-text('Đưa tệp lên')")

    page.wait_for_selector("[role=alert] :text('không phải là bảng tính Excel')")
    assert_no_barriers(page)
