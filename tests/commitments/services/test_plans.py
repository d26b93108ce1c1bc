"""A yearly plan: written, issued, taken over by the units below, told of."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from commitments.models import Plan, PlannedTask
from commitments.rules.plan import PlanHeading, PlanVerb
from commitments.services import plans
from tests.commitments.plans import (
    PASSED,
    ROW,
    a_plan,
    an_issued_plan,
    first,
    fresh,
    issued,
    the_plan_above,
)
from tests.commitments.situations import parties
from tests.races import at_once

PAPER = plans.Paper("15/KH-PC06", date(2026, 1, 20))


def test_a_unit_has_one_plan_a_year(who):
    a_plan(who)

    with pytest.raises(MoveRefused, match="đã có kế hoạch năm 2026"):
        a_plan(who)


def test_nobody_writes_the_plan_of_another_unit(who):
    plan = a_plan(who)

    with pytest.raises(PermissionDenied):
        plans.add(plan, terms=ROW, by=who.receiving_head)


def test_a_task_written_meanwhile_is_not_overwritten(who):
    task = first(a_plan(who))
    plans.edit(task, seen=1, terms=replace(ROW, lead="Đội 1"), by=who.editor)

    with pytest.raises(ChangedMeanwhile):
        plans.edit(task, seen=1, terms=replace(ROW, lead="Đội 2"), by=who.head)

    assert fresh(task).lead == "Đội 1"


def test_what_was_not_on_the_screen_is_not_issued(who):
    plan = a_plan(who)
    seen = plan.version
    plans.add(plan, terms=ROW, by=who.editor)

    with pytest.raises(ChangedMeanwhile):
        plans.issue(plan, seen=seen, paper=PAPER, by=who.head)


def test_only_the_head_issues_and_an_empty_plan_is_not_issued(who):
    plan = a_plan(who, rows=())

    with pytest.raises(PermissionDenied):
        plans.issue(plan, seen=plan.version, paper=PAPER, by=who.editor)
    with pytest.raises(MoveRefused, match="chưa có nhiệm vụ"):
        plans.issue(plan, seen=plan.version, paper=PAPER, by=who.head)


def test_an_issued_plan_is_written_in_only_after_it_was_opened_again_with_a_reason(who):
    plan = an_issued_plan(who)
    with pytest.raises(MoveRefused, match="đã ban hành"):
        plans.add(plan, terms=ROW, by=who.editor)
    with pytest.raises(MoveRefused, match="lý do"):
        plans.reopen(plan, comment=" ", by=who.head)

    plans.reopen(plan, comment="Bổ sung nhiệm vụ", by=who.head)

    plans.add(plan, terms=ROW, by=who.editor)
    told = plan.events.get(verb=PlanVerb.REOPEN).comment
    assert told == "Kế hoạch số 12/KH-CAT: Bổ sung nhiệm vụ"


def test_a_unit_takes_over_what_was_passed_down_once_and_nothing_else(who):
    above = the_plan_above(who)
    passed, own = above.tasks.all()
    plan = a_plan(who, rows=())
    assert [task.pk for task in PlannedTask.objects.to_take(plan)] == [passed.pk]

    with pytest.raises(MoveRefused, match="đang được cấp trên giao"):
        plans.take_over(plan, chosen={own.pk}, by=who.editor)
    assert plans.take_over(plan, chosen={passed.pk}, by=who.editor) == 1
    assert plans.take_over(plan, chosen={passed.pk}, by=who.editor) == 0

    taken = plan.tasks.get()
    assert (taken.title, taken.taken_from, taken.passed_down) == (PASSED.title, passed, False)
    assert not PlannedTask.objects.to_take(plan)


def test_what_is_not_issued_is_not_passed_down_yet(who):
    above = the_plan_above(who)
    plans.reopen(above, comment="Điều chỉnh", by=who.receiving_head)
    plan = a_plan(who, rows=())

    with pytest.raises(MoveRefused):
        plans.take_over(plan, chosen={first(above).pk}, by=who.editor)


def test_a_task_that_units_have_taken_over_is_not_removed(who):
    above = the_plan_above(who)
    plans.take_over(a_plan(who, rows=()), chosen={first(above).pk}, by=who.editor)
    plans.reopen(above, comment="Điều chỉnh", by=who.receiving_head)

    with pytest.raises(MoveRefused, match="1 đơn vị trực thuộc"):
        plans.remove(first(above), seen=1, by=who.receiving_head)


def test_a_task_removed_leaves_no_gap(who):
    plan = a_plan(who, rows=(ROW, PASSED, ROW))

    plans.remove(first(plan), seen=1, by=who.editor)

    assert list(plan.tasks.values_list("position", flat=True)) == [1, 2]


def test_a_task_is_done_with_a_result_on_a_day_that_was(who):
    task = first(an_issued_plan(who))
    today = timezone.localdate()
    with pytest.raises(MoveRefused, match="kết quả"):
        plans.tell(task, seen=1, result=" ", done_on=today, by=who.editor)
    with pytest.raises(MoveRefused, match="sau ngày hôm nay"):
        plans.tell(task, seen=1, result="Xong", done_on=today + timedelta(1), by=who.editor)

    plans.tell(task, seen=1, result="Quyết định số 5", done_on=today, by=who.editor)

    assert (fresh(task).done_on, fresh(task).result) == (today, "Quyết định số 5")
    with pytest.raises(ChangedMeanwhile):
        plans.tell(task, seen=1, result="Khác", done_on=None, by=who.editor)


def test_the_database_refuses_a_plan_issued_without_a_number(who):
    plan = an_issued_plan(who)

    with pytest.raises(IntegrityError), transaction.atomic():
        Plan.objects.filter(pk=plan.pk).update(number="")


def test_a_draft_is_seen_by_its_own_unit_and_an_issued_plan_below_and_above(who):
    above = the_plan_above(who)
    plan = a_plan(who)

    assert set(Plan.objects.visible_to(who.editor)) == {plan, above}
    assert set(Plan.objects.visible_to(who.receiving_head)) == {above}

    issued(plan, who.head)
    assert set(Plan.objects.visible_to(who.receiving_head)) == {plan, above}


def test_a_heading_is_rewritten_with_what_it_was_in_the_log(who):
    plan = a_plan(who)

    plans.revise(plan, seen=plan.version, heading=PlanHeading("Kế hoạch mới"), by=who.editor)

    told = plan.events.get(verb=PlanVerb.REVISE).comment
    assert told == "Tên kế hoạch: Kế hoạch cải cách hành chính năm 2026 → Kế hoạch mới"


@pytest.mark.django_db(transaction=True)
def test_of_two_who_issue_and_write_at_once_nobody_issues_what_they_did_not_see():
    who = parties()
    plan = a_plan(who)

    refusals = at_once(
        lambda: plans.issue(plan, seen=plan.version, paper=PAPER, by=who.head),
        lambda: plans.add(plan, terms=ROW, by=who.editor),
    )

    assert len(refusals) == 1
    plan = fresh(plan)
    assert (plan.issued, plan.tasks.count()) in ((True, 2), (False, 3))


@pytest.mark.django_db(transaction=True)
def test_two_who_take_over_at_once_take_each_task_once():
    who = parties()
    above = the_plan_above(who)
    plan = a_plan(who, rows=())
    chosen = {first(above).pk}

    at_once(
        lambda: plans.take_over(plan, chosen=chosen, by=who.editor),
        lambda: plans.take_over(plan, chosen=chosen, by=who.head),
    )

    assert plan.tasks.count() == 1
