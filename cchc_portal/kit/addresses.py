"""One broker address, told to Celery and to the cache each in its own tongue."""

from urllib.parse import urlsplit

CACHE_DATABASE = 1


def broker_address(redis_url: str) -> str:
    """The address as Celery wants it: `redis://…` as it is, `unix:///path` as `redis+socket:///path`."""
    if not redis_url.startswith("unix://"):
        return redis_url
    return f"redis+socket://{urlsplit(redis_url).path}?virtual_host=0"


def cache_address(redis_url: str) -> str:
    """The address as Django's cache wants it, in a database of its own beside the queue."""
    address = urlsplit(redis_url)
    if address.scheme == "unix":
        return f"unix://{address.path}?db={CACHE_DATABASE}"
    return address._replace(path=f"/{CACHE_DATABASE}").geturl()
