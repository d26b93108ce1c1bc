"""What a decision says, before anything is drawn."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from reports.papers.decision import UnrankedRow
from reports.papers.parts import Article, Clause, Signature
from reports.rules.decree import BLANK
from tests.reports.samples import CODE, CUA_LO, block, decision, row, three_blocks


def test_the_title_of_the_file_is_type_and_subject():
    assert decision().title == (
        "Quyết định phê duyệt và công bố kết quả xác định Chỉ số cải cách hành chính năm 2022 "
        "của Công an các đơn vị, địa phương thuộc Công an tỉnh Hà Tĩnh"
    )


def test_number_and_day_stand_as_the_records_office_gave_them():
    paper = decision(number="7", decided_on=date(2022, 2, 9))

    assert paper.full_number == "07/QĐ-CAT-PV01"
    assert paper.day == "ngày 09 tháng 02 năm 2022"


def test_a_draft_leaves_number_and_day_open_even_where_they_are_known():
    paper = decision(draft=True, decided_on=date(2023, 1, 9))

    assert paper.full_number == f"{BLANK}/QĐ-CAT-PV01"
    assert paper.day == f"ngày {BLANK}tháng {BLANK}năm 2023", "of the decision, not of its subject"
    assert "3412" not in paper.numbered_annexes[0].attached_to[0]


def test_articles_clauses_and_points_are_numbered_in_their_own_ways():
    paper = decision(
        articles=(
            Article("Phê duyệt:", (Clause("Kết quả:", ("khối một", "khối hai")), Clause("Loại."))),
            Article("Thi hành."),
        )
    )

    assert [(part.lead, part.text) for part in paper.paragraphs] == [
        ("Điều 1.", "Phê duyệt:"),
        ("1.", "Kết quả:"),
        ("a)", "khối một;"),
        ("b)", "khối hai."),
        ("2.", "Loại."),
        ("Điều 2.", "Thi hành./."),
    ]


def test_the_end_of_the_text_stays_with_the_signature():
    long = decision(articles=(Article("Một."), Article("Hai " * 50)))
    short = decision(articles=(Article("Một."), Article("Hai.")))
    alone = decision(articles=(Article("Một."),))

    assert [part.keeps for part in long.paragraphs] == [False, True]
    assert [part.keeps for part in short.paragraphs] == [True, True]
    assert [part.keeps for part in alone.paragraphs] == [True]


def test_rank_stands_before_the_name_and_authority_above_the_position():
    signature = Signature("Giám đốc", "Phó Giám đốc", "KT.", "Đại tá", "Nguyễn Văn An")

    assert signature.lines == ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")
    assert signature.signer == "Đại tá Nguyễn Văn An"
    assert replace(signature, rank="").signer == "Nguyễn Văn An"


def test_each_annex_names_its_decision_and_several_are_numbered():
    first, second, third = three_blocks().numbered_annexes

    assert [first.label, second.label, third.label] == ["Phụ lục I", "Phụ lục II", "Phụ lục III"]
    assert first.attached_to == (
        "(Kèm theo Quyết định số 3412/QĐ-CAT-PV01 ngày 24 tháng 11 năm 2022",
        "của Giám đốc Công an tỉnh Hà Tĩnh)",
    )
    assert third.bookmark == "Phụ lục III. Khối Công an cấp huyện"


def test_a_single_block_without_a_name_goes_by_the_title_of_its_table():
    paper = decision(block("", 7, title="Kết quả chấm điểm năm 2022"), issuer=CUA_LO)
    (annex,) = paper.numbered_annexes

    assert annex.label == "Phụ lục"
    assert annex.annex.title_lines == ("KẾT QUẢ CHẤM ĐIỂM NĂM 2022",)
    assert annex.bookmark == "Phụ lục. Kết quả chấm điểm năm 2022"


def test_columns_line_up_without_rounding_a_figure():
    annex = block(
        "Khối",
        0,
        rows=(
            row(1, points=Decimal("9.5"), maximum=Decimal("10.000"), percent=Decimal("95.00")),
            row(2, points=Decimal("9.375"), maximum=Decimal("9.500"), percent=Decimal("93.7")),
        ),
    )
    first, second = annex.lines

    assert (first.points, second.points) == ("9,500", "9,375")
    assert (first.maximum, second.maximum) == ("10,0", "9,5")
    assert (first.percent, second.percent) == ("95,00", "93,70")


def test_whole_maxima_are_printed_without_decimals():
    lines = list(block("Khối", 2).lines)

    assert [line.maximum for line in lines] == ["100", "100"]


def test_a_unit_without_satisfaction_has_a_dash_where_others_have_a_figure():
    annex = block("Khối", 0, rows=(row(1, satisfaction=Decimal("95.70")), row(2)))

    assert annex.has_satisfaction
    assert [line.satisfaction for line in annex.lines] == ["95,70", "–"]
    assert not block("Khối", 2).has_satisfaction


def test_units_without_a_rank_are_counted_and_numbered_on():
    annex = block("Khối", 3, unranked=(UnrankedRow("Phòng Tham mưu", "chưa thẩm định"),))

    assert annex.unit_count == 4
    assert [number for number, _ in annex.unranked_lines] == [4]


def test_long_names_are_broken_evenly_in_the_heading_and_names_stay_whole():
    city = replace(CUA_LO, name="Công an thành phố Hồ Chí Minh", superior="")

    assert city.name_lines == ("CÔNG AN THÀNH PHỐ", "HỒ CHÍ MINH")
    assert city.superior_lines == ()
    assert CUA_LO.superior_lines == ("CÔNG AN TỈNH NGHỆ AN",)
    assert CUA_LO.head_lines == ("TRƯỞNG CÔNG AN THỊ XÃ CỬA LÒ",)


def test_figures_from_a_thousand_up_ask_for_wider_columns():
    assert block("Khối", 0, rows=(row(1, points=Decimal(1000)),)).has_long_figures
    assert not block("Khối", 2).has_long_figures


def test_the_foot_says_edition_code_and_that_data_are_made_up():
    honest = "Dữ liệu minh họa, không có giá trị pháp lý"

    assert decision(edition="").foot == ""
    assert decision(edition="", made_up=True).foot == honest
    assert decision(made_up=True, check=CODE).foot == (
        f"Bản công bố số 1 · Mã kiểm tra 7F3A-9C21 · {honest}"
    )


def test_the_square_to_check_by_is_drawn_inside_its_box():
    ends = [stroke.partition("h") for stroke in CODE.drawing.split("M")[1:]]

    assert CODE.size >= 21
    assert all(int(start.split()[0]) + int(run) <= CODE.size for start, _, run in ends)
    assert CODE.drawing.startswith("M0 0.5h7M")
