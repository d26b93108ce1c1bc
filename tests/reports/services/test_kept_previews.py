"""What would be published is summed once, read at every step, and summed anew where it counts."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from reports.models import Edition
from reports.models.marks import mark_of_period
from reports.services import kept_previews, previews
from reports.services.kept_previews import COLUMNS, kept_preview
from reports.services.previews import preview_of
from scoring.services import periods
from tests.reports.situations import a_decision, a_locked_period
from tests.reports.views.test_publishing import typed
from tests.worlds import a_province

pytestmark = pytest.mark.django_db


def test_the_steps_after_the_first_sum_nothing_until_the_period_is_locked_again(
    client, monkeypatch
):
    ready = a_locked_period(a_province(departments=3), verified=2)
    client.force_login(ready.head)
    address = reverse("reports:publish", args=[ready.period.pk])
    said = typed(ready)
    fresh = preview_of(ready.period, by=ready.head)
    taken, standings = [], previews.standings
    monkeypatch.setattr(
        previews, "standings", lambda period: taken.append(period) or standings(period)
    )

    client.get(address)
    for step in ("kiem-tra", "quyet-dinh", "xac-nhan"):
        assert client.post(address, said | {"step": step}).status_code == 200
    assert len(taken) == 1
    earlier = a_decision(timezone.localdate() - timedelta(days=1))
    for decision in (None, earlier):
        kept = kept_preview(ready.period, by=ready.head, decision=decision)
        assert (kept.seen, kept.remarks) == (fresh.seen, fresh.remarks)
        assert kept.edition.criteria == fresh.edition.criteria
        for line, other in zip(kept.results, fresh.results, strict=True):
            assert [getattr(line, name) for name in COLUMNS] == [
                getattr(other, name) for name in COLUMNS
            ]
    assert len(taken) == 1

    periods.unlock(ready.period, by=ready.head, comment="Xem lại.")
    monkeypatch.setattr(kept_previews, "MOST_AT_A_LOOK", 1)
    kept_previews.sum_long_ones()
    assert len(taken) == 1
    periods.lock(ready.period, by=ready.year.organiser)
    for _ in range(2):
        kept_previews.sum_long_ones()
    assert len(taken) == 2
    client.get(address)
    assert len(taken) == 2


def test_figures_that_were_kept_are_never_what_is_published(client):
    ready = a_locked_period()
    client.force_login(ready.head)
    address = reverse("reports:publish", args=[ready.period.pk])
    client.get(address)
    mark, today = mark_of_period(ready.period.pk), timezone.localdate()
    key = kept_previews._key(mark, today)
    cache.set(key, replace(cache.get(key), seen="f" * 64))

    refused = client.post(address, typed(ready) | {"seen": "f" * 64})

    assert refused.status_code == 409
    assert "đã thay đổi" in refused.content.decode()
    assert not Edition.objects.exists()
    assert client.post(address, typed(ready)).status_code == 302
