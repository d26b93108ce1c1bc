"""A stopwatch that keeps what it measured, and the table at the end."""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest

_measured = pytest.StashKey[list[tuple[str, float, float]]]()


@pytest.fixture
def stopwatch(request: pytest.FixtureRequest) -> Callable[..., AbstractContextManager[None]]:
    """`with stopwatch("opening a period", at_most=2.0): …` fails where it takes longer."""

    @contextmanager
    def measure(what: str, *, at_most: float) -> Iterator[None]:
        begun = time.perf_counter()
        yield
        seconds = time.perf_counter() - begun
        request.config.stash.setdefault(_measured, []).append((what, seconds, at_most))
        assert seconds <= at_most, f"{what}: {seconds:.2f} s, at most {at_most} s"

    return measure


def pytest_terminal_summary(terminalreporter, config: pytest.Config) -> None:
    terminalreporter.section("measured")
    for what, seconds, at_most in config.stash.get(_measured, []):
        terminalreporter.line(f"{seconds:8.2f} s  (at most {at_most:g} s)  {what}")
