import pytest

from tests.inspections import situations


@pytest.fixture
def who(db) -> situations.Sides:
    return situations.sides()
