"""What may not be given, what ends by itself, several at once: no row is left without a judge."""

import pytest
from django.db import IntegrityError, transaction

from cchc_portal.kit.errors import MoveRefused
from scoring.models import Assignment, Ownership, Period, Score
from scoring.services import assignments, ownership
from tests.races import at_once
from tests.scoring.services.test_who_verifies import an_owner, give, node, own, who_was_there
from tests.worlds import (
    a_draft_dossier,
    a_prepared_period,
    a_province,
    a_submitted_dossier,
    an_open_period,
    settle,
)
from units.permissions import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def work():
    return a_submitted_dossier(an_open_period(a_province(departments=3)))


def test_a_party_is_not_given_a_criterion_in_every_unit_for_nobody_could_verify_theirs(work):
    party = who_was_there(work, first=400, last=100)
    (given,) = give(work, work.verifier, code="1.1", whole=False)

    with pytest.raises(MoveRefused, match="Phòng Nghiệp vụ 1 nên không nhận tiêu chí ở mọi đơn vị"):
        give(work, party, code="1.2", whole=False)
    with pytest.raises(MoveRefused, match="không nhận tiêu chí ở mọi đơn vị"):
        assignments.hand_over(
            work.year.period, {given.pk: work.verifier.pk}, to=party, by=work.year.organiser
        )


def test_an_owner_is_given_its_criterion_in_every_unit_though_its_own_is_among_them(work):
    officer = an_owner(work)

    give(work, officer, code="1.1", whole=False, desk=work.year.province.departments[1].pk)

    own_row = Score.objects.get(
        dossier__unit=work.year.province.departments[1], criterion__code="1.1.1"
    )
    listed = Score.objects.judged_by(work.verifier).values_list("pk", flat=True)
    assert own_row.pk in listed
    assert work.score("1.1.1").pk not in listed


def test_what_nothing_is_left_of_ends_with_the_new_owner_and_a_whole_dossier_stays(work):
    whole, part = give(work, work.verifier) + give(work, work.verifier, code="1.1")
    (area,) = give(work, work.verifier, code="1")

    an_owner(work)

    assert set(Assignment.objects.values_list("pk", flat=True)) == {whole.pk, area.pk}
    told = work.year.period.events.first().comment
    assert told == f"{part.words}: thôi giao {work.verifier}"


def test_owners_are_put_into_all_blocks_at_once_and_the_log_tells_from_whom_to_whom(work):
    an_owner(work)
    unit = work.year.province.departments[1]
    keys = {node(work, code).pk: unit.pk for code in ("1.2", "2.1")}
    keys[node(work, "1.1").pk] = None

    ownership.put_owners(
        work.year.period,
        keys,
        by=work.year.organiser,
        seen=ownership.last_change(work.year.period),
    )

    lines = work.year.period.events.filter(verb="own").first().comment.splitlines()
    assert [line.rpartition(": ")[2] for line in lines] == [
        "Phòng Nghiệp vụ 2 chuyển cho Công an tỉnh Thử Nghiệm",
        "Công an tỉnh Thử Nghiệm chuyển cho Phòng Nghiệp vụ 2",
        "Công an tỉnh Thử Nghiệm chuyển cho Phòng Nghiệp vụ 2",
    ]


def test_several_are_passed_on_together_or_none(work):
    party = who_was_there(work, first=400, last=100)
    given = give(work, work.verifier) + assignments.assign(
        work.year.block,
        officer=work.verifier,
        desk=work.year.province.police.pk,
        dossiers=work.year.period.dossiers.exclude(pk=work.dossier.pk).values_list("pk", flat=True),
        node=None,
        by=work.year.organiser,
    )
    seen = {one.pk: work.verifier.pk for one in given}

    with pytest.raises(MoveRefused, match=f"Phòng Nghiệp vụ 1: {party} đã công tác"):
        assignments.hand_over(work.year.period, seen, to=party, by=work.year.organiser)

    assert {one.officer for one in Assignment.objects.all()} == {work.verifier}
    assert len(seen) == 3


def test_what_was_written_stays_when_the_work_is_passed_on(work):
    second = work.year.province.a_person(Role.VERIFIER, work.year.province.police)
    (given,) = give(work, work.verifier)
    settle(work, "1.1.1")

    assignments.hand_over(
        work.year.period, {given.pk: work.verifier.pk}, to=second, by=work.year.organiser
    )

    assert work.score("1.1.1").settled
    assert work.score("1.1.1").updated_by == work.verifier


def test_people_are_given_work_only_in_a_period_that_is_open():
    year = a_prepared_period()
    verifier = year.province.a_person(Role.VERIFIER, year.province.police)

    with pytest.raises(MoveRefused, match="chưa mở nên chưa phân công"):
        assignments.assign(
            year.block,
            officer=verifier,
            desk=year.province.police.pk,
            dossiers=[],
            node=year.block.criteria_set.criteria.get(code="1.1").pk,
            by=year.organiser,
        )


@pytest.mark.django_db(transaction=True)
def test_two_organisers_give_the_same_criterion_one_is_told():
    work = a_draft_dossier(an_open_period(a_province(departments=3)))
    province = work.year.province
    units = province.departments[1:]
    for unit in units:
        province.a_person(Role.VERIFIER, unit)

    (refusal,) = at_once(*[lambda unit=unit: own(work, unit, seen=0) for unit in units])

    assert "vừa được đồng chí khác sửa" in refusal


def test_the_database_refuses_what_lies_in_another_block_or_in_a_period_that_is_decided(work):
    (given,) = give(work, work.verifier)
    component, criterion = work.score("1.1.1").criterion, node(work, "1.1")
    block, desk = work.year.block, work.year.province.police
    strange = a_prepared_period(work.year.province, title="Kỳ khác").block

    def refused(write) -> bool:
        try:
            with transaction.atomic():
                write()
        except IntegrityError as refusal:
            return "does not fit" in str(refusal)
        return False

    row = {"desk": desk, "officer": work.verifier}
    for columns in (
        {"block": strange, "dossier": work.dossier},
        {"block": strange, "node": strange.criteria_set.criteria.get(code="1.1")},
        {"block": block, "node": strange.criteria_set.criteria.get(code="1.1")},
        {"block": block, "node": component},
    ):
        assert refused(lambda columns=columns: Assignment.objects.create(**row, **columns)), columns
    assert refused(lambda: Ownership.objects.create(criterion=component, unit=desk))
    Period.objects.filter(pk=work.year.period.pk).update(state="locked")
    assert refused(lambda: Assignment.objects.filter(pk=given.pk).update(officer=work.editor))
    assert refused(lambda: Ownership.objects.create(criterion=criterion, unit=desk))
