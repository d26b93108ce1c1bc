"""Citizens rate at the counters of a province: fifty a second by the public form, none lost."""

import http.client
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from statistics import quantiles
from urllib.parse import urlencode

import pytest
from django.urls import reverse

from scoring.models import Rating, Slip
from scoring.services import counter
from tests.ordeal.server import Server
from tests.scoring.campaigns import a_campaign
from tests.worlds import a_province

pytestmark = pytest.mark.django_db(transaction=True)

UNITS, A_UNIT = 10, 50
A_SECOND = 50
AT_ONCE = 25


@pytest.fixture
def server() -> Iterator[Server]:
    """As many processes and threads as `make run` starts."""
    running = Server(workers=2, DJANGO_SETTINGS_MODULE="tests.bench.settings")
    running.start()
    yield running
    running.stop()


def test_fifty_ratings_a_second_arrive_and_none_is_lost(server, ratio):
    made = a_campaign(a_province(departments=UNITS))
    codes = [
        code
        for place in range(UNITS)
        for code in counter.hand_out(made.unit(place), by=made.editor(place), number=A_UNIT)
    ]
    typed = urlencode({"m0": "5", "m1": "4"})
    begun = time.perf_counter() + 1

    def rate(number: int) -> float:
        """One telephone with one slip, at its turn; how long after it the answer was there."""
        turn = begun + number / A_SECOND
        time.sleep(max(0.0, turn - time.perf_counter()))
        call = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "User-Agent": f"telephone {number}",
        }
        call.request("POST", reverse("scoring:rating", args=[codes[number]]), typed, headers)
        answer = call.getresponse()
        said = answer.read()
        call.close()
        assert answer.status == 302, said[:500]
        assert answer.getheader("Set-Cookie") is None
        return time.perf_counter() - turn

    with ThreadPoolExecutor(AT_ONCE) as telephones:
        seconds = list(telephones.map(rate, range(len(codes))))

    assert Rating.objects.count() == Slip.objects.filter(used=True).count() == UNITS * A_UNIT
    slowest = quantiles(seconds, n=20)[-1]
    ratio(f"{A_SECOND} ratings a second, 95 of 100 answered within", slowest, 1, at_most=1)
