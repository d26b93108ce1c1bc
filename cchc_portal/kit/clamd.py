"""A virus scanner at the other end of a socket: ClamAV's daemon, by its command INSTREAM."""

import socket
from typing import BinaryIO
from urllib.parse import urlsplit

PIECE = 64 * 1024
PATIENCE = 30  # seconds
PORT = 3310


class ScannerUnreachable(Exception):
    """It does not answer, or not as it should: nobody knows whether the file is clean."""


def virus_in(file: BinaryIO, *, at: str) -> str:
    """What the scanner at `tcp://host:3310` or `unix:///path` finds; empty where it finds nothing.

    The file is read from its beginning and left there. Raises ScannerUnreachable.
    """
    file.seek(0)
    try:
        with _connected(at) as line:
            line.sendall(b"zINSTREAM\0")
            while piece := file.read(PIECE):
                line.sendall(len(piece).to_bytes(4, "big") + piece)
            line.sendall(bytes(4))
            answer = line.makefile("rb").read().rstrip(b"\0").decode(errors="replace")
    except (OSError, ValueError) as fault:
        raise ScannerUnreachable(str(fault)) from fault
    finally:
        file.seek(0)
    words = answer.removeprefix("stream: ")
    if words == "OK":
        return ""
    if words.endswith(" FOUND"):
        return words.removesuffix(" FOUND")
    raise ScannerUnreachable(answer or "no answer")


def _connected(at: str) -> socket.socket:
    address = urlsplit(at)
    if address.scheme == "tcp":
        return socket.create_connection((address.hostname, address.port or PORT), PATIENCE)
    line = socket.socket(socket.AF_UNIX)
    line.settimeout(PATIENCE)
    try:
        line.connect(address.path)
    except OSError:
        line.close()
        raise
    return line
