"""How each process of the web server is set, whoever starts it: `make run`, Docker, the tests."""

import gc
import sys

OBJECTS_BETWEEN_LOOKS = 50_000
SECONDS_OF_A_TURN = 0.0005


def post_worker_init(worker) -> None:
    """Many short requests at once, each waiting for the database again and again.

    What has been loaded lives as long as the process: the collector need not look through it. A
    thread whose answer from the database has come gets its turn soon, not after five milliseconds:
    with ten questions in a request that was most of the time it took.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(OBJECTS_BETWEEN_LOOKS)
    sys.setswitchinterval(SECONDS_OF_A_TURN)
