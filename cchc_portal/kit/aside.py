"""Doing a thing in a thread of its own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any


def aside(call: Callable[..., Any], *arguments: Any, **options: Any) -> Any:
    """What the call gives, done in another thread while this one waits.

    For calls that start an event loop of their own: a thread that runs one already refuses them.
    """
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(call, *arguments, **options).result()
