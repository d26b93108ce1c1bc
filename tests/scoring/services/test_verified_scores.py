"""The assessor settles a component: accepts, answers, gives points, excuses; with a reason."""

from decimal import Decimal
from fractions import Fraction

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from scoring.models import ScoreChange
from scoring.services import dossiers, scores
from tests.worlds import (
    a_draft_dossier,
    a_filled_dossier,
    a_submitted_dossier,
    a_verified_dossier,
    an_answer,
    fill,
    hand_in,
    settle,
)
from units.models import User
from units.permissions import Role
from units.services import people

pytestmark = pytest.mark.django_db


def test_accepting_takes_over_what_the_unit_said():
    work = a_submitted_dossier()

    settled = settle(work, "1.2.1")

    assert settled.verified_points == settled.self_points == Fraction(460, 47)
    assert settled.verified_answer == settled.self_answer
    assert settled.verified_reason == ""
    assert settled.settled


def test_an_answer_that_differs_gives_the_points_of_the_rule_with_the_reason():
    work = a_submitted_dossier()
    answer = an_answer(work.score("1.2.1"), {"numerator": "46", "denominator": "50"})

    settled = settle(work, "1.2.1", answer=answer, reason=" Mẫu số chưa tính đủ ")

    assert settled.verified_points == Fraction(46, 5)
    assert settled.verified_reason == "Mẫu số chưa tính đủ"
    changed = ScoreChange.objects.filter(score=settled, changed_by=work.verifier)
    assert {line.column for line in changed} == {
        "verified_answer",
        "verified_points",
        "verified_reason",
    }


def test_points_that_differ_need_a_reason():
    work = a_submitted_dossier()

    with pytest.raises(MoveRefused, match="ghi lý do"):
        settle(work, "1.1.1", points=Decimal("2.5"))
    settled = settle(work, "1.1.1", points=Decimal("2.5"), reason="Ban hành chưa đúng thẩm quyền")

    assert settled.verified_points == Fraction(5, 2)
    assert settled.verified_answer is None


def test_a_reason_of_blanks_is_none():
    work = a_submitted_dossier()

    with pytest.raises(MoveRefused, match="ghi lý do"):
        settle(work, "1.1.1", points=Decimal(0), reason=" \n ")


def test_the_same_points_need_no_reason():
    work = a_submitted_dossier()

    assert settle(work, "1.1.1", points=Decimal(5)).settled


@pytest.mark.parametrize("points", [Decimal("-0.5"), Decimal("5.01")])
def test_points_lie_between_nought_and_the_maximum(points):
    work = a_submitted_dossier()

    with pytest.raises(MoveRefused, match="từ 0 đến 5,00"):
        settle(work, "1.1.1", points=points, reason="thử")


def test_what_the_unit_does_not_assess_needs_its_source_as_the_reason():
    work = a_submitted_dossier()
    answer = an_answer(work.score("3.1.1"))

    with pytest.raises(MoveRefused, match="nguồn số liệu"):
        settle(work, "3.1.1", answer=answer)
    settled = settle(work, "3.1.1", answer=answer, reason="Kết quả khảo sát tháng 9")

    assert settled.verified_points == Fraction(10 * 2518, 2756)


def test_what_the_unit_has_not_said_cannot_be_accepted():
    work = a_submitted_dossier()

    with pytest.raises(MoveRefused, match="chưa tự chấm"):
        settle(work, "3.1.1")


def test_a_survey_nobody_answered_is_not_applicable():
    work = a_submitted_dossier()
    answer = an_answer(work.score("3.1.1"), {"satisfied": "0", "rated": "0"})

    settled = settle(work, "3.1.1", answer=answer, reason="Không phát sinh giao dịch")

    assert settled.not_applicable
    assert settled.verified_points is None


def test_a_proposal_of_not_applicable_is_confirmed_without_a_reason():
    work = a_filled_dossier()
    fill(work, "2.1.1", {"numerator": "0", "denominator": "0"})
    hand_in(work)

    assert settle(work, "2.1.1", not_applicable=True).not_applicable


