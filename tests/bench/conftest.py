"""A stopwatch that keeps what it measured, and the table at the end.

Beside the seconds stands how many times a fixed piece of work they are, timed just before: this
figure may be compared between machines, and between a quiet hour and a busy one.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from fractions import Fraction
from typing import NamedTuple

import pytest


class Measured(NamedTuple):
    """One line of the table."""

    what: str
    seconds: float
    at_most: float
    yardstick: float
    unit: str = "s"


_measured = pytest.StashKey[list[Measured]]()


@pytest.fixture
def stopwatch(request: pytest.FixtureRequest) -> Callable[..., AbstractContextManager[None]]:
    """`with stopwatch("opening a period", at_most=2.0): …` fails where it takes longer."""

    @contextmanager
    def measure(what: str, *, at_most: float) -> Iterator[None]:
        yardstick = _seconds_for_a_yard()
        begun = time.perf_counter()
        yield
        seconds = time.perf_counter() - begun
        line = Measured(what, seconds, at_most, yardstick)
        request.config.stash.setdefault(_measured, []).append(line)
        assert seconds <= at_most, f"{what}: {seconds:.2f} s, at most {at_most} s"

    return measure


@pytest.fixture
def ratio(request: pytest.FixtureRequest) -> Callable[..., None]:
    """`ratio("saving a row against a bare POST", mine, bare, at_most=2)`, both in seconds."""

    def compare(what: str, seconds: float, yardstick: float, *, at_most: float) -> None:
        line = Measured(what, seconds, at_most * yardstick, yardstick)
        request.config.stash.setdefault(_measured, []).append(line)
        assert seconds <= at_most * yardstick, f"{what}: {seconds / yardstick:.2f} x"

    return compare


@pytest.fixture
def compared(request: pytest.FixtureRequest) -> Callable[..., None]:
    """`compared("peak (MB)", mine, theirs, at_most=0.4)`, both in the unit that `what` names."""

    def compare(what: str, figure: float, yardstick: float, *, at_most: float) -> None:
        line = Measured(what, figure, at_most * yardstick, yardstick, "")
        request.config.stash.setdefault(_measured, []).append(line)
        assert figure <= at_most * yardstick, f"{what}: {figure / yardstick:.2f} x"

    return compare


def _seconds_for_a_yard() -> float:
    """A sum of fractions, the portal's own kind of work: about a tenth of a second."""
    begun = time.perf_counter()
    sum((Fraction(1, number) for number in range(1, 6000)), Fraction())
    return time.perf_counter() - begun


def pytest_terminal_summary(terminalreporter, config: pytest.Config) -> None:
    terminalreporter.section("measured")
    for what, figure, at_most, yardstick, unit in config.stash.get(_measured, []):
        ratio = figure / yardstick
        terminalreporter.line(
            f"{figure:8.4f} {unit:1} {ratio:8.2f} x  (at most {at_most:.4g} {unit})  {what}"
        )
