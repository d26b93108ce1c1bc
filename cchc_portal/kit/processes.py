"""Processes we start and must outlive, or that outlived us. Linux only: it reads /proc."""

import contextlib
import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True)


def ends_with_us(last_signal: signal.Signals) -> Callable[[], None]:
    """For `preexec_fn`: the kernel sends the child this signal when we end, even by kill -9.

    The child listens to it, also where a script that started us in its background had it ignored.
    """
    parent = os.getpid()

    def ask_the_kernel() -> None:
        if last_signal != signal.SIGKILL:  # nobody can ignore that one, nor set it
            signal.signal(last_signal, signal.SIG_DFL)
        _libc.prctl(PR_SET_PDEATHSIG, last_signal)
        if os.getppid() != parent:  # we died before the kernel was asked
            os._exit(1)

    return ask_the_kernel


def living_in(folder: Path) -> set[int]:
    """Processes at work in this folder: not by the number in a pid file, which may be a stranger's
    by now or a zombie's, but by the working directory the kernel knows."""
    home = os.path.realpath(folder)
    found = set()
    for entry in os.scandir("/proc"):
        if entry.name.isdigit():
            try:
                if os.readlink(f"/proc/{entry.name}/cwd") == home and not _is_zombie(entry.name):
                    found.add(int(entry.name))
            except OSError:  # gone meanwhile, a zombie, or not ours to see
                continue
    return found


def _is_zombie(pid: str) -> bool:
    status = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    return status.rpartition(")")[2].split()[0] == "Z"


def wait_until(condition: Callable[[], bool], seconds: float) -> bool:
    """Ask again and again until it is so, or the time is over. Says whether it came to be."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def clear_out(folder: Path, *steps: tuple[signal.Signals, float]) -> None:
    """End whoever lives in the folder: each signal in turn, each with its seconds of patience."""
    for step, patience in steps:
        for pid in living_in(folder):
            try:
                os.kill(pid, step)
            except ProcessLookupError:
                continue
        if wait_until(lambda: not living_in(folder), patience):
            return


def stop(process: subprocess.Popen, *steps: tuple[signal.Signals, float]) -> None:
    """End a child: each signal in turn to the leader, SIGKILL to its whole group at the end."""
    for step, patience in steps:
        if process.poll() is None:
            process.send_signal(step)
            wait_until(lambda: process.poll() is not None, patience)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
