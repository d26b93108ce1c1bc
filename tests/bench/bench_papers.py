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
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pytest

from reports.long_papers import LINES_A_PART
from reports.rules.slices import packed

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
    """4,400 rows in one pass, neither tagged nor for the archive."""
    return taken(drawing("plain", str(BLOCKS), str(UNITS)))


def test_parts_take_less_memory_than_one_pass_and_no_more_time(plain, compared, ratio):
    with TemporaryDirectory() as one, TemporaryDirectory() as two:
        alone, wall_alone = in_parts(Path(one), 1)
        together, wall_together = in_parts(Path(two), 2)

    peak = max(process.peak for process in alone + together)
    compared(
        "peak of any process, parts against one plain pass (MB)", peak, plain.peak, at_most=0.4
    )
    cpu = sum(process.cpu for process in alone)
    ratio("processor, parts with one worker against one plain pass", cpu, plain.cpu, at_most=1.1)
    ratio("wall, the same", wall_alone, plain.wall, at_most=1.25)
    ratio(
        "wall, parts with two workers against one plain pass", wall_together, plain.wall, at_most=1
    )


def test_a_row_costs_the_same_in_a_short_table_and_in_a_long_one(ratio):
    with TemporaryDirectory() as few, TemporaryDirectory() as many:
        short = taken(drawing("parts", "1", "250", few, "1"))
        long, _ = in_parts(Path(many), 1)

    a_row = sum(process.cpu for process in long) / ROWS
    ratio("a row of 4,400 against one of 250 (processor)", a_row, short.cpu / 250, at_most=1.25)


def test_a_sheet_of_one_page_is_there_at_once(stopwatch):
    from cchc_portal.kit.pdf import render_pdf
    from tests.reports.samples import sheet

    paper = sheet()
    with stopwatch("a result sheet of one page, fonts not yet read", at_most=1.5):
        render_pdf("reports/pdf/result_sheet.html", {"paper": paper}, title=paper.title)