def test_a_proposal_of_not_applicable_is_refused_by_giving_points_with_a_reason():
    work = a_filled_dossier()
    fill(work, "2.1.1", not_applicable=True)
    hand_in(work)

    with pytest.raises(MoveRefused, match="ghi lý do"):
        settle(work, "2.1.1", points=Decimal(3))
    settled = settle(work, "2.1.1", points=Decimal(3), reason="Đơn vị có giải quyết hồ sơ")

    assert settled.verified_points == 3


def test_what_applies_to_every_unit_is_not_excused():
    work = a_submitted_dossier()

    with pytest.raises(MoveRefused, match="áp dụng với mọi đơn vị"):
        settle(work, "1.1.1", not_applicable=True, reason="thử")


def test_a_verdict_of_nothing_is_refused():
    work = a_submitted_dossier()

    with pytest.raises(MoveRefused, match="Chưa có kết quả"):
        settle(work, "1.1.1", reason="không ghi gì")


def test_a_verdict_is_taken_back_and_the_log_keeps_it():
    work = a_submitted_dossier()
    settled = settle(work, "1.1.1", points=Decimal(1), reason="Nhầm dòng")

    back = scores.take_back(settled, by=work.verifier, seen_version=settled.version)

    assert not back.settled
    assert back.verified_reason == ""
    assert ScoreChange.objects.filter(column="verified_reason", before="Nhầm dòng").exists()


def test_a_verdict_is_not_written_over_another_that_was_not_seen():
    work = a_submitted_dossier()
    settle(work, "1.1.1", seen_version=2)

    with pytest.raises(ChangedMeanwhile):
        settle(work, "1.1.1", points=Decimal(1), reason="khác", seen_version=2)
    with pytest.raises(ChangedMeanwhile):
        scores.take_back(work.score("1.1.1"), by=work.verifier, seen_version=2)

    assert work.score("1.1.1").verified_points == 5


@pytest.mark.parametrize("build", [a_draft_dossier, a_verified_dossier])
def test_verdicts_are_written_only_while_the_dossier_lies_at_the_desk(build):
    work = build()

    with pytest.raises(MoveRefused, match="nên không ghi được kết quả thẩm định"):
        settle(work, "1.1.1", points=Decimal(1), reason="thử")
    with pytest.raises(MoveRefused):
        scores.take_back(work.score("1.1.1"), by=work.verifier, seen_version=1)


def test_nobody_verifies_the_unit_that_is_their_own():
    work = a_submitted_dossier()
    province = work.year.province
    for role in (Role.STAFF, Role.EDITOR, Role.HEAD):
        insider = province.a_person(role, work.dossier.unit)
        people.appoint(
            insider,
            unit=province.police,
            role=Role.VERIFIER,
            first_on=work.dossier.period.data_from,
            by=province.administrator,
        )

        with pytest.raises(PermissionDenied, match="thuộc đơn vị này"):
            settle(work, "1.1.1", by=insider, accept=True)


def test_nobody_verifies_a_dossier_they_submitted_even_before_a_return():
    work = a_submitted_dossier()
    dossiers.send_back(work.dossier, by=work.verifier, comment="Bổ sung")
    first_head, work.head = work.head, work.year.province.a_person(Role.HEAD, work.dossier.unit)
    hand_in(work)
    administrator, today = work.year.province.administrator, timezone.localdate()

    people.dismiss(first_head.memberships.get(), from_day=today, by=administrator)
    people.appoint(
        first_head,
        unit=work.year.province.police,
        role=Role.VERIFIER,
        first_on=today,
        by=administrator,
    )

    with pytest.raises(PermissionDenied, match="đã trình nộp"):
        settle(work, "1.1.1", by=User.objects.get(pk=first_head.pk), accept=True)


@pytest.mark.parametrize("role", [Role.STAFF, Role.EDITOR, Role.HEAD, Role.LEADER])
def test_only_verifiers_and_organisers_of_the_assessor_verify(role):
    work = a_submitted_dossier()
    other = work.year.province.a_person(role, work.year.province.police)

    with pytest.raises(PermissionDenied):
        settle(work, "1.1.1", by=other, accept=True)


def test_a_verifier_of_another_unit_does_not_verify():
    work = a_submitted_dossier()
    elsewhere = work.year.province.a_person(Role.VERIFIER, work.year.province.departments[1])

    with pytest.raises(PermissionDenied):
        settle(work, "1.1.1", by=elsewhere, accept=True)
