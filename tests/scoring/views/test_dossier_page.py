"""The dossier as the unit sees it: what the page shows, and what it costs to draw."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from scoring.models import Dossier
from scoring.rules.kinds import Source
from scoring.services import criteria, periods, scores
from tests.worlds import a_draft_dossier, a_filled_dossier, a_prepared_period, an_answer, fill

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
    assert "hx-post" not in said


def test_a_reader_from_above_sees_the_dossier_without_inputs(client):
    work = a_filled_dossier()
    client.force_login(work.verifier)

    said = client.get(page_of(work.dossier)).content.decode()

    assert "hx-post" not in said


@pytest.mark.parametrize("asked", ["?dong=x", "?dong=99999999999999999999", "?loc=khong-co"])
def test_an_address_that_asks_for_nonsense_is_still_the_page(client, asked):
    work = a_draft_dossier()
    client.force_login(work.editor)

    assert client.get(page_of(work.dossier) + asked).status_code == 200
