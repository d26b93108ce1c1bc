"""The standings sorted, narrowed down and on every basis; how complete each basis is."""

import pytest
from lxml import html

from scoring.rules.kinds import Side
from scoring.rules.workflow import DossierState
from scoring.services import accounts
from scoring.services.standings import standings_of
from tests.scoring.ranked import a_ranked_year, publish, rows_of
from tests.scoring.views.test_standings import show
from tests.worlds import a_province, a_submitted_dossier, settle
from units.permissions import Role

pytestmark = pytest.mark.django_db


def units_in(answer) -> list[str]:
    """The numbers at the end of the units' names, from top to bottom."""
    rows = [row[1] for row in rows_of(answer) if len(row) > 1]
    return [name.removeprefix("Phòng Nghiệp vụ ")[0] for name in rows]


def words(answer) -> str:
    return " ".join(html.fromstring(answer.content.decode()).text_content().split())


@pytest.mark.parametrize(
    ("asked", "order"),
    [
        ("", "2134"),
        ("?xep=la", "2134"),
        ("?xep=-la", "2134"),
        ("?xep=hang", "2134"),
        ("?xep=-hang", "3124"),
        ("?xep=chi-so", "3124"),
        ("?xep=-don-vi", "4321"),
        ("?xep=don-vi", "1234"),
        ("?xep=-diem", "2134"),
        ("?xep=xep-loai", "2134"),
        ("?xep=lv-1", "2134"),
        ("?xep=-lv-3", "3124"),
        ("?xep=tham-dinh", "4213"),
    ],
)
def test_the_table_is_sorted_as_asked_and_units_with_nothing_there_stand_last(client, asked, order):
    year = a_ranked_year(["90", "95", "30", DossierState.SUBMITTED])

    assert units_in(show(client, year, asked)) == list(order)


def test_by_every_column_the_link_sorts_and_the_heading_says_how(client):
    province = a_province(departments=2)
    publish(a_ranked_year(["90", "80"], province, year=2025, title="Kỳ 2025"))
    year = a_ranked_year(["85", "88"], province, year=2026, title="Kỳ 2026")

    def headings(answer):
        return html.fromstring(answer.content.decode()).xpath("//main//thead//th")

    first = headings(show(client, year))
    links = [head.xpath("./a/@href")[0] for head in first]

    assert len(links) == len(first) == 15
    assert [head.get("aria-sort") for head in first].count("ascending") == 1
    for place, link in enumerate(links):
        once = headings(show(client, year, link))
        assert [bool(head.get("aria-sort")) for head in once].index(True) == place
        twice = headings(show(client, year, once[place].xpath("./a/@href")[0]))
        assert {once[place].get("aria-sort"), twice[place].get("aria-sort")} == {
            "ascending",
            "descending",
        }


def test_limits_are_drawn_between_the_ranks_only_in_their_order(client):
    year = a_ranked_year(["96", "90"])

    assert "Ngưỡng Xuất sắc" in words(show(client, year))
    assert "Ngưỡng Xuất sắc" not in words(show(client, year, "?xep=-hang"))


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ("?tim=nghiep vu 2", "2"),
        ("?tim=NGHIỆP VỤ", "213"),
        ("?tim=phong 3 nghiep", "3"),
        ("?loai=Tốt", "1"),
        ("?loai=Tốt&tim=vu 2", ""),
        ("?loai=la", "213"),
    ],
)
def test_units_are_found_by_words_with_or_without_diacritics_and_by_class(client, query, left):
    year = a_ranked_year(["90", "95", "30"])
    answer = show(client, year, query)

    if left:
        assert units_in(answer) == list(left)
    else:
        assert "Không có đơn vị nào như đang lọc" in answer.content.decode()


def test_mean_range_and_deviation_stand_beside_the_mean_of_the_year_before(client):
    province = a_province(departments=3)
    publish(a_ranked_year(["90", "80", "70"], province, year=2025, title="Kỳ 2025"))
    year = a_ranked_year(["90", "80", "76"], province, year=2026, title="Kỳ 2026")

    said = words(show(client, year))

    assert "82,00 %trung bình khối; 2025: 80,00" in said
    assert "76,00 – 90,00thấp nhất – cao nhất, cách nhau 14,00" in said
    assert "5,33độ lệch trung bình" in said


def test_the_provisional_basis_takes_verdicts_and_where_there_are_none_the_units_own_points(
    client,
):
    work = a_submitted_dossier()
    settle(work, "1.2.1", points=0, reason="Thiếu minh chứng.")
    own = standings_of(work.year.block, side=Side.SELF).row_of(work.dossier)

    row = standings_of(work.year.block, side=Side.PROVISIONAL).row_of(work.dossier)
    answer = show(client, work.year, "?side=provisional")

    assert own.points - row.points == work.score("1.2.1").self_points > 0
    assert row.maximum == own.maximum
    assert (row.progress.settled, row.progress.all) == (1, 11)
    assert rows_of(answer)[0][0] == "1"
    assert "đã thẩm định 1/" in words(answer)
    assert "không dùng để công bố" in words(answer)
    account = accounts.account(work.now(), Side.PROVISIONAL).account
    assert (account.total.points, account.total.maximum) == (row.points, row.maximum)


def test_the_unit_is_not_told_what_verdicts_come_to_before_they_are_whole(client):
    work = a_submitted_dossier()
    settle(work, "1.2.1", points=0, reason="Thiếu minh chứng.")
    client.force_login(work.head)

    page = client.get(f"/ho-so/{work.dossier.pk}/vi-sao/?side=provisional").content.decode()

    assert "Theo điểm tự chấm" in page
    assert "Thiếu minh chứng." not in page
    organiser = work.year.province.a_person(Role.ORGANISER, work.year.province.police)
    client.force_login(organiser)
    page = client.get(f"/ho-so/{work.dossier.pk}/vi-sao/?side=provisional").content.decode()
    assert "Tạm tính" in page
    assert "Thiếu minh chứng." in page
