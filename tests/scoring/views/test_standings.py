"""The standings as those see them who oversee the units."""

from datetime import timedelta
from random import Random

import pytest
from django.urls import reverse
from django.utils import timezone

from scoring.models import Dossier, Score
from scoring.rules.workflow import DossierState
from tests.scoring.marked import a_year, mark, unrecorded
from tests.scoring.ranked import a_ranked_year, links_of, publish, rows_of
from tests.worlds import (
    LONG_AGO,
    a_draft_period,
    a_prepared_period,
    a_province,
    a_submitted_dossier,
    dates_around,
)
from units.permissions import Role
from units.services import people

pytestmark = pytest.mark.django_db

SO_FAR = "; đã thẩm định 0/13 tiêu chí thành phần"


def at(year, query: str = "") -> str:
    return reverse("scoring:standings", args=[year.period.pk]) + query


def show(client, year, query: str = "", *, to=None):
    client.force_login(to or year.organiser)
    return client.get(at(year, query))


def test_the_list_shows_the_opened_periods_of_units_one_oversees_newest_first(client):
    province = a_province(departments=1)
    a_year(province, year=2024, title="Kỳ năm 2024")
    now = a_year(province, year=2026, title="Kỳ năm 2026")
    a_draft_period(province, title="Kỳ đang soạn")
    a_year(a_province("LN", departments=1), year=2025, title="Kỳ của tỉnh khác")
    client.force_login(now.organiser)

    answer = client.get(reverse("scoring:standings-list"))

    assert [row[0] for row in rows_of(answer)] == ["Kỳ năm 2026", "Kỳ năm 2024"]


def test_the_list_says_so_while_there_is_nothing_to_rank(client):
    year = a_draft_period()
    client.force_login(year.organiser)

    assert (
        "Chưa có bảng xếp hạng nào"
        in client.get(reverse("scoring:standings-list")).content.decode()
    )


def test_who_oversees_nobody_is_told_for_whom_the_list_is(client):
    province = a_province()
    client.force_login(province.a_person(Role.EDITOR, province.departments[0]))

    answer = client.get(reverse("scoring:standings-list"))

    assert answer.status_code == 403
    assert "theo dõi kết quả của đơn vị trực thuộc" in answer.content.decode()


@pytest.mark.parametrize("role", [Role.ORGANISER, Role.VERIFIER, Role.LEADER, Role.HEAD])
def test_whoever_oversees_the_units_sees_the_table(client, role):
    year = a_ranked_year(["90"])

    person = year.province.a_person(role, year.province.police)

    assert show(client, year, to=person).status_code == 200


def test_the_table_says_rank_unit_points_percent_class_own_points_difference_and_losses(client):
    year = a_ranked_year(["60"])

    ((rank, unit, points, percent, band, settled, own, difference, *areas),) = rows_of(
        show(client, year)
    )

    assert (rank, unit, points, percent) == ("1", "Phòng Nghiệp vụ 1", "60,00 / 100", "60,00")
    assert (band, settled) == ("Hoàn thành nhiệm vụ", "13/13")
    assert (own, difference) == ("60,00 / 84", "0,00")
    assert areas == [
        "0,0",  # 40 of 40
        "50,0",  # 20 of 40
        "100,0",  # 0 of 20
        "0,00 điểm, ngoài điểm tối đa",
        "0,00 điểm, ngoài điểm tối đa",
    ]


def test_limits_ties_and_what_is_close_to_a_limit_are_said_in_words(client):
    year = a_ranked_year(["95.05", "94.95", "90", "90", "70.5"])

    rows = [row[:2] for row in rows_of(show(client, year))]

    assert rows == [
        ["1", "Phòng Nghiệp vụ 1 sát ngưỡng"],
        ["Ngưỡng Xuất sắc 95,00"],
        ["2", "Phòng Nghiệp vụ 2 sát ngưỡng"],
        ["3", "Phòng Nghiệp vụ 3 đồng hạng"],
        ["3", "Phòng Nghiệp vụ 4 đồng hạng"],
        ["Ngưỡng Tốt 80,00"],
        ["5", "Phòng Nghiệp vụ 5"],
    ]


def test_figures_that_print_alike_get_the_decimal_that_tells_them_apart(client):
    year = a_ranked_year(["90.001", "90.002", "80"])

    answer = show(client, year)

    percents = {row[1]: row[3] for row in rows_of(answer)}
    assert percents["Phòng Nghiệp vụ 1"] == "90,001"
    assert percents["Phòng Nghiệp vụ 2"] == "90,002"
    assert percents["Phòng Nghiệp vụ 3 sát ngưỡng"] == "80,00"
    assert "hiện thêm chữ số thập phân" in answer.content.decode()


