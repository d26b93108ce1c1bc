"""The page of agreement and drift, from real marks and verdicts."""

from decimal import Decimal
from fractions import Fraction

import pytest
from django.urls import reverse

from scoring.models import SecondMark
from scoring.rules.agreement import FEWEST
from scoring.rules.second_mark import MarkState
from scoring.services import second_marks
from scoring.services.agreements import watched
from tests.scoring.twice import REASON, marked_twice
from tests.worlds import a_province, an_open_period, settle
from units.permissions import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def twice():
    return marked_twice(an_open_period(a_province(departments=1)))


def give_all(twice, number: int) -> None:
    """So many rows that the unit assesses are marked: the first of them with nought where the first
    mark is more, the others as the unit says, as the first mark does."""
    marks = SecondMark.objects.filter(state=MarkState.WAITING, score__self_points__isnull=False)
    codes = marks.order_by("-score__verified_points", "pk").values_list("score__criterion__code")
    for at, (code,) in enumerate(list(codes[:number])):
        mark = twice.take_this(code)
        far = at == 0 and not SecondMark.objects.given().exists()
        twice.give(mark, **({"points": Decimal(0), "reason": REASON} if far else {"accept": True}))


def page(twice) -> str:
    return reverse("scoring:agreement", args=[twice.work.year.period.pk])


def test_agreement_and_drift_are_told_by_verifier_and_area(client, twice):
    give_all(twice, FEWEST)
    client.force_login(twice.organiser)

    found = watched(twice.work.year.period)
    text = client.get(page(twice)).content.decode()

    assert (found.whole.number, found.whole.same, found.whole.within) == (5, 4, 4)
    assert [(who, row.number) for who, row in found.verifiers] == [(twice.work.verifier, 5)]
    assert sum(row.number for _, row in found.areas) == 5
    (who, weeks) = found.drift[0]
    own = [row for row in twice.work.dossier.scores.all() if row.self_points is not None]
    assert (who, weeks[0].number, weeks[0].mean_gap) == (twice.work.verifier, len(own), 0)
    assert "80,0\N{NO-BREAK SPACE}%" in text
    assert "tuần đầu đủ số dòng" in text


def test_of_few_pairs_the_page_says_so_and_gives_no_percentage(client, twice):
    give_all(twice, 2)
    client.force_login(twice.organiser)

    text = client.get(page(twice)).content.decode()

    assert "quá ít để kết luận" in text
    assert "1/2" in text


def test_a_mark_that_was_given_up_is_counted_and_no_agreement(client, twice):
    mark = twice.mark("1.1.1")
    second_marks.waive(mark, by=twice.organiser, reason="Thiếu người", seen_version=mark.version)
    give_all(twice, 1)
    client.force_login(twice.organiser)

    assert watched(twice.work.year.period).waived == 1
    assert "1 dòng đã rút nhưng không chấm lần hai" in client.get(page(twice)).content.decode()
    assert twice.mark("1.1.1").state == MarkState.WAIVED


def test_drift_is_found_less_said_in_percent_of_the_maximum():
    twice = marked_twice(an_open_period(a_province(departments=1)), drawn=False)
    settle(twice.work, "1.1.1", points=Decimal("2.5"), reason="Thiếu báo cáo.")

    ((_, (week,)),) = watched(twice.work.year.period).drift

    assert week.mean_gap == Fraction(-50, week.number)


def test_who_does_not_oversee_does_not_compare_people_and_who_marks_waits(client, twice):
    client.force_login(twice.second)
    assert client.get(page(twice)).status_code == 403
    leader = twice.work.year.province.a_person(Role.LEADER, twice.work.year.province.police)
    client.force_login(leader)
    assert client.get(page(twice)).status_code == 200
    client.force_login(twice.organiser)
    twice.take(by=twice.organiser)
    assert client.get(page(twice)).status_code == 403


def test_the_page_costs_the_same_for_one_pair_and_for_many(client, twice, assert_flat_queries):
    give_all(twice, 1)
    client.force_login(twice.organiser)

    assert_flat_queries(lambda: client.get(page(twice)), grow=lambda: give_all(twice, 4))
