"""A cache that is only a memory: where its store does not answer, the portal goes on without it.

Whoever reads is told that nothing is kept; whoever adds is told to be the first. What must not
happen without the store uses `caches["strict"]`. Why not a library: docs/decisions/0109.
"""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)


def _without(answer: Any) -> Callable:
    """The method, and what it answers where the store does not."""

    def forgiving(method: Callable) -> Callable:
        @wraps(method)
        def asked(*arguments: Any, **named: Any) -> Any:
            try:
                return method(*arguments, **named)
            except RedisError as fault:
                logger.warning("The store of the cache does not answer: %s", fault)
                return answer

        return asked

    return forgiving


class ForgivingCache(RedisCache):
    """Django's own for Redis, with every failure of the store answered as an empty cache would."""

    add = _without(True)(RedisCache.add)
    set = _without(None)(RedisCache.set)
    touch = _without(False)(RedisCache.touch)
    delete = _without(False)(RedisCache.delete)
    set_many = _without([])(RedisCache.set_many)
    delete_many = _without(None)(RedisCache.delete_many)
    clear = _without(False)(RedisCache.clear)
    has_key = _without(False)(RedisCache.has_key)

    def get(self, key, default=None, version=None):
        return _without(default)(super().get)(key, default, version)

    def get_many(self, keys, version=None):
        return _without(None)(super().get_many)(keys, version) or {}

    def incr(self, key, delta=1, version=None):
        """ValueError where there is nothing to count on, as Django says it."""
        counted = _without(None)(super().incr)(key, delta, version)
        if counted is None:
            raise ValueError(f"Nothing is kept under {key!r}.")
        return counted
