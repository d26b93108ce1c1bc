"""Second marks: blind, fitting or not, decided by a third person; what waits for them."""

from decimal import Decimal
from fractions import Fraction

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from scoring.models import ScoreChange, SecondMark, SecondMarking
from scoring.rules.second_mark import Choice, MarkState, commitment
from scoring.rules.workflow import DossierState
from scoring.services import dossiers, periods, scores, second_draws, second_marks
from tests.scoring.twice import REASON, a_verifier, marked_twice
from tests.worlds import (
    LONG_AGO,
    a_province,
    an_open_period,
    dates_around,
    fill,
    hand_in,
    settle,
)
from units.permissions import Role
from units.services import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def twice():
    return marked_twice(an_open_period(a_province(departments=1)))


# ── the draw ─────────────────────────────────────────────────────────────────────────────────


def test_the_share_and_the_tolerance_are_set_by_the_organiser_until_the_first_draw():
    twice = marked_twice(share=0, drawn=False)
    period, marking = twice.work.year.period, twice.marking
    again = {"share": Decimal(100), "tolerance": Decimal("2.5")}

    with pytest.raises(PermissionDenied):
        second_draws.arrange(period, by=twice.second, seen=1, **again)
    with pytest.raises(ChangedMeanwhile):
        second_draws.arrange(period, by=twice.organiser, seen=0, **again)
    changed = second_draws.arrange(period, by=twice.organiser, seen=1, **again)
    assert (changed.seed, changed.tolerance) == (marking.seed, Decimal("2.5"))
    assert period.events.latest("pk").comment == (
        f"rút thăm 100 %, ngưỡng 2,5 % điểm tối đa, mã kiểm tra {commitment(marking.seed)}"
    )
    assert twice.draw() == twice.work.dossier.scores.filter(criterion__source="self").count()
    assert twice.draw() == 0, "a verdict is drawn once"
    with pytest.raises(MoveRefused, match="không sửa được nữa"):
        second_draws.arrange(period, by=twice.organiser, seen=2, **again)
    for columns in ({"share": 1}, {"seed": "0" * 32}):
        with pytest.raises(IntegrityError), transaction.atomic():
            SecondMarking.objects.update(**columns)


def test_the_seed_is_not_exchanged_even_before_the_first_draw():
    twice = marked_twice(drawn=False)

    with pytest.raises(IntegrityError), transaction.atomic():
        SecondMarking.objects.update(seed="0" * 32)
    with pytest.raises(PermissionDenied):
        second_draws.draw(twice.work.year.period, by=twice.second)


def test_a_period_after_another_marks_as_much_twice_from_a_seed_of_its_own():
    twice = marked_twice(share=7, tolerance=3, drawn=False)
    period = twice.work.year.period
    dates = {name: getattr(period, name) for name in dates_around(timezone.localdate())}

    new = periods.copy(period, by=twice.organiser, year=period.year, title="Kỳ sau", **dates)

    copied = SecondMarking.objects.get(period=new)
    assert (copied.share, copied.tolerance) == (7, 3)
    assert copied.seed != twice.marking.seed


def test_a_verification_does_not_end_before_its_draw_and_its_second_marks():
    twice = marked_twice(an_open_period(a_province(departments=1)), drawn=False)
    work = twice.work

    assert dossiers.verify(work.dossier, by=work.verifier).state == DossierState.SUBMITTED
    with pytest.raises(MoveRefused, match=r"Còn \d+ dòng .* chưa chấm lần hai xong"):
        dossiers.verify(work.dossier, by=work.verifier)
    twice.only("1.1.1")
    twice.give(twice.take())
    assert dossiers.verify(work.dossier, by=work.verifier).state == DossierState.VERIFIED


# ── taking ───────────────────────────────────────────────────────────────────────────────────


def test_nobody_marks_twice_what_they_verified_and_nobody_chooses(twice):
    with pytest.raises(MoveRefused, match="Không còn dòng nào"):
        second_marks.take(by=twice.work.verifier)
    with pytest.raises(MoveRefused):
        second_marks.take(by=twice.work.head)

    taken = twice.take()

    assert twice.take() == taken, "one at a time"
    assert twice.take(by=twice.third) != taken
    own = second_marks.release(taken, by=twice.second, seen_version=taken.version)
    assert (own.state, own.second_by) == (MarkState.WAITING, None)
    kept = twice.take()
    with pytest.raises(PermissionDenied):
        second_marks.release(kept, by=twice.third, seen_version=kept.version)
    second_marks.release(kept, by=twice.organiser, seen_version=kept.version)


