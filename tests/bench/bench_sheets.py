"""The result sheets of 250 units in one file (ZIP): memory, time, a sheet; stopped and taken up.

Every worker is a process of its own, on the database of the measurements, as in `bench_papers.py`.
`CCHC_BENCH_BLOCKS` cuts the 250 into so many blocks.
"""

import os
import subprocess
import sys
import time
from urllib.parse import urlsplit
from zipfile import ZipFile

import pytest
from django.conf import settings
from django.db import connection

from reports.models import Edition, Errand, PressRun, RunState
from reports.services import press
from reports.tasks import join_parts, render_part
from tests.bench.bench_papers import Drawn, taken
from tests.bench.force import a_force

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(900)]

SHEETS = 250
BLOCKS = int(os.environ.get("CCHC_BENCH_BLOCKS", "10"))
A_SHEET = 0.35
"""Seconds of the processor that a sheet may cost when many are drawn."""
PEAK = 300
"""Megabytes that any process may hold."""


def at_work(*said: object) -> subprocess.Popen:
    """A worker that does what is said and then tells what it took (tests/bench/all_sheets.py)."""
    address = urlsplit(os.environ["DATABASE_URL"])
    database = address._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
    return subprocess.Popen(
        [sys.executable, "-m", "tests.bench.all_sheets", *map(str, said)],
        cwd=settings.BASE_DIR,
        env=os.environ | {"DATABASE_URL": database, "PYTHONWARNINGS": "ignore"},
        stdout=subprocess.PIPE,
        text=True,
    )


def drawn_by(workers: int, run: PressRun, positions: list[int]) -> list[Drawn]:
    """Each draws every so manieth part that is named."""
    shares = [positions[first::workers] for first in range(workers)]
    busy = [at_work("parts", run.pk, *share) for share in shares]
    return [taken(process) for process in busy]


def begun_anew(edition: Edition, head) -> PressRun:
    PressRun.objects.filter(edition=edition).delete()
    return press.ask_for_sheets(edition, by=head)


def test_all_sheets_of_250_units(stopwatch, compared, ratio, monkeypatch):
    for task in (render_part, join_parts):
        monkeypatch.setattr(task, "delay_on_commit", lambda *keys: None)
    force = a_force(SHEETS + BLOCKS, BLOCKS)
    edition = force.editions[-1]
    run = begun_anew(edition, force.head)
    positions = list(run.parts.values_list("position", flat=True))

    begun = time.perf_counter()
    took = [*drawn_by(1, run, positions), taken(at_work("join", run.pk))]
    alone = time.perf_counter() - begun
    cpu = sum(one.cpu for one in took)
    compared(f"{SHEETS} sheets, one worker (wall, s)", alone, 1, at_most=2 * A_SHEET * SHEETS)
    compared("a sheet among many (processor, s)", cpu / SHEETS, 1, at_most=A_SHEET)
    compared("peak of any process (MB)", max(one.peak for one in took), 1, at_most=PEAK)
    run.refresh_from_db()
    assert run.state == RunState.DONE
    with run.file.open("rb") as file, ZipFile(file) as bundle:
        assert len(bundle.namelist()) == SHEETS
        compared("the file (MB)", run.file.size / 1e6, 1, at_most=50)

    run = begun_anew(edition, force.head)
    half = positions[: len(positions) // 2]
    drawn_by(2, run, half)
    press.stop(edition, Errand.SHEETS, by=force.head)
    assert drawn_by(1, run, positions)[0].cpu < A_SHEET * SHEETS / len(positions)
    begun = time.perf_counter()
    press.ask_for_sheets(edition, by=force.head)
    left = [one.position for one in run.parts.missing()]
    assert left == positions[len(half) :]
    drawn_by(2, run, left)
    taken(at_work("join", run.pk))
    wall = time.perf_counter() - begun
    ratio("the second half with two workers against all with one (wall)", wall, alone, at_most=1)
    run.refresh_from_db()
    assert run.state == RunState.DONE
