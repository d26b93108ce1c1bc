"""Second marks in the year under way: drawn, given by two people who were not shown the first, one
dispute decided by a third, another waiting for them, and rows that still wait to be marked."""

from datetime import date, timedelta
from fractions import Fraction
from random import Random
from typing import Any

from reports.demo.answers import best, worse
from reports.demo.people import Registry
from reports.demo.under_way import OWNER, WITHIN
from reports.demo.year import on
from scoring.models import Period, Score, SecondMark
from scoring.rules.answers import Answer, Rule, parse_answer, parse_rule
from scoring.rules.second_mark import Choice
from scoring.rules.workflow import PeriodState
from scoring.services import second_draws, second_marks
from units.models import Unit, User
from units.permissions import Role

LEFT_WAITING = 2
OTHERWISE = (0, 2, 7)
"""Of the rows in turn, those that the second person of the province sees otherwise."""
STEPS = 60
SEEN_OTHERWISE = "Đối chiếu lại tài liệu kiểm chứng: kết quả khác số liệu đơn vị tự chấm."
SAME_GROUND = "Thẩm định theo tài liệu kiểm chứng."
DECISION = "Tài liệu kiểm chứng đã nêu đủ số liệu; kết quả lần một phù hợp với hướng dẫn chấm."


def build(registry: Registry, province: Unit, staff: dict[str, User], *, today: date) -> None:
    """Three days of work, up to the day before today."""
    period = Period.objects.get(assessor=province, state=PeriodState.OPEN)
    owner = Unit.objects.get(code=OWNER)
    third = registry.person(
        "thamdinh3", province, Role.VERIFIER, post="Tổ thẩm định, Phòng Tham mưu"
    )
    colleague = registry.person(
        "thamdinh2.px01", owner, Role.VERIFIER, post="Cán bộ Phòng Tổ chức cán bộ"
    )
    random = Random(51)
    with on(today - timedelta(days=3), 8):
        second_draws.draw(period, by=staff["organiser"])
    with on(today - timedelta(days=2), 9):
        _mark(staff["verifier"], random, leave=LEFT_WAITING, otherwise=OTHERWISE)
        _mark(colleague, random)  # nobody else verifies there who could decide a dispute
    with on(today - timedelta(days=1), 10):
        _decide_the_first(third)


def _mark(by: User, random: Random, *, leave: int = 0, otherwise: tuple[int, ...] = ()) -> None:
    """The person takes row after row, as the portal hands them out, but for the last ones."""
    for position in range(SecondMark.objects.for_second(by).count() - leave):
        mark = second_marks.take(by=by)
        score = Score.objects.select_related("criterion").get(pk=mark.score_id)
        verdict = _verdict(score, random, otherwise=position in otherwise)
        second_marks.give(mark, by=by, seen_version=mark.version, **verdict)


def _verdict(score: Score, random: Random, *, otherwise: bool) -> dict[str, Any]:
    """As the first person saw it, or otherwise; what both left out of the maximum stays so."""
    if score.verified_answer is None:
        return {"accept": True}
    rule = parse_rule(score.criterion.rule)
    first = parse_answer(rule, score.verified_answer, score.maximum)
    if otherwise:
        return {"answer": _far_from(score, rule, first, random), "reason": SEEN_OTHERWISE}
    return {"answer": first, "reason": SAME_GROUND}


def _far_from(score: Score, rule: Rule, first: Answer, random: Random) -> Answer:
    """An answer so much worse, or better, that the two do not fit."""
    counted = score.verified_points or Fraction(0)
    for start in (first, best(rule, random)):
        answer = start
        for _ in range(STEPS):
            found = rule.points(answer, score.maximum)
            apart = abs(found - counted) if isinstance(found, Fraction) else Fraction(0)
            if apart * 100 > Fraction(score.maximum) * Fraction(WITHIN):
                return answer
            answer = worse(rule, answer, random)
    return first


def _decide_the_first(third: User) -> None:
    for longest in SecondMark.objects.for_third(third)[:1]:
        second_marks.decide(
            longest, by=third, choice=Choice.FIRST, reason=DECISION, seen_version=longest.version
        )
