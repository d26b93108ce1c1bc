"""The account of a figure says what the standings say, and who said each part of it."""

from random import Random

import pytest
from django.urls import reverse

from scoring.models import Score
from scoring.rules.kinds import Side
from scoring.rules.points import percent
from scoring.rules.workflow import DossierState
from scoring.services import accounts
from scoring.services.standings import standings_of
from tests.scoring.marked import a_year, mark, put
from tests.worlds import a_settled_dossier, a_submitted_dossier, settle

pytestmark = pytest.mark.django_db


def test_whatever_was_marked_the_account_ends_in_the_figure_class_and_rank_of_the_standings():
    year = a_year()
    for dossier in year.period.dossiers.all():
        put(dossier, DossierState.VERIFIED, year.organiser)
    rows = list(Score.objects.filter(dossier__period=year.period).select_related("criterion"))

    for seed in range(8):
        mark(rows, Random(seed))
        for side in Side:
            table = standings_of(year.block, side=side)
            for row in table.rows:
                account = accounts.account(row.dossier, side).account
                assert (account.total.points, account.total.maximum) == (row.points, row.maximum)
                if row.placing is None:
                    continue
                assert account.total.percent == percent(row.points, row.maximum)
                assert account.total.percent == row.placing.figure
                assert account.printed == row.placing.percent
                _, band, rank = account.conclusion
                assert band.startswith(f"Xếp loại {row.placing.band}:")
                assert rank.startswith(f"Xếp thứ {row.placing.rank} trong {len(table.ranked)} ")


def test_each_component_tells_who_set_it_when_and_why(client):
    work = a_settled_dossier()
    settle(work, "1.1.1", points=0, reason="Thiếu minh chứng.")

    verified = accounts.account(work.now(), Side.VERIFIED)
    own = accounts.account(work.now(), Side.SELF)

    lines = {line.code: line for area in verified.account.areas for line in area.lines}
    assert (lines["1.1.1"].reason, lines["1.1.1"].by_hand) == ("Thiếu minh chứng.", True)
    assert verified.set_by["1.1.1"].changed_by == work.verifier
    assert own.set_by["1.1.1"].changed_by == work.editor
    client.force_login(work.verifier)
    page = client.get(reverse("scoring:account", args=[work.dossier.pk])).content.decode()
    assert "Thiếu minh chứng." in page
    assert str(work.verifier) in page


def test_the_unit_is_not_told_a_verdict_before_it_is_told(client):
    work = a_submitted_dossier()
    settle(work, "1.1.1", points=0, reason="Thiếu minh chứng.")
    client.force_login(work.head)

    page = client.get(
        reverse("scoring:account", args=[work.dossier.pk]) + "?side=verified"
    ).content.decode()

    assert "Thiếu minh chứng." not in page
    assert "Theo điểm tự chấm" in page


def test_the_account_of_a_dossier_costs_as_many_queries_beside_three_as_beside_one(
    client, assert_flat_queries
):
    year = a_year()
    client.force_login(year.organiser)
    dossier = year.period.dossiers.first()
    url = reverse("scoring:account", args=[dossier.pk])
    rows = list(Score.objects.filter(dossier__period=year.period).select_related("criterion"))

    assert_flat_queries(lambda: client.get(url), grow=lambda: mark(rows, Random(1)))
