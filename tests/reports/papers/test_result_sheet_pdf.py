"""The result sheet of a unit, its words and its drawing."""

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise, product

import pytest

from cchc_portal.kit.pdf import render_pdf
from reports.charts.years import YearFigure, year_chart
from reports.papers.sheets import LossRow, ResultSheetPaper
from reports.rules.losses import PRINTED_AT_LEAST
from tests.reports.reading import families, pages
from tests.reports.samples import FLOORS, LABELS, sheet


def drawn(paper: ResultSheetPaper) -> str:
    file = render_pdf("reports/pdf/result_sheet.html", {"paper": paper}, title=paper.title)
    assert families(file) == {"Portal-Tinos"}
    (page,) = pages(file)
    return " ".join(page.split()).replace("\N{NO-BREAK SPACE}", " ")


def test_the_sheet_is_one_page_with_figure_areas_losses_and_years():
    page = drawn(sheet())

    for words in (
        "PHIẾU KẾT QUẢ Chỉ số cải cách hành chính năm 2022 của Công an thị xã Hồng Lĩnh",
        "1. Kết quả theo lĩnh vực",
        "8 Cải cách thể chế 8,00 7,40 92,50 0,60",
        "3. Điểm bị mất, nhiều nhất trước",
        "7.2.1 Tỷ lệ hồ sơ nộp trực tuyến 1,42 Đạt 52,40 %",
        "Cộng các dòng trên 1,42 14 dòng còn lại mất 4,83 điểm, xem trên Cổng",
        "2. Chỉ số qua các năm (%)",
        "Phiếu lấy từ Bản công bố số 1. Kiểm tra số liệu: quét mã hoặc nhập mã 7F3A-9C21",
    ):
        assert words in page


def with_losses(number: int) -> ResultSheetPaper:
    losses = tuple(
        LossRow(f"9.9.{at}", "Rút ngắn thời gian giải quyết", Decimal(1), "Như đơn vị tự chấm.")
        for at in range(number)
    )
    known = replace(sheet().areas[0], self_points=Decimal("7.60"), median=Decimal("91.88"))
    return sheet(areas=(known,) * 8, losses=losses)


def test_a_sheet_with_the_losses_that_are_always_printed_is_one_page():
    page = drawn(with_losses(PRINTED_AT_LEAST))

    assert page.count("Rút ngắn") == PRINTED_AT_LEAST
    assert "quét mã" in page


@pytest.mark.parametrize("number", range(12, 24))
def test_the_last_page_of_a_long_sheet_has_rows_and_their_sum_above_the_square(number):
    paper = with_losses(number)
    file = render_pdf("reports/pdf/result_sheet.html", {"paper": paper}, title=paper.title)

    *before, last = pages(file)
    assert "quét mã" in last
    assert "Cộng các dòng trên" in last
    assert last.count("Rút ngắn") >= 4
    assert sum(page.count("Rút ngắn") for page in (*before, last)) == number


def test_the_sheet_has_neither_number_nor_signature():
    page = drawn(sheet())

    assert "Số:" not in page
    assert "Nơi nhận" not in page


def test_the_headline_tells_figure_class_rank_points_and_satisfaction():
    cells = [
        (
            cell.figure.replace("\N{NO-BREAK SPACE}", " "),
            cell.words.replace("\N{NO-BREAK SPACE}", " "),
        )
        for cell in sheet().headline
    ]

    assert cells == [
        ("90,68 %", "chỉ số; năm 2021: 91,07 %"),
        ("Tốt", "thiếu 4,32 điểm để đạt loại Xuất sắc"),
        ("5/13", "đồng hạng trong khối Công an cấp huyện; năm 2021: 3/13"),
        ("90,68/100", "điểm được duyệt; tự chấm 94,90"),
        ("95,70 %", "hài lòng, 12.480 lượt đánh giá"),
    ]


