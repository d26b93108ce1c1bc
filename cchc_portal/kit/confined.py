"""Work on a file that a stranger sent, in a process of its own: it may hang, grow or crash alone.

The process knows no address, no password and no setting of ours, writes no file, and is ended
when it takes too long. This file is also what it runs, so it imports the standard library only.
"""

import importlib
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import BinaryIO

ROOT = Path(__file__).resolve().parent.parent.parent
MEGABYTE = 1024 * 1024


class Overstrained(Exception):
    """The work did not come to an end: it took too long, asked for too much, or crashed."""


def confined(
    work: str, file: BinaryIO, *words: str, seconds: int = 20, megabytes: int = 1024
) -> bytes:
    """What `module:function` answers for a copy of the file, done elsewhere.

    The function takes the open file and the words, and returns bytes. Granted are `seconds` of
    computing, twice as many by the clock, and `megabytes` of memory. The file is left at its
    beginning. Raises Overstrained.
    """
    with tempfile.TemporaryFile() as copy:
        file.seek(0)
        shutil.copyfileobj(file, copy)
        file.seek(0)
        copy.seek(0)
        try:
            done = subprocess.run(
                [sys.executable, "-P", __file__, str(seconds), str(megabytes), work, *words],
                stdin=copy,
                capture_output=True,
                cwd="/",
                env={"PYTHONPATH": os.pathsep.join([str(ROOT), *filter(None, sys.path)])},
                timeout=2 * seconds,
                check=False,
            )
        except subprocess.TimeoutExpired as fault:
            raise Overstrained(f"{work}: longer than {2 * seconds} s") from fault
    if done.returncode:
        raise Overstrained(f"{work}: {done.stderr.decode(errors='replace')[-300:]}")
    return done.stdout


def _limit(seconds: int, megabytes: int) -> None:
    for kind, most in (
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_AS, megabytes * MEGABYTE),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))


def _main(seconds: str, megabytes: str, work: str, *words: str) -> None:
    _limit(int(seconds), int(megabytes))
    module, _, function = work.partition(":")
    answer = getattr(importlib.import_module(module), function)(sys.stdin.buffer, *words)
    sys.stdout.buffer.write(answer)


if __name__ == "__main__":
    _main(*sys.argv[1:])
