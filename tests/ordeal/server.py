"""A real gunicorn on the test database, which can be killed and started again."""

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection

from cchc_portal.kit.processes import ends_with_us, stop, wait_until

SECONDS_TO_START = 120


class Server:
    """The portal as it runs on a server: a leader that starts workers, in a session of its own."""

    def __init__(self, *, workers: int = 1, **environment: str) -> None:
        self.workers = workers
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = settings.TEST_VAR / f"ordeal-{self.port}.log"
        address = urlsplit(os.environ["DATABASE_URL"])
        database = address._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
        said = {"DATABASE_URL": database, "PYTHONWARNINGS": "ignore"}
        self.environment = os.environ | said | environment
        self.process: subprocess.Popen | None = None

    def start(self) -> None:
        """Until it answers."""
        with self.log.open("ab") as said:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "gunicorn", "cchc_portal.wsgi", "--no-control-socket"]
                + ["--bind", f"127.0.0.1:{self.port}", "--worker-class", "gthread", "--preload"]
                + ["--workers", str(self.workers), "--threads", "4", "--log-level", "warning"],
                cwd=settings.BASE_DIR,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=ends_with_us(signal.SIGQUIT),
            )
        ready = wait_until(lambda: self.process.poll() is not None or self.answers(), 120)
        assert ready, "the server does not answer"
        assert self.process.poll() is None, self.log.read_text(encoding="utf-8")[-3000:]

    def answers(self) -> bool:
        """Whether it serves."""
        call = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            call.request("GET", "/healthz")
            return call.getresponse().status == http.HTTPStatus.OK
        except OSError:
            return False
        finally:
            call.close()

    def kill_worker(self) -> None:
        """What is being answered dies half done; the leader starts another worker by itself."""
        leader = self.process.pid
        children = Path(f"/proc/{leader}/task/{leader}/children").read_text(encoding="ascii")
        for child in children.split():
            with contextlib.suppress(ProcessLookupError):
                os.kill(int(child), signal.SIGKILL)

    def kill(self) -> None:
        """All of it, at once: nobody answers until it is started again."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        if self.process is not None:
            stop(self.process, (signal.SIGTERM, 5))
