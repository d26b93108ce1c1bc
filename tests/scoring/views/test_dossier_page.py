"""The dossier as the unit sees it: what the page shows, and what it costs to draw."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from scoring.models import Dossier
from scoring.rules.kinds import Source
from scoring.services import criteria, periods, scores
from tests.scoring.services.test_review import THIS_YEAR, verified_in
from tests.worlds import (
    a_draft_dossier,
    a_filled_dossier,
    a_prepared_period,
    a_province,
    an_answer,
    an_open_period,
    fill,
)

pytestmark = pytest.mark.django_db

MOST_QUERIES = 15
COMPONENTS = 65


def a_large_year(components: int = COMPONENTS):
    """An open period whose dossiers have that many components."""
    year = a_prepared_period()
    first = year.block.criteria_set.criteria.get(code="1.1.1")
    there = year.block.criteria_set.criteria.components().count()
    for number in range(components - there):
        criteria.add_component(
            first.parent,
            by=year.organiser,
            title=f"Thành phần thêm {number}",
            maximum=1,
            rule={"type": "binary"},
        )
    periods.edit(year.period, by=year.organiser, seen=1, scale_total=100 + components - there)
    year.period = periods.open(year.period, by=year.organiser)
    return year


def page_of(dossier: Dossier) -> str:
    return reverse("scoring:dossier", args=[dossier.pk])


def fill_all(work) -> None:
    for score in work.dossier.scores.unanswered().select_related("criterion"):
        scores.save_self(
            score,
            by=work.editor,
            answer=an_answer(score),
            note="Có văn bản kèm theo.",
            not_applicable=False,
            seen_version=score.version,
        )


def test_a_dossier_of_sixty_five_components_takes_at_most_fifteen_queries(
    client, django_assert_max_num_queries
):
    work = a_draft_dossier(a_large_year())
    fill_all(work)
    client.force_login(work.editor)
    client.get(page_of(work.dossier))

    with django_assert_max_num_queries(MOST_QUERIES):
        answer = client.get(page_of(work.dossier))

    assert answer.content.decode().count('class="score-row') == COMPONENTS


def test_the_page_costs_the_same_with_a_few_answers_and_with_all(client, assert_flat_queries):
    work = a_draft_dossier()
    fill(work, "1.1.1")
    client.force_login(work.editor)

    assert_flat_queries(lambda: client.get(page_of(work.dossier)), grow=lambda: fill_all(work))


def test_the_list_of_dossiers_costs_the_same_for_one_year_and_for_four(client, assert_flat_queries):
    work = a_draft_dossier()
    client.force_login(work.editor)

    def more_years():
        for year in range(2001, 2004):
            earlier = a_prepared_period(work.year.province, year=year, title=f"Năm {year}")
            periods.open(earlier.period, by=earlier.organiser)

    assert_flat_queries(lambda: client.get(reverse("scoring:dossiers")), grow=more_years)


def test_the_officer_is_told_what_is_missing_and_what_it_is_worth(client):
    work = a_draft_dossier()
    fill(work, "1.1.1")
    client.force_login(work.editor)

    said = client.get(page_of(work.dossier)).content.decode()

    own = work.dossier.scores.filter(criterion__source=Source.SELF).count()
    assert f"{own - 1} " in said
    assert "5,00" in said
    assert "Thủ trưởng đơn vị trình nộp" in said


def test_the_head_may_hand_in_only_what_is_whole(client):
    work = a_draft_dossier()
    client.force_login(work.head)
    submit = reverse("scoring:dossier-submit", args=[work.dossier.pk])

    assert "chưa trình nộp được" in client.get(submit).content.decode()

    work = a_filled_dossier(work.year)
    assert "Xác nhận trình nộp" in client.get(submit).content.decode()


def test_after_the_last_day_the_page_is_for_reading_only_and_says_why(client, time_machine):
    work = a_draft_dossier()
    last = work.year.period.submit_by

    time_machine.move_to(timezone.now() + timedelta(days=(last - timezone.localdate()).days + 1))
    client.force_login(work.editor)
    said = client.get(page_of(work.dossier)).content.decode()

    assert f"Đã hết hạn ngày {last:%d/%m/%Y}" in said
    assert " data-row " not in said


def test_a_reader_from_above_sees_the_dossier_without_inputs(client):
    work = a_filled_dossier()
    client.force_login(work.verifier)

    said = client.get(page_of(work.dossier)).content.decode()

    assert " data-row " not in said


@pytest.mark.parametrize("asked", ["?dong=x", "?dong=99999999999999999999", "?loc=khong-co"])
def test_an_address_that_asks_for_nonsense_is_still_the_page(client, asked):
    work = a_draft_dossier()
    client.force_login(work.editor)

    assert client.get(page_of(work.dossier) + asked).status_code == 200


def a_year_after_a_verified_one():
    """The first department's dossier of this year, nothing written, after a verified one."""
    province = a_province()
    verified_in(province, THIS_YEAR - 1)
    return a_draft_dossier(an_open_period(province, year=THIS_YEAR, title="Kỳ này"))


def test_each_row_shows_what_the_component_came_to_the_time_before(client):
    work = a_year_after_a_verified_one()
    client.force_login(work.editor)

    said = " ".join(client.get(page_of(work.dossier)).content.decode().split())

    assert f"{THIS_YEAR - 1}: Có, 5,00 / 5,00" in said
    assert f"{THIS_YEAR - 1}: 46/47, " in said


def test_a_row_worth_less_than_the_time_before_is_counted(client):
    work = a_year_after_a_verified_one()
    fill(work, "1.1.1", {"yes": False})
    fill(work, "1.2.1")
    client.force_login(work.editor)

    answer = client.get(f"{page_of(work.dossier)}?loc=thap-hon")

    assert [row.criterion.code for row in answer.context["sheet"].lower] == ["1.1.1"]
    assert '<b id="loc-thap-hon">1</b>' in answer.content.decode()


def test_the_page_after_another_year_still_takes_at_most_fifteen_queries(
    client, django_assert_max_num_queries
):
    work = a_year_after_a_verified_one()
    client.force_login(work.editor)
    client.get(page_of(work.dossier))

    with django_assert_max_num_queries(MOST_QUERIES):
        client.get(page_of(work.dossier))


@pytest.mark.django_db(transaction=True)
def test_the_mark_follows_the_pen(page, sign_in, assert_no_barriers):
    work = a_year_after_a_verified_one()
    sign_in(work.editor)
    score = work.score("1.1.1")
    page.goto(f"{page_of(work.dossier)}?dong={score.pk}")
    row = page.locator(f"#dong-{score.pk}")
    mark = row.get_by_text("thấp hơn kỳ trước")
    expect(mark).to_be_hidden()

    row.get_by_label("Không", exact=False).first.check()
    expect(mark).to_be_visible()
    expect(page.locator("#loc-thap-hon")).to_have_text("1")
    page.get_by_role("link", name="Thấp hơn kỳ trước").click()
    expect(row).to_be_visible()
    expect(page.locator(f"#dong-{work.score('1.1.2').pk}")).to_be_hidden()
    assert_no_barriers(page)

    row.get_by_label("Có", exact=False).first.check()
    expect(mark).to_be_hidden()
