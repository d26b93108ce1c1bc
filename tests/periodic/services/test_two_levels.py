"""A level in between merges its units and itself reports upward: one report says one truth."""

import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from reports.models import PeriodicReport
from reports.papers.periodic import drawn, report_paper
from reports.papers.periodic_excel import report_excel
from reports.rules.outline import USUAL
from reports.services import periodic_content, rounds
from scoring.rules.indicator import Span, usual_days
from scoring.services import gathered, readings
from tests.periodic.situations import a_round
from tests.scoring.reported import open_reports
from tests.scoring.services.test_gathered import asked_above, row
from tests.worlds import a_province
from units.permissions import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def work():
    """Two of three departments have reported 40 and 20; the province typed 38 for the ministry, and
    nothing of the second figure."""
    work = open_reports(a_province(departments=3))
    for place, amount in enumerate(("30", "10")):
        work.put("HS-02", amount, place=place)
    work.put("HS-03", "20")
    a_round(work.province, work.organiser, span=Span.HALF, year=2026)
    work.upper = asked_above(work)
    ministry = work.province.ministry
    opened = rounds.open_(
        ministry,
        by=work.province.a_person(Role.ORGANISER, ministry),
        year=2026,
        span=Span.HALF,
        days=usual_days(Span.HALF, 2026),
        outline=USUAL,
    )
    work.head = work.province.a_person(Role.HEAD, work.province.police)
    work.clerk = work.province.a_person(Role.EDITOR, work.province.police)
    one = row(work.upper, "HS-02")
    readings.put(one.pk, by=work.clerk, amount=38, note="", seen_version=1)
    work.report = PeriodicReport.objects.for_page().get(round=opened, unit=work.province.police)
    return work


def test_what_the_units_come_to_stands_beside_what_the_level_says_or_does_not_say(work):
    content = periodic_content.live(work.report)
    said = {one["code"]: one for one in content["figures"]}

    assert (said["HS-02"]["amount"], said["HS-02"]["below"]) == ("38", "40")
    assert said["HS-02"]["below_of"] == "2/3 đơn vị"
    assert (said["HS-03"]["amount"], said["HS-03"]["below"]) == ("", "20")
    assert said["HS-05"]["below"] == "66,67", "of the unit that gave both, not of all three"
    assert said["HS-05"]["below_of"] == "1/3 đơn vị"
    assert "below" not in said["TH-02"]
    paper = drawn(report_paper(work.report, content, None))
    assert paper.startswith(b"%PDF")
    sheet = load_workbook(io.BytesIO(report_excel(content, None)))["Số liệu"]
    titles, first = list(sheet.iter_rows(min_row=4, max_row=5, values_only=True))
    assert titles[6:] == ("Đơn vị trực thuộc cộng lại (nếu khác)", "Gồm")
    assert first[4:] == (38, None, 40, "2/3 đơn vị")


def test_the_report_and_its_sending_name_every_figure_that_is_another_than_the_units_come_to(
    work, client
):
    client.force_login(work.head)
    mended = reverse("scoring:readings", args=[work.upper.pk, work.province.police.pk])
    for name in ("periodic:report", "periodic:send"):
        page = client.get(reverse(name, args=[work.report.pk])).content.decode()
        assert "HS-02 ghi 38, trực thuộc cộng 40 (2/3 đơn vị)" in page
        assert "chưa báo cáo cấp trên trong khi đơn vị trực thuộc đã có số liệu" in page
        assert mended in page

    work.put("HS-03", "5", place=1)
    for code in ("HS-02", "HS-03"):
        one = row(work.upper, code)
        gathered.take(one.pk, by=work.clerk, seen_version=one.version)
    page = client.get(reverse("periodic:send", args=[work.report.pk])).content.decode()
    assert "trực thuộc cộng" not in page


def test_a_figure_taken_from_units_below_says_of_how_many_in_the_report_that_goes_up(work):
    one = row(work.upper, "HS-02")
    gathered.take(one.pk, by=work.clerk, seen_version=one.version)
    figures = {one["code"]: one for one in periodic_content.live(work.report)["figures"]}

    assert (figures["HS-02"]["amount"], figures["HS-02"]["of"]) == ("40", "2/3 đơn vị")
    assert "below" not in figures["HS-02"]


def test_the_head_reads_before_sending_which_figures_are_odd_here_and_below(work, client):
    client.force_login(work.head)
    page = reverse("periodic:send", args=[work.report.pk])
    assert "Số liệu cần xem lại" not in client.get(page).content.decode()

    one = row(work.upper, "HS-03")
    readings.put(one.pk, by=work.clerk, amount=39, note="", seen_version=1)
    work.put("HS-03", "31")

    shown = client.get(page).content.decode()
    assert "Hồ sơ đúng hạn (39) lớn hơn Hồ sơ đã giải quyết (38)." in shown
    assert "1 đơn vị trực thuộc có số cần xem lại" in shown
    assert reverse("scoring:collection", args=[work.collection.pk]) in shown
