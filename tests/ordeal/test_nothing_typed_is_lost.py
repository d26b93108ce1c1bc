"""Two officers, three tabs, one dossier, a hundred mishaps: not a character is lost."""

import os

import pytest

from tests.ordeal.setting import an_ordeal

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.timeout(600),
    pytest.mark.xdist_group("ordeal"),
]

ROUNDS = 100
SEED = int(os.environ.get("ORDEAL_SEED", "1795590688"))


def test_in_a_hundred_mishaps_nothing_typed_is_lost_and_nothing_overwritten_unseen(browser):
    with an_ordeal(browser, SEED) as ordeal:
        for number in range(ROUNDS):
            ordeal.round()
            if number % 10 == 9:
                ordeal.check()
        ordeal.check()