def test_mean_median_and_ends_are_those_of_the_ranked_units(client):
    year = a_ranked_year(["90", "80", "85", DossierState.SUBMITTED, "85.5"])

    words = " ".join(show(client, year).content.decode().split())

    assert '85,13 <small>%</small></span><span class="w">trung bình khối' in words
    assert '85,25 <small>%</small></span><span class="w">trung vị' in words
    assert "80,00 – 90,00" in words
    assert "1 chưa xếp" in words


def test_units_that_are_not_verified_stand_below_without_rank_with_their_state(client):
    year = a_ranked_year(
        [
            DossierState.DRAFT,
            DossierState.RETURNED,
            "50",
            DossierState.SUBMITTED,
            DossierState.ABSENT,
        ]
    )

    rows = rows_of(show(client, year))

    assert [row[:2] for row in rows[:1]] == [["1", "Phòng Nghiệp vụ 3 sát ngưỡng"]]
    assert rows[1:] == [
        ["–", "Phòng Nghiệp vụ 1", "Đang soạn chưa xếp hạng" + SO_FAR],
        ["–", "Phòng Nghiệp vụ 2", "Bị trả lại chưa xếp hạng" + SO_FAR],
        ["–", "Phòng Nghiệp vụ 4", "Đã trình nộp chưa xếp hạng" + SO_FAR],
        ["–", "Phòng Nghiệp vụ 5", "Không đánh giá không xếp hạng" + SO_FAR],
    ]


def test_a_verified_unit_to_whom_nothing_applies_is_said_to_have_no_rank_for_that(client):
    year = a_ranked_year(["50"])
    with unrecorded():
        year.period.dossiers.get().scores.update(verified_points=None, not_applicable=True)

    ((rank, _, state),) = rows_of(show(client, year))

    assert rank == "–"
    assert state.startswith("Đã thẩm định không có tiêu chí áp dụng, không xếp hạng;")


def test_the_other_side_ranks_by_what_the_units_say_and_says_that_it_is_a_trial(client):
    work = a_submitted_dossier()

    verified = show(client, work.year)
    own = show(client, work.year, "?side=self")

    assert rows_of(verified)[0][0] == "–"
    assert rows_of(own)[0][0] == "1"
    assert rows_of(own)[0][5:7] == ["0/11", "Đã trình nộp"]
    assert "không dùng để công bố" in own.content.decode()


@pytest.mark.parametrize(
    "query", ["?khoi=9", "?khoi=x", "?side=ai", "?loc=la", "?page=x", "?khoi="]
)
def test_what_the_address_cannot_mean_shows_the_first_table(client, query):
    year = a_ranked_year(["90"])

    assert rows_of(show(client, year, query))[0][:2] == ["1", "Phòng Nghiệp vụ 1"]


def test_each_block_has_its_table(client):
    year = a_year(a_province(departments=1, communes=2), communes=True)

    first, second = show(client, year), show(client, year, "?khoi=2")

    assert len(rows_of(first)) == 1
    assert [row[1] for row in rows_of(second)] == ["Công an xã 1", "Công an xã 2"]


def test_a_period_that_has_not_been_opened_has_nothing_to_rank(client):
    answer = show(client, a_prepared_period())

    assert answer.status_code == 200
    assert "Chưa có gì để xếp hạng" in answer.content.decode()


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ("", ["1", "2", "3", "4"]),
        ("?loc=dong-hang", ["2", "3"]),
        ("?loc=sat-nguong", ["1"]),
        ("?loc=chua-xep", ["4"]),
    ],
)
def test_a_filter_leaves_the_units_it_names_with_their_ranks_and_without_limits(
    client, query, left
):
    year = a_ranked_year(["95", "90", "90", DossierState.DRAFT])

    rows = rows_of(show(client, year, query))

    named = [row[1].removeprefix("Phòng Nghiệp vụ ")[0] for row in rows if len(row) > 1]
    assert named == left
    assert len(rows) == len(left) + (not query)


def test_a_filter_that_leaves_nobody_shows_the_way_back(client):
    year = a_ranked_year(["90"])

    page = show(client, year, "?loc=dong-hang").content.decode()

    assert "Không có đơn vị nào như đang lọc" in page
    assert "Chưa có gì để xếp hạng" not in page


def test_the_change_to_the_last_published_year_keeps_points_and_rank_apart(client):
    province = a_province(departments=3)
    publish(a_ranked_year(["90", "80", "70"], province, year=2024, title="Kỳ 2024"))
    publish(a_ranked_year(["91", "85", "89"], province, year=2025, title="Kỳ 2025"))
    year = a_ranked_year(["90", "92.5", DossierState.DRAFT], province, year=2026, title="Kỳ 2026")

    rows = rows_of(show(client, year))

    assert [row[1:2] + row[4:6] for row in rows[:2]] == [
        ["Phòng Nghiệp vụ 2", "+7,50", "▲ 2 bậc, tăng"],
        ["Phòng Nghiệp vụ 1", "−1,00", "▼ 1 bậc, giảm"],
    ]
    assert "So với Kỳ 2025; hạng chỉ so trong cùng một khối" in show(client, year).content.decode()


