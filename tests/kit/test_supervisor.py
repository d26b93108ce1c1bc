"""What `make run` starts, with real processes: started, stopped, killed, started again."""

import contextlib
import http.client
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
from pathlib import Path

import psycopg2
import pytest
from celery import Celery
from django.conf import settings

from cchc_portal.kit.addresses import broker_address
from cchc_portal.kit.engines import Postgres, Valkey
from cchc_portal.kit.processes import living_in, wait_until
from cchc_portal.kit.supervisor import CannotRun, chosen_port, claim_port
from tests.kit.ordinary import NOBODY, as_ordinary_user, open_the_way_to

# One after another in one test process: the migrated data is made once, and two cores are few.
pytestmark = [pytest.mark.timeout(600), pytest.mark.xdist_group("supervisor")]

IN_THE_BACKGROUND = ("sh", "-c", 'trap "" INT QUIT; exec "$@"', "sh")
"""As a script without job control starts a program behind itself: it ignores both signals."""

OURS_ALONE = ("DATABASE_URL", "REDIS_URL", "MEDIA_ROOT", "PYTEST_XDIST_WORKER", "CCHC_TEST_LANE")
TIME_TO_START = 180
"""Seconds within which a worker is there again, on a busy machine too."""
TIME_TO_END = 120
"""Seconds within which orphans have ended, likewise."""
A_SHORT_ERRAND = 3


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class House:
    """A portal under its supervisor, in a folder and on a port of its own."""

    def __init__(self, var: Path, prefix: tuple[str, ...] = ()) -> None:
        self.var = var
        self.prefix = prefix
        self.port = free_port()
        self.mark = f"HOUSE={secrets.token_hex(8)}"
        self.said = ""

    def start(self, **environment: str) -> None:
        """Up when this returns; what it said before that is kept."""
        self.process = self.launch(**environment)
        for line in self.process.stdout:
            self.said += line
            if "đang chạy tại" in line:
                return
        raise AssertionError(f"the house did not start:\n{self.said}")

    def launch(self, *steps: str, **environment: str) -> subprocess.Popen:
        kept = {name: value for name, value in os.environ.items() if name not in OURS_ALONE}
        name, _, value = self.mark.partition("=")
        return subprocess.Popen(
            [*self.prefix, sys.executable, "-m", "tests.kit.supervised", str(self.var), *steps],
            cwd=settings.BASE_DIR,
            env=kept | {"PORT": str(self.port), name: value} | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    def interrupt(self) -> int:
        """Ctrl-C; the exit code."""
        self.process.send_signal(signal.SIGINT)
        self.said += self.process.communicate(timeout=120)[0]
        return self.process.returncode

    def processes(self) -> set[int]:
        """Every living process that descends from this house's supervisor, it included."""
        found = set()
        for entry in Path("/proc").iterdir():
            try:
                if entry.name.isdigit() and self.mark.encode() in (entry / "environ").read_bytes():
                    found.add(int(entry.name))
            except OSError:
                continue
        return found | living_in(self.var / "pg") | living_in(self.var / "valkey")

    def kill_everything(self) -> None:
        for pid in self.processes():
            with contextlib.suppress(ProcessLookupError):  # ended by itself, its leader being dead
                os.kill(pid, signal.SIGKILL)
        self.process.wait()
        self.process.stdout.close()

    def get(self, path: str) -> tuple[int, dict]:
        call = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        call.request("GET", path)
        answer = call.getresponse()
        body = answer.read()
        call.close()
        return answer.status, json.loads(body)

    def send_errand(self, folder: Path, seconds: float) -> None:
        with Celery(
            broker=broker_address(Valkey(self.var).address), set_as_current=False
        ) as celery:
            celery.send_task("tests.kit.supervised.errands.take_time", (str(folder), seconds))
        assert wait_until((folder / "begun").exists, TIME_TO_START)


@pytest.fixture(scope="module")
def migrated(tmp_path_factory) -> Path:
    """The data of a house that ran once, so that each test need not migrate anew."""
    first = House(tmp_path_factory.mktemp("migrated") / "var")
    first.start()
    assert first.interrupt() == 0, first.said
    return first.var


@pytest.fixture
def house(tmp_path, migrated):
    subprocess.run(["cp", "-a", str(migrated), str(tmp_path / "var")], check=True)
    built = House(tmp_path / "var")
    yield built
    if hasattr(built, "process"):
        built.kill_everything()


def test_interrupt_lets_a_running_errand_end_and_leaves_no_process(house, tmp_path):
    house.start()
    alive = house.get("/healthz")
    ready = house.get("/readyz")
    house.send_errand(tmp_path, seconds=A_SHORT_ERRAND)

    code = house.interrupt()

    assert alive == (200, {"status": "ok"})
    assert ready == (
        200,
        {"status": "ok", "database": "ok", "broker": "ok", "migrations": "ok"},
    )
    assert code == 0, house.said
    assert (tmp_path / "done").exists()
    assert house.processes() == set()


def test_rows_and_errands_outlive_a_kill_of_everything(house, tmp_path):
    house.start()
    ask(house, "CREATE TABLE kept AS SELECT 'hồ sơ' AS word")
    house.send_errand(tmp_path, seconds=A_SHORT_ERRAND)

    house.kill_everything()
    assert not (tmp_path / "done").exists()
    house.start()

    assert ask(house, "SELECT word FROM kept") == [("hồ sơ",)]
    assert wait_until((tmp_path / "done").exists, TIME_TO_START), "the errand was lost"
    assert house.interrupt() == 0


def test_nothing_stays_behind_when_the_supervisor_alone_is_killed(house):
    house.prefix = IN_THE_BACKGROUND
    house.start()

    house.process.kill()
    house.process.wait()

    wait_until(lambda: not house.processes(), TIME_TO_END)
    assert {command_of(pid) for pid in house.processes()} == set()


def test_killed_worker_and_clock_are_started_again(house, tmp_path):
    house.start()
    killed = {pid for pid in house.processes() if b"celery" in command_of(pid)}

    for group in {os.getpgid(pid) for pid in killed}:  # none is left to start another in between
        os.killpg(group, signal.SIGKILL)
    # An errand handed to a worker in its last moment is sent again by the clock, minutes later.
    assert wait_until(lambda: not killed & house.processes(), TIME_TO_END)
    house.send_errand(tmp_path, seconds=0)

    assert killed
    assert wait_until((tmp_path / "done").exists, TIME_TO_START)
    assert house.get("/healthz")[0] == 200


def test_second_start_in_the_same_folder_is_refused_in_one_line(house):
    house.start()

    second = house.launch()
    said = second.communicate(timeout=120)[0]

    assert second.returncode == 1
    assert said == "Cổng đang chạy từ thư mục này rồi: dừng lần chạy đó trước.\n"
    assert house.get("/healthz")[0] == 200
    house.interrupt()


def test_busy_port_is_one_line_that_says_what_to_do(house):
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", house.port))
        listener.listen()

        refused = house.launch()
        said = refused.communicate(timeout=120)[0]

    assert refused.returncode == 1
    assert said == (
        f"Cổng mạng {house.port} không dùng được (chương trình khác đang dùng): "
        "chọn cổng khác, ví dụ PORT=8001 make run.\n"
    )
    assert house.processes() == set()


@pytest.mark.parametrize("written", ["0", "65536", "-1", "tám nghìn", "80.5"])
def test_port_that_is_no_port_is_refused(written, monkeypatch):
    monkeypatch.setenv("PORT", written)

    with pytest.raises(CannotRun, match=f"PORT={written} không phải số cổng mạng"):
        chosen_port()


def test_port_is_8000_where_none_is_chosen(monkeypatch):
    monkeypatch.delenv("PORT", raising=False)

    assert chosen_port() == 8000


@pytest.mark.parametrize("host", ["203.0.113.7", "no.such.name.invalid"])
def test_address_that_is_not_this_machines_is_refused(host):
    with pytest.raises(CannotRun, match=f"HOST={host} không phải địa chỉ IPv4 của máy này"):
        claim_port(host, free_port())


def test_engine_that_cannot_start_stops_everything(house):
    (house.var / "pg" / "PG_VERSION").write_text("17\n", encoding="ascii")

    refused = house.launch()
    said = refused.communicate(timeout=120)[0]

    assert refused.returncode == 1
    assert "thuộc PostgreSQL 17" in said
    assert house.processes() == set()


def test_set_up_step_that_fails_is_named_and_stops_everything(house):
    refused = house.launch("no_such_command")
    said = refused.communicate(timeout=120)[0]

    assert refused.returncode == 1
    assert "Lệnh `manage.py no_such_command` không thành công" in said
    assert house.processes() == set()


def test_server_named_in_the_environment_is_used_and_left_running(house):
    theirs = Valkey(house.var.with_name("theirs"))
    theirs.start()

    house.start(REDIS_URL=theirs.address)
    ready = house.get("/readyz")
    own_broker = living_in(house.var / "valkey")
    house.interrupt()

    assert ready[0] == 200
    assert own_broker == set()
    assert theirs.accepts()
    theirs.stop()


def test_whole_house_runs_under_an_ordinary_account(tmp_path):
    prefix = as_ordinary_user()
    if prefix is None:
        pytest.skip("this machine has no way to become an ordinary user")
    var = tmp_path / "var"
    var.mkdir()
    ordinary = os.getuid() or NOBODY
    os.chown(var, ordinary, -1)
    open_the_way_to(var)
    house = House(var, tuple(prefix))

    house.start()
    ready = house.get("/readyz")
    owners = {Path(f"/proc/{pid}").stat().st_uid for pid in house.processes()}
    code = house.interrupt()

    assert ready[0] == 200
    assert owners == {ordinary}
    assert code == 0, house.said
    assert house.processes() == set()


def ask(house: House, statement: str) -> list[tuple]:
    with contextlib.closing(psycopg2.connect(Postgres(house.var).address)) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchall() if statement.startswith("SELECT") else []


def command_of(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""