def test_who_has_been_of_the_unit_or_handed_it_in_gets_no_mark_of_it(twice):
    province = twice.work.year.province
    both = province.a_person(Role.EDITOR, twice.work.dossier.unit)
    people.appoint(
        both,
        unit=province.police,
        role=Role.VERIFIER,
        first_on=LONG_AGO,
        by=province.administrator,
    )

    with pytest.raises(MoveRefused, match="Không còn dòng nào"):
        second_marks.take(by=both)


def test_a_mark_whose_first_verdict_was_taken_back_is_not_offered_and_not_given(twice):
    twice.only("1.1.1")
    taken, score = twice.take(), twice.work.score("1.1.1")

    scores.take_back(score, by=twice.work.verifier, seen_version=score.version)

    with pytest.raises(MoveRefused, match="vừa được lấy lại"):
        twice.give(taken)
    second_marks.release(taken, by=twice.second, seen_version=taken.version)
    with pytest.raises(MoveRefused, match="Không còn dòng nào"):
        twice.take()
    settle(twice.work, "1.1.1", by=twice.third)
    given = twice.give(twice.take())
    assert (given.state, given.first_by) == (MarkState.AGREED, twice.third)


# ── giving ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("points", "state"), [("4.5", MarkState.AGREED), ("4.4999", MarkState.DISPUTED)]
)
def test_the_tolerance_is_a_share_of_the_maximum_and_exact(twice, points, state):
    mark = twice.only("1.1.1")
    assert (mark.maximum, mark.score.verified_points) == (5, 5)

    given = twice.give(twice.take(), points=Decimal(points), reason=REASON)

    assert given.state == state
    assert (given.first_points, given.first_by) == (Fraction(5), twice.work.verifier)
    assert twice.work.score("1.1.1").verified_points == 5
    event = twice.work.dossier.events.latest("pk")
    assert (event.by, event.words, event.comment[:7]) == (twice.second, "Chấm lần hai", "1.1.1: ")


def test_a_second_mark_needs_a_reason_where_a_first_one_would(twice):
    twice.only("1.1.1")
    taken = twice.take()

    with pytest.raises(MoveRefused, match="lý do khi kết quả thẩm định khác"):
        twice.give(taken, points=Decimal(1))
    with pytest.raises(PermissionDenied, match="người khác nhận"):
        twice.give(taken, by=twice.third)
    with pytest.raises(PermissionDenied, match="đã thẩm định dòng này"):
        twice.give(taken, by=twice.work.verifier)


def test_while_it_is_open_the_first_verifier_alone_may_still_change_the_verdict(twice):
    twice.only("1.1.1")

    with pytest.raises(MoveRefused, match="đang chấm lần hai"):
        settle(twice.work, "1.1.1", by=twice.third)
    settle(twice.work, "1.1.1", points=Decimal(4), reason="Thiếu báo cáo quý.")
    twice.give(twice.take(), points=Decimal(4), reason=REASON)

    assert twice.mark("1.1.1").state == MarkState.AGREED
    with pytest.raises(MoveRefused, match="đã chấm lần hai"):
        settle(twice.work, "1.1.1")
    score = twice.work.score("1.1.1")
    with pytest.raises(MoveRefused, match="đã chấm lần hai"):
        scores.take_back(score, by=twice.work.verifier, seen_version=score.version)


def test_a_second_mark_falls_with_the_answer_it_was_about_and_the_next_verdict_is_drawn():
    twice = marked_twice(an_open_period(a_province(departments=1)))
    work = twice.work
    twice.only("1.1.1")
    twice.give(twice.take())
    dossiers.send_back(work.dossier, by=work.verifier, comment="Sửa")
    work.dossier = work.now()

    fill(work, "1.1.1", {"yes": False})

    assert SecondMark.objects.get(score=work.score("1.1.1")).state == MarkState.FALLEN
    hand_in(work)
    settle(work, "1.1.1")
    assert twice.draw() == 1
    assert twice.mark("1.1.1").state == MarkState.WAITING


# ── deciding ─────────────────────────────────────────────────────────────────────────────────


