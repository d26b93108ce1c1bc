"""The command view and the board of a period say what the standings say, and lead to it."""

from datetime import timedelta
from fractions import Fraction

import pytest
from django.urls import reverse
from django.utils import timezone

from cchc_portal.kit.numerals import half_up, written
from reports import printed
from reports.board import board_of
from reports.charts.board import classes, pace
from reports.command import command_of
from reports.rules.paper_state import PaperState
from reports.services import command_papers
from reports.tasks import render_command
from scoring.models import Dossier
from scoring.rules.kinds import Side
from scoring.services.standings import standings
from tests.commitments import situations
from tests.reports.drive_addresses import a_drive
from tests.reports.reading import families, pages, text
from tests.reports.situations import a_locked_period, an_edition
from tests.scoring.campaigns import a_campaign, bring_in, rows_of
from tests.worlds import a_draft_dossier, a_province, a_settled_dossier, an_open_period
from units.permissions import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def province():
    return a_province(departments=5)


def test_every_figure_of_the_page_is_that_of_the_standings(client, province):
    period = a_locked_period(province, verified=5).period
    client.force_login(province.a_person(Role.LEADER, province.police))

    told = client.get("/dieu-hanh/").context

    (table,) = standings(period)
    units = {row.name: row for row in table.ranked}
    assert len(units) == 5
    for line in told["by_unit"].rows:
        counting = {area.title: area for area in units[line.label].areas if area.maximum}
        assert [cell.words for cell in line.cells] == [
            written(area.lost, 1) for area in counting.values()
        ]
    whole, block = told["by_block"].rows
    for place, title in enumerate(told["view"].lost):
        areas = [area for row in table.ranked for area in row.areas if area.title == title]
        lost = sum(Fraction(area.maximum) - area.points for area in areas)
        share = 100 * lost / Fraction(sum(area.maximum for area in areas))
        assert whole.cells[place].figure == block.cells[place].figure == share
    for line in told["gap"].rows:
        placing = units[line.label].placing
        assert line.cells[0].figure == half_up(placing.figure, period.places)
        assert line.cells[1].words == "91,36"


def test_satisfaction_of_the_period_stands_beside_its_index(client, province):
    a_locked_period(province, verified=5)
    client.force_login(province.a_person(Role.LEADER, province.police))

    page = client.get("/dieu-hanh/")

    view, said = page.context["view"], page.content.decode()
    assert view.index == sum(row.placing.figure for row in view.rows.values()) / 5
    assert f"<b>{written(view.index, 2)}\N{NO-BREAK SPACE}%</b>" in said
    assert "<b>91,36\N{NO-BREAK SPACE}%</b>" in said
    assert "12.590/13.780 lượt đánh giá ở 5 đơn vị" in said
    assert "không có khoảng tin cậy vì không rõ số người đánh giá ở 5 đơn vị" in said


def test_of_a_period_whose_people_are_counted_the_page_tells_the_interval(client, province):
    period = a_locked_period(province, verified=1).period
    made = a_campaign(province, year=period.year)
    bring_in(made, rows_of(province.departments[0], (1300, 1218, 150, 60, 28), (0, 0, 0, 0, 0)))
    made.close()
    client.force_login(province.a_person(Role.LEADER, province.police))

    page = client.get("/dieu-hanh/")

    low, high = page.context["view"].satisfaction.interval
    ends = f"{written(low, 2)} – {written(high, 2)}"
    told = f"khoảng tin cậy 95 %: {ends}, tính theo ít nhất 2.756 người"
    assert told in page.content.decode()


def test_every_figure_leads_to_what_explains_it(client, province):
    period = a_locked_period(province, verified=5).period
    client.force_login(province.a_person(Role.LEADER, province.police))
    told = client.get("/dieu-hanh/").context

    addresses = {
        address
        for chart in (told["by_block"], told["by_unit"], told["gap"])
        for row in chart.rows
        for address in (row.address, *(cell.address for cell in row.cells))
        if address
    }

    accounts = {a for a in addresses if "/vi-sao/" in a}
    tables = addresses - accounts
    assert len(accounts) == 5
    assert tables
    assert all(a.startswith(f"/xep-hang/{period.pk}/?khoi=1") for a in tables)
    for address in (*accounts, *tables):
        assert client.get(address).status_code == 200


def test_moves_are_told_against_the_last_published_year(client, province):
    this_year = timezone.localdate().year
    an_edition(province, verified=5, year=this_year - 1, title="Kỳ năm trước")
    a_locked_period(province, verified=4, year=this_year)
    client.force_login(province.a_person(Role.LEADER, province.police))

    told = client.get("/dieu-hanh/").context

    assert len(told["view"].moves) == 4
    assert (told["up"], told["down"], told["movers"].rows) == (0, 0, ())


def test_a_period_of_others_is_not_there(client, province):
    period = a_locked_period(province).period
    client.force_login(province.a_person(Role.LEADER, province.departments[0]))

    assert client.get(f"/dieu-hanh/?ky={period.pk}").status_code == 404
    assert client.get("/dieu-hanh/?ky=một").status_code == 404
    assert "Chưa có kỳ đánh giá nào" in client.get("/dieu-hanh/").content.decode()


def test_who_is_late_is_told_by_the_days_since_the_last_one(province):
    year = an_open_period(province)
    leader = province.a_person(Role.LEADER, province.police)
    after = timezone.localdate() + timedelta(days=100)

    view = command_of(leader, year.period, after)

    assert {one.days for one in view.late} == {(after - year.period.submit_by).days}
    assert len(view.late) == Dossier.objects.filter(period=year.period).count() == 5


