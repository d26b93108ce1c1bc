"""What `make run` starts, in order: engines, migrations, demo year, web, worker, clock.

One process watches over all of them and stops them in order, engines last.

Not a management command: Django's settings want the engines' addresses before anything can run.
"""

import errno
import fcntl
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from cchc_portal.kit import inflight, pango
from cchc_portal.kit.engines import Engine, Postgres, Valkey
from cchc_portal.kit.lodging import EngineFault
from cchc_portal.kit.processes import ends_with_us, stop, wait_until
from cchc_portal.kit.undertaker import Undertaker

ROOT = Path(__file__).resolve().parent.parent.parent
SECONDS_TO_ANSWER = 60
SECONDS_TO_STOP = 10
SECONDS_TO_FINISH_A_TASK = 300
SECONDS_THAT_COUNT_AS_RUNNING = 5
PYTHON = sys.executable

WHY_NO_PORT = {
    errno.EADDRINUSE: "chương trình khác đang dùng",
    errno.EACCES: "tài khoản này không có quyền",
}

# Each step must succeed before the next. The demo command knows by itself when nothing is
# left to build, and prints the demo accounts each time.
SET_UP = (("migrate", "--verbosity", "0"), ("build_demo",))


class CannotRun(Exception):
    """One Vietnamese line that says why, and what to do."""


class Part:
    """The web server, the worker or the clock: a leader in a session of its own."""

    def __init__(self, name: str, command: list[str], patience: float = SECONDS_TO_STOP) -> None:
        self.name = name
        self.command = command
        self.patience = patience

    def start(self, environment: Mapping[str, str]) -> None:
        self.started_at = time.monotonic()
        self.process = subprocess.Popen(
            self.command,
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            # SIGQUIT ends gunicorn and Celery quickly: without engines nothing can be finished.
            preexec_fn=ends_with_us(signal.SIGQUIT),
        )

    def ended(self) -> bool:
        return self.process.poll() is not None

    def gave_up_at_once(self) -> bool:
        """It ended by itself as soon as it was started; one that was killed did not give up."""
        young = time.monotonic() - self.started_at < SECONDS_THAT_COUNT_AS_RUNNING
        return young and self.process.returncode != -signal.SIGKILL


