"""The scanner's protocol, spoken with a small server that speaks it too."""

import io
import socket

import pytest

from cchc_portal.kit.clamd import ScannerUnreachable, virus_in
from tests.kit.scanner import EICAR, a_scanner


def test_a_clean_file_is_sent_whole_and_left_at_its_beginning():
    file = io.BytesIO(b"0123456789" * 20_000)

    with a_scanner() as (address, received):
        assert virus_in(file, at=address) == ""

    assert received == [file.getvalue()]
    assert file.tell() == 0


def test_a_virus_is_named():
    with a_scanner() as (address, _):
        assert virus_in(io.BytesIO(EICAR), at=address) == "Eicar-Test-Signature"


def test_a_scanner_on_a_unix_socket_is_asked_too(tmp_path):
    with a_scanner(path=str(tmp_path / "clamd")) as (address, _):
        assert virus_in(io.BytesIO(b"x"), at=address) == ""


@pytest.mark.parametrize("answer", [b"INSTREAM size limit exceeded. ERROR\0", b""])
def test_any_other_answer_is_no_clean_bill(answer):
    with a_scanner(answer) as (address, _), pytest.raises(ScannerUnreachable):
        virus_in(io.BytesIO(b"x"), at=address)


def test_a_scanner_that_is_not_there_is_unreachable(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        closed = f"tcp://127.0.0.1:{taken.getsockname()[1]}"
        for address in (closed, f"unix://{tmp_path}/none"):
            with pytest.raises(ScannerUnreachable):
                virus_in(io.BytesIO(b"x"), at=address)
