"""Work on a stranger's file may hang, grow or crash alone."""

import io

import pytest

from cchc_portal.kit.confined import Overstrained, confined

WORK = "tests.kit.confined_work"


def test_the_work_is_done_on_a_copy_and_its_answer_comes_back():
    file = io.BytesIO(b"0123456789")
    file.seek(4)

    assert confined(f"{WORK}:length", file, "một", "hai") == "10 một hai".encode()
    assert file.tell() == 0


def test_the_process_knows_nothing_of_our_settings(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "secret")

    assert b"SECRET_KEY" not in confined(f"{WORK}:environment", io.BytesIO())


@pytest.mark.parametrize("act", ["spin", "sleep", "grow", "crash"])
def test_work_that_does_not_end_is_ended(act):
    with pytest.raises(Overstrained):
        confined(f"{WORK}:{act}", io.BytesIO(), seconds=1, megabytes=512)


def test_the_process_leaves_no_file(tmp_path):
    with pytest.raises(Overstrained):
        confined(f"{WORK}:write", io.BytesIO(), str(tmp_path / "left"))

    assert not (tmp_path / "left").exists() or not (tmp_path / "left").stat().st_size
