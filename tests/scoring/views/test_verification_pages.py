"""The assessor's pages: which dossiers wait, and one dossier row by row."""

import pytest
from django.urls import reverse

from scoring import parties
from scoring.models import Dossier, Score
from scoring.rules.kinds import Source
from tests.scoring.marked import a_year
from tests.worlds import (
    LONG_AGO,
    a_filled_dossier,
    a_province,
    a_submitted_dossier,
    an_open_period,
    hand_in,
    settle,
)
from units.permissions import Role
from units.services import people

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}
LIST = "scoring:verification"


@pytest.fixture
def work(client):
    found = a_submitted_dossier()
    client.force_login(found.verifier)
    return found


def desk_of(dossier: Dossier) -> str:
    return reverse("scoring:verification-desk", args=[dossier.pk])


def post(client, name: str, score: Score, *, htmx: bool = True, **typed):
    address = reverse(f"scoring:{name}", args=[score.pk])
    said = {"version": score.version} | typed
    return client.post(address, said, headers=HTMX if htmx else {})


def test_one_key_takes_the_units_points_and_leads_to_the_next_row(client, work):
    score = work.score("1.1.1")

    answer = post(client, "verdict-accept", score)

    stored = work.score("1.1.1")
    assert answer.status_code == 200
    assert stored.verified_points == stored.self_points
    assert f"vua={score.pk}" in answer.headers["HX-Push-Url"]


def test_other_points_than_the_units_need_a_reason_and_the_typing_stays(client, work):
    score = work.score("1.1.1")

    answer = post(client, "verdict-save", score, htmx=False, way="points", given="2,5", reason="")

    said = answer.content.decode()
    assert answer.status_code == 409
    assert "Đề nghị ghi lý do" in said
    assert 'value="2,5"' in said
    assert not work.score("1.1.1").settled


def test_other_points_with_a_reason_are_kept_with_it(client, work):
    post(
        client,
        "verdict-save",
        work.score("1.1.1"),
        way="points",
        given="2,5",
        reason="Ban hành chậm.",
    )

    stored = work.score("1.1.1")
    assert (stored.verified_points, stored.verified_reason) == (2.5, "Ban hành chậm.")


@pytest.mark.parametrize("given", ["", "6", "-1", "nhiều", "1,23456"])
def test_points_that_cannot_be_are_refused_and_stay_on_the_page(client, work, given):
    answer = post(
        client,
        "verdict-save",
        work.score("1.1.1"),
        htmx=False,
        way="points",
        given=given,
        reason="Lý do đã gõ.",
    )

    assert answer.status_code == 422
    assert "Lý do đã gõ." in answer.content.decode()
    assert not work.score("1.1.1").settled


def test_a_verdict_on_what_somebody_changed_meanwhile_is_refused(client, work):
    seen = work.score("1.1.1")
    settle(work, "1.1.1")

    answer = post(client, "verdict-save", seen, way="points", given="1", reason="Khác.")

    assert answer.status_code == 409
    assert work.score("1.1.1").verified_points == seen.self_points


def test_a_verdict_can_be_taken_back(client, work):
    settle(work, "1.1.1")

    post(client, "verdict-take-back", work.score("1.1.1"))

    assert not work.score("1.1.1").settled


def test_what_is_typed_is_reckoned_without_being_written(client, work):
    score = work.score("1.1.1")
    address = reverse("scoring:verdict-preview", args=[score.pk])

    answer = client.get(address, {"way": "points", "given": "2,5", "version": score.version})

    assert "2,50" in answer.content.decode()
    assert not work.score("1.1.1").settled


def test_nobody_opens_the_desk_over_their_own_unit(client, work):
    province = work.year.province
    people.appoint(
        work.editor,
        unit=province.police,
        role=Role.VERIFIER,
        first_on=LONG_AGO,
        by=province.administrator,
    )
    client.force_login(work.editor)

    answer = client.get(desk_of(work.dossier))

    assert answer.status_code == 403
    assert parties.OWN_UNIT in answer.content.decode()


def test_the_list_costs_the_same_for_three_dossiers_and_three_hundred(client, assert_flat_queries):
    small = a_year(a_province("TN", departments=3))
    verifier = small.province.a_person(Role.VERIFIER, small.province.police)
    client.force_login(verifier)

    def grow():
        large = a_year(a_province("LN", departments=300), title="Kỳ của ba trăm đơn vị")
        people.appoint(
            verifier,
            unit=large.province.police,
            role=Role.VERIFIER,
            first_on=LONG_AGO,
            by=large.province.administrator,
        )

    assert_flat_queries(lambda: client.get(reverse(LIST)), grow=grow)


def _of_the_unit(work) -> list[str]:
    """Codes of the components that the unit answered and nobody has settled."""
    waiting = work.dossier.scores.unsettled().filter(criterion__source=Source.SELF)
    return list(waiting.values_list("criterion__code", flat=True))


def test_the_desk_costs_the_same_whatever_is_settled(client, work, assert_flat_queries):
    settle(work, "1.1.1")

    def grow():
        for code in _of_the_unit(work):
            settle(work, code)

    assert_flat_queries(lambda: client.get(desk_of(work.dossier)), grow=grow)


def test_the_list_narrows_to_a_block_and_a_state(client):
    year = an_open_period(a_province(departments=2))
    work = hand_in(a_filled_dossier(year))
    client.force_login(work.verifier)

    said = client.get(reverse(LIST), {"state": "submitted"}).content.decode()

    assert work.dossier.unit.name in said
    assert year.province.departments[1].name not in said
