"""The same form of the same page, sent twice, is written once; all else is written as ever."""

import re

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cchc_portal.kit import once
from tests.house import sample_pages
from tests.races import at_once
from units.models import User

pytestmark = [
    pytest.mark.urls("tests.house.sample_pages"),
    pytest.mark.django_db(transaction=True),
]
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


@pytest.fixture
def person():
    cache.clear()
    sample_pages.added.clear()
    return User.objects.create_user("hanh.pc06")


def signed_in(person: User) -> Client:
    client = Client(enforce_csrf_checks=True)
    client.force_login(person)
    return client


def opened(client: Client) -> str:
    """The token of the page as it is drawn now."""
    return TOKEN.search(client.get("/mau/").content.decode())[1]


def send(client: Client, token: str, line: str, **more):
    return client.post("/mau/them/", {"csrfmiddlewaretoken": token, "line": line, **more})


def lines() -> list[str]:
    return [line for line, _ in sample_pages.added]


def test_what_is_sent_again_is_written_once_and_told(person):
    client = signed_in(person)
    token = opened(client)
    first, again = send(client, token, "Một"), send(client, token, "Một")

    assert lines() == ["Một"]
    assert first["Location"] == again["Location"] == "/mau/?dong=1"
    assert "không ghi lần thứ hai" in client.get("/mau/").content.decode()


def test_other_words_another_page_and_another_person_are_other_things(person):
    client, token = signed_in(person), ""
    token = opened(client)
    for line in ("Một", "Hai"):
        send(client, token, line)
    send(client, opened(client), "Một")  # meant once more
    other = signed_in(User.objects.create_user("son.pc06"))
    send(other, opened(other), "Một")

    assert lines() == ["Một", "Hai", "Một", "Một"]


def test_files_are_told_by_what_is_in_them(person):
    client = signed_in(person)
    token = opened(client)
    for content in (b"12", b"12", b"21"):
        send(client, token, "Tệp", file=SimpleUploadedFile("so.csv", content))

    assert [content for _, content in sample_pages.added] == [b"12", b"21"]


def test_what_was_refused_may_be_sent_again_as_it_is(person, monkeypatch):
    client = signed_in(person)
    token = opened(client)
    assert send(client, token, "sai").status_code == 422
    monkeypatch.setattr(sample_pages, "refused", set())
    assert send(client, token, "sai").status_code == 302
    assert lines() == ["sai"]


def test_of_two_that_arrive_together_one_is_written_and_both_are_answered_alike(person):
    client = signed_in(person)
    token, answers = opened(client), []

    def press() -> None:
        mine = Client(enforce_csrf_checks=True)
        mine.cookies = client.cookies
        answers.append(send(mine, token, "chậm"))

    at_once(press, press)
    assert lines() == ["chậm"]
    assert [answer["Location"] for answer in answers] == ["/mau/?dong=1"] * 2


def test_whoever_presses_while_the_first_takes_too_long_is_told_so(person, monkeypatch):
    monkeypatch.setattr(once, "WAITS", 0.2)
    client = signed_in(person)
    token, answers = opened(client), []

    def press() -> None:
        mine = Client(enforce_csrf_checks=True)
        mine.cookies = client.cookies
        answers.append(send(mine, token, "chậm").status_code)

    at_once(press, press)
    assert sorted(answers) == [302, 409]
    assert lines() == ["chậm"]


@pytest.mark.usefixtures("no_store")
def test_without_its_memory_the_portal_writes_as_ever(person):
    client = signed_in(person)
    token = opened(client)
    assert send(client, token, "Một").status_code == 302
    assert lines() == ["Một"]
