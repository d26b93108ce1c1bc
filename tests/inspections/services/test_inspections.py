"""An inspection from its plan to the end: who acts when, what is refused, what it comes to."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from commitments.models import Inspection, InspectionFinding, InspectionPlan, InspectionTask
from commitments.rules.inspection import PointWords, Sums
from commitments.services import (
    inspection_findings,
    inspection_openings,
    inspection_plans,
    inspection_team,
    inspections,
    mending,
    promises,
)
from commitments.services.inspection_team import Checked
from commitments.services.mending import Demand
from tests.inspections.situations import (
    WORDS,
    Sides,
    a_draft_plan,
    a_paper,
    again,
    an_issued_plan,
    decided,
    drawn_up,
    followed,
    found,
    looked_at,
    mended,
    minuted,
    minutes_of,
    paper,
    reported,
    sudden,
    terms,
    under_way,
)
from units.models import User
from units.permissions import Role
from units.services import people


def test_a_plan_is_written_by_organisers_issued_by_the_head_and_then_stands(who: Sides):
    plan = a_draft_plan(who)
    line = plan.inspections.get()
    today = timezone.localdate()

    with pytest.raises(MoveRefused):
        a_draft_plan(who)  # a second one of the year
    with pytest.raises(PermissionDenied):
        inspection_plans.issue(plan, seen=plan.version, paper=paper("KH"), by=who.organiser)
    with pytest.raises(MoveRefused, match="cấp dưới"):
        inspection_plans.add(plan, inspected=who.unit, terms=terms(), by=who.organiser)
    far = terms(starts_on=today + timedelta(days=800))
    with pytest.raises(MoveRefused, match="phải trong năm"):
        inspection_plans.add(plan, inspected=who.inspected, terms=far, by=who.organiser)
    inspection_team.seat(line, person=who.head, name="", post="", duty="head", by=who.organiser)
    line = again(line)
    days = {"day": today, "starts_on": today, "ends_on": today}
    with pytest.raises(MoveRefused, match="chưa ban hành"):
        inspections.decide(line, seen=line.version, number="1/QĐ", by=who.organiser, **days)
    with pytest.raises(ChangedMeanwhile):
        inspection_plans.issue(plan, seen=plan.version - 1, paper=paper("KH"), by=who.head)

    plan = inspection_plans.issue(plan, seen=plan.version, paper=paper("KH"), by=who.head)
    with pytest.raises(MoveRefused):
        inspection_plans.revise(plan, seen=plan.words.seal, words=WORDS, by=who.organiser)
    with pytest.raises(MoveRefused):
        inspection_plans.drop(line, seen=line.version, by=who.organiser)
    line = again(line)
    with pytest.raises(MoveRefused):
        inspection_openings.revise(
            line, seen=line.terms_seal, inspected=who.inspected, terms=terms(), by=who.organiser
        )
    line = again(line)
    far = dict.fromkeys(("starts_on", "ends_on"), date(today.year + 1, 1, 5))
    with pytest.raises(MoveRefused, match="phải trong năm"):
        inspections.decide(
            line, seen=line.version, number="1/QĐ", day=today, by=who.organiser, **far
        )
    free = sudden(who)
    inspection_team.seat(free, person=None, name="A", post="", duty="head", by=who.organiser)
    free = again(free)
    free = inspections.decide(
        free, seen=free.version, number="1/QĐ", day=today, by=who.organiser, **far
    )
    assert free.year == today.year + 1
    plan = inspection_plans.reopen(plan, seen=plan.version, comment="Thêm đơn vị", by=who.head)
    assert (plan.issued, plan.number, plan.events.count()) == (False, "", 5)


def test_a_line_leaves_a_draft_and_a_cancelled_one_stays_in_the_count(who: Sides):
    plan = a_draft_plan(who, lines=2)
    first, second = plan.inspections.order_by("pk")
    inspection_plans.drop(second, seen=second.version, by=who.organiser)
    plan = again(plan)
    inspection_plans.issue(plan, seen=plan.version, paper=paper("KH"), by=who.head)
    first = again(first)
    inspections.cancel(first, seen=first.version, comment="Trùng thanh tra", by=who.organiser)

    assert Inspection.objects.sums(timezone.localdate()) == Sums(planned=1)
    plan = again(plan)
    inspection_plans.reopen(plan, seen=plan.version, comment="Thêm đơn vị", by=who.head)
    assert Inspection.objects.sums(timezone.localdate()) == Sums(planned=1)


def test_the_steps_ask_for_team_checklist_results_and_secretary_in_their_order(who: Sides):
    one = sudden(who)
    today = timezone.localdate()
    said = {"number": "1/QĐ", "day": today, "starts_on": today, "ends_on": today}
    with pytest.raises(MoveRefused, match="trưởng đoàn"):
        inspections.decide(one, seen=one.version, by=who.organiser, **said)
    with pytest.raises(MoveRefused, match="không tham gia đoàn"):
        inspection_team.seat(
            one, person=who.editor, name="", post="", duty="member", by=who.organiser
        )
    inspection_team.seat(one, person=None, name="Ông A", post="", duty="head", by=who.organiser)
    with pytest.raises(MoveRefused, match="Đoàn đã có"):
        inspection_team.seat(one, person=None, name="B", post="", duty="head", by=who.organiser)
    one = again(one)
    one = inspections.decide(one, seen=one.version, by=who.organiser, **said)
    with pytest.raises(MoveRefused, match="nội dung kiểm tra"):
        inspections.begin(one, seen=one.version, by=who.organiser)
    points = [PointWords("a", "k", "1.1"), PointWords("b")]
    inspection_team.add_points(one, points=points, by=who.organiser)
    assert not inspection_team.add_points(one, points=points[:1], by=who.organiser)
    with pytest.raises(MoveRefused, match="khi đang kiểm tra"):
        found(who, one)
    one = again(one)
    one = inspections.begin(one, seen=one.version, by=who.organiser)
    with pytest.raises(MoveRefused, match="chưa ghi kết quả"):
        inspections.minute(one, seen=one.version, minutes=minutes_of(one), by=who.organiser)
    checked = {point.pk: Checked(1, "met", "") for point in one.checklist.all()}
    assert inspection_team.check(one, checked=checked, by=who.organiser) == 2
    assert inspection_team.check(one, checked=checked, by=who.organiser) == 0
    late = {pk: Checked(1, "not_met", "") for pk in checked}
    with pytest.raises(ChangedMeanwhile):
        inspection_team.check(one, checked=late, by=who.organiser)
    one = again(one)
    gone = one.checklist.create(position=9, text="Bỏ giữa chừng")
    said = inspection_findings.Found("strength", "Tốt", again(gone))
    inspection_team.drop_point(gone, by=who.organiser)
    with pytest.raises(MoveRefused, match="không còn trong danh mục"):
        inspection_findings.find(one, found=said, by=who.organiser)
    one = again(one)
    with pytest.raises(MoveRefused, match="thư ký"):
        inspections.minute(one, seen=one.version, minutes=minutes_of(one), by=who.organiser)


def test_one_of_the_team_writes_findings_and_the_inspected_unit_never_does(who: Sides):
    verifier = who.province.a_person(Role.VERIFIER, who.unit)
    both = who.province.a_person(Role.STAFF, who.inspected)
    one = under_way(who)
    with pytest.raises(PermissionDenied):
        inspection_findings.find(
            one, found=inspection_findings.Found("strength", "Tốt"), by=verifier
        )
    member = {"name": "", "post": "", "duty": "member", "by": who.organiser}
    with pytest.raises(MoveRefused, match="ghi lý do"):  # after the decision
        inspection_team.seat(one, person=verifier, **member)
    inspection_team.seat(one, person=verifier, reason="Thay người ốm", **member)
    seated = again(one)
    finding = inspection_findings.find(
        seated, found=inspection_findings.Found("shortcoming", "Chậm"), by=verifier
    )
    one.team.create(person=both, name="Sau này về đơn vị", duty="member")
    for stranger in (both, who.editor):
        with pytest.raises(PermissionDenied):
            inspection_findings.drop(finding, seen=1, by=stranger)
    with pytest.raises(ChangedMeanwhile):
        inspection_findings.drop(finding, seen=2, by=verifier)
    inspection_findings.prove(finding, document=a_paper(who.unit, who.organiser), by=verifier)
    people.appoint(
        who.organiser,
        unit=who.inspected,
        role=Role.STAFF,
        first_on=timezone.localdate(),
        by=who.province.administrator,
    )
    judge = User.objects.get(pk=who.organiser.pk)  # runs inspections, and is of the unit now
    with pytest.raises(PermissionDenied, match="không làm việc của đoàn"):
        inspections.cancel(one, seen=1, comment="Thôi", by=judge)
    outside = who.province.a_person(Role.STAFF, who.province.departments[1])
    plan = an_issued_plan(who)
    assert not InspectionPlan.objects.visible_to(outside).exists()
    line = plan.inspections.get()
    inspection_team.seat(line, person=outside, name="", post="", duty="member", by=who.organiser)
    assert Inspection.objects.visible_to(outside).get() == line
    assert InspectionPlan.objects.visible_to(outside).get() == plan
    foreign = a_paper(who.inspected, who.editor)
    with pytest.raises(MoveRefused, match="không còn trong tủ"):
        inspection_findings.prove(finding, document=foreign, by=verifier)


def test_what_was_found_is_read_and_explained_by_the_unit_once_the_minutes_are_drawn_up(
    who: Sides,
):
    one = looked_at(who)
    seen = InspectionFinding.objects.visible_to(who.editor)
    finding = one.findings.get(number=1)
    assert not seen.exists()
    with pytest.raises(MoveRefused):
        inspection_findings.explain(finding, seen=1, explanation="Do", by=who.editor)

    one = inspections.minute(one, seen=one.version, minutes=minutes_of(one), by=who.organiser)
    assert seen.count() == 2
    with pytest.raises(MoveRefused):
        inspection_findings.drop(finding, seen=1, by=who.organiser)
    with pytest.raises(PermissionDenied):
        inspection_findings.explain(finding, seen=1, explanation="Do", by=who.organiser)
    inspection_findings.explain(finding, seen=1, explanation="Do mưa bão.", by=who.editor)
    with pytest.raises(ChangedMeanwhile):  # the explanation is part of what is signed
        inspections.take_back(one, seen=one.version, comment="Sửa", by=who.organiser)
    one = again(one)
    inspections.take_back(one, seen=one.version, comment="Ghi nhầm", by=who.organiser)
    assert not seen.exists()
    other = inspection_findings.Found("shortcoming", "Ban hành chậm 10 ngày.")
    finding = again(finding)
    inspection_findings.reword(finding, seen=finding.version, found=other, by=who.organiser)
    assert again(finding).explanation == ""  # it spoke of other words
    assert one.events.filter(verb="reword", comment__contains="Do mưa bão.").exists()


def test_a_conclusion_needs_a_demand_for_each_shortcoming_and_the_heads_signature(who: Sides):
    one = minuted(who)
    with pytest.raises(MoveRefused, match="chưa có nội dung"):
        inspections.conclude(one, seen=one.version, paper=paper("TB"), by=who.head)
    inspections.write_conclusion(one, seen=one.conclusion_seal, text="Đạt.", by=who.organiser)
    one = again(one)
    with pytest.raises(MoveRefused, match="số 1 chưa có yêu cầu"):
        inspections.conclude(one, seen=one.version, paper=paper("TB"), by=who.head)
    strength = one.findings.get(number=2)
    today = timezone.localdate()
    with pytest.raises(MoveRefused, match="Chỉ yêu cầu"):
        mending.demand(one, demand=Demand("a", today, "", strength), by=who.organiser)
    one = drawn_up(who)
    draft = one.tasks.get()
    assert not InspectionTask.objects.visible_to(who.editor).exists()
    with pytest.raises(PermissionDenied):
        inspections.conclude(one, seen=one.version, paper=paper("TB"), by=who.organiser)
    with pytest.raises(MoveRefused, match="chưa ký"):
        mending.report(draft, seen=1, result="x", done_on=today, by=who.editor)
    mending.reword(
        draft,
        seen=1,
        demand=Demand("Sửa ngay", today, "", draft.finding),
        by=who.organiser,
    )
    with pytest.raises(ChangedMeanwhile):
        inspections.conclude(one, seen=one.version, paper=paper("TB"), by=who.head)
    one = again(one)
    inspections.conclude(one, seen=one.version, paper=paper("TB"), by=who.head)
    assert InspectionTask.objects.visible_to(who.editor).get().text == "Sửa ngay"


def test_mending_is_proved_by_the_unit_and_judged_by_the_inspecting_side(who: Sides):
    plan = an_issued_plan(who)
    one = followed(who, plan.inspections.get())
    task = one.tasks.get()
    today = timezone.localdate()
    said = {"result": "Xong", "done_on": today}
    with pytest.raises(MoveRefused, match="ít nhất một tài liệu"):
        mending.report(task, seen=1, by=who.editor, **said)
    with pytest.raises(PermissionDenied):
        mending.report(task, seen=1, by=who.organiser, **said)
    with pytest.raises(MoveRefused, match="chưa được xác nhận"):
        inspections.close(one, seen=one.version, by=who.organiser)
    task = reported(who, one)
    with pytest.raises(PermissionDenied):
        mending.accept(task, seen=task.version, by=who.editor)
    task = mending.refuse(task, seen=task.version, comment="Thiếu số", by=who.organiser)
    assert (task.result, task.proofs.count()) == ("", 0)
    before = Sums(planned=1, done=1, found=1)
    assert Inspection.objects.sums(today) == before
    assert Inspection.objects.sums(today + timedelta(days=30)).late == 1

    mended(who, again(one))
    assert Inspection.objects.sums(today) == Sums(planned=1, done=1, found=1, mended=1)
    (line,) = Inspection.objects.all().by_inspected(today)
    assert (line["number"], line["found"], line["mended"], line["late"]) == (1, 1, 1, 0)


def test_the_day_of_a_demand_is_put_off_by_who_signs_and_the_conclusion_keeps_its_own(who: Sides):
    one = followed(who, days=1)
    task, today = one.tasks.get(), timezone.localdate()
    signed, later = task.due_on, task.due_on + timedelta(days=9)
    said = {"seen": task.version, "comment": "Chờ kinh phí"}
    for by in (who.organiser, who.editor):
        with pytest.raises(PermissionDenied):
            mending.postpone(task, due_on=later, by=by, **said)
    with pytest.raises(MoveRefused, match="phải sau ngày"):
        mending.postpone(task, due_on=signed, by=who.head, **said)
    with pytest.raises(MoveRefused, match="lý do"):
        mending.postpone(task, due_on=later, by=who.head, **said | {"comment": " "})
    task = mending.postpone(task, due_on=later, by=who.head, **said)
    with pytest.raises(ChangedMeanwhile):
        mending.postpone(task, due_on=later + timedelta(days=1), by=who.head, **said)
    task = mending.postpone(
        task, due_on=later + timedelta(days=1), by=who.head, **said | {"seen": task.version}
    )

    assert (task.due_on, task.due_in_conclusion) == (later + timedelta(days=1), signed)
    assert f"hạn {signed:%d/%m/%Y}" in task.told  # as the conclusion says
    assert Inspection.objects.sums(later).late == 0
    assert f"{signed:%d/%m/%Y} → {later:%d/%m/%Y}. Chờ kinh phí" in [
        event.comment for event in task.events.all()
    ]
    reported(who, one)
    task = one.tasks.get()
    with pytest.raises(MoveRefused, match="chờ xác nhận"):
        mending.postpone(
            task, due_on=later + timedelta(days=9), by=who.head, **said | {"seen": task.version}
        )
    with pytest.raises(IntegrityError, match="later_day"), transaction.atomic():
        InspectionTask.objects.filter(pk=task.pk).update(due_on=today)


def test_a_second_inspection_looks_again_at_what_was_wanting(who: Sides):
    one = minuted(who)
    with pytest.raises(MoveRefused):
        inspection_openings.again(one, terms=terms(reason="Kiểm tra lại"), by=who.organiser)
    one = followed(who)
    with pytest.raises(MoveRefused, match="lý do"):
        inspection_openings.again(one, terms=terms(), by=who.organiser)
    second = inspection_openings.again(one, terms=terms(reason="Kiểm tra lại"), by=who.organiser)
    assert (second.again_of, second.kind, second.inspected) == (one, "again", one.inspected)
    assert list(second.checklist.values_list("criterion_key", flat=True)) == ["t_ban_hanh", ""]


def test_a_demand_becomes_a_task_of_the_units_commitment_once(who: Sides):
    one = drawn_up(who)
    with pytest.raises(MoveRefused, match="chưa ký"):
        promises.of_demand(one.tasks.get(), by=who.editor)
    one = followed(who)
    task = promises.of_demand(one.tasks.get(), by=who.editor)
    assert task.commitment.unit == who.inspected
    assert task.criterion == "1.1.1 Ban hành kế hoạch"
    assert "kết luận kiểm tra số 12/TB-CAT" in task.origin
    with pytest.raises(MoveRefused, match="đã có trong"):
        promises.of_demand(one.tasks.get(), by=who.editor)


def test_the_database_refuses_what_no_service_would_write(who: Sides):
    one, plan = decided(who), a_draft_plan(who)
    for rows, wrong in (
        (Inspection.objects.filter(pk=one.pk), {"decision_number": ""}),
        (Inspection.objects.filter(pk=one.pk), {"state": "minuted"}),
        (Inspection.objects.filter(pk=one.pk), {"state": "followed"}),
        (Inspection.objects.filter(pk=one.pk), {"kind": "planned"}),
        (Inspection.objects.filter(pk=one.pk), {"inspected": who.unit}),
        (Inspection.objects.filter(pk=one.pk), {"reason": " "}),
        (InspectionPlan.objects.filter(pk=plan.pk), {"state": "issued"}),
        (one.team.filter(duty="secretary"), {"duty": "head"}),
        (one.checklist.all()[:1], {"outcome": "sometimes"}),
    ):
        keys = rows.values("pk")
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.model.objects.filter(pk__in=list(keys.values_list("pk", flat=True))).update(
                **wrong
            )
