"""The embedded engines, killed in every way we have met."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import psycopg2
import pytest
from django.conf import settings
from kombu import Connection
from redis import Redis

from cchc_portal.kit.addresses import broker_address, cache_address
from cchc_portal.kit.engines import Engine, Postgres, Valkey
from cchc_portal.kit.lodging import EngineFault, lodger, private_folder
from cchc_portal.kit.processes import living_in, wait_until
from tests.kit.ordinary import NOBODY, as_ordinary_user, open_the_way_to


@pytest.fixture
def var(tmp_path):
    """A folder for engines; whoever still lives there in the end is put out."""
    folder = tmp_path / "var"
    yield folder
    kill_all(folder / "pg")
    kill_all(folder / "valkey")


@pytest.fixture
def start(var):
    """`start(Postgres)`: up and accepting. What was killed behind its back is collected later."""
    engines: list[Engine] = []

    def start(kind: type[Engine], folder: Path = var) -> Engine:
        engine = kind(folder)
        engines.append(engine)
        engine.start()
        return engine

    yield start
    for engine in engines:
        engine.stop()
        shutil.rmtree(engine.sockets, ignore_errors=True)


def kill_all(home: Path) -> None:
    for pid in living_in(home):
        with contextlib.suppress(ProcessLookupError):  # ended by itself, its leader being dead
            os.kill(pid, signal.SIGKILL)
    wait_until(lambda: not living_in(home), 60)


def ask(engine: Engine, statement: str) -> list[tuple]:
    connection = psycopg2.connect(engine.address)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(statement)
        rows = cursor.fetchall() if cursor.description else []
    connection.close()
    return rows


def answers(database: Postgres) -> list[tuple] | None:
    """What the kept table holds; nothing while the database is in recovery."""
    with contextlib.suppress(psycopg2.OperationalError):
        return ask(database, "SELECT number FROM kept")
    return None


def test_rows_and_queue_outlive_a_kill_of_everything(start):
    database, broker = start(Postgres), start(Valkey)
    ask(database, "CREATE TABLE kept (word text)")
    ask(database, "INSERT INTO kept VALUES ('hồ sơ')")
    Redis.from_url(broker.address).rpush("queue", "errand")

    # Their starter does not collect them: dead, both stay behind as zombies with their files.
    kill_all(database.home)
    kill_all(broker.home)
    database_again, broker_again = start(Postgres), start(Valkey)

    assert ask(database_again, "SELECT word FROM kept") == [("hồ sơ",)]
    assert Redis.from_url(broker_again.address).lrange("queue", 0, -1) == [b"errand"]


def test_pid_file_naming_a_living_stranger_is_no_obstacle(start):
    database = start(Postgres)
    kill_all(database.home)
    pid_file = database.home / "postmaster.pid"
    lines = pid_file.read_text(encoding="utf-8").splitlines()
    pid_file.write_text("\n".join([str(os.getpid()), *lines[1:]]), encoding="utf-8")

    again = start(Postgres)

    assert ask(again, "SELECT 1") == [(1,)]


def test_cluster_left_half_made_is_made_anew(var, start):
    half_made = var / "pg.new"
    half_made.mkdir(parents=True, mode=0o700)
    (half_made / "PG_VERSION").write_text("18", encoding="ascii")
    os.chown(half_made, lodger().pw_uid, lodger().pw_gid)

    database = start(Postgres)

    assert ask(database, "SELECT 1") == [(1,)]
    assert not half_made.exists()


@pytest.mark.parametrize("kind", [Postgres, Valkey])
def test_engine_without_its_starter_is_ended_before_a_new_start(kind, start):
    orphan = start(kind)
    before = living_in(orphan.home)

    engine = start(kind)

    assert before
    assert not before & living_in(engine.home)
    assert engine.accepts()


@pytest.mark.parametrize("killed", ["postmaster", "child"])
def test_database_recovers_when_one_of_its_processes_is_killed(killed, start):
    database = start(Postgres)
    ask(database, "CREATE TABLE kept AS SELECT 7 AS number")
    leader = database.process.pid
    victim = leader if killed == "postmaster" else min(living_in(database.home) - {leader})

    os.kill(victim, signal.SIGKILL)
    if killed == "postmaster":
        database = start(Postgres)

    assert wait_until(lambda: answers(database) == [(7,)], 60)


def test_data_of_another_postgres_version_is_refused_in_one_line(var, start):
    database = start(Postgres)
    database.stop()
    (database.home / "PG_VERSION").write_text("17\n", encoding="ascii")

    with pytest.raises(EngineFault, match="thuộc PostgreSQL 17, chương trình là bản 18") as refusal:
        Postgres(var).start()

    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize("name", ["hai chữ", "cải-cách", "x" * 134, 'with"quote,and%41'])
def test_folder_may_have_any_name(name, tmp_path, start):
    var = tmp_path / name / "var"
    database, broker = start(Postgres, var), start(Valkey, var)

    assert ask(database, "SELECT current_database()") == [("portal",)]
    assert Redis.from_url(cache_address(broker.address)).ping()
    with Connection(broker_address(broker.address)) as queue:
        assert queue.default_channel.client.ping()


def test_sockets_are_the_engines_alone(start):
    broker = start(Valkey)

    assert broker.sockets.stat().st_mode & 0o777 == 0o700
    assert broker.sockets.stat().st_uid == lodger().pw_uid


def test_folder_of_somebody_else_is_refused():
    me = lodger()

    with pytest.raises(EngineFault, match=f"không thuộc tài khoản {me.pw_name}"):
        private_folder(Path("/usr"), me)


def test_missing_wheel_is_one_line_that_says_what_to_install(var, monkeypatch):
    monkeypatch.setattr(Valkey, "wheel", "no_such_wheel")

    with pytest.raises(EngineFault, match="requirements-engines.txt"):
        Valkey(var).start()


START = """
import sys, time
from pathlib import Path
from cchc_portal.kit.addresses import broker_address, cache_address
from cchc_portal.kit.engines import Postgres, Valkey
engines = [Postgres(Path(sys.argv[1])), Valkey(Path(sys.argv[1]))]
for engine in engines:
    engine.start()
print("up", flush=True)
time.sleep(60)
"""


def start_elsewhere(var: Path, prefix: list[str]) -> subprocess.Popen:
    starter = subprocess.Popen(
        [*prefix, sys.executable, "-c", START, str(var)],
        cwd=settings.BASE_DIR,
        stdout=subprocess.PIPE,
        text=True,
    )
    for line in starter.stdout:
        if line == "up\n":
            return starter
    raise AssertionError(f"engines did not start, exit code {starter.wait()}")


def test_engines_end_by_themselves_when_their_starter_is_killed(var):
    starter = start_elsewhere(var, [])
    assert living_in(var / "pg")

    starter.kill()
    starter.communicate()

    assert wait_until(lambda: not living_in(var / "pg") and not living_in(var / "valkey"), 60)


def test_engines_run_under_an_ordinary_account(var):
    prefix = as_ordinary_user()
    if prefix is None:
        pytest.skip("this machine has no way to become an ordinary user")
    var.mkdir()
    ordinary = os.getuid() or NOBODY
    os.chown(var, ordinary, ordinary if os.getuid() == 0 else -1)
    open_the_way_to(var)

    starter = start_elsewhere(var, prefix)

    assert {(var / name).stat().st_uid for name in ("pg", "valkey", "run")} == {ordinary}
    starter.kill()
    starter.communicate()
    assert wait_until(lambda: not living_in(var / "pg") and not living_in(var / "valkey"), 60)
