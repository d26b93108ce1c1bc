"""People who are written to, and a server of letters that speaks SMTP while a test needs it."""

import socketserver
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from django.core import mail
from django.test import override_settings
from django.utils import timezone

from reports.models import Letter
from reports.tasks import send_letter
from tests.factories import a_user
from tests.worlds import LONG_AGO, Province
from units.models import Unit, User
from units.permissions import Role
from units.services import people


def at(hour: int) -> datetime:
    """Today at the hour, in Viet Nam."""
    return timezone.localtime().replace(hour=hour, minute=0, second=0, microsecond=0)


def a_reader(province: Province, role: Role, unit: Unit, *, email: str = "") -> User:
    """Somebody with an address who holds the role at the unit."""
    user = a_user()
    user.email = email or f"{user.username}@example.vn"
    user.save(update_fields=["email"])
    people.appoint(user, unit=unit, role=role, first_on=LONG_AGO, by=province.administrator)
    return user


def sent_off() -> list:
    """Everything that waits is handed over; what came out of it, by whom it is for."""
    mail.outbox.clear()
    for key in Letter.objects.filter(state="waiting").order_by("pk").values_list("pk", flat=True):
        send_letter(key)
    return mail.outbox


@dataclass
class Post:
    """What the server was given, and what it answers to a recipient and to a letter."""

    letters: list[str] = field(default_factory=list)
    recipient: str = "250 ok"
    data: str = "250 taken"
    greets: bool = True
    called: threading.Event = field(default_factory=threading.Event)
    let_go: threading.Event = field(default_factory=threading.Event)


@contextmanager
def a_post():
    """A server of letters on a port of its own; the portal is joined to it."""
    post = Post()

    class Counter(socketserver.StreamRequestHandler):
        def handle(self):
            post.called.set()
            if not post.greets:
                post.let_go.wait(30)
                return
            self._say("220 post")
            while line := self.rfile.readline().decode().strip():
                if line.upper() == "DATA":
                    self._say("354 go on")
                    text = b"".join(iter(self.rfile.readline, b".\r\n")).decode()
                    if post.data.startswith("2"):
                        post.letters.append(text)
                    self._say(post.data)
                elif line.upper().startswith("RCPT"):
                    self._say(post.recipient)
                else:
                    self._say("221 bye" if line.upper() == "QUIT" else "250 ok")

        def _say(self, words: str) -> None:
            self.wfile.write(f"{words}\r\n".encode())

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Counter) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        joined = {
            "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "EMAIL_HOST": "127.0.0.1",
            "EMAIL_PORT": server.server_address[1],
        }
        with override_settings(**joined):
            yield post
        post.let_go.set()
        server.shutdown()
