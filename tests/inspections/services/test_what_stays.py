"""What was signed of an inspection, planned of it, or numbered in it stays as it was."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from cchc_portal.kit.errors import MoveRefused
from commitments.models import Inspection
from commitments.rules.inspection import Sums
from commitments.services import (
    inspection_findings,
    inspection_openings,
    inspection_plans,
    inspection_team,
    inspections,
    mending,
)
from commitments.services.inspection_findings import Found
from commitments.services.mending import Demand
from reports.papers.inspections import conclusion_pdf, minutes_pdf, plan_pdf
from tests.inspections.situations import (
    Sides,
    a_draft_plan,
    again,
    an_issued_plan,
    drawn_up,
    followed,
    looked_at,
    minuted,
    paper,
    sudden,
    terms,
)
from tests.reports.reading import text
from units.models import Unit, User
from units.permissions import Role
from units.rules.decision import Decision
from units.services import mergers, people, units

TAKEN_UP = "và giải trình của đơn vị"


def explained(who: Sides, one: Inspection, words: str) -> None:
    finding = one.findings.shortcomings().get()
    inspection_findings.explain(finding, seen=finding.version, explanation=words, by=who.editor)


def signed(who: Sides, one: Inspection) -> Inspection:
    one = again(one)
    return inspections.conclude(one, seen=one.version, paper=paper("TB"), by=who.head)


def test_a_signed_conclusion_takes_up_no_explanation_that_came_later(who: Sides):
    one = followed(who)
    before = text(conclusion_pdf(again(one)))
    explained(who, one, "Do thiếu người.")
    explained(who, one, "Do thiếu người và máy.")
    assert TAKEN_UP not in before
    assert text(conclusion_pdf(again(one))) == before


def test_what_the_signer_read_of_the_unit_is_not_written_over(who: Sides):
    one = drawn_up(who)
    explained(who, one, "Do thiếu người.")
    assert TAKEN_UP in text(conclusion_pdf(again(one)))
    one = signed(who, one)
    with pytest.raises(MoveRefused, match="khi ký kết luận"):
        explained(who, one, "Không đúng.")
    assert TAKEN_UP in text(conclusion_pdf(again(one)))


def test_papers_call_the_inspected_unit_as_on_their_day(who: Sides):
    one, plan = followed(who), an_issued_plan(who)
    name, tomorrow = who.inspected.name, timezone.localdate() + timedelta(days=1)
    units.rename(
        who.inspected,
        name="Phòng Tên Mới",
        decision=Decision("9/QĐ", timezone.localdate(), tomorrow),
        by=who.province.administrator,
    )
    Unit.objects.filter(pk=who.inspected.pk).update(name="Phòng Tên Mới")  # as it is tomorrow
    for said in (conclusion_pdf(again(one)), minutes_pdf(again(one)), plan_pdf(plan)):
        assert name in text(said)
        assert "Phòng Tên Mới" not in text(said)


def test_a_plan_opened_again_goes_on_counting_what_it_once_announced(who: Sides):
    plan = an_issued_plan(who, lines=2)
    first, second = plan.inspections.order_by("pk")
    inspections.cancel(first, seen=first.version, comment="Trùng", by=who.organiser)
    plan = again(plan)
    inspection_plans.reopen(plan, seen=plan.version, comment="Sửa", by=who.head)
    assert Inspection.objects.sums(timezone.localdate()) == Sums(planned=2)
    second = again(second)
    with pytest.raises(MoveRefused, match="Không thực hiện"):
        inspection_plans.drop(second, seen=second.version, by=who.organiser)
    inspections.cancel(second, seen=second.version, comment="Hoãn", by=who.organiser)
    assert Inspection.objects.sums(timezone.localdate()) == Sums(planned=2)


def test_a_line_of_a_draft_that_was_edited_can_still_be_dropped_and_the_plan_tells_of_it(
    who: Sides,
):
    plan = a_draft_plan(who)
    line = plan.inspections.get()
    said = terms(scope="Phạm vi sửa")
    inspection_openings.revise(
        line, seen=line.terms_seal, inspected=who.inspected, terms=said, by=who.organiser
    )
    inspection_team.seat(line, person=who.head, name="", post="", duty="head", by=who.organiser)
    line = again(line)
    with pytest.raises(MoveRefused, match="thành viên đoàn"):
        inspection_plans.drop(line, seen=line.version, by=who.organiser)
    with pytest.raises(MoveRefused, match="bỏ cuộc kiểm tra khỏi kế hoạch"):
        inspections.cancel(line, seen=line.version, comment="Thôi", by=who.organiser)
    inspection_team.unseat(line.team.get(), by=who.organiser)
    line = again(line)
    inspection_plans.drop(line, seen=line.version, by=who.organiser)
    told = list(plan.events.order_by("pk").values_list("verb", flat=True))
    assert told == ["draft", "add_line", "revise", "seat", "unseat", "drop_line"]
    with pytest.raises(MoveRefused, match="vừa được người khác bỏ"):
        inspection_plans.drop(line, seen=line.version, by=who.organiser)


def test_nobody_of_the_inspected_unit_steers_its_inspection(who: Sides):
    plan, one = a_draft_plan(who), sudden(who)
    line, signed_one = plan.inspections.get(), followed(who)
    today = timezone.localdate()
    people.appoint(
        who.organiser,
        unit=who.inspected,
        role=Role.STAFF,
        first_on=today,
        by=who.province.administrator,
    )
    judge = User.objects.get(pk=who.organiser.pk)
    other, said = who.province.departments[1], terms(reason="Theo chỉ đạo.")
    acts = (
        lambda: inspection_openings.open_sudden(
            who.unit, inspected=who.inspected, terms=said, by=judge
        ),
        lambda: inspection_openings.again(signed_one, terms=said, by=judge),
        lambda: inspection_openings.revise(
            one, seen=one.terms_seal, inspected=other, terms=said, by=judge
        ),
        lambda: inspection_plans.add(plan, inspected=who.inspected, terms=said, by=judge),
        lambda: inspection_plans.drop(line, seen=line.version, by=judge),
    )
    for act in acts:
        with pytest.raises(PermissionDenied, match="không làm việc của đoàn"):
            act()
    free = inspection_openings.open_sudden(who.unit, inspected=other, terms=said, by=judge)
    with pytest.raises(PermissionDenied, match="không làm việc của đoàn"):
        inspection_openings.revise(
            free, seen=free.terms_seal, inspected=who.inspected, terms=said, by=judge
        )


def test_a_decision_asks_once_more_whether_the_unit_stands_below_by_then(who: Sides):
    one = sudden(who)
    inspection_team.seat(one, person=None, name="A", post="", duty="head", by=who.organiser)
    today = timezone.localdate()
    day = today + timedelta(days=3)
    mergers.close(
        who.inspected,
        decision=Decision("9/QĐ", today, day),
        by=who.province.administrator,
    )
    one = again(one)
    said = {"number": "1/QĐ", "day": today, "by": who.organiser, "seen": one.version}
    with pytest.raises(MoveRefused, match="cấp dưới"):
        inspections.decide(one, starts_on=day, ends_on=day, **said)
    with pytest.raises(MoveRefused, match="năm sau"):
        inspections.decide(one, starts_on=today, ends_on=day.replace(year=2099), **said)


def test_a_mistyped_decision_is_put_right_and_a_beginning_is_taken_back_with_it(who: Sides):
    one = looked_at(who)
    today = timezone.localdate()
    later = today + timedelta(days=2)
    said = {"number": "251/QĐ-CAT", "day": today, "starts_on": later, "ends_on": later}
    with pytest.raises(MoveRefused, match="lý do"):
        inspections.amend(one, seen=one.version, comment=" ", by=who.organiser, **said)
    one = inspections.amend(one, seen=one.version, comment="Ghi nhầm số.", by=who.organiser, **said)
    assert (one.state, one.decision_number, one.starts_on) == ("decided", "251/QĐ-CAT", later)
    assert one.findings.count() == 2
    line = one.events.get(verb="amend")
    assert "215/QĐ-CAT-PV01" in line.comment
    assert "Ghi nhầm số." in line.comment
    with pytest.raises(MoveRefused, match="Chưa đến ngày"):
        inspections.begin(one, seen=one.version, by=who.organiser)
    told = minuted(who)
    with pytest.raises(MoveRefused):
        inspections.amend(told, seen=told.version, comment="Muộn", by=who.organiser, **said)


def test_the_longest_rank_and_name_can_sign_and_sit_in_a_team(who: Sides):
    User.objects.filter(pk=who.head.pk).update(full_name="N" * 120, police_rank="R" * 40)
    who.head = User.objects.get(pk=who.head.pk)
    one = followed(who)
    assert len(one.signer) == 161
    free = sudden(who)
    seat = inspection_team.seat(
        free, person=who.head, name="", post="", duty="head", by=who.organiser
    )
    assert len(seat.name) == 161


def test_numbers_leave_no_gap_where_something_was_dropped_and_free_their_place(
    who: Sides, monkeypatch
):
    one = looked_at(who)
    dropped = one.findings.order_by("number").last()
    inspection_findings.find(one, found=Found("strength", "Tốt."), by=who.organiser)
    monkeypatch.setattr(inspection_findings, "FINDINGS_AT_MOST", 3)
    with pytest.raises(MoveRefused, match="không quá"):
        inspection_findings.find(one, found=Found("strength", "Tốt nữa."), by=who.organiser)
    inspection_findings.drop(dropped, seen=dropped.version, by=who.organiser)
    inspection_findings.find(one, found=Found("strength", "Tốt nữa."), by=who.organiser)
    assert list(one.findings.order_by("number").values_list("number", flat=True)) == [1, 2, 3]

    told = drawn_up(who)
    due = timezone.localdate() + timedelta(days=9)
    second = mending.demand(told, demand=Demand("Hai.", due), by=who.organiser)
    mending.demand(told, demand=Demand("Ba.", due), by=who.organiser)
    monkeypatch.setattr(mending, "TASKS_AT_MOST", 3)
    with pytest.raises(MoveRefused, match="không quá"):
        mending.demand(told, demand=Demand("Bốn.", due), by=who.organiser)
    mending.drop(second, seen=second.version, by=who.organiser)
    mending.demand(told, demand=Demand("Bốn.", due), by=who.organiser)
    said = text(conclusion_pdf(signed(who, told)))
    assert ("2. Ba" in said, "3. Bốn" in said, "4." in said.split("III.")[1][:200]) == (
        True,
        True,
        False,
    )


def test_the_plan_counts_inspections_and_units_apart_and_none_that_was_called_off(who: Sides):
    plan = a_draft_plan(who, lines=2)
    later = timezone.localdate() + timedelta(days=1)
    if later.year == plan.year:
        inspection_plans.add(
            plan, inspected=who.inspected, terms=terms(starts_on=later), by=who.organiser
        )
    plan = again(plan)
    plan = inspection_plans.issue(plan, seen=plan.version, paper=paper("KH"), by=who.head)
    said = text(plan_pdf(plan))
    assert f"{plan.inspections.count():02} cuộc kiểm tra" in said
    assert "tại 02 đơn vị" in said
    other = plan.inspections.exclude(inspected=who.inspected).get()
    inspections.cancel(other, seen=other.version, comment="Trùng", by=who.organiser)
    assert text(plan_pdf(again(plan))) == said
    plan = again(plan)
    plan = inspection_plans.reopen(plan, seen=plan.version, comment="Bỏ bớt", by=who.head)
    plan = inspection_plans.issue(plan, seen=plan.version, paper=paper("KH"), by=who.head)
    assert "tại 01 đơn vị" in text(plan_pdf(plan))


def test_minutes_and_conclusion_say_the_time_looked_at_and_leave_room_for_the_unit(who: Sides):
    one = followed(who)
    minutes, conclusion = text(minutes_pdf(again(one))), text(conclusion_pdf(again(one)))
    assert "Thời kỳ kiểm tra: năm nay." in minutes
    assert "Ý KIẾN CỦA ĐƠN VỊ ĐƯỢC KIỂM TRA" in minutes
    assert "(thời kỳ kiểm tra: năm nay)" in conclusion


def test_what_does_not_fit_together_is_told_before_the_minutes(who: Sides):
    one = looked_at(who)
    assert inspections.doubts(one) == [
        "Nội dung số 2 ghi “Chưa đạt” nhưng chưa có tồn tại, hạn chế."
    ]
    one.checklist.update(outcome="met")
    assert inspections.doubts(one) == ["Nội dung số 1 ghi “Đạt” nhưng có tồn tại, hạn chế."]


def test_a_unit_whose_inspection_was_cancelled_was_not_inspected(who: Sides):
    one = sudden(who)
    assert len(Inspection.objects.by_inspected(timezone.localdate())) == 1
    inspections.cancel(one, seen=one.version, comment="Trùng", by=who.organiser)
    assert Inspection.objects.by_inspected(timezone.localdate()) == []


def test_a_report_that_is_refused_for_its_day_leaves_no_file_behind(who: Sides):
    task = followed(who).tasks.get()
    there = who.inspected.documents.count()
    with pytest.raises(MoveRefused, match="Ngày hoàn thành"):
        mending.bring(
            task,
            upload=None,
            declared_not_secret=True,
            by=who.editor,
            seen=task.version,
            result="Xong.",
            done_on=timezone.localdate() + timedelta(days=1),
        )
    assert who.inspected.documents.count() == there
