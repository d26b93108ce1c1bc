"""Where an ordeal takes place: a dossier, a server of its own, and two computers."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from django.urls import reverse
from playwright.sync_api import Browser

from tests.fixtures.browser import DESK
from tests.ordeal.account import Account
from tests.ordeal.desk import Computer
from tests.ordeal.rounds import Ordeal
from tests.ordeal.server import Server
from tests.worlds import a_draft_dossier

CODES = ("1.1.1", "1.2.1", "2.1.1")


@contextmanager
def an_ordeal(browser: Browser, seed: int) -> Iterator[Ordeal]:
    """An editor with two tabs and the head of the unit with one, on the same dossier."""
    work = a_draft_dossier()
    scores = {f"#dong-{score.pk}": score for score in (work.score(code) for code in CODES)}
    places = scores | {"#phieu-kien-nghi": None}
    page = reverse("scoring:dossier", args=[work.dossier.pk])
    server = Server()
    with ExitStack() as stack:
        stack.callback(server.stop)
        server.start()
        desks = []
        for person, tabs in ((work.editor, 2), (work.head, 1)):
            context = browser.new_context(locale="vi-VN", viewport=DESK)
            stack.callback(context.close)
            context.set_default_timeout(60_000)
            desk = Computer(context, server.url + page, tuple(places), person)
            desk.sign_in(person)
            for _ in range(tabs):
                desk.open_tab()
            desks.append(desk)
        yield Ordeal(seed, server, desks, Account(work.dossier, places))
