"""A workbook whose sheets, rows or columns are no longer as they went out is refused whole."""

import unicodedata

import pytest

from cchc_portal.kit.workbook_file import WorkbookFault
from scoring.rules.workbook import HEADER_ROW, Column, sheet_name
from scoring.rules.workbook_reading import unknown_sheets
from scoring.rules.workbook_stamp import laid
from tests.scoring.rules.papers import CHOICES, FIGURES, Paper


def refusal(book) -> str:
    """Why it is refused."""
    with pytest.raises(WorkbookFault) as refused:
        Paper().changes(book)
    return " ".join(refused.value.sentences)


def test_a_renamed_sheet():
    book = Paper().filled()
    book.book[CHOICES].title = "Lĩnh vực một"

    assert f"Không thấy trang “{CHOICES}”: trang đã bị đổi tên hoặc xóa" in refusal(book)


def test_a_sheet_named_with_separate_accents_is_the_same():
    book = Paper().filled().put("binary", "Có")
    book.book[FIGURES].title = unicodedata.normalize("NFD", FIGURES)

    assert set(Paper().changes(book)) == {"binary"}


def test_a_sheet_taken_away():
    book = Paper().filled()
    del book.book[FIGURES]

    assert f"Không thấy trang “{FIGURES}”" in refusal(book)


def test_a_sheet_added_is_named():
    assert unknown_sheets(Paper().stamp(), {CHOICES: {}, "Nháp": {}, "Tôi": {}}, ("Tôi",)) == [
        "Nháp"
    ]


def test_moved_rows():
    book = Paper().filled()
    page, first = book.page_of("count")
    _, second = book.page_of("deduction")
    for column in Column:
        one, other = page.cell(first, column), page.cell(second, column)
        one.value, other.value = other.value, one.value

    assert f"các dòng đã bị xáo trộn từ dòng {min(first, second)}" in refusal(book)


def test_a_row_taken_away():
    book = Paper().filled()
    page, row = book.page_of("count")
    page.cell(row, Column.MARK).value = None

    assert f"dòng {row} không còn như khi tải về" in refusal(book)


def test_a_row_put_in():
    book = Paper().filled()
    page, row = book.page_of("count")
    for number in range(page.max_row, row - 1, -1):
        cell = page.cell(number, Column.MARK)
        page.cell(number + 1, Column.MARK).value, cell.value = cell.value, None

    assert f"các dòng đã bị xáo trộn từ dòng {row}" in refusal(book)


def test_moved_columns():
    book = Paper().filled()
    page = book.book[CHOICES]
    one, other = page.cell(HEADER_ROW, Column.ANSWER), page.cell(HEADER_ROW, Column.EXCUSE)
    one.value, other.value = other.value, one.value

    assert "các cột đã bị đổi chỗ" in refusal(book)


def test_a_deleted_column():
    book = Paper().filled()
    page = book.book[CHOICES]
    for merged in list(page.merged_cells.ranges):
        page.unmerge_cells(str(merged))
    page.delete_cols(Column.EVIDENCE)

    assert "thiếu cột “Minh chứng cần có”" in refusal(book)


@pytest.mark.parametrize("place", ["P7", "B400"])
def test_something_beside_or_below_the_table(place):
    book = Paper().filled()
    book.book[CHOICES][place].value = "tính nháp"

    assert f"có nội dung ngoài bảng, ở ô {place}" in refusal(book)


def test_every_sheet_at_fault_is_named_once():
    book = Paper().filled()
    for name in (CHOICES, FIGURES):
        book.book[name].cell(HEADER_ROW, Column.ANSWER).value = "khác"

    with pytest.raises(WorkbookFault) as refused:
        Paper().changes(book)

    assert [sentence[:30] for sentence in refused.value.sentences] == [
        f"Trang “{CHOICES}”"[:30],
        f"Trang “{FIGURES}”: thiếu cột “Trả lời”"[:30],
    ]


def test_components_the_unit_does_not_assess_have_no_place():
    sheet = Paper().book().sheets[0]
    group = sheet.groups[0]
    survey = type(group.components[0])(**{**vars(group.components[0]), "stored": None})
    both = type(sheet)(sheet.name, sheet.title, (type(group)("Nhóm", (survey,)),))

    assert laid(both).places == ()
    assert laid(both).last == HEADER_ROW + 2


def test_names_of_sheets_are_short_allowed_and_different():
    taken = {"hướng dẫn"}

    names = [
        sheet_name("1", "Công tác [chỉ đạo]/điều hành: cải cách hành chính", taken),
        sheet_name("1", "Công tác chỉ đạo điều hành, và cải cách", taken),
        sheet_name("1" * 40, "'", taken),
    ]

    assert names == ["1. Công tác chỉ đạo điều hành", "1. Công tác chỉ đạo điều 2", "1" * 31]
