"""A scanner that speaks the protocol of ClamAV's daemon, for one file."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def _exactly(line: socket.socket, count: int) -> bytes:
    read = b""
    while len(read) < count:
        piece = line.recv(count - len(read))
        if not piece:
            raise ConnectionError
        read += piece
    return read


def _serve(listener: socket.socket, answer: bytes | None, received: list[bytes]) -> None:
    line, _ = listener.accept()
    with line:
        assert _exactly(line, 10) == b"zINSTREAM\0"
        whole = b""
        while size := int.from_bytes(_exactly(line, 4), "big"):
            whole += _exactly(line, size)
        received.append(whole)
        found = b"stream: Eicar-Test-Signature FOUND\0" if EICAR in whole else b"stream: OK\0"
        line.sendall(found if answer is None else answer)


@contextmanager
def a_scanner(answer: bytes | None = None, path: str = "") -> Iterator[tuple[str, list[bytes]]]:
    """Address of a scanner that takes one file, and what it received."""
    family = socket.AF_UNIX if path else socket.AF_INET
    with socket.socket(family) as listener:
        listener.bind(path or ("127.0.0.1", 0))
        listener.listen(1)
        received: list[bytes] = []
        thread = Thread(target=_serve, args=(listener, answer, received), daemon=True)
        thread.start()
        yield f"unix://{path}" if path else f"tcp://127.0.0.1:{listener.getsockname()[1]}", received
        thread.join(10)
