"""Numbers, days, lists and signatures as Nghị định 30/2020/NĐ-CP has them written."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.rules import decree


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2022, 11, 24), "ngày 24 tháng 11 năm 2022"),
        (date(2022, 6, 9), "ngày 09 tháng 6 năm 2022"),
        (date(2022, 2, 10), "ngày 10 tháng 02 năm 2022"),
        (date(2022, 1, 1), "ngày 01 tháng 01 năm 2022"),
        (date(2022, 3, 31), "ngày 31 tháng 3 năm 2022"),
        (date(2022, 10, 5), "ngày 05 tháng 10 năm 2022"),
    ],
)
def test_days_under_ten_and_the_months_one_and_two_take_a_zero(day, words):
    assert decree.day_in_words(day) == words


def test_an_open_day_leaves_room_for_day_and_month_only():
    assert decree.open_day(2022).split() == ["ngày", "tháng", "năm", "2022"]


@pytest.mark.parametrize(
    ("number", "symbol", "full"),
    [
        ("3412", "QĐ-CAT-PV01", "3412/QĐ-CAT-PV01"),
        ("7", "QĐ-CAT-PV01", "07/QĐ-CAT-PV01"),
        ("07", "QĐ-CAT-PV01", "07/QĐ-CAT-PV01"),
        ("9/QĐ-CATX", "QĐ-CAT-PV01", "09/QĐ-CATX"),
        (" 102 / QĐ-BCA ", "", "102/QĐ-BCA"),
        ("12a", "QĐ-BCA", "12a/QĐ-BCA"),
        ("12", "", "12"),
    ],
)
def test_number_and_symbol_stand_together_and_small_numbers_take_a_zero(number, symbol, full):
    assert decree.document_number(number, symbol) == full


def test_items_are_lettered_by_the_vietnamese_alphabet():
    assert "".join(map(decree.letter, range(1, 12))) == "abcdđeghikl"
    assert not set("fjwz") & set(map(decree.letter, range(1, 24)))


@pytest.mark.parametrize("position", [0, 24])
def test_there_is_no_letter_outside_the_alphabet(position):
    with pytest.raises(ValueError, match=str(position)):
        decree.letter(position)


@pytest.mark.parametrize(
    ("number", "figure"), [(1, "I"), (2, "II"), (4, "IV"), (9, "IX"), (14, "XIV"), (49, "XLIX")]
)
def test_annexes_bear_roman_figures(number, figure):
    assert decree.annex_label(number, 50) == f"Phụ lục {figure}"


@given(st.integers(min_value=1, max_value=3999))
def test_a_roman_figure_has_the_value_it_was_made_from(number):
    values = {sign: value for value, sign in decree.ROMAN if len(sign) == 1}
    signs = [values[sign] for sign in decree.roman(number)]
    pairs = zip(signs, [*signs[1:], 0], strict=True)
    assert sum(-here if here < after else here for here, after in pairs) == number


def test_there_is_no_roman_nought():
    with pytest.raises(ValueError, match="0"):
        decree.roman(0)


def test_a_single_annex_has_no_number():
    assert decree.annex_label(1, 1) == "Phụ lục"


def test_a_column_has_room_for_its_longest_decimals():
    assert decree.most_places([Decimal("95.50"), Decimal(91), Decimal("1E+2")]) == 2
    assert decree.most_places([]) == 0


def test_idle_zeros_go_and_figures_stay():
    trimmed = [str(decree.trimmed(Decimal(figure))) for figure in ("100.000", "97.50", "1E+2")]
    assert trimmed == ["100", "97.5", "100"]


def test_lines_of_a_list_end_in_semicolons_and_the_last_in_a_point():
    assert decree.listed(["Như Điều 3.", "Lưu: VT; "]) == ("Như Điều 3;", "Lưu: VT.")
    assert decree.listed([]) == ()


@pytest.mark.parametrize("text", ["thi hành", "thi hành.", "thi hành./.", "thi hành; "])
def test_a_paper_closes_once_whatever_it_was_typed_with(text):
    assert decree.finished(text) == "thi hành./."


@pytest.mark.parametrize(
    ("authority", "position", "lines"),
    [
        ("", "Giám đốc", ("GIÁM ĐỐC",)),
        ("KT.", "Phó Giám đốc", ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")),
        ("KT", "Phó Giám đốc", ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")),
        ("TL.", "Trưởng phòng Tham mưu", ("TL. GIÁM ĐỐC", "TRƯỞNG PHÒNG THAM MƯU")),
        ("TM. Hội đồng thẩm định", "Chủ tịch", ("TM. HỘI ĐỒNG THẨM ĐỊNH", "CHỦ TỊCH")),
        ("Q.", "Quyền Giám đốc", ("Q. GIÁM ĐỐC",)),
    ],
)
def test_the_right_to_sign_stands_above_the_position(authority, position, lines):
    assert decree.signature_lines(authority, "Giám đốc", position) == lines


@pytest.mark.parametrize(
    ("post", "authority"),
    [
        ("Phó Giám đốc", "KT."),
        ("Thứ trưởng", "KT."),
        ("Giám đốc", ""),
        ("Trưởng phòng", ""),
        ("Bộ trưởng", ""),
        ("", ""),
    ],
)
def test_a_deputy_signs_for_the_head_and_nobody_else_does(post, authority):
    assert decree.authority_of(post) == authority


def test_title_lines_are_even_and_cut_neither_words_nor_names_nor_years():
    assert decree.balanced("Khối các phòng trực tiếp giải quyết thủ tục hành chính", 52) == (
        "Khối các phòng trực tiếp",
        "giải quyết thủ tục hành chính",
    )
    assert decree.balanced("Kết quả chấm điểm năm 2022 của Công an tỉnh Hà Tĩnh", 24) == (
        "Kết quả chấm điểm",
        "năm 2022 của Công an",
        "tỉnh Hà Tĩnh",
    )


@given(st.text(alphabet="aăâ đ1H ", max_size=80), st.integers(min_value=1, max_value=40))
def test_breaking_a_title_loses_no_word(title, width):
    lines = decree.balanced(title, width)
    assert " ".join(lines).split() == title.split()
    assert not any(line != line.strip() for line in lines)


@pytest.mark.parametrize(
    ("words", "rank", "name"),
    [
        ("Thượng tá Trần Thị Khánh", "Thượng tá", "Trần Thị Khánh"),
        ("đại uý  Lê Văn A", "đại uý", "Lê Văn A"),
        ("Trung sĩ Vũ B", "Trung sĩ", "Vũ B"),
        ("Binh nhất Đỗ C", "Binh nhất", "Đỗ C"),
        ("Trung Tá", "", "Trung Tá"),
        ("Đại Thị Tá", "", "Đại Thị Tá"),
        ("Lê Thị Thư", "", "Lê Thị Thư"),
        ("", "", ""),
    ],
)
def test_a_rank_is_told_apart_from_the_name_where_one_stands_first(words, rank, name):
    assert decree.called(words) == (rank, name)
