import pytest
from django.core.cache import cache

from tests.voices import situations


@pytest.fixture
def who(db) -> situations.Sides:
    cache.clear()  # what one address of the network may still send
    return situations.sides()
