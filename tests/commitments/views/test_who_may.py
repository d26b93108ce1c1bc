"""Every address for every role at both parties: who works there, who is refused, who is strange."""

import pytest
from django.urls import reverse

from commitments.urls import urlpatterns
from tests.commitments.situations import a_draft, a_signed_one, one_in_force, parties
from units.permissions import Role

PEOPLE = {f"unit:{role}": role for role in Role} | {f"receiver:{role}": role for role in Role}

READERS = {
    "unit:staff",
    "unit:editor",
    "unit:head",
    "unit:verifier",
    "unit:organiser",
    "unit:leader",
    "unit:administrator",
    "receiver:head",
    "receiver:verifier",
    "receiver:organiser",
    "receiver:leader",
    "receiver:administrator",
}
WRITERS = {"unit:editor", "unit:head", "unit:organiser"}

# address → the situation in which it is open, and who may work there then
WORK = {
    "detail": (a_draft, READERS),
    "revise": (a_draft, WRITERS),
    "task-add": (a_draft, WRITERS),
    "task-edit": (a_draft, WRITERS),
    "task-remove": (a_draft, WRITERS),
    "task-shift": (a_draft, WRITERS),
    "task-report": (one_in_force, WRITERS),
    "sign": (a_draft, {"unit:head"}),
    "countersign": (a_signed_one, {"receiver:head"}),
    "decline": (a_signed_one, {"receiver:head"}),
    "close": (one_in_force, {"receiver:head"}),
}


def address(name, commitment) -> str:
    """Of the commitment, or of its first task."""
    of_a_task = name.startswith("task-") and name != "task-add"
    row = commitment.tasks.first() if of_a_task else commitment
    return reverse(f"commitments:{name}", args=[row.pk])


def test_every_address_of_commitments_is_in_the_table():
    assert {pattern.name for pattern in urlpatterns} == {*WORK, "list", "draft"}


@pytest.mark.parametrize("name", WORK)
def test_an_address_is_open_to_its_own_people_and_to_nobody_else(client, db, name):
    situation, workers = WORK[name]
    who = parties()
    commitment = situation(who)
    url = address(name, commitment)
    ask = client.post if name == "task-shift" else client.get
    met = {}

    for person, role in PEOPLE.items():
        at = who.unit if person.startswith("unit") else who.receiver
        client.force_login(who.province.a_person(role, at))
        met[person] = ask(url).status_code

    open_ = 422 if name == "task-shift" else 200
    expected = {
        person: open_ if person in workers else 403 if person in READERS else 404
        for person in PEOPLE
    }
    assert met == expected


@pytest.mark.parametrize("name", WORK)
def test_people_of_another_unit_meet_404(client, db, name):
    situation, _ = WORK[name]
    who = parties()
    commitment = situation(who)
    client.force_login(who.province.a_person(Role.HEAD, who.province.departments[1]))
    ask = client.get if name == "detail" else client.post

    assert ask(address(name, commitment)).status_code == 404


@pytest.mark.parametrize("name", WORK)
def test_what_is_not_there_is_404(client, who, name):
    client.force_login(who.head)
    ask = client.get if name == "detail" else client.post

    for pk in (0, 10**18, 10**30):
        assert ask(reverse(f"commitments:{name}", args=[pk])).status_code == 404


@pytest.mark.parametrize("name", [pattern.name for pattern in urlpatterns])
def test_nobody_comes_in_without_signing_in(client, db, name):
    arguments = [] if name in ("list", "draft") else [1]
    url = reverse(f"commitments:{name}", args=arguments)

    assert client.get(url).url == f"{reverse('login')}?next={url}"


@pytest.mark.parametrize("name", ["list", "detail"])
def test_what_is_only_read_takes_no_post(client, who, draft, name):
    client.force_login(who.head)
    arguments = [draft.pk] if name == "detail" else []

    assert client.post(reverse(f"commitments:{name}", args=arguments)).status_code == 405


def test_looking_at_the_address_of_a_reordering_changes_nothing(client, who, draft):
    client.force_login(who.head)

    assert (
        client.get(reverse("commitments:task-shift", args=[draft.tasks.first().pk])).status_code
        == 405
    )


def test_only_who_writes_for_some_unit_may_open_a_commitment(client, who):
    met = {}
    for role in Role:
        client.force_login(who.province.a_person(role, who.unit))
        met[role] = client.get(reverse("commitments:draft")).status_code

    writers = {Role.EDITOR, Role.HEAD, Role.ORGANISER}
    assert met == {role: 200 if role in writers else 403 for role in Role}


def test_nobody_opens_a_commitment_for_a_unit_that_is_not_theirs(client, who):
    client.force_login(who.editor)
    other = who.province.departments[1]

    answer = client.post(
        reverse("commitments:draft"), {"unit": other.pk, "year": 2026, "title": "Bản cam kết"}
    )

    assert answer.status_code == 422
    assert not other.commitments.exists()


def test_a_list_shows_each_person_only_what_is_theirs(client, who, draft):
    def rows(user):
        client.force_login(user)
        return list(client.get(reverse("commitments:list")).context["page"])

    stranger = who.province.a_person(Role.HEAD, who.province.departments[1])

    assert rows(who.editor) == [draft]
    assert rows(who.receiving_head) == [draft]
    assert rows(stranger) == []
