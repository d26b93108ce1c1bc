"""A thousand mishaps on one dossier: what was typed against what the database holds."""

import os
import time

import pytest

from tests.ordeal.setting import an_ordeal

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(3600)]

ROUNDS = int(os.environ.get("ORDEAL_ROUNDS", "1000"))
OF_ONE_DOSSIER = 100
SEED = int(os.environ.get("ORDEAL_SEED", str(int(time.time()))))


@pytest.mark.parametrize("seed", range(SEED, SEED + ROUNDS // OF_ONE_DOSSIER))
def test_nothing_typed_is_lost_in_a_thousand_mishaps(browser, seed, stopwatch):
    said = f"{OF_ONE_DOSSIER} mishaps, seed {seed}: nothing lost"
    with stopwatch(said, at_most=600), an_ordeal(browser, seed) as ordeal:
        for number in range(OF_ONE_DOSSIER):
            ordeal.round()
            if number % 10 == 9:
                ordeal.check()
        ordeal.check()