def test_what_is_overdue_is_counted_as_the_heat_list_counts_it(client):
    who = situations.parties()
    situations.one_in_force(who, year=2024, number_of_tasks=3)
    year = an_open_period(who.province)
    leader = who.province.a_person(Role.LEADER, who.province.police)
    client.force_login(leader)

    promises = client.get("/dieu-hanh/").context["view"].promises

    whole = client.get("/cam-ket/tinh-hinh/?year=2024").context["whole"]
    assert year.period.assessor_id == who.receiver.pk
    assert (promises.all, promises.done, promises.overdue) == (whole.all, whole.done, whole.late)
    assert promises.overdue > 0
    (owing,) = promises.owing
    assert (owing.unit, owing.number) == (who.unit.pk, promises.overdue)


def test_the_parts_of_the_board_add_up_to_the_same_rows(client, province):
    work = a_settled_dossier(an_open_period(province))
    client.force_login(work.year.organiser)

    told = client.get(reverse("reports:period-board", args=[work.year.period.pk])).context

    def sums(chart):
        return [sum(row.cells[place].figure for row in chart.rows) for place in range(4)]

    assert sums(told["by_block"]) == sums(told["by_owner"])
    settled, waiting, ahead, rows = sums(told["by_block"])
    assert settled + waiting + ahead == rows
    assert settled == told["board"].verifying.done > 0
    (today,) = told["pace"].rows
    assert today.cells[0].figure > 0


def test_classes_of_the_board_are_those_of_the_provisional_standings(province):
    work = a_settled_dossier(an_open_period(province))

    board = board_of(work.year.period, timezone.localdate())

    (table,) = standings(work.year.period, side=Side.PROVISIONAL)
    (shown,) = board.tables
    assert [row.placing for row in shown.ranked] == [row.placing for row in table.ranked]
    assert classes(board).title == "Xếp loại tạm tính theo khối"


def test_of_a_locked_period_nobody_is_the_slowest_and_no_class_is_provisional(client, province):
    done = a_locked_period(province)
    client.force_login(done.head)

    page = client.get(reverse("reports:period-board", args=[done.period.pk])).content.decode()

    assert "chậm nhất" not in page
    assert "Xếp loại theo khối" in page


def test_the_days_of_a_locked_period_end_with_its_last_verdict(province):
    period = a_locked_period(province).period
    today = timezone.localdate()

    (day,) = pace(board_of(period, today + timedelta(days=400))).rows

    assert day.label == f"{today:%d/%m/%Y}"
    assert day.cells[0].figure > 0


@pytest.mark.parametrize("where", ["command", "board"])
def test_no_page_asks_more_for_more_units(client, assert_flat_queries, where):
    years = [
        an_open_period(a_province(code, departments=number))
        for code, number in (("TN", 3), ("TM", 60))
    ]
    for year in years:
        a_draft_dossier(year)
    small, large = (
        "/dieu-hanh/"
        if where == "command"
        else reverse("reports:period-board", args=[year.period.pk])
        for year in years
    )
    asked = [small]
    client.force_login(years[0].organiser)

    def grow():
        client.force_login(years[1].organiser)
        asked.append(large)

    assert_flat_queries(lambda: client.get(asked[-1]), grow=grow)


def test_the_paper_says_on_one_sheet_what_the_page_says(client, province):
    period = a_locked_period(province, verified=5).period
    leader = province.a_person(Role.LEADER, province.police)
    organiser = province.a_person(Role.ORGANISER, province.police)
    a_drive(province, by=organiser)
    a_drive(province, by=organiser, days=4, title="Đợt đã qua")
    a_drive(province, by=organiser, days=30, title="Đợt cao điểm định danh điện tử")
    client.force_login(leader)
    address = f"/dieu-hanh/{period.pk}/ban-in.pdf"
    assert client.get(address).status_code == 404

    asked = client.post(f"/dieu-hanh/{period.pk}/ban-in/")
    assert "Đang kết xuất" in asked.content.decode()
    render_command(leader.pk, period.pk)

    paper = client.get(address)
    said = text(paper.content)
    assert paper["Content-Type"] == "application/pdf"
    assert "ĐIỀU HÀNH CẢI CÁCH HÀNH CHÍNH" in said
    for cell in client.get("/dieu-hanh/").context["by_block"].rows[0].cells:
        assert cell.words in said
    assert "Đợt cao điểm cấp căn cước" in said
    assert "Đợt cao điểm định danh điện tử" in said.replace("\n", " ")
    assert "Đợt đã qua" not in said
    assert "0/500 thẻ" in said
    assert "5/5 đơn vị chậm" in said
    assert "12.590/13.780 lượt đánh giá ở 5 đơn vị" in said.replace("\n", " ")
    assert len(pages(paper.content)) == 1
    assert len(families(paper.content)) == 1


def test_a_paper_is_nobody_elses(client, province):
    period = a_locked_period(province).period
    leader, other = (province.a_person(Role.LEADER, province.police) for _ in range(2))
    render_command(leader.pk, period.pk)
    client.force_login(other)

    assert client.get(f"/dieu-hanh/{period.pk}/ban-in.pdf").status_code == 404
    assert command_papers.kept(leader, period).state == PaperState.DONE


def test_a_paper_on_its_way_is_not_asked_for_twice(province, django_capture_on_commit_callbacks):
    period = a_locked_period(province).period
    leader = province.a_person(Role.LEADER, province.police)

    with django_capture_on_commit_callbacks() as sent:
        command_papers.ask(leader, period)
        command_papers.ask(leader, period)

    assert len(sent) == 1
    assert printed.kept(leader.pk, period.pk).state == PaperState.WAITING
