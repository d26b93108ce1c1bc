"""How often something was done lately: limits of public forms, and flags on what came too fast.

Counted in the store of the cache; while that does not answer, by each process of the server for
itself, so that a limit still holds, at most as many times over as there are processes.
"""

import logging

from django.core.cache import caches
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)


def count(key: str, seconds: int) -> int:
    """Once more; how often it is in the stretch of so many seconds that began with the first."""
    try:
        return _count("strict", key, seconds)
    except RedisError as fault:
        logger.warning("Counted by this process alone: %s", fault)
        return _count("nearby", key, seconds)


def counted(key: str) -> int:
    """How often it is in the stretch that runs now; nothing is added."""
    try:
        return caches["strict"].get(key, 0)
    except RedisError:
        return caches["nearby"].get(key, 0)


def _count(place: str, key: str, seconds: int) -> int:
    caches[place].add(key, 0, seconds)
    try:
        return caches[place].incr(key)
    except ValueError:  # it ran out between the two
        caches[place].set(key, 1, seconds)
        return 1
