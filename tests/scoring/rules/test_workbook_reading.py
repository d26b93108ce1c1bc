"""What stands in the cells of a workbook, read as answers; every oddity has its own words."""

import unicodedata
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.rules.workbook import KEPT_NOTE, Column, holds, plain
from scoring.rules.workbook_changes import Standing
from tests.scoring.rules.examples import ANSWERS, RULES
from tests.scoring.rules.papers import Paper

NOTES = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60)


def faults_of(book, name: str, paper: Paper | None = None) -> tuple[str, ...]:
    """Why one row cannot be written."""
    change = (paper or Paper()).changes(book)[name]
    assert change.standing == Standing.INVALID
    assert not change.may_be_written
    return change.faults


@settings(max_examples=12)
@given(st.fixed_dictionaries(ANSWERS), NOTES, st.booleans())
def test_whatever_was_answered_goes_out_and_comes_back_as_it_was(answers, note, excused):
    paper = Paper()
    for name, answer in answers.items():
        paper.fill(name, answer, note=note, excused=excused and name in ("ratio", "money"))

    assert paper.changes(paper.filled()) == {}


@settings(max_examples=12)
@given(st.fixed_dictionaries(ANSWERS), NOTES.filter(holds))
def test_whatever_is_filled_in_is_read_as_it_was_meant(answers, note):
    paper = Paper()
    stamp = paper.stamp()
    meant = Paper()
    for name, answer in answers.items():
        meant.fill(name, answer, note=note)

    changes = paper.changes(meant.filled(), stamp)

    assert set(changes) == set(RULES)
    for name, change in changes.items():
        assert change.standing == Standing.CHANGE
        assert change.answer.as_json() == meant.entry(name).answer
        assert change.note == plain(note)


def test_a_formula_instead_of_a_value():
    (fault,) = faults_of(Paper().filled().put("ratio", "=40+6", 47), "ratio")

    assert "là công thức (=40+6), đề nghị nhập thẳng giá trị" in fault


def test_a_formula_in_a_note_or_in_a_list():
    book = Paper().filled().put("binary", '=IF(TRUE,"Có")', note="=HYPERLINK(A1)")

    answer, note = faults_of(book, "binary")

    assert "là công thức (=IF(TRUE" in answer
    assert "là công thức (=HYPERLINK(A1))" in note


def test_words_in_a_number_cell():
    (fault,) = faults_of(Paper().filled().put("count", "bốn mươi"), "count")

    assert fault.startswith("Ô H")
    assert "“Số hình thức tuyên truyền” phải ghi bằng chữ số" in fault


def test_a_day_in_a_number_cell():
    book = Paper().filled().put("count", datetime(2022, 1, 5, tzinfo=UTC).replace(tzinfo=None))
    book.answer_cell("count").number_format = "dd/mm/yyyy"

    assert "là ngày tháng (05/01/2022), phải là số" in faults_of(book, "count")[0]


def test_a_time_of_day_in_a_number_cell():
    book = Paper().filled().put("measure", 0.5)
    book.answer_cell("measure").number_format = "hh:mm"

    assert "là ngày tháng (12:00:00), phải là số" in faults_of(book, "measure")[0]


def test_a_percentage_in_a_number_cell():
    book = Paper().filled().put("measure", 0.95)
    book.answer_cell("measure").number_format = "0%"

    assert "có định dạng phần trăm" in faults_of(book, "measure")[0]


@pytest.mark.parametrize("value", [12.5, 12.345, 1234.5])
def test_a_fraction_where_things_are_counted(value):
    (fault,) = faults_of(Paper().filled().put("count", value), "count")

    assert "phải là số nguyên, không có phần thập phân" in fault


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (-1, "không được nhỏ hơn 0"),
        (1e12, "lớn quá"),
        (1e300, "phải ghi bằng chữ số"),
        (1.23456, "tối đa 4"),
    ],
)
def test_a_number_out_of_bounds(value, words):
    assert words in faults_of(Paper().filled().put("measure", value), "measure")[0]


def test_truth_and_error_in_number_cells():
    faults = faults_of(Paper().filled().put("ratio", True, "#N/A"), "ratio")

    assert "ghi TRUE, phải là số" in faults[0]
    assert "báo lỗi #N/A" in faults[1]


def test_half_an_answer():
    (fault,) = faults_of(Paper().filled().put("ratio", 46), "ratio")

    assert "Chưa nhập “TTHC thuộc thẩm quyền”" in fault


def test_a_part_larger_than_its_whole_names_the_cell():
    book = Paper().filled().put("ratio", 48, 47)

    (fault,) = faults_of(book, "ratio")

    assert fault.startswith(f"Ô {book.answer_cell('ratio').coordinate}: ")
    assert "lớn hơn" in fault


def test_a_word_or_a_number_that_is_not_in_the_list():
    book = Paper().filled().put("state", "gần đủ").put("binary", 1)

    assert "ghi “gần đủ”, đề nghị chọn trong danh sách: “đúng quy" in faults_of(book, "state")[0]
    assert "ghi “1”, đề nghị chọn trong danh sách: “Có (đạt)”" in faults_of(book, "binary")[0]


@pytest.mark.parametrize("words", ["Có", "CÓ (ĐẠT)", " có  (đạt) "])
def test_a_choice_is_understood_by_its_short_words_too(words):
    assert Paper().changes(Paper().filled().put("binary", words))["binary"].answer.yes


