"""A figure of a report says of how many units it is; the annex of units says who is missing."""

from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from reports.papers.periodic import drawn, report_paper
from reports.papers.periodic_excel import report_excel
from reports.rules.unit_annex import annex_of
from reports.services import periodic_content
from scoring.services import indicators
from tests.periodic.situations import asked, sent
from tests.reports.reading import text
from tests.scoring.reported import USUAL, open_reports
from tests.worlds import a_province
from units.kinds import UnitKind

pytestmark = pytest.mark.django_db


@pytest.fixture
def summed():
    """Of three departments one reported this year and two the year before; a figure that districts
    alone report is asked too."""
    province = a_province(departments=3, districts=1)
    who = asked(province)
    before = open_reports(province, year=2025, organiser=who.organiser)
    before.put("HS-02", "10")
    before.put("HS-02", "20", place=1)
    line = USUAL | {"code": "CX-01", "name": "Của huyện", "kinds": [UnitKind.DISTRICT_POLICE]}
    indicators.add(province.police, line, by=who.organiser)
    work = open_reports(province, organiser=who.organiser)
    work.put("HS-02", "1836")
    who.work = work
    return who


def plain(words: str) -> str:
    return " ".join(words.split())


def test_a_sum_says_of_how_many_units_it_is_on_the_page_the_paper_and_the_sheet(summed, client):
    summary = summed.summary()
    content = periodic_content.live(summary)
    (said,) = [one for one in content["figures"] if one["code"] == "HS-02"]
    assert (said["amount"], said["of"]) == ("1.836", "1/4 đơn vị")
    assert (said["before"], said["before_of"]) == ("30", "2 đơn vị")

    client.force_login(summed.organiser)
    page = client.get(reverse("periodic:report", args=[summary.pk])).content.decode()
    assert "1/4 đơn vị" in page
    paper = plain(text(drawn(report_paper(summary, content, None))))
    assert "1.836 1/4 đơn vị" in paper
    sheet = load_workbook(BytesIO(report_excel(content, None)))["Số liệu"]
    rows = {one[1]: one for one in sheet.iter_rows(min_row=5, values_only=True)}
    assert rows["HS-02"][4:8] == (1836, 30, "1/4 đơn vị", "2 đơn vị")
    assert isinstance(rows["HS-02"][0], int)


def test_the_annex_of_units_leaves_out_what_is_empty_and_says_so(summed):
    annex = annex_of(periodic_content.live(summed.summary())["units"])

    assert [one["code"] for one in annex.indicators] == ["HS-02"]
    assert annex.rows == [("Phòng Nghiệp vụ 1", ["1.836"])]
    assert annex.total == ["1.836"]
    assert (annex.units, annex.silent) == (4, 3)
    assert annex.notes[0] == "3/4 đơn vị chưa báo cáo số liệu nào nên không có trong bảng."
    assert "CX-01" in annex.notes[1]

    summed.work.put("HS-03", "5", place=1)
    annex = annex_of(periodic_content.live(summed.summary())["units"])
    assert annex.rows == [
        ("Phòng Nghiệp vụ 1", ["1.836", "chưa có"]),
        ("Phòng Nghiệp vụ 2", ["chưa có", "5"]),
    ]


def test_who_was_not_asked_is_told_apart_from_who_has_not_reported():
    units = {
        "indicators": [{"code": "A", "name": "a", "measure": "m"}, {"code": "B"}],
        "rows": [{"unit": "Một", "cells": ["1", "–"]}, {"unit": "Hai", "cells": ["", "2"]}],
        "total": ["1", "2"],
    }
    annex = annex_of(units)

    assert [cells for _, cells in annex.rows] == [["1", "–"], ["chưa có", "2"]]
    assert annex.notes == ("Dấu “–”: đơn vị không phải báo cáo chỉ tiêu này.",)
    del units["total"]
    assert annex_of(units).rows[1] == ("Hai", ["", "2"])


def test_annexes_name_the_number_and_the_day_of_their_report_a_draft_leaves_them_open(summed):
    report = sent(summed)
    last = report.sent.get()
    paper = plain(text(drawn(report_paper(report, last.content, last))))
    assert (
        "(Kèm theo Báo cáo số 07/BC-PV01 ngày 18 tháng 6 năm 2026 của Phòng Nghiệp vụ 1)" in paper
    )
    sheet = load_workbook(BytesIO(report_excel(last.content, last)))["Số liệu"]
    assert sheet["A2"].value == "Phòng Nghiệp vụ 1 – số 07/BC-PV01, ngày 18/06/2026"
    first = date.fromisoformat(last.content["heading"]["starts_on"])
    assert sheet["A3"].value.startswith(f"Số liệu từ ngày {first:%d/%m/%Y}")

    summary = summed.summary()
    content = periodic_content.live(summary)
    draft = report_paper(summary, content, None)
    assert draft.attached_to[0].startswith("(Kèm theo Báo cáo số \N{NO-BREAK SPACE}")
    sheet = load_workbook(BytesIO(report_excel(content, None)))["Đơn vị trực thuộc"]
    assert sheet["A2"].value.endswith("– DỰ THẢO")
    assert [cell.value for cell in sheet[6]][:2] == ["Tổng cộng", 1836]
