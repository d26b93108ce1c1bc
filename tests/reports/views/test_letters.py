"""What a person wants to be written, and what those who look after others see of it."""

import pytest
from django.urls import reverse

from reports.models import Letter, LetterChoice
from tests.reports.post import a_reader
from tests.worlds import a_province
from units.permissions import Role

pytestmark = pytest.mark.django_db

PAGE, FAILED = "/nhan-thu/", "/nhan-thu/khong-gui-duoc/"


@pytest.fixture
def province():
    return a_province(departments=2)


@pytest.fixture
def editor(province, client):
    found = a_reader(province, Role.EDITOR, province.departments[0])
    client.force_login(found)
    return found


def a_failed_letter(person) -> Letter:
    return Letter.objects.create(
        person=person, kind="returned", event="dossier-1", state="failed", fault="550 no such"
    )


def test_what_is_chosen_is_kept_and_shown_again(client, editor):
    sent = {"email": "moi@x.vn", "digest": "on", "hour": "9", "decided": "on"}

    assert client.post(PAGE, sent).status_code == 302

    editor.refresh_from_db()
    choice = LetterChoice.objects.get(person=editor)
    assert (editor.email, choice.hour) == ("moi@x.vn", 9)
    assert (choice.digest, choice.returned, choice.decided) == (True, False, True)
    assert 'value="moi@x.vn"' in client.get(PAGE).content.decode()


def test_an_address_may_be_taken_away(client, editor):
    client.post(PAGE, {"email": "", "digest": "on", "hour": "7"})

    editor.refresh_from_db()
    assert editor.email == ""


@pytest.mark.parametrize("sent", [{"email": "không@", "hour": "7"}, {"email": "", "hour": "3"}])
def test_what_cannot_be_is_refused_and_what_was_typed_stays(client, editor, sent):
    answer = client.post(PAGE, sent)

    assert answer.status_code == 422
    assert "refusal" in answer.content.decode()
    assert sent["email"] in answer.content.decode()
    assert not LetterChoice.objects.exists()


def test_a_portal_without_a_server_of_letters_says_so(client, editor, settings):
    settings.LETTERS = False

    assert "chưa nối với máy chủ thư" in client.get(PAGE).content.decode()


def test_whoever_looks_after_the_unit_sees_what_failed_on_the_desk_and_has_it_tried_again(
    client, province, editor
):
    letter = a_failed_letter(editor)
    organiser = province.a_person(Role.ORGANISER, province.police)
    client.force_login(organiser)
    assert "1 thư không gửi được" in client.get("/").content.decode()
    assert "550 no such" in client.get(FAILED).content.decode()

    client.post(reverse("reports:send-letter-again", args=[letter.pk]))

    letter.refresh_from_db()
    assert letter.state == "waiting"
    assert client.get(FAILED).context["page"].paginator.count == 0


def test_letters_to_people_of_other_units_are_not_shown(client, province, editor):
    a_failed_letter(editor)
    client.force_login(province.a_person(Role.ORGANISER, province.departments[1]))

    assert client.get(FAILED).context["page"].paginator.count == 0


def test_the_list_of_what_failed_is_flat(client, province, editor, assert_flat_queries):
    a_failed_letter(editor)
    client.force_login(province.administrator)

    def grow():
        for _ in range(30):
            a_failed_letter(a_reader(province, Role.EDITOR, province.departments[0]))

    assert_flat_queries(lambda: client.get(FAILED), grow=grow)
