"""One address of the broker, told to Celery and to the cache each in its own tongue."""

from urllib.parse import parse_qs, urlsplit


def broker_address(redis_url: str) -> str:
    """As Celery wants it: `redis://…` as it is, `unix:///path` as `redis+socket:///path`."""
    address = urlsplit(redis_url)
    if address.scheme != "unix":
        return redis_url
    return f"redis+socket://{address.path}?virtual_host={_database(redis_url)}"


def cache_address(redis_url: str) -> str:
    """As Django's cache wants it, in the next database: the queue has its own to itself."""
    return databases_on(redis_url, 1)


def databases_on(redis_url: str, steps: int) -> str:
    """The same server, so many databases further on."""
    address = urlsplit(redis_url)
    database = _database(redis_url) + steps
    if address.scheme == "unix":
        return f"unix://{address.path}?db={database}"
    return address._replace(path=f"/{database}").geturl()


def _database(redis_url: str) -> int:
    address = urlsplit(redis_url)
    if address.scheme == "unix":
        return int(parse_qs(address.query).get("db", ["0"])[0])
    return int(address.path.strip("/") or 0)
