"""How a test that runs as root does something as an ordinary user."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NOBODY = 65534
ROOT = Path(__file__).parent.parent.parent


def as_ordinary_user() -> list[str] | None:
    """What to put before a command, or None where this machine has no way to do it.

    Where the interpreter lies in root's own folder, the user is lent the right to walk and read.
    """
    if os.getuid() != 0:
        return []
    if not shutil.which("setpriv"):
        return None
    plain = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
    reading = [*plain, "--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search"]
    for prefix in (plain, reading):
        tried = subprocess.run(
            [*prefix, sys.executable, "-c", "import cchc_portal.kit.engines"],
            cwd=ROOT,
            capture_output=True,
            check=False,
        )
        if tried.returncode == 0:
            return prefix
    return None


def open_the_way_to(folder: Path) -> None:
    """Let others walk to a folder below pytest's own, which is private."""
    for parent in folder.parents:
        if parent.stat().st_uid == os.getuid() and not parent.stat().st_mode & 0o001:
            parent.chmod(parent.stat().st_mode | 0o011)
