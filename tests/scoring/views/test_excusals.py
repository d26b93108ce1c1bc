"""The list of what does not apply: proposed, confirmed, denied, by whom, and what it changes."""

from decimal import Decimal

import pytest
from django.urls import reverse

from scoring.models import Score
from scoring.rules.excusal import Excusal, excusal
from scoring.rules.workflow import DossierState
from scoring.services import scores
from tests.scoring.marked import put, unrecorded
from tests.worlds import a_filled_dossier, a_province, an_answer, fill, hand_in, settle
from units.permissions import Role

pytestmark = pytest.mark.django_db

LIST = "scoring:excusals"


@pytest.fixture
def work(client):
    """2.1.1 is proposed as not applicable, 1.2.1 because it counts nothing; nothing is decided."""
    found = a_filled_dossier()
    fill(found, "2.1.1", not_applicable=True, note="Không phát sinh (2.1.1).")
    fill(found, "1.2.1", {"numerator": "0", "denominator": "0"})
    client.force_login(found.verifier)
    return hand_in(found)


def lines(client, **query):
    page = client.get(reverse(LIST, query=query))
    assert page.status_code == 200
    return {line.score.criterion.code: line for line in page.context["lines"]}


def test_a_proposal_waits_with_its_reason_and_what_it_would_take_out(client, work):
    line = lines(client)["2.1.1"]
    page = client.get(reverse(LIST)).content.decode()

    assert (line.excusal, line.maximum, line.maximum_if_confirmed) == (Excusal.PROPOSED, 100, 85)
    assert "Không phát sinh (2.1.1)." in page
    desk = reverse("scoring:verification-desk", args=[work.dossier.pk])
    assert f"{desk}?dong={line.score.pk}" in page


def test_confirmed_and_denied_name_who_decided_and_the_maximum_follows(client, work):
    settle(work, "2.1.1")
    settle(work, "1.2.1", answer=an_answer(work.score("1.2.1")), reason="Có phát sinh hồ sơ.")

    found = lines(client)
    page = client.get(reverse(LIST)).content.decode()

    assert (found["2.1.1"].excusal, found["1.2.1"].excusal) == (Excusal.CONFIRMED, Excusal.DENIED)
    assert found["2.1.1"].maximum == found["1.2.1"].maximum == Decimal(85)
    assert found["1.2.1"].decided.changed_by == work.verifier
    assert "Có phát sinh hồ sơ." in page
    assert "đã giảm 15,00" in page


def test_a_verdict_that_was_taken_back_has_nobody_who_decided(client, work):
    settled = settle(work, "2.1.1")
    scores.take_back(settled, by=work.verifier, seen_version=settled.version)

    line = lines(client)["2.1.1"]

    assert (line.excusal, line.decided) == (Excusal.PROPOSED, None)


def test_the_list_narrows_by_what_became_of_it_and_by_component_and_period(client, work):
    settle(work, "2.1.1")

    assert set(lines(client, state="proposed")) == {"1.2.1"}
    assert set(lines(client, state="confirmed", period=work.year.period.pk)) == {"2.1.1"}
    assert set(lines(client, code="1.2.1", block=work.dossier.block_id)) == {"1.2.1"}
    assert set(lines(client, period=work.year.period.pk + 1)) == set()
    assert set(lines(client, state="khong-co", period="x")) == {"2.1.1", "1.2.1"}


def test_the_database_tells_the_same_as_the_rule(work):
    settle(work, "2.1.1")
    settle(work, "1.2.1", points=1, reason="Có phát sinh.")
    with unrecorded():
        work.dossier.scores.filter(criterion__code="1.1.2").update(
            not_applicable=True, verified_reason="Không có."
        )

    for score in Score.objects.excusals():
        assert score.excusal == excusal(said=score.said, found=score.found)
    assert Score.objects.excusals().count() == 3


def test_neither_a_draft_nor_another_assessor_s_work_is_listed(client, work):
    draft = work.year.period.dossiers.exclude(pk=work.dossier.pk).first()
    with unrecorded():
        draft.scores.update(self_not_applicable=True)
    assert set(lines(client)) == {"2.1.1", "1.2.1"}

    elsewhere = a_province("LN")
    client.force_login(elsewhere.a_person(Role.VERIFIER, elsewhere.police))
    assert lines(client) == {}


def test_the_list_and_the_period_lead_there(client, work):
    verification = client.get(reverse("scoring:verification")).content.decode()
    period = client.get(reverse("scoring:period", args=[work.year.period.pk])).content.decode()

    assert f'href="{reverse(LIST)}"' in verification
    assert f'href="{reverse(LIST)}?period={work.year.period.pk}"' in period


def test_the_list_costs_the_same_for_two_rows_and_for_all_of_two_dossiers(
    client, work, assert_flat_queries
):
    settle(work, "2.1.1")

    def grow():
        with unrecorded():
            for dossier in work.year.period.dossiers.all():
                put(dossier, DossierState.SUBMITTED, work.head)
                dossier.scores.update(self_answer=None, self_points=None, self_not_applicable=True)

    assert_flat_queries(lambda: client.get(reverse(LIST)), grow=grow)
    assert len(client.get(reverse(LIST)).context["lines"]) == 22