def test_one_item_of_a_checklist_is_enough_to_answer_it():
    change = Paper().changes(Paper().filled().put("checklist", None, "Đạt"))["checklist"]

    assert change.answer.checked == (1,)


def test_a_checklist_of_nothing_held_is_an_answer():
    change = Paper().changes(Paper().filled().put("checklist", "Không đạt"))["checklist"]

    assert change.answer.checked == ()


def test_not_applicable_where_everybody_is_assessed_or_in_other_words():
    book = Paper().filled().put("count", excuse="Có").put("ratio", excuse="không chắc")

    assert "dòng này áp dụng với mọi đơn vị" in faults_of(book, "count")[0]
    assert "ghi “không chắc”, chỉ ghi “Có” hoặc để trống" in faults_of(book, "ratio")[0]


@pytest.mark.parametrize("words", ["Có", "x", "X", "có "])
def test_not_applicable_is_proposed_in_one_word(words):
    change = Paper().changes(Paper().filled().put("ratio", excuse=words))["ratio"]

    assert change.excused
    assert change.points is None


def test_a_formula_for_not_applicable():
    assert "là công thức" in faults_of(Paper().filled().put("ratio", excuse="=A1"), "ratio")[0]


def test_what_stands_in_an_invalid_row_is_told_whole():
    change = Paper().changes(Paper().filled().put("ratio", "4o", 47, note="giữ lại"))["ratio"]

    assert change.row.typed == (
        ("TTHC công khai đúng", "4o"),
        ("TTHC thuộc thẩm quyền (không phát sinh ghi 0)", "47"),
        ("Ghi chú, giải trình", "giữ lại"),
    )


def test_a_decimal_comma_kept_as_text_is_read_and_remarked():
    change = Paper().changes(Paper().filled().put("measure", "4,25"))["measure"]

    assert change.answer.as_json() == {"value": "4.25"}
    (remark,) = change.row.remarks
    assert "lưu số ở dạng chữ (“4,25”)" in remark


def test_a_decimal_comma_that_might_part_thousands_is_asked_about():
    (fault,) = faults_of(Paper().filled().put("money", "1,234", 2000), "money")

    assert "có thể hiểu theo hai cách" in fault


def test_separate_accents_say_the_same():
    paper = Paper()
    paper.fill("binary", note="Quyết định số 5")
    book = paper.filled().put(
        "state",
        unicodedata.normalize("NFD", "đúng quy định, chậm tiến độ"),
        note=unicodedata.normalize("NFD", "Đã ghi rõ"),
    )
    book.put("binary", note=unicodedata.normalize("NFD", "Quyết định số 5"))

    changes = paper.changes(book)

    assert set(changes) == {"state"}
    assert changes["state"].answer.level == 1
    assert changes["state"].note == "Đã ghi rõ"


def test_new_lines_and_numbers_in_a_note_are_words():
    book = Paper().filled().put("binary", note="một\nhai\r\n\tba").put("count", note=2022)

    changes = Paper().changes(book)

    assert changes["binary"].note == "một\nhai\n\tba"
    assert changes["count"].note == "2022"


def test_control_characters_in_a_note():
    (fault,) = faults_of(Paper().filled().put("binary", note="một_x0007_hai"), "binary")

    assert "có ký tự điều khiển không nhìn thấy được" in fault


@pytest.mark.parametrize(
    "note", ["dài " * 9000, "chuông\x07", "_x0041_", "x005F_", "\ufffe"], ids=ascii
)
def test_a_note_a_workbook_cannot_hold_stays_whole_on_the_portal(note):
    paper = Paper()
    paper.fill("binary", {"yes": False}, note=note)
    book = paper.filled().put("binary", "Có (đạt)")
    page, row = book.page_of("binary")

    change = paper.changes(book)["binary"]

    assert page.cell(row, Column.NOTE).value == KEPT_NOTE
    assert (change.note, change.answer.yes) == (note, True)


def test_a_note_kept_on_the_portal_is_not_written_over():
    paper = Paper()
    paper.fill("binary", note="dài " * 9000)

    (fault,) = faults_of(paper.filled().put("binary", note="ngắn"), "binary", paper)

    assert fault == "Ghi chú của dòng này chỉ sửa được trên trang hồ sơ."


def test_a_note_longer_than_the_page_takes():
    (fault,) = faults_of(Paper().filled().put("binary", note="a" * 5001), "binary")

    assert "Ghi chú dài 5001 ký tự, tối đa 5000" in fault


def test_a_long_note_that_nobody_touched_is_in_nobodys_way():
    paper = Paper()
    paper.fill("binary", note="a" * 6000)

    change = paper.changes(paper.filled().put("binary", "Không (chưa đạt)"))["binary"]

    assert change.standing == Standing.CHANGE


def test_a_row_changed_in_both_places_conflicts_unless_both_say_the_same():
    paper = Paper()
    book = paper.filled().put("binary", "Có (đạt)").put("count", 4)
    stamp = paper.stamp()
    paper.fill("binary", {"yes": False})
    paper.fill("count", {"items": "4"})
    paper.fill("state", {"level": 0})

    changes = paper.changes(book, stamp)

    assert {name: change.standing for name, change in changes.items()} == {
        "binary": Standing.CONFLICT,
        "count": Standing.SAME,
    }
