"""What every dashboard costs with 4,400 units in 40 blocks of 65 components, over three years.

`CCHC_BENCH_UNITS` makes the same with fewer, to see what grows.
"""

import os
import time
from collections.abc import Callable, Iterator
from statistics import median

import pytest
from django.core.cache import cache
from django.db import connection
from django.urls import reverse

from reports.services import seal_checks
from reports.tasks import draw_page
from reports.told_pages import Page
from reports.views.analysis import PAGES
from tests.bench.force import Force, a_force
from units.models import User

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(1800)]

UNITS = int(os.environ.get("CCHC_BENCH_UNITS", "4400"))
BLOCKS = 40
LOOKS = 3
A_LOOK = 0.5
A_FIRST_LOOK = 1.0
"""Seconds where nothing is kept but what the clock has seen to: a public page is drawn."""
KEPT = 0.05
A_DRAWING = 60
SEALED = ("page of an edition", "check of an edition", "slides")
QUERIES = 60
TO_BUILD = 1200


def pages_of(force: Force) -> Iterator[tuple[str, User | None, str]]:
    """(what is looked at, by whom, its address)."""
    edition, period = force.editions[-1].pk, force.year.period.pk
    organiser, leader = force.year.organiser, force.leader
    yield "command view", leader, reverse("reports:command")
    yield "board of a period", organiser, reverse("reports:period-board", args=[period])
    yield "standings of a period", organiser, reverse("scoring:standings", args=[period])
    for name, page in PAGES.items():
        of_edition = reverse("reports:analysis", args=[edition, name])
        yield f"analysis of an edition: {page.label}", leader, of_edition
        if not page.published:
            of_period = reverse("reports:period-analysis", args=[period, name])
            yield f"analysis of a period: {page.label}", leader, of_period
    inside = reverse("reports:analysis", args=[edition, "ban-do-nhiet"])
    yield "analysis of an edition: heat of one area", leader, f"{inside}?khoi=2&lv=1"
    yield "published editions", None, reverse("reports:public")
    yield "page of an edition, to the public", None, reverse("reports:edition", args=[edition])
    yield "page of an edition, to a leader", leader, reverse("reports:edition", args=[edition])
    code = force.editions[-1].digest
    yield "check of an edition, to the public", None, reverse("reports:check", args=[code])
    yield "slides of an edition", None, reverse("reports:slides", args=[edition])
    yield "desk of a leader", leader, "/"
    yield "desk of an organiser", organiser, "/"
    yield "desk of an officer", force.officer, "/"
    yield "desk of a verifier", force.verifier, "/"
    yield "search", leader, f"{reverse('reports:find')}?tim=phong+so+12"
    yield "search of a word that every text has", leader, f"{reverse('reports:find')}?tim=nhiem+vu"
    tasks = f"{reverse('reports:find')}?loai=nhiem-vu&tim=nhiem+vu"
    yield "search of it among tasks alone", leader, tasks


def test_every_dashboard_answers_before_one_notices(client, stopwatch):
    with stopwatch(f"building three years of {UNITS} units", at_most=TO_BUILD):
        force = a_force(UNITS, BLOCKS)
    slow = []
    drawing = {"command view": Page.COMMAND, "board of a period": Page.BOARD}
    for what, user, address in pages_of(force):
        if user:
            client.force_login(user)
        else:
            client.logout()
        cache.clear()
        if what.startswith(SEALED):
            with stopwatch("seals of long editions, by the clock", at_most=A_DRAWING):
                seal_checks.check_long_ones()
        client.get("/kiem-tra/")  # what is read once for each process
        first = seconds_of(lambda address=address: client.get(address))
        if page := drawing.get(what):
            errand = (page.value, user.pk, force.year.period.pk)
            with stopwatch(f"{what}, drawn by a worker", at_most=A_DRAWING):
                draw_page(*errand)
        asked: list[str] = []
        with connection.execute_wrapper(noting(asked)):
            assert client.get(address).status_code == 200
        later = median(
            seconds_of(lambda address=address: client.get(address)) for _ in range(LOOKS)
        )
        print(f"| {what} | {first * 1000:.0f} | {later * 1000:.0f} | {len(asked)} |", flush=True)
        if first > A_FIRST_LOOK or later > (A_LOOK if user else KEPT) or len(asked) > QUERIES:
            times = f"{first * 1000:.0f} ms first, {later * 1000:.0f} ms later"
            slow.append(f"{what}: {times}, {len(asked)} queries")
    assert not slow, "; ".join(slow)


def noting(asked: list[str]) -> Callable:
    """Every statement is written down."""

    def note(execute, sql, *rest):
        asked.append(sql)
        return execute(sql, *rest)

    return note


def seconds_of(act: Callable[[], object]) -> float:
    """How long it takes once."""
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun
