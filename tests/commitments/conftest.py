import pytest

from tests.commitments import situations


@pytest.fixture
def who(db) -> situations.Parties:
    return situations.parties()


@pytest.fixture
def draft(who):
    return situations.a_draft(who)


@pytest.fixture
def signed(who):
    return situations.a_signed_one(who)


@pytest.fixture
def in_force(who):
    return situations.one_in_force(who)