def test_units_that_fell_by_more_than_two_points_can_be_picked_out(client):
    province = a_province(departments=2)
    publish(a_ranked_year(["90", "80"], province, year=2025, title="Kỳ 2025"))
    year = a_ranked_year(["87.99", "78"], province, year=2026, title="Kỳ 2026")

    ((rank, unit, *_),) = rows_of(show(client, year, "?loc=giam"))

    assert (rank, unit) == ("1", "Phòng Nghiệp vụ 1")


def test_the_unit_leads_to_the_desk_for_who_verifies_it_and_to_the_dossier_for_others(client):
    work = a_submitted_dossier()
    year, police = work.year, work.year.province.police
    here = {"by": year.province.administrator, "unit": police, "first_on": LONG_AGO}
    people.appoint(work.head, role=Role.VERIFIER, **here)  # handed it in, is of the unit
    people.appoint(work.editor, role=Role.VERIFIER, **here)  # is of the unit
    leader = year.province.a_person(Role.LEADER, police)

    leads_to = {
        person: links_of(show(client, year, to=person))["Phòng Nghiệp vụ 1"]
        for person in (work.verifier, year.organiser, leader, work.head, work.editor)
    }

    desk = reverse("scoring:verification-desk", args=[work.dossier.pk])
    dossier = reverse("scoring:dossier", args=[work.dossier.pk])
    assert [person for person, link in leads_to.items() if link == desk] == [
        work.verifier,
        year.organiser,
    ]
    assert [person for person, link in leads_to.items() if link == dossier] == [
        leader,
        work.head,
        work.editor,
    ]
    for person, link in leads_to.items():
        client.force_login(person)
        assert client.get(link).status_code == 200


def test_a_period_and_the_desk_lead_to_the_standings(client):
    year = a_ranked_year(["90", DossierState.SUBMITTED])
    client.force_login(year.organiser)

    period = client.get(reverse("scoring:period", args=[year.period.pk])).content.decode()
    desk = client.get(reverse("reports:desk")).content.decode()

    assert f'href="{at(year)}"' in period
    assert f'href="{at(year)}"' in desk


def test_a_period_being_prepared_does_not_lead_to_standings(client):
    year = a_prepared_period()
    client.force_login(year.organiser)

    page = client.get(reverse("scoring:period", args=[year.period.pk])).content.decode()

    assert at(year) not in page


def assert_flat(client, assert_flat_queries, years: tuple[int, ...], departments: int):
    """The page of so many units asks the database as often as that of three; it is returned."""
    shown = {}

    def sign_in(code: str, units: int) -> None:
        shown["year"] = a_grown_year(code, units, *years)
        client.force_login(shown["year"].organiser)
        client.get(at(shown["year"]))  # what the year before came to is reckoned once and kept

    sign_in("TN", 3)
    assert_flat_queries(
        lambda: client.get(at(shown["year"])), grow=lambda: sign_in("LN", departments)
    )
    return client.get(at(shown["year"], "?page=1"))


def test_three_hundred_units_cost_as_many_queries_as_three(client, assert_flat_queries):
    page = assert_flat(client, assert_flat_queries, (2026,), 300)

    assert "1–100 trong 300 đơn vị" in page.content.decode()


def test_an_earlier_year_costs_as_many_queries_however_many_units_it_has(
    client, assert_flat_queries
):
    page = assert_flat(client, assert_flat_queries, (2025, 2026), 30)

    assert "So với 2025" in page.content.decode()


def a_grown_year(code: str, departments: int, *years: int):
    """The last of the years, under way; those before it published. Every dossier is verified."""
    province = a_province(code, departments=departments)
    for number in years:
        over = timezone.now() - timedelta(days=300)
        year = a_year(
            province,
            year=number,
            title=f"Kỳ {code} {number}",
            **dates_around(over.date()),
        )
        rows = Score.objects.filter(dossier__period=year.period).select_related("criterion")
        mark(list(rows), Random(number))
        who_and_when = {
            f"{verb}_{part}": value
            for verb in ("submitted", "verified")
            for part, value in (("by", year.organiser), ("at", over))
        }
        dossiers = Dossier.objects.filter(period=year.period)
        dossiers.update(state=DossierState.VERIFIED, **who_and_when)
        if number != years[-1]:
            publish(year)
    return year
