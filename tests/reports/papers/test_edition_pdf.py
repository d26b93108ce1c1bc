"""The decision as drawn: every page of a real file is read back."""

import re
from dataclasses import replace

import pytest

from cchc_portal.kit.pdf import render_pdf
from reports.papers.decision import EditionPaper
from reports.papers.parts import Article, Clause
from tests.reports.reading import in_the_top_margin, letters, pages, text, type_of
from tests.reports.samples import CUA_LO, THE_MINISTRY, block, decision, row, three_blocks

LONG_NAME = (
    "Phòng Cảnh sát quản lý hành chính về trật tự xã hội và phòng cháy, chữa cháy, cứu nạn, cứu hộ"
)


def drawn(paper: EditionPaper) -> bytes:
    return render_pdf("reports/pdf/edition.html", {"paper": paper}, title=paper.title)


@pytest.fixture(scope="module")
def province() -> bytes:
    return drawn(three_blocks())


@pytest.fixture(scope="module")
def long_annex() -> list[str]:
    """120 rows, each name wrapped over several lines between two marks of its row."""
    rows = tuple(
        row(position, unit=f"Đầu{position:03d} {LONG_NAME} Cuối{position:03d}")
        for position in range(1, 121)
    )
    return pages(drawn(decision(block("Khối dài", 0, rows=rows))))


def test_the_first_page_says_everything_in_the_order_of_the_decree(province):
    first = " ".join(pages(province)[0].split())
    elements = [
        "BỘ CÔNG AN CÔNG AN TỈNH HÀ TĨNH",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc",
        "Số: 3412/QĐ-CAT-PV01",
        "Hà Tĩnh, ngày 24 tháng 11 năm 2022",
        "QUYẾT ĐỊNH Phê duyệt và công bố kết quả xác định Chỉ số cải cách hành chính năm 2022",
        "GIÁM ĐỐC CÔNG AN TỈNH HÀ TĨNH",
        "Căn cứ Luật Công an nhân dân ngày 20 tháng 11 năm 2018;",
        "Căn cứ Thông tư số 27/2022/TT-BCA ngày 09 tháng 6 năm 2022",
        "Theo đề nghị của Trưởng phòng Tham mưu.",
        "QUYẾT ĐỊNH:",
        "Điều 1. Phê duyệt và công bố kèm theo Quyết định này",
        "a) Phụ lục I: Khối các phòng trực tiếp",
        "2. Xếp loại theo Chỉ số cải cách hành chính: Xuất sắc từ 95 % trở lên;",
        "Điều 2. Quyết định này có hiệu lực thi hành kể từ ngày ký.",
        "Điều 3. Trưởng phòng Tham mưu, thủ trưởng các đơn vị",
        "chịu trách nhiệm thi hành Quyết định này./.",
    ]
    places = [first.replace("\N{NO-BREAK SPACE}", " ").index(element) for element in elements]

    # Two columns: the file keeps the left one whole before the right one.
    assert sorted(places) == places


@pytest.mark.parametrize(
    ("words", "least", "most", "style"),
    [
        ("CỘNG HÒA XÃ HỘI", 12, 13, "-Bold"),
        ("Độc lập", 13, 14, "-Bold"),
        ("BỘ CÔNG AN", 12, 13, ""),
        ("CÔNG AN TỈNH HÀ TĨNH", 12, 13, "-Bold"),
        ("Số: 3412", 13, 13, ""),
        ("Hà Tĩnh, ngày", 13, 14, "-Italic"),
        ("QUYẾT ĐỊNH", 13, 14, "-Bold"),
        ("Phê duyệt", 13, 14, "-Bold"),
        ("GIÁM ĐỐC CÔNG AN", 13, 14, "-Bold"),
        ("Căn cứ", 13, 14, "-Italic"),
        ("Điều 1.", 13, 14, "-Bold"),
        ("kèm theo Quyết định này", 13, 14, ""),
        ("Nơi nhận", 12, 12, "-Bold-Italic"),
        ("- Như Điều 3", 11, 11, ""),
        ("KT. GIÁM ĐỐC", 13, 14, "-Bold"),
        ("Đại tá Nguyễn Văn An", 13, 14, "-Bold"),
    ],
)
def test_each_element_is_set_in_the_size_and_style_of_the_decree(
    province, words, least, most, style
):
    size, set_in = type_of(province, words)

    assert least <= round(size, 2) <= most
    assert set_in == style


@pytest.mark.parametrize(
    ("words", "style"),
    [("Phụ lục I", "-Bold"), ("KẾT QUẢ XÁC ĐỊNH", "-Bold"), ("(Kèm theo", "-Italic")],
)
def test_the_head_of_an_annex_is_set_in_the_size_and_style_of_the_decree(province, words, style):
    size, set_in = type_of(province, words, number=1)

    assert 13 <= round(size, 2) <= 14
    assert set_in == style


def test_signature_and_recipients_stand_on_one_page(province):
    first = " ".join(pages(province)[0].split())

    for words in (
        "Nơi nhận: - Như Điều 3; - V03, Bộ Công an (để báo cáo);",
        "- Lưu: VT, PV01.",
        "KT. GIÁM ĐỐC PHÓ GIÁM ĐỐC Đại tá Nguyễn Văn An",
    ):
        assert words in first


