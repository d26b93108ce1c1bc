import pytest

from tests.conferences import situations


@pytest.fixture
def who(db) -> situations.Sides:
    return situations.sides()