class Supervisor:
    """Everything that runs, and the one signal that ends it."""

    def __init__(
        self,
        var: Path,
        host: str,
        port: int,
        *,
        set_up: tuple[tuple[str, ...], ...] = SET_UP,
        settings: str = "cchc_portal.settings.dev",
    ) -> None:
        self.var = var
        self.host = host
        self.port = port
        self.set_up = set_up
        self.engines: list[Engine] = []
        self.parts: list[Part] = []
        self.undertaker: Undertaker | None = None
        self.stopping = False
        self.environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": settings,
            "PYTHONUNBUFFERED": "1",
            # Celery advises against root; as root a demo in a container is what was asked for.
            "PYTHONWARNINGS": "ignore::UserWarning:celery.platforms",
        }

    def run(self) -> None:
        """Up, until a signal comes or something ends that should not."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._stop_soon)
        try:
            self._start_engines()
            for step in self.set_up:
                self._set_up(step)
            self._start_parts()
            self._announce()
            self._watch()
        finally:
            self.stopping = True
            self._stop_all()

    def _stop_soon(self, number: int, frame: object) -> None:
        if not self.stopping:
            self.stopping = True
            say("Đang dừng, việc đang chạy được làm xong…")

    def _start_engines(self) -> None:
        for kind, variable in ((Postgres, "DATABASE_URL"), (Valkey, "REDIS_URL")):
            if variable not in os.environ and not self.stopping:
                engine = kind(self.var)
                self.engines.append(engine)
                engine.start()
                self.environment[variable] = engine.address
        if "REDIS_URL" not in os.environ and not self.stopping:
            inflight.give_back(self.environment["REDIS_URL"])

    def _set_up(self, step: tuple[str, ...]) -> None:
        if self.stopping:
            return
        done = subprocess.Popen(
            [PYTHON, "manage.py", *step],
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=ends_with_us(signal.SIGKILL),
        )
        while done.poll() is None:
            if self.stopping:
                stop(done, (signal.SIGINT, SECONDS_TO_STOP))
            time.sleep(0.02)
        if done.returncode and not self.stopping:
            raise CannotRun(f"Lệnh `manage.py {step[0]}` không thành công, cổng không khởi động.")

    def _start_parts(self) -> None:
        celery = [PYTHON, "-m", "celery", "--quiet", "--app", "cchc_portal"]
        web = [PYTHON, "-m", "gunicorn", "cchc_portal.wsgi", "--no-control-socket"]
        self.parts = [
            Part(
                "máy chủ web",
                [
                    *web,
                    *("--bind", f"{self.host}:{self.port}", "--worker-class", "gthread"),
                    *("--workers", "2", "--threads", "4", "--log-level", "warning"),
                    *("--graceful-timeout", str(SECONDS_TO_STOP - 2)),
                    "--reload" if self.environment.get("DEBUG") == "1" else "--preload",
                ],
            ),
            Part(
                "tiến trình việc nền",
                [*celery, "worker", "--pool", "prefork", "--concurrency", "2", "-l", "WARNING"],
                patience=SECONDS_TO_FINISH_A_TASK,
            ),
            Part(
                "đồng hồ",
                [*celery, "beat", "-l", "WARNING", "--schedule", str(self.var / "beat-schedule")],
            ),
        ]
        self.undertaker = Undertaker()
        for part in self.parts:
            if not self.stopping:
                self._start(part)

    def _start(self, part: Part) -> None:
        part.start(self.environment)
        self.undertaker.takes(part.process.pid)

    def _end(self, part: Part) -> None:
        stop(part.process)
        self.undertaker.lets_go(part.process.pid)

    def _announce(self) -> None:
        answered = wait_until(
            lambda: self.stopping or self.parts[0].ended() or self._answers(), SECONDS_TO_ANSWER
        )
        if self.stopping:
            return
        if not answered or self.parts[0].ended():
            raise CannotRun("Máy chủ web không trả lời, xem các dòng ở trên.")
        say(f"Cổng đang chạy tại http://{self._caller()}:{self.port}/ – dừng bằng Ctrl-C.")

    def _answers(self) -> bool:
        call = http.client.HTTPConnection(self._caller(), self.port, timeout=5)
        try:
            call.request("GET", "/healthz")
            return call.getresponse().status == http.HTTPStatus.OK
        except OSError:
            return False
        finally:
            call.close()

    def _caller(self) -> str:
        return "127.0.0.1" if self.host in ("", "0.0.0.0") else self.host

    def _watch(self) -> None:
        """Start a killed part again; one that cannot run, or a lost engine, ends it all."""
        while not self.stopping:
            for engine in self.engines:
                if engine.process is None or engine.process.poll() is not None:
                    raise CannotRun(f"{engine.name} đã dừng ngoài ý muốn, cổng dừng theo.")
            for part in self.parts:
                if part.ended() and not self.stopping:
                    if part.gave_up_at_once():
                        raise CannotRun(f"Phần {part.name} không chạy được, xem các dòng ở trên.")
                    say(f"Phần {part.name} đã dừng ngoài ý muốn, đang khởi động lại.")
                    self._end(part)
                    self._start(part)
            time.sleep(0.2)

    def _stop_all(self) -> None:
        running = [part for part in self.parts if hasattr(part, "process")]
        for part in running:  # all are told at once, then each is waited for
            if not part.ended():
                part.process.send_signal(signal.SIGTERM)
        for part in running:
            wait_until(part.ended, part.patience)
            self._end(part)
        if self.undertaker:
            self.undertaker.ends()
        for engine in reversed(self.engines):
            engine.stop()


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def chosen_port() -> int:
    """PORT, a number that a program may listen on, free at this moment."""
    written = os.environ.get("PORT") or "8000"
    if not written.isdecimal() or not 0 < int(written) < 65536:
        raise CannotRun(f"PORT={written} không phải số cổng mạng (1 đến 65535).")
    return int(written)


def claim_port(host: str, port: int) -> None:
    """Refuse at once where another program listens or the port is not ours to take."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as refusal:
            if refusal.errno not in WHY_NO_PORT:
                raise CannotRun(f"HOST={host} không phải địa chỉ IPv4 của máy này.") from refusal
            raise CannotRun(
                f"Cổng mạng {port} không dùng được ({WHY_NO_PORT[refusal.errno]}): "
                "chọn cổng khác, ví dụ PORT=8001 make run."
            ) from refusal


def claim_house(var: Path):
    """One supervisor for each folder; the kernel lets go of the lock however we end."""
    var.mkdir(parents=True, exist_ok=True)
    lock = (var / "supervisor.lock").open("w", encoding="ascii")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise CannotRun("Cổng đang chạy từ thư mục này rồi: dừng lần chạy đó trước.") from None
    return lock


def supervise(var: Path, **options) -> int:
    """Run until stopped, with data in `var`; the exit code. A refusal is one line."""
    sys.stdout.reconfigure(line_buffering=True)  # in order with what the children say
    host = os.environ.get("HOST") or "127.0.0.1"
    try:
        port = chosen_port()
        with claim_house(var):
            claim_port(host, port)
            if not pango.fetch():
                raise CannotRun(pango.advice())
            Supervisor(var, host, port, **options).run()
    except (CannotRun, EngineFault) as refusal:
        sys.stderr.write(f"{refusal}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(supervise(ROOT / "var"))