def test_page_numbers_begin_anew_in_each_annex_and_are_hidden_on_its_first_page():
    many = [block(f"Khối {name}", length) for name, length in (("a", 40), ("b", 3), ("c", 70))]
    paper = drawn(decision(*many))

    assert in_the_top_margin(paper) == ["", "", "2", "", "", "2", "3"]
    assert [n for n, page in enumerate(pages(paper)) if page.startswith("Phụ lục")] == [1, 3, 4]


def test_the_second_page_of_the_decision_is_numbered_in_the_middle():
    articles = tuple(Article(f"Nội dung thứ {number}. " * 12) for number in range(1, 9))
    paper = drawn(decision(articles=articles))
    number = next(letter for letter in letters(paper, 1) if letter.bottom < 20)

    assert in_the_top_margin(paper)[:2] == ["", "2"]
    assert (number.left + number.right) / 2 == pytest.approx((30 + 210 - 15) / 2, abs=0.5)


def test_each_annex_bears_number_title_and_decision(province):
    annexes = [" ".join(page.split()) for page in pages(province) if page.startswith("Phụ lục")]

    assert len(annexes) == 3
    for annex, number in zip(annexes, ("I", "II", "III"), strict=True):
        assert annex.startswith(f"Phụ lục {number} KẾT QUẢ XÁC ĐỊNH CHỈ SỐ CẢI CÁCH HÀNH CHÍNH")
        assert (
            "(Kèm theo Quyết định số 3412/QĐ-CAT-PV01 ngày 24 tháng 11 năm 2022 của Giám đốc"
            in annex
        )


def test_only_a_block_with_satisfaction_has_its_column(province):
    annexes = [" ".join(page.split()) for page in pages(province) if page.startswith("Phụ lục")]

    assert ["Mức độ hài lòng (%)" in annex for annex in annexes] == [True, False, False]
    assert "97,49 100 97,49 1 Tốt 95,70" in annexes[0]


def test_units_without_a_rank_follow_the_others_with_the_reason(province):
    words = text(province)

    assert "Đơn vị không xếp hạng 41 Phòng Tham mưu chưa hoàn thành thẩm định" in words


def test_a_heading_of_a_table_stands_on_every_page_of_a_long_annex(long_annex):
    annex = long_annex[1:]

    assert len(annex) > 5
    assert all(len(re.findall(r"Xếp\s+loại", page)) == 1 for page in annex)
    assert all(len(re.findall(r"Đơn\s+vị", page)) == 1 for page in annex)


def test_no_row_of_a_long_annex_is_split(long_annex):
    begun = [re.findall(r"Đầu(\d{3})", page) for page in long_annex]
    ended = [re.findall(r"Cuối(\d{3})", page) for page in long_annex]

    assert begun == ended
    assert sum(begun, []) == [f"{position:03d}" for position in range(1, 121)]


@pytest.mark.parametrize("lines", [1, 2, 5])
@pytest.mark.parametrize("above", range(11, 18))
def test_two_lines_of_text_go_with_the_signature_wherever_the_page_ends(above, lines):
    clauses = tuple(Clause(f"Nội dung thứ {number}.") for number in range(above))
    last = " ".join(["nguyên văn"] * (lines * 7 - 3))
    paper = decision(block("", 1), articles=(Article("Quy định:", clauses), Article(last)))
    page = next(page for page in pages(drawn(paper)) if "Nguyễn Văn An" in page)

    body = page.partition("Nơi nhận")[0].splitlines()
    text_lines = [line for line in body if re.search("nguyên|văn|Nội dung", line)]
    assert "KT. GIÁM ĐỐC" in page
    assert "- Lưu: VT, PV01." in page
    assert len(text_lines) >= 2


def test_a_draft_of_made_up_data_says_both_on_every_page_and_has_no_number(province):
    paper = drawn(replace(three_blocks(), draft=True, made_up=True))

    assert all("DỰ THẢO" in page and "Dữ liệu minh họa" in page for page in pages(paper))
    assert "3412" not in text(paper)
    assert not re.search("DỰ THẢO|minh họa", text(province))


def test_the_ministry_stands_alone_at_the_head():
    first = pages(drawn(decision(issuer=THE_MINISTRY, number="12")))[0]

    assert first.startswith("BỘ CÔNG AN CỘNG HÒA")
    assert first.count("BỘ CÔNG AN") == 2
    assert "Số: 12/QĐ-BCA-V03" in first
    assert "BỘ TRƯỞNG BỘ CÔNG AN" in first


def test_a_town_of_one_block_has_an_annex_without_a_number():
    seven = block("", 7, rows=tuple(row(n, percent=row(n).points) for n in range(1, 8)))
    words = pages(drawn(decision(seven, issuer=CUA_LO)))

    assert words[0].startswith("CÔNG AN TỈNH NGHỆ AN\nCÔNG AN THỊ XÃ CỬA LÒ")
    assert words[1].startswith("Phụ lục\nKẾT QUẢ")


def test_nothing_is_printed_outside_the_margins_of_the_decree(province):
    for number in range(len(pages(province))):
        page = list(letters(province, number))

        assert min(letter.left for letter in page) >= 29.9
        assert max(letter.right for letter in page) <= 210 - 14.5
        assert min(letter.top for letter in page) >= 10


def test_a_name_is_printed_whatever_signs_it_holds():
    rows = (row(1, unit="<b>Đội</b> & “tổ” số 1"), row(2, unit="X" * 80))
    words = text(drawn(decision(block("Khối", 0, rows=rows))))

    assert "<b>Đội</b> & “tổ” số 1" in words
    assert "X" * 80 in words.replace(" ", "")
