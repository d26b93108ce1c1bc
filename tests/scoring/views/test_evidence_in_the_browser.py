"""Evidence as people bring it: dropped, chosen, stopped, by keys alone, read in place."""

from base64 import b64encode
from random import Random

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from scoring.models import Evidence
from scoring.services import evidence
from tests.fixtures.browser import DESK, PHONE
from tests.scoring.papers import a_document
from tests.units.files import a_docx, a_pdf
from tests.worlds import a_draft_dossier, a_submitted_dossier
from units import tasks
from units.models import Document

pytestmark = pytest.mark.django_db(transaction=True)

WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"

DROP = """([selector, files]) => {
  const carried = new DataTransfer();
  const bytes = (text) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
  files.forEach(([name, text]) => carried.items.add(new File([bytes(text)], name)));
  const place = document.querySelector(selector);
  const said = { dataTransfer: carried, bubbles: true, cancelable: true };
  ["dragover", "drop"].forEach((kind) => place.dispatchEvent(new DragEvent(kind, said)));
}"""


@pytest.fixture(autouse=True)
def _own_store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def work(sign_in):
    built = a_draft_dossier()
    sign_in(built.editor)
    return built


def open_panel(page: Page, work):
    """The dossier with the panel of its first component."""
    score = work.score("1.1.1")
    address = reverse("scoring:dossier", args=[work.dossier.pk])
    page.goto(f"{address}?dong={score.pk}#dong-{score.pk}")
    if page.viewport_size["width"] < 1200:
        page.locator(f"#dong-{score.pk} [data-evidence]").click()
    panel = page.locator(f"[data-panel='{score.pk}']")
    expect(panel).to_be_visible()
    return panel


def drop(page: Page, *files: tuple[str, bytes]) -> None:
    encoded = [[name, b64encode(content).decode()] for name, content in files]
    page.evaluate(DROP, ["[data-drop-files]", encoded])


def choose(panel, *files: tuple[str, bytes]) -> None:
    panel.locator("input[type=file]").set_input_files(
        [
            {"name": name, "mimeType": "application/octet-stream", "buffer": content}
            for name, content in files
        ]
    )


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_dropped_files_wait_for_the_declaration_and_then_come_one_by_one(
    page, work, assert_no_barriers, size
):
    page.set_viewport_size(size)
    panel = open_panel(page, work)

    drop(
        page,
        ("kế hoạch.pdf", a_pdf("Kế hoạch")),
        ("quyết định.docx", a_docx("TUYỆT MẬT")),
        ("báo cáo.docx", a_docx("Báo cáo")),
    )
    expect(panel.locator(".upload")).to_have_count(3)
    expect(panel.get_by_text("Đề nghị đánh dấu xác nhận")).to_be_visible()
    assert not Document.objects.exists()
    assert_no_barriers(page)
    panel.locator("form[data-uploads] [name=declared]").check()

    expect(panel.locator("[data-piece]")).to_have_count(2)
    expect(panel.locator(".upload")).to_have_count(1)
    expect(panel.locator(".upload")).to_contain_text("dấu chỉ độ mật “TUYỆT MẬT”")
    expect(panel.locator("[data-piece-count]")).to_have_text("(2)")
    expect(page.locator(f"#dong-{work.score('1.1.1').pk}")).to_contain_text("2 tài liệu")
    expect(panel.locator("form[data-uploads] [name=declared]")).not_to_be_checked()
    assert Evidence.objects.count() == 2
    assert_no_barriers(page)
    assert page.evaluate(WIDER) <= 0


def test_a_file_is_brought_described_and_taken_off_by_keys_alone(page, work):
    page.on("filechooser", lambda chooser: None)  # asked for early: a key is faster than a click
    panel = open_panel(page, work)
    page.keyboard.press("Escape")
    page.keyboard.press("m")
    page.keyboard.press("Tab")
    expect(panel.locator("input[type=file]")).to_be_focused()
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Space")
    chooser.value.set_files(
        {"name": "kế hoạch.pdf", "mimeType": "application/pdf", "buffer": a_pdf("x", pages=3)}
    )
    expect(panel.locator("[name=declared]").first).to_be_focused()
    expect(panel.locator(".upload")).to_contain_text("Chờ xác nhận")

    page.keyboard.press("Space")

    page_field = panel.get_by_label("Trang", exact=True)
    expect(page_field).to_be_visible()
    page_field.focus()
    page.keyboard.type("2")
    page.keyboard.press("Tab")
    page.keyboard.type("47 thủ tục")
    page.keyboard.press("Enter")
    expect(panel.locator("[data-piece]")).to_contain_text("Trang 2: “47 thủ tục”")
    panel.locator("summary", has_text="Gỡ").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("Gắn nhầm")
    page.keyboard.press("Enter")

    expect(panel.locator("[data-piece]")).to_have_count(0)
    expect(panel.get_by_text("Đã gỡ (1)")).to_be_visible()


