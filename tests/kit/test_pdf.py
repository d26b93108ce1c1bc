"""One font family, nothing from outside, a tagged file for the archive in Vietnamese."""

import unicodedata
from io import BytesIO
from itertools import product

import pikepdf
import pytest
from django.template import engines

from cchc_portal.kit import pdf
from cchc_portal.kit.pdf import OutsideAddress, in_our_letters, render_pdf
from tests.reports.archive import faults
from tests.reports.reading import families, fonts, pages
from tests.reports.samples import decision, letters_everywhere

VOWELS = "aăâeêioôơuưy"
TONES = ["", *"\u0300\u0301\u0303\u0309\u0323"]
LOWER = [unicodedata.normalize("NFC", "".join(pair)) for pair in product(VOWELS, TONES)] + ["đ"]
LETTERS = LOWER + [letter.upper() for letter in LOWER]


def drawn(letters: str) -> bytes:
    paper = letters_everywhere(letters)
    return render_pdf("reports/pdf/edition.html", {"paper": paper}, title=paper.title)


@pytest.fixture(params=["NFC", "NFD"])
def alphabet(request) -> str:
    return unicodedata.normalize(request.param, " ".join(LETTERS))


@pytest.fixture
def page_that_asks(monkeypatch):
    """Draws a page of our own words instead of a template."""

    def draw(html: str) -> bytes:
        page = engines["django"].from_string(html)
        monkeypatch.setattr(pdf, "render_to_string", lambda _, context: page.render(context))
        return render_pdf("a-page-of-the-test.html", {}, title="Trang thử")

    return draw


def test_the_alphabet_of_the_test_is_whole():
    assert len(set(LETTERS)) == 146
    assert all(len(letter) == 1 for letter in LETTERS)


def test_every_vietnamese_letter_reads_back_in_upright_italic_and_bold(alphabet):
    first = "".join(pages(drawn(alphabet))[0].split())

    # Subject in bold, base in italics, article and recipient upright.
    assert first.count("".join(LETTERS)) == 4


def test_a_paper_with_every_letter_holds_one_family_of_our_own_embedded(alphabet):
    paper = drawn(alphabet)

    assert families(paper) == {"Portal-Tinos"}
    assert len(fonts(paper)) == 4
    assert all(font.embedded and font.readable for font in fonts(paper))


def test_a_sign_the_font_lacks_brings_no_second_family_and_leaves_a_mark(caplog):
    paper = drawn("Đạt ✓ 第 xong")

    assert families(paper) == {"Portal-Tinos"}
    assert "Đạt ? ? xong" in pages(paper)[0]
    assert "✓" in caplog.text


def test_invisible_signs_are_left_out_and_letters_composed():
    assert in_our_letters("Tha\u0301i\u2060 Ho\u0300a\ue000\n") == "Thái Hòa\n"


def test_the_file_is_tagged_pdf_a_3a_in_vietnamese_with_its_title():
    paper = decision()
    file = render_pdf(
        "reports/pdf/edition.html", {"paper": paper}, title=paper.title, author=paper.issuer.name
    )

    assert faults(file) == []
    with pikepdf.open(BytesIO(file)) as document, document.open_metadata() as metadata:
        assert metadata["dc:title"] == paper.title
        assert metadata["dc:creator"] == ["Công an tỉnh Hà Tĩnh"]
        assert document.Root.Lang == "vi"
        assert document.Root.ViewerPreferences.DisplayDocTitle


def test_the_same_paper_is_the_same_file_twice():
    assert drawn("Một chữ") == drawn("Một chữ")


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:9/logo.png",
        "https://example.com/style.css",
        "file:///etc/hostname",
        "../manage.py",
        "portal/no-such-file.css",
        "data:text/css,p{color:red}",
    ],
)
def test_a_paper_that_asks_for_anything_but_our_static_files_is_not_drawn(page_that_asks, address):
    with pytest.raises(OutsideAddress):
        page_that_asks(f'<link rel="stylesheet" href="{address}"><p>Chữ</p>')


def test_an_image_from_outside_stops_the_paper_too(page_that_asks):
    with pytest.raises(OutsideAddress):
        page_that_asks('<img src="http://127.0.0.1:9/logo.png" alt="">')


def test_a_style_of_our_own_is_read(page_that_asks):
    paper = page_that_asks('<link rel="stylesheet" href="portal/decision.css"><p>Chữ</p>')

    assert families(paper) == {"Portal-Tinos"}


def test_no_number_of_a_paper_breaks_at_the_end_of_a_line(page_that_asks):
    """Whatever the width: and what is read out of the file has the hyphens that were typed."""
    number = "3412/QĐ-CAT-PV01"
    lines = "".join(
        f'<p style="width: {width}mm">Phiếu kèm theo Quyết định số {number}.</p>'
        for width in range(40, 90, 3)
    )
    head = '<title>Trang thử</title><link rel="stylesheet" href="portal/decision.css">'
    html = f'<html lang="vi"><head>{head}</head><body>{lines}</body></html>'

    page = "".join(pages(page_that_asks(html)))

    assert page.count(number) == len(range(40, 90, 3))
