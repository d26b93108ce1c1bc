"""Letters over a real wire: taken, refused, put off, and never sent by two at once."""

import os
import re
import signal
import subprocess
import sys
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from cchc_portal.kit.processes import wait_until
from reports.models import Letter
from reports.rules.letters import BACK_OFF
from reports.services import hearing, letters
from reports.tasks import send_letter
from scoring.services import dossiers
from tests.races import at_once
from tests.reports.post import a_post, a_reader, at
from tests.worlds import a_draft_dossier, a_province, a_submitted_dossier, an_open_period
from units.permissions import Role

pytestmark = pytest.mark.django_db(transaction=True)

SEND = """
import sys, django
django.setup()
from reports.tasks import send_letter
from django.test.utils import override_settings
smtp = "django.core.mail.backends.smtp.EmailBackend"
with override_settings(EMAIL_BACKEND=smtp, EMAIL_HOST="127.0.0.1", EMAIL_PORT=int(sys.argv[2])):
    send_letter(int(sys.argv[1]))
"""


def a_letter() -> Letter:
    """One digest that waits; nothing has been sent off."""
    work = a_draft_dossier(an_open_period(a_province(departments=1)))
    a_reader(work.year.province, Role.EDITOR, work.dossier.unit, email="a@x.vn")
    letters.write_digests(at(23))
    return Letter.objects.get()


def message_id(text: str) -> str:
    return re.search(r"^Message-ID: (.+)$", text, re.MULTILINE)[1].strip()


def test_a_letter_is_handed_to_the_server_once_and_not_again():
    letter = a_letter()
    with a_post() as post:
        send_letter(letter.pk)
        send_letter(letter.pk)

    (text,) = post.letters
    assert "To: a@x.vn" in text
    assert "multipart/alternative" in text
    letter.refresh_from_db()
    assert (letter.state, letter.address) == ("sent", "a@x.vn")


def test_a_server_that_is_busy_is_asked_again_later_under_the_same_message_id():
    letter = a_letter()
    with a_post() as post:
        post.recipient = "451 busy"
        for tried in range(len(BACK_OFF)):
            send_letter(letter.pk)
            letter.refresh_from_db()
            assert (letter.state, letter.tries) == ("waiting", tried + 1)
            assert letter.try_at > timezone.now()
        post.recipient = "250 ok"
        send_letter(letter.pk)
        Letter.objects.update(state="waiting", sent_at=None, try_at=timezone.now())
        send_letter(letter.pk)  # as after a death between the server's yes and the row

    first, second = post.letters
    assert message_id(first) == message_id(second)


def test_an_address_that_does_not_exist_is_not_asked_for_again():
    letter = a_letter()
    with a_post() as post:
        post.recipient = "550 no such person"
        send_letter(letter.pk)

    letter.refresh_from_db()
    assert (letter.state, letter.try_at) == ("failed", None)
    assert "550" in letter.fault


def test_a_server_that_is_not_there_is_tried_until_it_is_given_up(settings):
    letter = a_letter()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    for _ in range(len(BACK_OFF) + 1):
        send_letter(letter.pk)

    letter.refresh_from_db()
    assert letter.state == "failed"
    assert "refused" in letter.fault.lower()


def test_two_clocks_that_strike_at_once_and_two_workers_send_one_letter_each():
    work = a_submitted_dossier(an_open_period(a_province(departments=1)))
    a_reader(work.year.province, Role.EDITOR, work.dossier.unit, email="a@x.vn")
    dossiers.send_back(work.dossier, by=work.verifier, comment="Thiếu số liệu.")
    now = timezone.now()

    def strike():
        hearing.hear(now)
        letters.write_digests(at(23))

    at_once(strike, strike)

    kinds = sorted(Letter.objects.values_list("kind", flat=True))
    assert kinds == ["digest", "returned"]
    with a_post() as post:
        keys = list(Letter.objects.values_list("pk", flat=True))
        at_once(*(lambda key=key: send_letter(key) for key in [*keys, *keys]))
    assert len(post.letters) == 2


def test_a_letter_whose_worker_was_killed_is_sent_by_the_next_and_once():
    letter = a_letter()
    address = urlsplit(os.environ["DATABASE_URL"])
    database = address._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
    with a_post() as post:
        post.greets = False
        worker = subprocess.Popen(
            [sys.executable, "-c", SEND, str(letter.pk), str(settings.EMAIL_PORT)],
            cwd=settings.BASE_DIR,
            env=os.environ
            | {"DATABASE_URL": database, "DJANGO_SETTINGS_MODULE": "cchc_portal.settings.test"},
        )
        assert post.called.wait(60)
        worker.send_signal(signal.SIGKILL)
        worker.wait(10)
        post.greets = True
        post.let_go.set()

        letter.refresh_from_db()
        assert letter.state == "waiting"
        letters.send_off(letter.try_at)
        _sent_when_the_row_is_free(letter)

    assert len(post.letters) == 1


def _sent_when_the_row_is_free(letter: Letter) -> None:
    """The database notices within a moment that the dead worker's connection is gone."""

    def sent() -> bool:
        send_letter(letter.pk)
        return Letter.objects.get(pk=letter.pk).state == "sent"

    assert wait_until(sent, 60)