def test_a_third_person_decides_and_what_they_decide_is_the_verdict(twice):
    mark = twice.dispute("1.1.1")
    lines = ScoreChange.objects.count()

    for person in (twice.second, twice.work.verifier):
        with pytest.raises(PermissionDenied):
            twice.decide(mark, Choice.SECOND, by=person)
    with pytest.raises(MoveRefused, match="lý do"):
        twice.decide(mark, Choice.SECOND, reason="  ")
    twice.decide(mark, Choice.SECOND)

    score = twice.work.score("1.1.1")
    assert (score.verified_points, score.verified_reason) == (0, "Đã xem cả hai.")
    assert score.updated_by == twice.third
    assert ScoreChange.objects.count() == lines + 3, "answer, points and reason are told"
    assert twice.mark("1.1.1").decided.points == 0
    with pytest.raises(MoveRefused, match="“đã quyết định”"):
        twice.decide(twice.mark("1.1.1"), Choice.FIRST, by=a_verifier(twice.work))


def test_the_first_figure_may_stand_and_another_may_be_taken(twice):
    mark = twice.dispute("1.1.1")
    version = mark.score.version

    with pytest.raises(MoveRefused, match="từ 0 đến 5,00"):
        twice.decide(mark, Choice.OTHER, points=Decimal(6))
    twice.decide(mark, Choice.OTHER, points=Decimal("2.5"))

    assert twice.work.score("1.1.1").verified_points == Fraction(5, 2)
    other = marked_twice(an_open_period(a_province("HT", departments=1)))
    kept = other.dispute("1.1.1")
    other.decide(kept, Choice.FIRST)
    assert other.work.score("1.1.1").version == kept.score.version != version + 1


def test_the_result_that_a_unit_was_told_changes_only_back_on_the_desk():
    twice = marked_twice(an_open_period(a_province(departments=1)), share=0)
    work = twice.work
    work.dossier = dossiers.verify(work.dossier, by=work.verifier)
    SecondMark.objects.create(
        marking=twice.marking, score=work.score("1.1.1"), maximum=5, cause="outlier"
    )
    twice.give(twice.take(), points=Decimal(0), reason=REASON)

    with pytest.raises(MoveRefused, match="đã được báo kết quả"):
        twice.decide(twice.mark("1.1.1"), Choice.SECOND)
    dossiers.reopen(work.dossier, by=twice.organiser, comment="Chấm lần hai khác")
    twice.decide(twice.mark("1.1.1"), Choice.SECOND)
    assert work.score("1.1.1").verified_points == 0


# ── the end of the period ────────────────────────────────────────────────────────────────────


def test_a_period_is_not_locked_over_an_open_second_mark():
    twice = marked_twice(an_open_period(a_province(departments=1)), share=0)
    work = twice.work
    work.dossier = dossiers.verify(work.dossier, by=work.verifier)
    SecondMark.objects.create(
        marking=twice.marking, score=work.score("1.1.1"), maximum=5, cause="outlier"
    )
    period = work.year.period

    with pytest.raises(MoveRefused, match="còn 1 dòng chưa chấm lần hai xong"):
        periods.lock(period, by=twice.organiser)
    with pytest.raises(IntegrityError, match="open second mark"), transaction.atomic():
        type(period).objects.filter(pk=period.pk).update(state="locked")


def test_the_organiser_gives_a_mark_up_with_a_reason_unless_it_is_about_their_own(twice):
    mark = twice.mark("1.1.1")
    give_up = {"reason": "Không còn người thẩm định khác", "seen_version": mark.version}

    with pytest.raises(PermissionDenied):
        second_marks.waive(mark, by=twice.second, **give_up)
    with pytest.raises(MoveRefused, match="lý do"):
        second_marks.waive(mark, by=twice.organiser, **(give_up | {"reason": " "}))
    taken = twice.take(by=twice.organiser)
    with pytest.raises(PermissionDenied, match="đã chấm dòng này"):
        second_marks.waive(taken, by=twice.organiser, reason="Thôi", seen_version=taken.version)
    second_marks.release(taken, by=twice.organiser, seen_version=taken.version)
    mark = twice.mark("1.1.1")
    waived = second_marks.waive(
        mark, by=twice.organiser, reason="Không đủ người", seen_version=mark.version
    )
    assert (waived.state, waived.decided_by) == (MarkState.WAIVED, twice.organiser)
    assert twice.draw() == 0, "what was given up is not drawn again"


def test_the_database_holds_three_people_and_what_was_given(twice):
    mark = twice.dispute("1.1.1")
    one = SecondMark.objects.filter(pk=mark.pk)

    for columns in (
        {"points": Fraction(1)},
        {"first_by": twice.third},
        {"state": MarkState.DECIDED},
        {"state": "nonsense"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            one.update(**columns)
    with pytest.raises(IntegrityError), transaction.atomic():
        one.delete()
    assert a_verifier(twice.work) != twice.third
