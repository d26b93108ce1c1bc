"""How soon the engines serve: nobody should wait for a second start."""

import signal

import pytest

from cchc_portal.kit.engines import Postgres, Valkey
from cchc_portal.kit.processes import clear_out


@pytest.mark.parametrize("kind", [Postgres, Valkey])
def test_engine_serves_soon(kind, tmp_path, stopwatch):
    engine = kind(tmp_path / "var")

    with stopwatch(f"{engine.name}: first start", at_most=10):
        engine.start()
    engine.stop()
    with stopwatch(f"{engine.name}: second start", at_most=3):
        engine.start()
    clear_out(engine.home, (signal.SIGKILL, 5))
    engine.stop()
    with stopwatch(f"{engine.name}: start after kill -9", at_most=5):
        engine.start()
    engine.stop()
