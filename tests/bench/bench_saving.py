"""What saving one row costs: beside a bare POST, and with fifty officers at once."""

import http.client
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from statistics import median, quantiles
from threading import Barrier
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from scoring.models import Score
from scoring.services import periods
from tests.bench.bench_opening import a_period_of
from tests.ordeal.server import Server
from units.models import User
from units.permissions import Role

pytestmark = pytest.mark.django_db(transaction=True)

OFFICERS = 50
WAVES = 12
ROUNDS = 200
TOKEN = "a" * 32


class Officer:
    """Somebody of a unit with one row of its dossier, on a connection of their own."""

    def __init__(self, server: Server, user: User, score: Score) -> None:
        client = Client()
        client.force_login(user)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        self.call = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
        self.headers = {
            "Cookie": f"{settings.SESSION_COOKIE_NAME}={session}; csrftoken={TOKEN}",
            "X-CSRFToken": TOKEN,
            "HX-Request": "true",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        self.score = score
        self.version = score.version
        self.note = ""

    def save(self, note: str) -> float:
        """The row with this note; how many seconds the answer took."""
        typed = {"version": self.version, "yes": "true", "note": note}
        seconds = self._post(reverse("scoring:score-save", args=[self.score.pk]), typed)
        self.version += 1
        self.note = note
        return seconds

    def bare(self) -> float:
        """One UPDATE and nothing else."""
        seconds = self._post(f"/bare/{self.score.pk}/", {"note": "x" * 40})
        self.version += 1
        return seconds

    def leave(self) -> None:
        self.call.close()

    def _post(self, address: str, typed: dict[str, object]) -> float:
        begun = time.perf_counter()
        try:
            self.call.request("POST", address, urlencode(typed), self.headers)
            answer = self.call.getresponse()
        except (http.client.RemoteDisconnected, ConnectionResetError):  # kept open too long
            self.call.close()
            self.call.request("POST", address, urlencode(typed), self.headers)
            answer = self.call.getresponse()
        said = answer.read()
        assert answer.status == 200, said[:500]
        return time.perf_counter() - begun


@pytest.fixture
def server() -> Iterator[Server]:
    """As many processes and threads as `make run` starts."""
    running = Server(workers=2, DJANGO_SETTINGS_MODULE="tests.bench.settings")
    running.start()
    yield running
    running.stop()


def officers(server: Server, units: int) -> list[Officer]:
    """One for each unit of an open period of 62 components."""
    year = a_period_of(units, "PHONG_CO_TTHC")
    year.period = periods.open(year.period, by=year.organiser)
    found = []
    for dossier in year.period.dossiers.select_related("unit"):
        score = dossier.scores.filter(criterion__rule__type="binary", criterion__source="self")
        person = year.province.a_person(Role.EDITOR, dossier.unit)
        found.append(Officer(server, person, score.order_by("pk").first()))
    return found


def test_saving_a_row_costs_at_most_twice_a_bare_post(server, ratio):
    (officer,) = officers(server, 1)
    saved, bare = [], []
    for number in range(ROUNDS):
        saved.append(officer.save(f"Ghi chú lần {number}"))
        bare.append(officer.bare())

    officer.leave()
    what = "saving a row against a bare POST that runs one UPDATE (median)"
    ratio(what, median(saved), median(bare), at_most=2)


def test_fifty_officers_save_at_once_and_nothing_is_lost(server, ratio):
    crowd = officers(server, OFFICERS)
    start = Barrier(OFFICERS)
    sys.setswitchinterval(0.0002)  # fifty browsers do not wait for one another's turn

    def work(officer: Officer) -> list[float]:
        spent = []
        for wave in range(WAVES):
            start.wait(timeout=60)
            spent.append(officer.save(f"Đợt {wave} của {officer.score.pk}"))
        return spent

    with ThreadPoolExecutor(OFFICERS) as people:
        seconds = [one for spent in people.map(work, crowd) for one in spent]

    for officer in crowd:
        officer.leave()
    stored = dict(Score.objects.values_list("pk", "self_note"))
    assert all(stored[officer.score.pk] == officer.note for officer in crowd)
    slowest = quantiles(seconds, n=20)[-1]
    ratio(f"{OFFICERS} officers at once, 95 of 100 answers within", slowest, 0.3, at_most=1)
