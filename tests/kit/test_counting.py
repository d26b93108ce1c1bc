"""How often something was done, in the store and, where it is away, in the process."""

import pytest
from django.core.cache import caches

from cchc_portal.kit.counting import count, counted


def test_each_thing_is_counted_for_itself_and_from_one_on():
    assert counted("a") == 0
    assert [count("a", 60), count("a", 60), count("b", 60)] == [1, 2, 1]
    assert (counted("a"), counted("b")) == (2, 1)


def test_it_begins_anew_after_its_stretch():
    count("a", 60)
    caches["strict"].delete("a")

    assert count("a", 60) == 1


def test_every_process_counts_in_the_same_place():
    count("a", 60)

    assert caches["default"].get("a") == 1
    assert caches["nearby"].get("a") is None


@pytest.mark.usefixtures("no_store")
def test_without_the_store_the_process_counts_alone(caplog):
    assert [count("a", 60), count("a", 60)] == [1, 2]
    assert counted("a") == 2
    assert "Counted by this process alone" in caplog.text
