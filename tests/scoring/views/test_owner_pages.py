"""A specialist unit at work: what its people find, open and write, and what is refused them."""

import pytest
from django.urls import reverse

from scoring.models import Dossier
from scoring.rules.workflow import DossierState
from tests.fixtures.browser import DESK, PHONE
from tests.scoring.marked import a_year, put
from tests.scoring.services.test_who_verifies import an_owner, give, who_was_there
from tests.worlds import (
    a_filled_dossier,
    a_province,
    a_submitted_dossier,
    an_open_period,
    settle,
)
from units.models import Unit
from units.permissions import Role
from units.services import people

pytestmark = pytest.mark.django_db

WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
LIST = reverse("scoring:verification")


def a_work():
    return a_submitted_dossier(an_open_period(a_province(departments=3)))


@pytest.fixture
def work():
    return a_work()


def across(score) -> str:
    return reverse("scoring:component-desk", args=[score.criterion_id])


def desk(work, **query) -> str:
    return reverse("scoring:verification-desk", args=[work.dossier.pk], query=query)


def accept(client, work, code: str, **also):
    score = work.score(code)
    address = reverse("scoring:verdict-accept", args=[score.pk])
    return client.post(address, {"version": score.version}, **also)


def test_an_owner_opens_its_components_across_units_and_no_others(client, work):
    client.force_login(an_owner(work))

    shown = client.get(across(work.score("1.1.1")))
    other = client.get(across(work.score("1.2.1")))

    assert [line.row.score.dossier for line in shown.context["stretch"].lines] == [work.dossier]
    assert {one.code.rpartition(".")[0] for one in shown.context["siblings"]} == {"1.1"}
    assert other.status_code == 403
    assert "Tiêu chí này do Công an tỉnh Thử Nghiệm thẩm định" in other.content.decode()


def test_an_owner_that_is_in_no_block_of_the_period_opens_them_too(client, work):
    officer = an_owner(work)
    unit = work.year.province.departments[1]
    work.year.period.dossiers.filter(unit=unit).update(unit=_another(work))

    client.force_login(officer)

    assert client.get(across(work.score("1.1.1"))).status_code == 200


def _another(work) -> Unit:
    """A unit of the province that has no dossier in the period."""
    return work.year.province.ministry


def test_who_verifies_somewhere_else_is_told_who_verifies_it(client, work):
    an_owner(work)
    third = work.year.province.departments[2]
    client.force_login(work.year.province.a_person(Role.VERIFIER, third))

    answer = client.get(across(work.score("1.1.1")))

    assert answer.status_code == 403
    assert "do Phòng Nghiệp vụ 2 thẩm định" in answer.content.decode()


def test_the_desk_of_one_unit_shows_an_owner_its_rows_alone_and_goes_on_among_them(client, work):
    client.force_login(an_owner(work))

    shown = client.get(desk(work))
    answer = accept(client, work, "1.1.1", follow=True)

    codes = [row.criterion.code for row in shown.context["sheet"].rows]
    assert codes
    assert all(code.startswith("1.1.") for code in codes)
    assert shown.context["closing"] is None
    assert shown.context["returning"] is None
    assert answer.context["row"].criterion.code.startswith("1.1.")
    assert work.score("1.1.1").settled


def test_the_assessor_reads_an_owners_row_and_is_told_who_writes_it(client, work):
    an_owner(work)
    client.force_login(work.verifier)

    first = client.get(desk(work))
    owned = client.get(desk(work, dong=work.score("1.1.1").pk))

    assert not first.context["row"].criterion.code.startswith("1.1.")
    assert "Tiêu chí này do Phòng Nghiệp vụ 2 thẩm định" in owned.content.decode()
    assert 'id="phieu-tham-dinh"' not in owned.content.decode()


def test_what_was_given_to_others_is_read_and_not_gone_to(client, work):
    second = work.year.province.a_person(Role.VERIFIER, work.year.province.police)
    give(work, second, code="1")
    client.force_login(work.verifier)

    first = client.get(desk(work))
    given = client.get(desk(work, dong=work.score("1.1.1").pk))

    assert not first.context["row"].criterion.code.startswith("1.")
    assert f"Dòng này đã phân công cho {second} thẩm định." in given.content.decode()


# ── one refusal for each part of the question, at the door ────────────────────────────────────


def test_the_wrong_person_is_refused_at_the_door(client, work):
    officer = an_owner(work)
    unit = work.year.province.departments[1]
    give(work, work.year.province.a_person(Role.VERIFIER, unit), code="1.1", desk=unit.pk)
    client.force_login(officer)

    assert accept(client, work, "1.1.1").status_code == 403


def test_the_wrong_unit_is_refused_at_the_door(client, work):
    an_owner(work)
    insider = who_was_there(work, first=400, last=100)
    people.appoint(
        insider,
        unit=work.year.province.departments[1],
        role=Role.VERIFIER,
        first_on=work.year.period.opens_on,
        by=work.year.province.administrator,
    )
    client.force_login(insider)

    assert accept(client, work, "1.1.1").status_code == 403
    assert work.dossier not in client.get(LIST).context["page"].object_list


