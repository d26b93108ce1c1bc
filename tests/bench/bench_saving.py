"""What saving one row costs: beside a bare POST, and with fifty officers at once."""

import time
from statistics import median

import pytest
from django.urls import reverse

from scoring.models import Score
from scoring.services import periods
from tests.bench.bench_opening import a_period_of
from tests.worlds import a_draft_dossier

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = 150
AT_MOST = 2


def a_dossier_of_sixty_two():
    year = a_period_of(1, "PHONG_CO_TTHC")
    year.period = periods.open(year.period, by=year.organiser)
    return a_draft_dossier(year)


def test_saving_a_row_costs_at_most_twice_a_bare_post(client, settings, ratio):
    settings.ROOT_URLCONF = "tests.bench.bare"
    work = a_dossier_of_sixty_two()
    client.force_login(work.editor)
    score = work.dossier.scores.filter(
        criterion__rule__type="binary", criterion__source="self"
    ).first()
    save, bare = reverse("scoring:score-save", args=[score.pk]), reverse("bare", args=[score.pk])
    spent = {save: [], bare: []}
    for number in range(ROUNDS):
        version = Score.objects.get(pk=score.pk).version
        typed = {"version": version, "yes": "true", "note": f"Ghi chú lần {number}"}
        for address in (save, bare):
            begun = time.perf_counter()
            answer = client.post(address, typed, headers={"HX-Request": "true"})
            spent[address].append(time.perf_counter() - begun)
            assert answer.status_code == 200
    ratio(
        "saving a row against a bare POST with one UPDATE",
        median(spent[save]),
        median(spent[bare]),
        at_most=AT_MOST,
    )
