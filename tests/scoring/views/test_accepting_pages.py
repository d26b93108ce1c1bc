"""The page that lists the rows of low risk before they are accepted, from both desks."""

import pytest
from django.urls import reverse

from scoring.rules.workflow import ACCEPT
from scoring.services.preparation import note
from tests.scoring.services.test_acceptance import QUIET, a_quiet_dossier
from tests.worlds import settle

pytestmark = pytest.mark.django_db


@pytest.fixture
def work(client):
    found = a_quiet_dossier()
    client.force_login(found.verifier)
    return found


def of_unit(work, **query) -> str:
    return reverse("scoring:accept-of-unit", args=[work.dossier.pk], query=query)


def of_component(score, **query) -> str:
    return reverse("scoring:accept-of-component", args=[score.criterion_id], query=query)


def ticked(*scores) -> dict[str, list[str]]:
    return {"row": [f"{score.pk}-{score.version}" for score in scores]}


def test_the_desk_offers_the_rows_of_low_risk_and_the_page_lists_exactly_these(client, work):
    desk = client.get(reverse("scoring:verification-desk", args=[work.dossier.pk]))
    page = client.get(of_unit(work))

    assert f'href="{of_unit(work)}" data-key="n"' in desk.content.decode()
    assert "Nhận 3 dòng rủi ro thấp" in desk.content.decode()
    assert [line.row.criterion.code for line in page.context["lines"]] == list(QUIET)
    assert page.content.decode().count(" checked") == 3


def test_what_is_ticked_is_taken_and_one_is_back_at_the_desk_in_the_same_order(client, work):
    scores = [work.score(code) for code in QUIET[:2]]

    answer = client.post(of_unit(work, **{"thu-tu": "bo-tieu-chi"}), ticked(*scores), follow=True)

    assert answer.request["QUERY_STRING"] == "thu-tu=bo-tieu-chi"
    assert "Đã nhận 2 dòng rủi ro thấp." in answer.content.decode()
    assert [work.score(code).settled for code in QUIET] == [True, True, False]
    assert (
        "2 dòng, 15,00 điểm: 1.1.1 (5,00), 1.1.2 (10,00)"
        in client.get(of_unit(work)).content.decode()
    )


def test_a_row_somebody_settled_meanwhile_is_named_after_the_others_were_taken(client, work):
    scores = [work.score(code) for code in QUIET]
    settle(work, "1.1.1", points=1, reason="Chậm.")

    said = client.post(of_unit(work), ticked(*scores), follow=True).content.decode()

    assert "Đã nhận 2 dòng rủi ro thấp." in said
    assert f"Không nhận 1 dòng: 1.1.1: đã có kết quả thẩm định của {work.verifier}." in said


@pytest.mark.parametrize(
    ("row", "status", "sentence"),
    [
        ([], 422, "Chưa chọn dòng nào"),
        (["1-"], 422, "Trang này đã cũ"),
        (["9" * 30 + "-1"], 422, "Trang này đã cũ"),
        (["999999999-1"], 409, "không còn ở đây"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(client, work, row, status, sentence):
    answer = client.post(of_unit(work), {"row": row})

    assert answer.status_code == status
    assert sentence in answer.content.decode()
    assert not work.dossier.events.filter(verb=ACCEPT).exists()


def test_where_nothing_could_be_taken_the_page_stays_and_says_why(client, work):
    score = work.score("1.1.1")
    settle(work, "1.1.1", points=1, reason="Chậm.")

    answer = client.post(of_unit(work), ticked(score))

    assert answer.status_code == 409
    assert "1.1.1: đã có kết quả thẩm định" in answer.content.decode()


def test_a_component_is_accepted_in_all_quiet_units_and_the_period_tells_of_it(client, work):
    score = work.score("1.1.1")

    answer = client.post(of_component(score, loc="rui-ro-cao"), ticked(score), follow=True)

    desk = reverse("scoring:component-desk", args=[score.criterion_id])
    assert answer.redirect_chain == [(f"{desk}?loc=rui-ro-cao", 302)]
    assert work.score("1.1.1").settled
    log = client.get(reverse("scoring:period", args=[work.year.period.pk])).content.decode()
    block = score.dossier.block
    assert f"{score.criterion}, {block.name}, 1 đơn vị: {work.dossier.unit} (5,00)" in log
    elsewhere = f"{score.criterion}, Khối khác, 1 đơn vị: Phòng Ngoài khối (5,00)"
    note(work.year.period, ACCEPT, elsewhere, by=work.verifier)
    told = client.get(of_component(score)).content.decode()
    assert (block.name in told, "Phòng Ngoài khối" in told) == (True, False)
