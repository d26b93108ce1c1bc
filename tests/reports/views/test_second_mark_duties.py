"""The desk tells of second marks to give and of disputes to decide."""

from decimal import Decimal

import pytest
from django.urls import reverse

from tests.scoring.twice import REASON, marked_twice
from tests.worlds import a_province, an_open_period


@pytest.mark.django_db
def test_each_of_the_three_is_told_what_is_theirs_to_do(client):
    twice = marked_twice(an_open_period(a_province(departments=1)))
    twice.only("1.1.1")

    def desk(person) -> str:
        client.force_login(person)
        return client.get(reverse("reports:desk")).content.decode()

    assert "Chấm lần hai 1 dòng" in desk(twice.second)
    assert "Chấm lần hai 1 dòng" not in desk(twice.work.verifier)
    mark = twice.take()
    assert reverse("scoring:second-mark", args=[mark.pk]) in desk(twice.second)
    twice.give(mark, points=Decimal(0), reason=REASON)
    assert "Quyết định 1 dòng" in desk(twice.third)
    assert "Quyết định 1 dòng" not in desk(twice.second)
    assert "Quyết định 1 dòng" not in desk(twice.work.verifier)
