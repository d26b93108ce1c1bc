"""Several people at once, each on a connection of their own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused


def at_once(*actions: Callable[[], object]) -> list[str]:
    """All let go together; the sentences of those who were refused."""
    start = Barrier(len(actions))

    def run(action: Callable[[], object]) -> str | None:
        try:
            connection.ensure_connection()
            start.wait(timeout=60)
            action()
        except (MoveRefused, ChangedMeanwhile) as refusal:
            return refusal.sentence
        finally:
            connection.close()
        return None

    with ThreadPoolExecutor(len(actions)) as people_at_work:
        answers = list(people_at_work.map(run, actions))
    return [answer for answer in answers if answer]