def test_the_wrong_criterion_is_refused_at_the_door(client, work):
    client.force_login(an_owner(work))

    answer = accept(client, work, "1.2.1")

    assert answer.status_code == 403
    assert not work.score("1.2.1").settled


def test_the_wrong_state_is_refused_at_the_door(client):
    work = a_filled_dossier(an_open_period(a_province(departments=3)))
    client.force_login(an_owner(work))

    assert accept(client, work, "1.1.1").status_code == 404
    assert client.get(desk(work)).status_code == 404


def test_the_wrong_period_is_refused_at_the_door(client):
    work = a_submitted_dossier(an_open_period(a_province(departments=3)))
    officer = an_owner(work)
    settle(work, "1.1.1", by=officer)
    Dossier.objects.filter(pk=work.dossier.pk).update(state=DossierState.SUBMITTED)
    type(work.year.period).objects.filter(pk=work.year.period.pk).update(state="locked")
    client.force_login(officer)

    answer = accept(client, work, "1.1.1")

    assert answer.status_code == 409
    assert "Kỳ đánh giá đang ở trạng thái" in answer.content.decode()


# ── what is one's own ────────────────────────────────────────────────────────────────────────


def test_the_list_shows_what_was_given_with_what_is_left(client, work):
    give(work, work.verifier)
    settle(work, "1.1.1")
    client.force_login(work.verifier)

    (one,) = client.get(LIST).context["mine"]

    assert (one.load.settled, one.load.ready) == (1, 10)
    assert one.address == desk(work)
    assert one.due_on == work.year.period.verify_by


def test_the_list_leads_an_owner_to_its_components_and_counts_its_own_rows(client, work):
    officer = an_owner(work)
    settle(work, "1.1.1", by=officer)
    client.force_login(officer)

    shown = client.get(LIST)

    (components,) = shown.context["across"].values()
    assert [(one.code, one.left) for one in components][0] == ("1.1.1", 0)
    assert {one.code.rpartition(".")[0] for one in components} == {"1.1"}
    (dossier,) = shown.context["page"]
    assert (dossier.settled, dossier.total) == (1, len(components))
    assert client.get(components[0].address).status_code == 200


def test_rows_of_the_own_criteria_are_a_duty_until_they_are_done(client, work):
    officer = an_owner(work)
    give(work, officer, code="1.1", whole=False, desk=work.year.province.departments[1].pk)
    client.force_login(officer)
    rows = work.dossier.scores.filter(criterion__code__startswith="1.1.")

    def found() -> tuple[list[str], list[int]]:
        page = client.get("/")
        duties = [duty.title for shelf in page.context["shelves"] for duty in shelf.duties]
        counts = [item.count for item in page.context["menu"] if item.label == "Thẩm định"]
        return duties, counts

    before = found()
    for code in rows.values_list("criterion__code", flat=True):
        settle(work, code, by=officer)

    number = rows.count()
    assert before == (
        [
            f"Phần được phân công thẩm định: còn {number} dòng",
            f"Thẩm định {number} dòng thuộc tiêu chí đơn vị phụ trách",
        ],
        [1],
    )
    assert found() == ([], [0])


def test_the_list_costs_the_same_for_three_units_and_thirty(client, assert_flat_queries):
    def a_large_one(code, number, **columns):
        year = a_year(a_province(code, departments=number), **columns)
        verifier = year.province.a_person(Role.VERIFIER, year.province.police)
        for dossier in year.period.dossiers.all():
            put(dossier, DossierState.SUBMITTED, year.organiser)
            year.block.assignments.create(
                desk=year.province.police, officer=verifier, dossier=dossier
            )
        return verifier

    small, large = a_large_one("TN", 3), a_large_one("LN", 30, title="Kỳ của ba mươi đơn vị")
    client.force_login(large)
    client.get("/")  # the first visit of a day is written down
    for address in (LIST, "/"):
        client.force_login(small)
        assert_flat_queries(
            lambda address=address: client.get(address), grow=lambda: client.force_login(large)
        )
    assert len(client.get(LIST).context["mine"]) == 30


@pytest.mark.django_db(transaction=True)
def test_the_pages_of_an_owner_keep_nobody_out_and_fit(page, sign_in, assert_no_barriers):
    work = a_work()
    officer = an_owner(work)
    give(work, officer, code="1.1", whole=False, desk=work.year.province.departments[1].pk)
    sign_in(officer)

    for screen in (DESK, PHONE):
        page.set_viewport_size(screen)
        for address in (LIST, across(work.score("1.1.1"))):
            page.goto(address)
            assert_no_barriers(page)
            assert page.evaluate(WIDER) <= 0, address
