"""Who outlives a killed supervisor, and does not listen when it should end."""

import contextlib
import io
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from cchc_portal.kit.processes import wait_until
from cchc_portal.kit.undertaker import Undertaker, watch

DEAF = "import signal, time; signal.signal(signal.SIGQUIT, signal.SIG_IGN); time.sleep(600)"

KILLED_AT_WORK = f"""
import os, signal, subprocess, sys
from cchc_portal.kit.undertaker import Undertaker

part = subprocess.Popen([sys.executable, "-c", {DEAF!r}], start_new_session=True)
undertaker = Undertaker()
undertaker.takes(part.pid)
print(part.pid, undertaker.process.pid, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def deaf():
    process = subprocess.Popen([sys.executable, "-c", DEAF], start_new_session=True)
    yield process
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def ended(pid: int) -> bool:
    try:
        status = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return True
    return status.rpartition(")")[2].split()[0] == "Z"


def test_part_that_does_not_listen_ends_when_its_supervisor_is_killed():
    killed = subprocess.run(
        [sys.executable, "-c", KILLED_AT_WORK], capture_output=True, text=True, check=False
    )

    assert killed.returncode == -signal.SIGKILL, killed.stderr
    for pid in map(int, killed.stdout.split()):
        assert wait_until(lambda pid=pid: ended(pid), 60)


def test_group_let_go_is_left_alone(deaf):
    undertaker = Undertaker()

    undertaker.takes(deaf.pid)
    undertaker.lets_go(deaf.pid)
    undertaker.ends()

    assert deaf.poll() is None


def test_group_taken_has_its_time_before_it_is_killed(deaf):
    watch(io.StringIO(f"+{deaf.pid}\n"), patience=0.2)

    assert deaf.wait(10) == -signal.SIGKILL


def test_killed_undertaker_does_not_disturb_who_goes_on():
    undertaker = Undertaker()
    undertaker.process.kill()
    undertaker.process.wait()

    undertaker.takes(os.getpid())
    undertaker.ends()

    assert undertaker.process.returncode == -signal.SIGKILL
