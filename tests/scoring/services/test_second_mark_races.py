"""Two people at one second mark at the same moment, each on a connection of their own."""

from decimal import Decimal

import pytest

from scoring.models import SecondMark
from scoring.rules.second_mark import Choice, MarkState
from scoring.rules.workflow import DossierState, PeriodState
from scoring.services import dossiers, periods, scores, second_draws, second_marks
from tests.races import at_once
from tests.scoring.twice import REASON, a_verifier, marked_twice
from tests.worlds import a_province, an_open_period, settle

pytestmark = pytest.mark.django_db(transaction=True)


def alone(**columns):
    return marked_twice(an_open_period(a_province(departments=1)), **columns)


def test_two_second_verifiers_never_get_the_same_row_and_one_person_never_two():
    twice = alone()

    refusals = at_once(
        lambda: second_marks.take(by=twice.second),
        lambda: second_marks.take(by=twice.third),
        lambda: second_marks.take(by=twice.second),
    )

    taken = SecondMark.objects.filter(state=MarkState.TAKEN)
    assert refusals == []
    assert sorted(taken.values_list("second_by", flat=True)) == sorted(
        [twice.second.pk, twice.third.pk]
    )


def test_two_who_want_the_last_row_are_not_both_given_it():
    twice = alone()
    twice.only("1.1.1")

    (refusal,) = at_once(
        lambda: second_marks.take(by=twice.second), lambda: second_marks.take(by=twice.third)
    )

    assert "Không còn dòng nào" in refusal


def test_a_second_mark_is_held_against_the_first_as_it_stands_when_it_is_given():
    twice = alone()
    twice.only("1.1.1")
    taken = twice.take()

    at_once(
        lambda: twice.give(taken, points=Decimal(4), reason=REASON),
        lambda: settle(twice.work, "1.1.1", points=Decimal(4), reason="Thiếu báo cáo."),
    )

    mark, score = twice.mark("1.1.1"), twice.work.score("1.1.1")
    assert mark.first_points == score.verified_points, "what was compared is what stands"
    assert mark.state == (MarkState.AGREED if score.verified_points == 4 else MarkState.DISPUTED)


def test_a_first_verdict_taken_back_while_the_second_is_given_leaves_no_mark_without_a_first():
    twice = alone()
    twice.only("1.1.1")
    taken, score = twice.take(), twice.work.score("1.1.1")

    (refusal,) = at_once(
        lambda: twice.give(taken),
        lambda: scores.take_back(score, by=twice.work.verifier, seen_version=score.version),
    )

    given = twice.mark("1.1.1").state == MarkState.AGREED
    assert given == twice.work.score("1.1.1").settled
    assert ("đã chấm lần hai" in refusal) == given


def test_of_two_third_people_one_decides_and_the_other_is_told():
    twice = alone()
    mark = twice.dispute("1.1.1")
    fourth = a_verifier(twice.work)

    (refusal,) = at_once(
        lambda: twice.decide(mark, Choice.FIRST),
        lambda: twice.decide(mark, Choice.SECOND, by=fourth),
    )

    assert "“đã quyết định”" in refusal
    assert twice.mark("1.1.1").decided == twice.work.score("1.1.1").found


def test_a_draw_against_the_end_of_a_verification_draws_once_and_leaves_nothing_behind():
    twice = alone(drawn=False)
    work = twice.work

    at_once(
        lambda: second_draws.draw(work.year.period, by=twice.organiser),
        lambda: dossiers.verify(work.dossier, by=work.verifier),
    )

    assert work.now().state == DossierState.SUBMITTED
    assessed = work.dossier.scores.filter(criterion__source="self")
    assert SecondMark.objects.count() == assessed.count()


def test_a_lock_against_a_draw_never_locks_over_an_open_mark():
    twice = alone(share=0)
    work = twice.work
    work.dossier = dossiers.verify(work.dossier, by=work.verifier)
    period = work.year.period
    SecondMark.objects.create(
        marking=twice.marking, score=work.score("1.1.1"), maximum=5, cause="outlier"
    )
    taken = twice.take()

    refusals = at_once(lambda: periods.lock(period, by=twice.organiser), lambda: twice.give(taken))

    period.refresh_from_db()
    mark = twice.mark("1.1.1")
    assert mark.state == MarkState.AGREED
    assert (period.state == PeriodState.LOCKED) == (refusals == [])
