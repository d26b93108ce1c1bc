"""One broker address in three tongues: redis-py's, Celery's, the cache's."""

import pytest

from cchc_portal.kit.addresses import broker_address, cache_address


@pytest.mark.parametrize(
    ("given", "broker", "cache"),
    [
        ("redis://redis:6379/0", "redis://redis:6379/0", "redis://redis:6379/1"),
        ("redis://redis:6379", "redis://redis:6379", "redis://redis:6379/1"),
        ("rediss://u:p@host:6380/4", "rediss://u:p@host:6380/4", "rediss://u:p@host:6380/5"),
        (
            "unix:///run/vk.sock",
            "redis+socket:///run/vk.sock?virtual_host=0",
            "unix:///run/vk.sock?db=1",
        ),
        (
            "unix:///run/vk.sock?db=6",
            "redis+socket:///run/vk.sock?virtual_host=6",
            "unix:///run/vk.sock?db=7",
        ),
    ],
)
def test_queue_and_cache_have_a_database_each(given, broker, cache):
    assert broker_address(given) == broker
    assert cache_address(given) == cache