def test_what_is_not_known_takes_no_room():
    bare = replace(
        sheet().standing,
        tied=False,
        self_points=None,
        next_band="",
        missing=None,
        satisfaction=None,
        earlier=None,
    )
    paper = sheet(standing=bare, losses=(), years=(), check=None)
    page = drawn(paper)

    assert [cell.words for cell in paper.headline] == [
        "chỉ số",
        "xếp loại",
        "hạng trong khối Công an cấp huyện",
        "điểm được duyệt",
    ]
    for heading in ("Tự chấm", "Trung vị", "Điểm bị mất", "Giải trình", "qua các năm", "nhập mã"):
        assert heading not in page
    assert page.endswith("Phiếu lấy từ Bản công bố số 1.")


def test_columns_and_remarks_appear_when_there_is_something_to_say():
    known = replace(sheet().areas[0], self_points=Decimal("7.60"), median=Decimal("91.88"))
    page = drawn(sheet(areas=(known,), remarks=("7.2.1: đơn vị đồng ý.",), made_up=True))

    assert "8,00 7,60 7,40 92,50 91,88 0,60" in page
    assert "4. Giải trình 7.2.1: đơn vị đồng ý." in page
    assert "Dữ liệu minh họa" in page


def test_one_year_is_no_chart():
    assert sheet(years=(YearFigure(2022, Decimal("90.68")),)).trend is None
    assert sheet(years=(YearFigure(2021, None), YearFigure(2022, Decimal("90")))).trend is None


def test_the_chart_joins_neighbours_only_and_stays_inside_the_class_limits():
    years = [
        YearFigure(2018, Decimal("84.21")),
        YearFigure(2019, Decimal("86.90")),
        YearFigure(2020, None),
        YearFigure(2021, Decimal("91.07")),
    ]
    chart = year_chart(years, list(zip(FLOORS, LABELS, strict=False)))

    assert [dot.x for dot in chart.dots] == ["22.0", "82.7", "143.3", "204.0"]
    assert [dot.label for dot in chart.dots] == ["84,21", "86,90", "chưa có", "91,07"]
    assert chart.lines == [f"M22.0 {chart.dots[0].y}L82.7 {chart.dots[1].y}"]
    assert [limit.words for limit in chart.limits] == ["Xuất sắc từ 95", "Tốt từ 80"]
    assert [limit.y for limit in chart.limits] == ["16.0", "60.0"]


def test_no_class_line_runs_through_a_figure_wherever_it_lies():
    limits = list(zip(FLOORS, LABELS, strict=False))
    for tenths in range(400, 1000, 3):
        years = [YearFigure(2021, Decimal(tenths) / 10), YearFigure(2022, Decimal("88.00"))]
        chart = year_chart(years, limits)
        for dot, limit in product(chart.dots, chart.limits):
            top, bottom = Decimal(dot.label_y) - 7, Decimal(dot.label_y) + Decimal("1.5")
            assert not top < Decimal(limit.y) < bottom, (tenths, dot, limit)


def test_a_figure_between_two_rising_lines_stands_on_a_ground_of_its_own():
    years = [YearFigure(2020 + at, Decimal(one)) for at, one in enumerate((94, "80.1", 94))]
    chart = year_chart(years, list(zip(FLOORS, LABELS, strict=False)))

    assert [bool(dot.ground) for dot in chart.dots] == [False, True, False]


def test_the_words_of_two_near_limits_do_not_lie_upon_each_other():
    years = [YearFigure(2021, Decimal(3)), YearFigure(2022, Decimal(100))]
    chart = year_chart(years, [(Decimal(90), "Tốt"), (Decimal(85), "Khá"), (Decimal(80), "Đạt")])

    lines = [Decimal(limit.words_y) for limit in chart.limits]
    assert all(later - earlier >= 9 for earlier, later in pairwise(lines))


def test_a_figure_is_written_once_on_the_sheet():
    """What is copied or read aloud does not say it twice."""
    assert drawn(sheet(standing=replace(sheet().standing, earlier=None))).count("91,07") == 1


@pytest.mark.parametrize("percent", [Decimal(0), Decimal("49.99"), Decimal(95), Decimal(100)])
def test_the_chart_holds_at_both_ends_of_the_scale(percent):
    years = [YearFigure(2021, percent), YearFigure(2022, percent)]
    chart = year_chart(years, list(zip(FLOORS, LABELS, strict=False)))

    assert all(16 <= Decimal(dot.y) <= 60 for dot in chart.dots)
