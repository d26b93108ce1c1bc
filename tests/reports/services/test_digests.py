"""The daily letter: what the desk says, once a day, to who wants it at that hour."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from reports.models import Letter
from reports.services import letters
from scoring.services import dossiers, extensions
from tests.reports.post import a_reader, at, sent_off
from tests.worlds import a_draft_dossier, a_province, a_submitted_dossier, an_open_period
from units.permissions import Role

pytestmark = pytest.mark.django_db

REMARK = "Bảng hai thiếu số liệu quý bốn."


@pytest.fixture
def work():
    work = a_draft_dossier(an_open_period(a_province(departments=1)))
    work.editor = a_reader(work.year.province, Role.EDITOR, work.dossier.unit, email="a@x.vn")
    return work


def test_a_digest_tells_the_same_as_the_desk(client, work):
    client.force_login(work.editor)
    desk = [
        (duty.title, duty.address)
        for shelf in client.get("/").context["shelves"]
        for duty in shelf.duties
    ]

    letters.write_digests(at(8))

    (letter,) = Letter.objects.all()
    told = [(line["what"], line["address"]) for _, lines in letter.said["parts"] for line in lines]
    assert told == desk


def test_a_digest_is_sent_once_a_day(work):
    letters.write_digests(at(7))
    letters.write_digests(at(9))

    (message,) = sent_off()
    assert message.to == ["a@x.vn"]
    letters.write_digests(at(10))
    assert not sent_off()

    letters.write_digests(at(7) + timedelta(days=1))
    assert Letter.objects.count() == 2


def test_a_date_that_moved_stands_in_the_next_letter_and_nowhere_else(work):
    until = work.dossier.last_day + timedelta(days=5)
    extensions.extend(
        work.dossier, by=work.year.organiser, until=until, reason="Mất điện.",
        seen=work.dossier.last_day,
    )  # fmt: skip

    letters.write_digests(at(8))

    (message,) = sent_off()
    assert f"hạn {until:%d/%m/%Y}" in message.body
    assert f"{work.dossier.last_day:%d/%m/%Y}" not in message.body


def test_a_letter_has_two_parts_a_link_and_no_word_that_was_written(settings):
    settings.PORTAL_ADDRESS = "https://cchc.example.vn"
    work = a_submitted_dossier(an_open_period(a_province(departments=1)))
    dossiers.send_back(work.dossier, by=work.verifier, comment=REMARK)
    a_reader(work.year.province, Role.EDITOR, work.dossier.unit)

    letters.write_digests(at(8))

    (message,) = sent_off()
    ((html, kind),) = message.alternatives
    assert kind == "text/html"
    for part in (message.body, html):
        assert f"https://cchc.example.vn/ho-so/{work.dossier.pk}/" in part
        assert work.dossier.unit.name in part
        assert REMARK not in part


def test_who_has_nothing_to_do_is_written_nothing_and_not_looked_at_again(
    work, django_assert_num_queries
):
    a_reader(work.year.province, Role.STAFF, work.dossier.unit, email="staff@x.vn")

    letters.write_digests(at(8))

    assert [message.to for message in sent_off()] == [["a@x.vn"]]
    with django_assert_num_queries(1):
        letters.write_digests(at(8))


def test_nobody_is_written_without_an_address_before_the_hour_or_against_their_will(work):
    province, unit = work.year.province, work.dossier.unit
    late = a_reader(province, Role.EDITOR, unit, email="late@x.vn")
    never = a_reader(province, Role.EDITOR, unit, email="never@x.vn")
    gone = a_reader(province, Role.EDITOR, unit, email="gone@x.vn")
    gone.is_active = False
    gone.save(update_fields=["is_active"])
    letters.choose(late, email="late@x.vn", hour=17)
    letters.choose(never, email="never@x.vn", digest=False)
    letters.choose(work.editor, email="")

    letters.write_digests(at(16))
    assert not sent_off()

    letters.write_digests(at(17))
    assert [message.to for message in sent_off()] == [["late@x.vn"]]


def test_a_digest_of_yesterday_is_not_sent_today(work):
    letters.write_digests(at(8) - timedelta(days=1))

    assert not sent_off()
    assert Letter.objects.get().state == "failed"


def test_letters_of_long_ago_are_forgotten(work):
    letters.write_digests(at(8))

    letters.forget(timezone.now() + timedelta(days=61))

    assert not Letter.objects.exists()
    assert not mail.outbox
