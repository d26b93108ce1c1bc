"""One component across all units of its block: order, filters, keys' answers, cost."""

import pytest
from django.urls import reverse

from scoring.rules.workflow import DossierState
from scoring.services import dossiers
from scoring.views.queue import DRAWN
from tests.scoring.marked import a_year, put
from tests.worlds import a_province, a_submitted_dossier, settle
from units.permissions import Role

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


@pytest.fixture
def work(client):
    found = a_submitted_dossier()
    client.force_login(found.verifier)
    return found


def page_of(score, **query):
    return reverse("scoring:component-desk", args=[score.criterion_id], query=query)


def test_a_row_leads_to_its_component_across_units_and_back(client, work):
    score = work.score("1.1.1")
    desk = reverse("scoring:verification-desk", args=[work.dossier.pk])

    there = client.get(desk, {"dong": score.pk}).content.decode()
    back = client.get(page_of(score)).content.decode()

    assert page_of(score, dong=score.pk) in there
    assert f"{desk}?dong={score.pk}" in back
    assert work.dossier.unit.name in back
    assert "có điểm mà không có minh chứng" in back


def test_accepting_across_units_goes_on_with_the_same_component(client, work):
    score = work.score("1.1.1")
    address = reverse("scoring:verdict-accept", args=[score.pk])

    answer = client.post(
        f"{address}?ngang=1&loc=rui-ro-cao", {"version": score.version}, headers=HTMX
    )

    assert work.score("1.1.1").settled
    assert answer.headers["HX-Push-Url"] == page_of(score, vua=score.pk, loc="rui-ro-cao")
    assert "Đã ghi 1.1.1" in answer.content.decode()


def test_without_a_script_accepting_leads_back_to_the_component_as_well(client, work):
    score = work.score("1.1.1")
    address = reverse("scoring:verdict-accept", args=[score.pk])

    answer = client.post(f"{address}?ngang=1&thu-tu=don-vi", {"version": score.version})

    address = page_of(score, **{"vua": score.pk, "thu-tu": "don-vi"})
    assert (answer.status_code, answer.url) == (302, address)


@pytest.mark.parametrize(
    ("typed", "status", "sentence"),
    [
        ({"given": "2,5", "reason": ""}, 409, "Đề nghị ghi lý do"),
        ({"given": "99", "reason": "Đã đủ."}, 422, "Điểm thẩm định phải nằm trong khoảng"),
    ],
)
def test_a_refused_verdict_stays_at_the_component_with_what_was_typed(
    client, work, typed, status, sentence
):
    score = work.score("1.1.1")
    address = reverse("scoring:verdict-save", args=[score.pk])
    sent = {"version": score.version, "way": "points"} | typed

    for headers in (HTMX, {}):
        answer = client.post(f"{address}?ngang=1&thu-tu=don-vi", sent, headers=headers)

        page = answer.content.decode()
        assert (answer.status_code, answer.context["component"]) == (status, score.criterion)
        assert sentence in page
        assert f'value="{typed["given"]}"' in page
        assert typed["reason"] in page
        assert answer.context["by_unit"]


def test_what_was_typed_on_a_dossier_that_was_sent_back_meanwhile_stays_to_be_read(client, work):
    score = work.score("1.1.1")
    dossiers.send_back(work.dossier, by=work.verifier, comment="Bổ sung.")
    address = reverse("scoring:verdict-save", args=[score.pk])
    sent = {"version": score.version, "way": "points", "given": "2,5", "reason": "Ban hành chậm."}

    answer = client.post(f"{address}?ngang=1", sent, headers=HTMX)

    assert answer.status_code == 409
    assert answer.context["line"].row.score == score
    assert "Ban hành chậm." in answer.content.decode()
    assert "bị trả lại" in answer.content.decode()


def test_the_next_component_is_one_key_away_in_the_order_one_is_in(client, work):
    score = work.score("1.1.1")

    page = client.get(page_of(score, **{"thu-tu": "don-vi"})).content.decode()

    after = page_of(work.score("1.1.2"), **{"thu-tu": "don-vi"})
    assert f'href="{after}" data-key="l"' in page
    assert 'data-key="k"' not in page


def test_chips_count_and_narrow_the_units(client, work):
    score = work.score("1.1.1")
    settle(work, "1.1.1")

    counts = {key: count for key, _, count in client.get(page_of(score)).context["chips"]}
    nothing = client.get(page_of(score, loc="chua-tham-dinh"))

    assert counts == {
        "": 1,
        "rui-ro-cao": 1,
        "chua-tham-dinh": 0,
        "thieu-minh-chung": 1,
        "xin-khong-ap-dung": 0,
        "khac-so-lieu": 0,
    }
    assert nothing.status_code == 200
    assert nothing.context["stretch"].lines == []


def test_an_area_has_no_desk(client, work):
    area = work.score("1.1.1").criterion.parent_id

    assert client.get(reverse("scoring:component-desk", args=[area])).status_code == 404


def test_the_pages_cost_the_same_for_three_units_and_three_hundred_and_no_more_than_twenty_queries(
    client, assert_flat_queries, django_assert_max_num_queries
):
    def a_score(code, number, **columns):
        year = a_year(a_province(code, departments=number), **columns)
        for dossier in year.period.dossiers.all():
            put(dossier, DossierState.SUBMITTED, year.organiser)
        client.force_login(year.province.a_person(Role.VERIFIER, year.province.police))
        return year.period.dossiers.first().scores.get(criterion__code="1.1.1")

    seen = [a_score("TN", 3)]

    def grow():
        seen.append(a_score("LN", 300, title="Kỳ của ba trăm đơn vị"))
        client.get(page_of(seen[-1]))  # the middles of a block are reckoned once

    assert_flat_queries(lambda: client.get(page_of(seen[-1])), grow=grow)
    with django_assert_max_num_queries(20):
        stretch = client.get(page_of(seen[-1])).context["stretch"]
    assert (stretch.before, len(stretch.lines), stretch.behind) == (0, DRAWN, 300 - DRAWN)
    assert f">{300 - DRAWN} đơn vị sau<" in client.get(page_of(seen[-1])).content.decode()
    with django_assert_max_num_queries(20):
        client.get(reverse("scoring:accept-of-component", args=[seen[-1].criterion_id]))
