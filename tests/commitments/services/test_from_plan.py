"""Tasks of the unit's issued plan become promises in one step, and both sides say so."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from cchc_portal.kit.errors import MoveRefused
from commitments.models import CommitmentTask, PlannedTask
from commitments.rules.plan import PlannedTerms
from commitments.rules.terms import TaskTerms
from commitments.rules.workflow import CommitmentVerb
from commitments.services import copying, plans
from tests.boxes import unboxed
from tests.commitments.plans import ROW, a_plan, an_issued_plan, first
from tests.commitments.situations import a_draft, an_annex, sign_both
from tests.races import at_once

WHOLE = PlannedTerms(
    area="digital",
    title="Số hóa hồ sơ",
    product="Kho dữ liệu",
    due_on=date(2026, 6, 30),
    due_text="quý II",
    lead="Đội 1",
    partners="Đội 2",
    passed_down=True,
)


@pytest.fixture
def empty(who):
    return a_draft(who, number_of_tasks=0)


def keys(plan) -> list[int]:
    return list(plan.tasks.values_list("pk", flat=True))


def test_tasks_are_taken_once_with_where_they_come_from(who, empty):
    plan = an_issued_plan(who, rows=(WHOLE, ROW))

    assert copying.from_plan(empty, chosen=keys(plan), by=who.editor) == 2
    assert copying.from_plan(empty, chosen=keys(plan), by=who.editor) == 0

    whole, other = empty.tasks.order_by("position")
    assert whole.terms == TaskTerms(
        area="digital",
        title="Số hóa hồ sơ",
        product="Kho dữ liệu",
        due_on=date(2026, 6, 30),
        due_text="quý II",
        lead="Đội 1",
        partners="Đội 2",
    )
    assert [whole.taken_from_plan_id, other.taken_from_plan_id] == keys(plan)
    assert empty.events.of(CommitmentVerb.TAKE_TASKS).get().comment.startswith("Số hóa hồ sơ; ")
    with pytest.raises(IntegrityError, match="task_taken_from_plan_once"), transaction.atomic():
        CommitmentTask.objects.filter(pk=other.pk).update(taken_from_plan=keys(plan)[0])


def test_only_the_issued_plan_of_the_same_unit_and_year_is_taken_from(who, empty):
    drafted = a_plan(who)
    earlier = an_issued_plan(who, year=2025)

    for chosen in (keys(drafted), keys(earlier), []):
        with pytest.raises(MoveRefused, match="kế hoạch đã ban hành"):
            copying.from_plan(empty, chosen=chosen, by=who.editor)
    with pytest.raises(PermissionDenied):
        copying.from_plan(empty, chosen=keys(earlier), by=who.receiving_head)


def test_an_annex_is_offered_only_what_the_whole_does_not_have(who, empty):
    plan = an_issued_plan(who)
    one, other = plan.tasks.order_by("position")
    copying.from_plan(empty, chosen=[one.pk], by=who.editor)
    annex = an_annex(who, sign_both(who, empty))

    assert list(PlannedTask.objects.to_commit(annex)) == [other]
    copying.from_plan(annex, chosen=[other.pk], by=who.editor)

    assert not PlannedTask.objects.to_commit(annex).exists()


def test_what_was_promised_cannot_leave_the_plan(who, empty):
    plan = an_issued_plan(who)
    copying.from_plan(empty, chosen=keys(plan)[:1], by=who.editor)
    plans.reopen(plan, comment="Bổ sung.", by=who.head)
    task = first(plan)

    with pytest.raises(MoveRefused, match="đã đưa vào bản cam kết"):
        plans.remove(task, seen=task.version, by=who.editor)


def test_the_pages_say_where_a_task_came_from_and_where_it_went(client, who, empty):
    client.force_login(who.editor)
    plan = an_issued_plan(who)
    address = reverse("commitments:from-plan", args=[empty.pk])
    paper = reverse("commitments:detail", args=[empty.pk])

    assert "Lấy từ kế hoạch (2)" in client.get(paper).text
    assert client.get(address).text.count("checked") == 2
    refused = client.post(address, {})
    assert refused.status_code == 422
    done = client.post(address, {"chosen": keys(plan)[:1]}, follow=True)

    task = empty.tasks.get()
    assert "Đã lấy 1 nhiệm vụ từ kế hoạch" in done.text
    assert "Lấy từ kế hoạch (1)" in done.text
    story = unboxed(client.get(reverse("commitments:task", args=[task.pk])).text)
    assert "Lấy từ kế hoạch năm 2026 số 12/KH-CAT" in story
    planned = client.get(reverse("commitments:plan", args=[plan.pk])).text
    assert "đã đưa vào bản cam kết năm 2026" in planned


@pytest.mark.django_db(transaction=True)
def test_two_who_take_the_same_tasks_at_once_take_them_once(who, empty):
    plan = an_issued_plan(who)

    refusals = at_once(
        lambda: copying.from_plan(empty, chosen=keys(plan), by=who.editor),
        lambda: copying.from_plan(empty, chosen=keys(plan), by=who.head),
    )

    assert refusals == []
    assert empty.tasks.count() == 2
