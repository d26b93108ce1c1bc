"""Analysis: the figures are those of the page one came from, and components are not everybody's."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from django.urls import reverse

from reports.models import EditionResult
from reports.services import analysis
from reports.views import edition_tables
from reports.views.analysis import PAGES
from scoring.rules.kinds import Side
from scoring.rules.points import percent
from scoring.rules.ranking import USUAL_SCALE
from scoring.services.published_tables import Told, bring_in
from scoring.services.standings import standings
from tests.factories import a_decision as a_paper
from tests.factories import a_user
from tests.reports.situations import an_edition
from tests.worlds import a_draft_period, a_province, an_open_period
from units.permissions import Role
from units.services import mergers

pytestmark = pytest.mark.django_db


def at(edition, page: str, query: str = "") -> str:
    return reverse("reports:analysis", args=[edition.pk, page]) + query


def of_period(period, page: str, query: str = "") -> str:
    return reverse("reports:period-analysis", args=[period.pk, page]) + query


@pytest.fixture
def published():
    return an_edition(a_province(departments=3), verified=3)


def test_ranking_and_heat_show_the_figures_of_the_edition_to_the_last_digit(client, published):
    edition = published.edition
    client.force_login(a_user())
    (table,) = edition_tables.blocks_of(edition, list(edition.results.order_by("position")))
    told = [(one.rank, one.percent, one.places, one.entry.unit_name) for one in table.lines]

    ranking = client.get(at(edition, "xep-hang")).context["lines"]
    heat = client.get(at(edition, "ban-do-nhiet")).context["lines"]

    for lines in (ranking, heat):
        found = [one.line for one in lines]
        assert [(o.rank, o.percent, o.places, o.entry.name) for o in found] == told
    for one, line in zip(ranking, table.lines, strict=True):
        assert (one.row.points, one.row.maximum) == (line.entry.points, line.entry.maximum)
    for one in heat:
        frozen = EditionResult.objects.get(pk=one.row.key).areas
        lost = [100 - percent(Fraction(a["points"]), Fraction(a["maximum"])) for a in frozen]
        assert [cell.lost for cell in one.cells] == lost


def test_criteria_of_an_area_sum_to_the_area(published):
    edition, head = published.edition, published.head
    (only,) = analysis.OfEdition(edition).heads()
    block = analysis.OfEdition(edition).block(only.position)
    inside = analysis.inside_of(edition, block.position, head)

    for code, _ in block.areas:
        for row in inside.by(block.ranked, "criterion", code):
            share = next(one for one in block.ranked if one.key == row.key).share(code)
            assert sum(one.points for one in row.shares) == share.points
            assert sum(one.maximum for one in row.shares) == share.maximum


def test_a_period_is_analysed_with_the_figures_of_its_standings(client, published):
    period = published.period
    client.force_login(published.year.organiser)

    for side in Side:
        (table,) = standings(period, side=side)
        page = client.get(of_period(period, "xep-hang", f"?side={side}"))
        found = [(one.line.rank, one.line.figure) for one in page.context["lines"]]
        assert found == [(row.placing.rank, row.placing.figure) for row in table.ranked]


def test_components_are_shown_of_the_units_whose_details_one_may_read_and_of_no_other(
    client, published
):
    edition = published.edition
    best = edition.results.get(rank=1)
    heat = at(edition, "ban-do-nhiet", "?lv=1")

    client.force_login(a_user())
    assert client.get(heat).context["hidden"] == 3
    client.force_login(published.year.province.a_person(Role.HEAD, best.unit))
    own = client.get(heat)
    assert [one.row.key for one in own.context["lines"]] == [best.pk]
    assert "2 đơn vị không có trong bảng này" in own.content.decode()
    client.force_login(published.head)
    assert client.get(heat).context["hidden"] == 0


def test_statistics_of_criteria_need_the_details_of_the_whole_block(client, published):
    edition = published.edition
    unit = edition.results.get(rank=1).unit

    client.force_login(published.year.province.a_person(Role.HEAD, unit))
    assert "lines" not in client.get(at(edition, "tieu-chi")).context
    client.force_login(published.head)
    told = client.get(at(edition, "tieu-chi", "?cap=thanh-phan&xep=dat")).context["lines"]
    assert {one.units for one in told} <= {1, 2, 3}
    assert [one.mean for one in told] == sorted(one.mean for one in told)


@pytest.fixture
def two_years():
    """The same three units published in two years; the order of what they lost turned round."""
    province = a_province(departments=3)
    then = an_edition(province, verified=2, year=2020, title="Năm trước")
    return then, an_edition(province, verified=3, title="Năm nay")


def test_the_bridge_of_a_unit_goes_from_edition_to_edition(client, two_years):
    then, now = two_years
    second = now.edition.results.get(unit__code="TN-P02")
    before = then.edition.results.get(unit=second.unit)
    address = at(now.edition, "thay-doi", f"?dv={second.unit_code}")

    client.force_login(now.head)
    seen = client.get(address).context
    for way in (seen["by_area"], seen["by_component"]):
        assert (way.first, way.last) == (before.percent, second.percent)
        assert sum((step.printed for step in way.steps), Decimal(0)) == way.change
    client.force_login(a_user())
    stranger = client.get(address)
    assert "by_component" not in stranger.context
    assert stranger.context["by_area"].change == second.percent - before.percent


def test_a_unit_without_a_year_before_gets_no_change(client, two_years):
    _, now = two_years
    client.force_login(now.head)

    page = client.get(at(now.edition, "thay-doi", "?dv=TN-P03"))
    years = client.get(at(now.edition, "qua-cac-nam", "?dv=TN-P03"))

    assert page.context["then"] is None
    assert "Chưa có năm trước để so sánh" in page.content.decode()
    ((_, told),) = years.context["lines"]
    assert [one.change for one in told] == [None]
    assert years.context["chart"] is None


def test_years_between_which_nothing_was_published_are_a_gap(client, two_years):
    then, now = two_years
    client.force_login(a_user())

    page = client.get(at(now.edition, "qua-cac-nam", "?dv=TN-P01"))

    ((_, told),) = page.context["lines"]
    assert [one.found.year for one in told] == [now.edition.year, then.edition.year]
    assert [one.change for one in told] == [None, None]
    cells = [row.cells[0].figure for row in page.context["chart"].rows]
    assert cells[1:-1] == [None] * (now.edition.year - then.edition.year - 1)


def test_a_figure_of_a_paper_brought_in_is_a_year_of_its_unit(client, published):
    edition = published.edition
    told = Told(assessor=edition.period.assessor, year=2019, title="Bảng 2019", scale=USUAL_SCALE)
    unit = edition.results.get(rank=1).unit
    rows = f"unit_code,percent\n{unit.code},88.5\n"
    table = bring_in(rows.encode(), name="bang.csv", told=told).table
    client.force_login(a_user())

    page = client.get(at(edition, "qua-cac-nam", f"?dv={unit.code}"))

    ((_, years),) = page.context["lines"]
    assert [(one.found.year, one.found.from_paper) for one in years] == [
        (edition.year, False),
        (2019, True),
    ]
    assert years[1].found.percent == Decimal("88.5")
    assert reverse("reports:earlier-table", args=[table.pk]) in page.content.decode()


def test_units_are_compared_as_the_address_says_and_what_it_says_amiss_is_passed_over(
    client, published
):
    edition = published.edition
    client.force_login(a_user())

    two = client.get(at(edition, "so-sanh", "?dv=TN-P02&dv=TN-P01&dv=TN-P02&dv=X"))
    none = client.get(at(edition, "so-sanh", "?dv=%00&khoi=99&lv=x&loai=y&xep=z&dv=TN-P01"))

    assert [line.entry.code for line in two.context["units"]] == ["TN-P02", "TN-P01"]
    assert "Chọn từ hai đến bốn đơn vị" in none.content.decode()


def test_heat_is_filtered_and_sorted_by_the_address(client, published):
    edition = published.edition
    client.force_login(a_user())
    lost_in = edition.results.get(rank=3).areas[1]["code"]

    worst = client.get(at(edition, "ban-do-nhiet", f"?xep={lost_in}")).context["lines"]
    one = client.get(at(edition, "ban-do-nhiet", "?tim=nghiep+vu+2")).context["lines"]
    nobody = client.get(at(edition, "ban-do-nhiet", "?tim=khong+co"))

    figures = [line.row.share(lost_in).lost for line in worst]
    assert figures == sorted(figures, reverse=True)
    assert [line.row.code for line in one] == ["TN-P02"]
    assert "Không có đơn vị nào như đang lọc" in nobody.content.decode()


def test_only_what_is_cheap_is_asked_of_a_period_and_no_page_is_made_up(client, published):
    client.force_login(published.year.organiser)

    for page, one in PAGES.items():
        answer = client.get(of_period(published.period, page))
        assert answer.status_code == (404 if one.published else 200)
    assert client.get(at(published.edition, "khong-co")).status_code == 404


def test_a_period_in_which_nobody_is_ranked_says_so_and_lets_choose_another_block(client):
    empty = a_draft_period(title="Kỳ chưa mở")
    opened = an_open_period(empty.province)
    client.force_login(opened.organiser)

    for period in (empty.period, opened.period):
        for page in ("xep-hang", "so-do"):
            answer = client.get(of_period(period, page))
            assert "Chưa có đơn vị nào được xếp hạng" in answer.content.decode()
    assert 'name="side"' in answer.content.decode()


def test_tiles_lie_by_the_district_one_stood_under_or_ones_predecessors_did():
    province = a_province(districts=2, communes=3)
    first, second, third = province.communes
    heir = mergers.merge(
        [second, third],
        into=mergers.NewUnit(province.police, "TN-X900", "Công an xã Mới", first.kind),
        decision=a_paper(date(2025, 7, 1)),
        by=province.administrator,
    )
    rows = [analysis.Row(unit.pk, unit.pk, unit.code, unit.name) for unit in (first, heir)]

    homes = analysis.districts_of(rows)

    assert {home.name for home in homes.values()} == {province.districts[0].name}
    assert set(homes) == {first.pk, heir.pk}
    assert analysis.districts_of([rows[0], analysis.Row(0, province.police.pk, "", "")]).keys() == {
        first.pk
    }


def test_every_page_asks_the_database_no_more_for_many_units(client, assert_flat_queries):
    small, large = (
        an_edition(a_province(code, departments=number), verified=number)
        for code, number in (("TN", 2), ("TM", 7))
    )
    queries = {"ban-do-nhiet": "?lv=1", "so-do": "?lv=1", "tieu-chi": "?cap=thanh-phan"}
    addresses = [
        lambda shown, page=page: at(shown.edition, page, queries.get(page, "")) for page in PAGES
    ]
    addresses += [
        lambda shown, page=page: of_period(shown.period, page)
        for page, one in PAGES.items()
        if not one.published
    ]
    for address in addresses:
        shown = [small]
        client.force_login(small.head)

        def grow(shown=shown):
            client.force_login(large.head)
            shown[0] = large

        assert_flat_queries(
            lambda shown=shown, address=address: client.get(address(shown[0])), grow=grow
        )


def test_whoever_reads_the_edition_signed_in_or_its_standings_finds_the_analysis(client, published):
    edition = published.edition
    address = at(edition, "xep-hang")

    assert address not in client.get(reverse("reports:edition", args=[edition.pk])).content.decode()
    client.force_login(published.year.organiser)
    assert address in client.get(reverse("reports:edition", args=[edition.pk])).content.decode()
    page = client.get(reverse("scoring:standings", args=[edition.period_id])).content.decode()
    assert of_period(published.period, "xep-hang") in page
