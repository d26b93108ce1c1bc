"""What the tests of kit/confined.py let be done."""

import os
import time


def length(file, *words: str) -> bytes:
    """How long the file is, and what else was said."""
    return f"{len(file.read())} {' '.join(words)}".encode()


def environment(file) -> bytes:
    """What the process knows from us."""
    return " ".join(sorted(os.environ)).encode()


def spin(file) -> bytes:
    """Never ends."""
    while True:
        pass


def sleep(file) -> bytes:
    """Ends too late."""
    time.sleep(600)
    return b""


def grow(file) -> bytes:
    """Wants two gigabytes."""
    return bytes(2 * 1024**3)[:1]


def crash(file) -> bytes:
    """Dies as C code dies."""
    os.abort()


def write(file, name: str) -> bytes:
    """Leaves something on the disk."""
    with open(name, "wb") as left:
        left.write(b"x")
    return b""
