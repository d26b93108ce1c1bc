"""What the pages of whoever receives commitments cost with three hundred of ten tasks each."""

import pytest
from django.db import connection
from django.urls import reverse

from tests.commitments.crowd import UNITS, YEARS, a_crowd
from tests.commitments.situations import one_in_force
from tests.commitments.views.test_crowd import many

pytestmark = pytest.mark.django_db(transaction=True)

LOOKS = 5
A_LOOK = 0.3


def test_three_hundred_commitments_of_ten_tasks_are_overseen_at_a_glance(client, stopwatch):
    who = many()
    paper = one_in_force(who, year=YEARS[-1] + 1, number_of_tasks=10)
    a_crowd(paper)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    client.force_login(who.receiving_head)
    pages = {
        "list": reverse("commitments:list"),
        "heat list": reverse("commitments:heat"),
        "page of a unit": reverse("commitments:unit", args=[paper.unit_id]),
        "desk": reverse("reports:desk"),
    }
    for what, address in pages.items():
        client.get(address)
        told = f"{LOOKS} looks at the {what}, {UNITS * len(YEARS) + 1} commitments of 10 tasks"
        with stopwatch(told, at_most=LOOKS * A_LOOK):
            for _ in range(LOOKS):
                assert client.get(address).status_code == 200