def test_a_file_under_way_shows_how_far_it_is_and_can_be_stopped(page, work):
    panel = open_panel(page, work)
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    slow = {"offline": False, "latency": 0, "downloadThroughput": -1}
    line.send("Network.emulateNetworkConditions", slow | {"uploadThroughput": 200_000})
    panel.locator("form[data-uploads] [name=declared]").check()
    heavy = a_docx("Báo cáo", also={"word/media/a.bin": Random(1).randbytes(4_000_000)})

    choose(panel, ("nặng.docx", heavy), ("sau.docx", a_docx("Sau")))

    first = panel.locator(".upload").first
    expect(first).to_contain_text("%")
    expect(first.get_by_role("progressbar")).to_be_visible()
    with page.expect_event("requestfailed"):  # only then is the line free: no byte goes on alone
        first.get_by_role("button", name="Thôi gửi nặng.docx").click()
    line.send("Network.emulateNetworkConditions", slow | {"uploadThroughput": -1})
    expect(panel.locator("[data-piece]")).to_have_count(1)
    expect(panel.locator("[data-piece]")).to_contain_text("sau")
    assert Document.objects.get().title == "sau"


def test_a_file_that_met_no_network_is_sent_again(context, work):
    page = context.new_page()  # not watched: the browser writes the lost network down as an error
    panel = open_panel(page, work)
    context.set_offline(True)
    panel.locator("form[data-uploads] [name=declared]").check()
    choose(panel, ("báo cáo.docx", a_docx("Báo cáo")))
    expect(panel.locator(".upload")).to_contain_text("Mất kết nối")

    context.set_offline(False)

    expect(panel.locator("[data-piece]")).to_have_count(1)


def test_a_file_meets_an_ended_session_and_is_sent_again_after_signing_in(
    page, work, sign_in, context
):
    panel = open_panel(page, work)
    context.clear_cookies()
    panel.locator("form[data-uploads] [name=declared]").check()
    choose(panel, ("báo cáo.docx", a_docx("Báo cáo")))
    again = panel.get_by_role("button", name="Gửi lại")
    expect(again).to_be_visible()

    sign_in(work.editor)
    page.evaluate("fetch('/ho-so/')")
    again.click()

    expect(panel.locator("[data-piece]")).to_have_count(1)


def test_what_is_typed_about_one_document_outlives_what_happens_to_another(page, work):
    for title in ("Một", "Hai"):
        paper = a_document(work, a_docx(title), title=title)
        evidence.attach(work.score("1.1.1"), by=work.editor, document=paper)
    panel = open_panel(page, work)
    one, two = panel.locator("[data-piece]").all()
    one.locator("[data-describes] summary").click()
    one.get_by_label("Số, ký hiệu").fill("đang gõ dở")
    two.locator("summary", has_text="Gỡ").click()
    two.get_by_label("Lý do gỡ").fill("Gắn nhầm")
    two.get_by_role("button", name="Gỡ tài liệu").click()

    expect(panel.locator("[data-piece]")).to_have_count(1)

    expect(panel.get_by_label("Số, ký hiệu").first).to_have_value("đang gõ dở")


def test_a_document_is_found_in_the_cabinet_without_diacritics_and_attached(page, work):
    a_document(work, title="Kế hoạch cải cách")
    a_document(work, a_docx("x"), title="Báo cáo")
    panel = open_panel(page, work)
    panel.get_by_text("Chọn trong tủ tài liệu").click()

    panel.get_by_label("Tên, số và ký hiệu, cơ quan").press_sequentially("ke hoach")

    expect(panel.locator("[data-offered] .doc")).to_have_count(1)
    panel.get_by_role("button", name="Gắn Kế hoạch cải cách").click()
    expect(panel.locator("[data-piece]")).to_contain_text("Kế hoạch cải cách")


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_the_cabinet_takes_files_and_keeps_nobody_out(page, work, assert_no_barriers, size):
    page.set_viewport_size(size)
    paper = a_document(work, a_pdf("Kế hoạch", pages=2), title="Kế hoạch")
    tasks.draw_preview(paper.pk)
    page.goto(reverse("scoring:cabinet", args=[work.dossier.unit_id]))
    page.locator("form[data-uploads] [name=declared]").check()

    drop(page, ("báo cáo.docx", a_docx("Báo cáo")))

    expect(page.locator("#trong-tu tbody tr")).to_have_count(2)
    assert_no_barriers(page)
    assert page.evaluate(WIDER) <= 0
    for name in ("document-edit", "document-withdraw", "document"):
        page.goto(reverse(f"scoring:{name}", args=[paper.pk]))
        assert_no_barriers(page)
        assert page.evaluate(WIDER) <= 0


def test_the_assessor_reads_the_page_beside_the_verdict_and_turns_it(
    page, sign_in, assert_no_barriers, monkeypatch
):
    work = a_draft_dossier()
    paper = a_document(work, a_pdf("Kế hoạch", pages=3), title="Kế hoạch")
    score = work.score("1.1.1")
    evidence.attach(score, by=work.editor, document=paper, page=2, passage="47 thủ tục")
    a_submitted_dossier(work.year)
    monkeypatch.setattr(tasks.draw_page, "delay", tasks.draw_page)
    sign_in(work.verifier)
    page.goto(reverse("scoring:verification-desk", args=[work.dossier.pk]) + f"?dong={score.pk}")
    viewer = page.get_by_role("region", name="Minh chứng")

    expect(viewer.get_by_role("img", name="Trang 2 của “Kế hoạch”")).to_be_visible()
    expect(viewer.get_by_text("“47 thủ tục”")).to_be_visible()
    page.keyboard.press("PageDown")

    expect(viewer.get_by_role("img", name="Trang 3 của “Kế hoạch”")).to_be_visible()
    assert_no_barriers(page)
