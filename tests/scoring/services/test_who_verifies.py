"""Who verifies what: owners of criteria, assignments, and honest verifiers."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from scoring import access, parties
from scoring.models import Assignment, Criterion, Dossier, Ownership, Score
from scoring.rules.workflow import ASSIGN, OWN
from scoring.services import assignments, dossiers, ownership, periods
from tests.races import at_once
from tests.worlds import (
    LONG_AGO,
    a_draft_dossier,
    a_province,
    a_settled_dossier,
    a_submitted_dossier,
    an_open_period,
    dates_around,
    settle,
)
from units.models import User
from units.permissions import Role
from units.services import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def work():
    return a_submitted_dossier(an_open_period(a_province(departments=3)))


def node(work, code: str = "1.1") -> Criterion:
    return Criterion.objects.get(criteria_set__block=work.dossier.block_id, code=code)


def own(work, unit, *, code: str = "1.1", by=None, seen=None):
    seen = ownership.last_change(work.year.period) if seen is None else seen
    owners = {node(work, code).pk: unit and unit.pk}
    return ownership.put_owners(work.year.period, owners, by=by or work.year.organiser, seen=seen)


def an_owner(work, *, code: str = "1.1") -> User:
    """The criterion belongs to the second department; somebody who verifies there."""
    unit = work.year.province.departments[1]
    officer = work.year.province.a_person(Role.VERIFIER, unit)
    own(work, unit, code=code)
    return officer


def give(work, officer, *, code: str | None = None, whole: bool = True, by=None, **columns):
    return assignments.assign(
        work.year.block,
        officer=officer,
        desk=columns.pop("desk", work.year.province.police.pk),
        dossiers=[work.dossier.pk] if whole else [],
        node=node(work, code).pk if code else None,
        by=by or work.year.organiser,
        **columns,
    )


def who_was_there(work, *, first: int, last: int) -> User:
    """A verifier of the assessor who was of the unit from so many days ago until so many ago."""
    province, today = work.year.province, timezone.localdate()
    user = province.a_person(Role.EDITOR, work.dossier.unit, first_on=today - timedelta(days=first))
    people.dismiss(
        user.memberships.get(),
        from_day=today - timedelta(days=last),
        by=province.administrator,
    )
    people.appoint(
        user, unit=province.police, role=Role.VERIFIER, first_on=LONG_AGO, by=province.administrator
    )
    return User.objects.get(pk=user.pk)


def test_the_owner_of_a_criterion_verifies_it_in_every_unit_and_nothing_else(work):
    officer = an_owner(work)

    assert settle(work, "1.1.1", by=officer).verified_points == 5

    with pytest.raises(PermissionDenied, match="đồng chí không thẩm định ở đó"):
        settle(work, "1.2.1", by=officer)
    for act in (dossiers.verify, lambda *a, **k: dossiers.send_back(*a, comment="Sửa", **k)):
        with pytest.raises(PermissionDenied):
            act(work.dossier, by=officer)
    assert Dossier.objects.visible_to(officer).filter(pk=work.dossier.pk).exists()
    drafts = Dossier.objects.exclude(pk=work.dossier.pk).exclude(
        unit=work.year.province.departments[1]
    )
    assert not Dossier.objects.visible_to(officer).filter(pk__in=drafts).exists()


# ── one refusal for each part of the question ────────────────────────────────────────────────


def test_the_wrong_person_of_the_right_desk_does_not_verify_what_is_assigned(work):
    other = work.year.province.a_person(Role.VERIFIER, work.year.province.police)
    give(work, other, code="1.1")

    with pytest.raises(PermissionDenied, match=f"đã phân công cho {other} thẩm định"):
        settle(work, "1.1.1")
    assert settle(work, "1.1.1", by=other).settled
    assert settle(work, "1.2.1").settled


def test_an_assigned_dossier_is_returned_and_ended_by_nobody_else():
    work = a_settled_dossier()
    other = work.year.province.a_person(Role.VERIFIER, work.year.province.police)
    give(work, other)
    today = timezone.localdate()

    assert access.open_moves(work.verifier, work.now(), today=today) == []
    with pytest.raises(PermissionDenied, match="Hồ sơ này đã phân công"):
        dossiers.send_back(work.dossier, by=work.verifier, comment="Sửa")
    with pytest.raises(PermissionDenied, match="Hồ sơ này đã phân công"):
        dossiers.verify(work.dossier, by=work.verifier)
    assert dossiers.verify(work.dossier, by=other).verified_by == other


def test_the_wrong_unit_is_ones_own_and_that_of_the_year_that_is_assessed(work):
    left_this_year = who_was_there(work, first=400, last=100)
    left_before = who_was_there(work, first=900, last=500)

    with pytest.raises(PermissionDenied, match="đã công tác tại đơn vị này"):
        settle(work, "1.1.1", by=left_this_year)
    listed = Dossier.objects.verified_by_desk_of(left_this_year)
    assert not listed.filter(pk=work.dossier.pk).exists()
    assert not parties.judged_by(left_this_year, [work.now()], period=work.year.period)
    assert settle(work, "1.1.1", by=left_before).settled


def test_what_an_owner_says_of_itself_is_verified_by_the_assessor(work):
    insider = work.year.province.a_person(Role.VERIFIER, work.dossier.unit)
    own(work, work.dossier.unit)

    with pytest.raises(PermissionDenied):
        settle(work, "1.1.1", by=insider)
    assert not work.dossier.scores.judged_by(insider).exists()
    listed = work.dossier.scores.judged_by(work.verifier)
    assert listed.filter(criterion__code="1.1.1").exists()
    assert settle(work, "1.1.1").settled


def test_the_wrong_criterion_is_one_that_another_unit_owns(work):
    an_owner(work)

    with pytest.raises(PermissionDenied, match="Phòng Nghiệp vụ 2 thẩm định"):
        settle(work, "1.1.1")


def test_the_wrong_state_is_a_dossier_that_is_not_at_the_desk():
    work = a_draft_dossier(an_open_period(a_province(departments=3)))
    officer = an_owner(work)

    with pytest.raises(MoveRefused, match="nên không ghi được kết quả thẩm định"):
        access.require_verify(officer, work.dossier, work.score("1.1.1"))


def test_the_wrong_period_is_one_that_is_decided(work):
    officer = an_owner(work)
    paper = work.now()
    paper.period.state = "locked"

    with pytest.raises(MoveRefused, match="Kỳ đánh giá đang ở trạng thái"):
        access.require_verify(officer, paper, work.score("1.1.1"))


def test_the_list_of_what_one_verifies_says_the_same_as_the_question_about_one_row(work):
    province = work.year.province
    second = province.a_person(Role.VERIFIER, province.police)
    everybody = [
        an_owner(work),
        work.verifier,
        second,
        who_was_there(work, first=400, last=100),
        work.head,
        province.a_person(Role.LEADER, province.police),
    ]
    give(work, second, code="2")
    give(work, work.verifier, code="2.1", whole=False)
    rows = Score.objects.filter(dossier=work.dossier).select_related("criterion__parent")

    def asked(user, row) -> bool:
        try:
            access.require_judge(user, work.dossier, row)
        except PermissionDenied:
            return False
        return True

    for user in everybody:
        listed = set(rows.judged_by(user).values_list("pk", flat=True))
        assert listed == {row.pk for row in rows if asked(user, row)}, user
    given = rows.given_to(second).values_list("criterion__code", flat=True)
    assert given
    assert all(code.startswith("2.") for code in given)


# ── owners ───────────────────────────────────────────────────────────────────────────────────


def test_a_criterion_changes_hands_only_before_its_first_verdict_and_the_log_tells(work):
    an_owner(work)
    event = work.year.period.events.get(verb=OWN)
    assert event.words == "Giao tiêu chí"
    assert event.comment.endswith(": Công an tỉnh Thử Nghiệm chuyển cho Phòng Nghiệp vụ 2")

    own(work, None)
    assert not Ownership.objects.exists()
    settle(work, "1.1.1")
    with pytest.raises(MoveRefused, match="đã có dòng thẩm định"):
        own(work, work.year.province.departments[1])
    with pytest.raises(MoveRefused, match="có cán bộ thẩm định"):
        own(work, work.year.province.departments[2], code="1.2")
    with pytest.raises(MoveRefused, match="không thuộc bộ tiêu chí"):
        own(work, None, code="1")
    with pytest.raises(ChangedMeanwhile):
        own(work, work.year.province.departments[1], code="1.2", seen=0)
    with pytest.raises(PermissionDenied):
        own(work, work.year.province.departments[1], code="1.2", by=work.verifier)


def test_assignments_at_the_old_owners_desk_end_with_it(work):
    officer = an_owner(work)
    give(work, officer, code="1.1", desk=work.year.province.departments[1].pk)

    own(work, None)

    assert not Assignment.objects.exists()


def test_a_period_after_an_earlier_one_takes_its_owners_along(work):
    an_owner(work)
    today = timezone.localdate()

    later = periods.copy(
        work.year.period,
        by=work.year.organiser,
        year=today.year + 1,
        title="Kỳ sau",
        **dates_around(today),
    )

    found = Ownership.objects.get(criterion__criteria_set__block__period=later)
    assert (found.criterion.code, found.unit) == ("1.1", work.year.province.departments[1])


# ── assignments ──────────────────────────────────────────────────────────────────────────────


def test_work_is_passed_on_and_taken_away_and_the_log_keeps_who_had_it(work):
    second = work.year.province.a_person(Role.VERIFIER, work.year.province.police)
    due_on = timezone.localdate() + timedelta(days=3)
    (given,) = give(work, work.verifier, due_on=due_on)

    period, organiser = work.year.period, work.year.organiser

    assignments.hand_over(period, {given.pk: work.verifier.pk}, to=second, by=organiser)
    for act in (
        lambda seen: assignments.hand_over(period, seen, to=second, by=organiser),
        lambda seen: assignments.take_away(period, seen, by=organiser),
    ):
        with pytest.raises(ChangedMeanwhile, match=f"vừa được chuyển cho {second}"):
            act({given.pk: work.verifier.pk})
    with pytest.raises(PermissionDenied):
        settle(work, "1.1.1")
    assert settle(work, "1.1.1", by=second).settled

    assignments.take_away(period, {given.pk: second.pk}, by=organiser)
    with pytest.raises(ChangedMeanwhile, match="vừa được bỏ"):
        assignments.take_away(period, {given.pk: second.pk}, by=organiser)
    assert settle(work, "1.2.1").settled
    comments = work.year.period.events.filter(verb=ASSIGN).values_list("comment", flat=True)
    name = work.dossier.unit.name
    assert list(comments) == [
        f"{name}: thôi giao {second}",
        f"{name}: {work.verifier} chuyển cho {second}",
        f"{work.verifier}: {name}, hạn {due_on:%d/%m/%Y}",
    ]


def test_what_makes_no_sense_is_not_assigned(work):
    province, today = work.year.province, timezone.localdate()
    specialist = an_owner(work)
    refusals = {
        "chọn đơn vị hoặc tiêu chí": {"officer": work.verifier, "whole": False},
        "không phải là cán bộ thẩm định": {"officer": work.editor},
        "không phụ trách tiêu chí này": {
            "officer": specialist,
            "code": "1.2",
            "desk": province.departments[1].pk,
        },
        "Hạn của phần việc": {"officer": work.verifier, "due_on": today - timedelta(days=1)},
        "đã công tác tại đơn vị này": {"officer": who_was_there(work, first=400, last=100)},
    }
    for sentence, columns in refusals.items():
        with pytest.raises(MoveRefused, match=sentence):
            give(work, **columns)
    with pytest.raises(PermissionDenied):
        give(work, work.verifier, by=work.verifier)
    give(work, work.verifier)
    with pytest.raises(MoveRefused, match=f"đã phân công cho {work.verifier}"):
        give(work, work.verifier)
    assert Assignment.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_organisers_pass_the_same_work_on_one_is_told():
    work = a_submitted_dossier()
    province = work.year.province
    first, second = (province.a_person(Role.VERIFIER, province.police) for _ in range(2))
    (given,) = give(work, work.verifier)

    def to(officer):
        return lambda: assignments.hand_over(
            work.year.period, {given.pk: work.verifier.pk}, to=officer, by=work.year.organiser
        )

    (refusal,) = at_once(to(first), to(second))

    assert "vừa được chuyển" in refusal
