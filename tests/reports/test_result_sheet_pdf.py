"""The result sheet of a unit, its words and its drawing."""

from dataclasses import replace
from decimal import Decimal

import pytest

from cchc_portal.kit.pdf import render_pdf
from reports.sheets import ResultSheetPaper
from reports.year_chart import YearFigure, year_chart
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
    assert [dot.figure for dot in chart.dots] == ["84,21", "86,90", "", "91,07"]
    assert chart.lines == [f"M22.0 {chart.dots[0].y}L82.7 {chart.dots[1].y}"]
    assert [limit.words for limit in chart.limits] == ["Xuất sắc từ 95", "Tốt từ 80"]
    assert [limit.y for limit in chart.limits] == ["18.0", "78.0"]


@pytest.mark.parametrize("percent", [Decimal(0), Decimal("49.99"), Decimal(95), Decimal(100)])
def test_the_chart_holds_at_both_ends_of_the_scale(percent):
    years = [YearFigure(2021, percent), YearFigure(2022, percent)]
    chart = year_chart(years, list(zip(FLOORS, LABELS, strict=False)))

    assert all(18 <= Decimal(dot.y) <= 78 for dot in chart.dots)
