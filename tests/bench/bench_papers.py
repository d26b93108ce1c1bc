"""Long papers in parts, held against one plain pass over the same table: memory, time, rows.

Every drawing runs in a process of its own, so that its peak is its own. Beside the wall stands the
processor's time, which others at work on the machine do not lengthen; the wall of several is timed
with so many processes at once. The limits are on what the processor spent and what the memory held,
and for two workers on the wall.
"""

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

import pytest

from cchc_portal.kit.pdf import render_pdf
from reports.papers.long_papers import LINES_A_PART
from reports.rules.slices import packed
from tests.reports.samples import sheet

pytestmark = pytest.mark.timeout(900)

BLOCKS, UNITS = 40, 110
ROWS = BLOCKS * UNITS


class Drawn(NamedTuple):
    """What one process took: seconds of the processor, seconds on the wall, megabytes at most."""

    cpu: float
    wall: float
    peak: float


def drawing(*said: str) -> subprocess.Popen:
    """A process that draws what is said and then tells what it took (tests/bench/one_paper.py)."""
    command = [sys.executable, "-m", "tests.bench.one_paper", *said]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def taken(process: subprocess.Popen) -> Drawn:
    told, _ = process.communicate()
    assert process.returncode == 0
    return Drawn(*json.loads(told.splitlines()[-1]))


def in_parts(folder: Path, workers: int) -> tuple[list[Drawn], float]:
    """Each worker draws every so manieth part; one joins them when all are there."""
    begun = time.perf_counter()
    count = len(packed([UNITS] * BLOCKS, LINES_A_PART))
    shares = [range(first, count + 1, workers) for first in range(1, workers + 1)]
    busy = [
        drawing("parts", str(BLOCKS), str(UNITS), str(folder), *map(str, share)) for share in shares
    ]
    took = [taken(process) for process in busy]
    took.append(taken(drawing("join", str(BLOCKS), str(UNITS), str(folder))))
    return took, time.perf_counter() - begun


@pytest.fixture(scope="module")
def plain() -> Drawn:
    """4,400 rows in one pass, into the same kind of file."""
    return taken(drawing("plain", str(BLOCKS), str(UNITS)))


@pytest.fixture(scope="module")
def alone(tmp_path_factory) -> tuple[list[Drawn], float]:
    """The same in parts, one worker."""
    return in_parts(tmp_path_factory.mktemp("one"), 1)


@pytest.fixture(scope="module")
def together(tmp_path_factory) -> tuple[list[Drawn], float]:
    """The same in parts, two workers."""
    return in_parts(tmp_path_factory.mktemp("two"), 2)


def test_parts_take_less_memory_than_one_pass(plain, alone, together, compared):
    peak = max(process.peak for took, _ in (alone, together) for process in took)

    compared(
        "peak of any process, parts against one plain pass (MB)", peak, plain.peak, at_most=0.4
    )


def test_parts_take_one_worker_no_longer_than_one_pass(plain, alone, ratio):
    took, wall = alone

    cpu = sum(process.cpu for process in took)
    ratio("parts with one worker against one plain pass (processor)", cpu, plain.cpu, at_most=1)
    ratio("the same (wall; others at work lengthen it)", wall, plain.wall, at_most=1.5)


def test_two_workers_are_done_sooner_than_one_pass(plain, together, ratio):
    ratio(
        "parts with two workers against one plain pass (wall)", together[1], plain.wall, at_most=1
    )


def test_a_row_costs_the_same_in_a_short_table_and_in_a_long_one(alone, tmp_path, ratio):
    short = taken(drawing("parts", "1", "250", str(tmp_path), "1"))

    a_row = sum(process.cpu for process in alone[0]) / ROWS
    ratio("a row of 4,400 against one of 250 (processor)", a_row, short.cpu / 250, at_most=1.25)


def test_a_sheet_of_one_page_is_there_at_once(compared):
    paper = sheet()
    begun = time.process_time()

    render_pdf("reports/pdf/result_sheet.html", {"paper": paper}, title=paper.title)

    spent = time.process_time() - begun
    compared("a result sheet of one page, fonts not yet read (processor, s)", spent, 1, at_most=1.5)
