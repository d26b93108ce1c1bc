"""The last watch: ends what outlives a supervisor that was killed and could stop nothing itself.

The kernel tells each part when its supervisor dies, but a part that is just starting may not
listen, and the children of one that died at that moment are told by nobody.
"""

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterable

from cchc_portal.kit.processes import wait_until

SECONDS_TO_END_BY_THEMSELVES = 10


class Undertaker:
    """A process that knows the groups in its care, and learns of our end when the pipe closes."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", __name__],
            stdin=subprocess.PIPE,
            start_new_session=True,
            text=True,
        )

    def takes(self, group: int) -> None:
        """From now on this group ends with us."""
        self._tell(f"+{group}")

    def lets_go(self, group: int) -> None:
        """This group has ended: its number may soon be a stranger's."""
        self._tell(f"-{group}")

    def ends(self) -> None:
        """Close the pipe as our death would, and wait."""
        with contextlib.suppress(BrokenPipeError):
            self.process.stdin.close()
        self.process.wait()

    def _tell(self, line: str) -> None:
        with contextlib.suppress(BrokenPipeError):  # it was killed: the kernel's signal is left
            self.process.stdin.write(f"{line}\n")
            self.process.stdin.flush()


def watch(lines: Iterable[str], patience: float = SECONDS_TO_END_BY_THEMSELVES) -> None:
    """Read groups taken (`+12`) and let go (`-12`) to the end; then end those that are left.

    They have `patience` seconds to end by themselves before they are killed.
    """
    groups: set[int] = set()
    for line in lines:
        change = groups.add if line.startswith("+") else groups.discard
        change(int(line[1:]))
    wait_until(lambda: not any(map(_lives, groups)), patience)
    for group in groups:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(group, signal.SIGKILL)


def _lives(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


if __name__ == "__main__":
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    watch(sys.stdin)
