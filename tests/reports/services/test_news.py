"""News of inspections, periodic reports and conferences: to whom they are told, how much of them,
with a way to their page."""

import pytest
from django.urls import reverse
from django.utils import timezone

from commitments.services import mending
from reports.services import periodic, round_changes
from reports.services.news import news
from tests.inspections import situations as inspected
from tests.periodic import situations as periodical
from tests.worlds import a_province
from units.models import User
from units.permissions import Role

pytestmark = pytest.mark.django_db


def told(user: User) -> dict[str, tuple[str, str, str]]:
    """What was done → to which paper, its page, the reason; anew for the person."""
    lines = news(User.objects.get(pk=user.pk), None).before
    return {one.words: (one.about, one.address, one.comment) for one in reversed(lines)}


def test_an_inspection_is_told_to_both_sides_and_only_to_them():
    who = inspected.sides()
    province = who.province
    stranger = province.a_person(Role.EDITOR, province.departments[1])
    one = inspected.minuted(who)
    about, page = f"Kiểm tra tại {who.inspected}", reverse("inspections:detail", args=[one.pk])
    unit, team = told(who.editor), told(who.head)
    assert unit["Lập biên bản"] == (about, page, "")  # the log is of the inspecting side
    assert team["Lập biên bản"][2].startswith("Ngày ")
    assert unit["Ghi quyết định kiểm tra"][2].startswith("Số 215/QĐ-CAT-PV01")
    assert "Lập cuộc kiểm tra" in team
    assert "Lập cuộc kiểm tra" not in unit

    inspected.inspections.write_conclusion(
        one, seen=one.conclusion_seal, text="Cơ bản đạt.", by=who.organiser
    )
    inspected.demanded(who, one)
    one = inspected.again(one)
    assert "Ký kết luận" not in told(who.editor)
    inspected.inspections.conclude(one, seen=one.version, paper=inspected.paper("TB"), by=who.head)
    task = inspected.reported(who, one)
    mending.refuse(task, seen=task.version, comment="Chưa đủ căn cứ.", by=who.organiser)
    about = f"Yêu cầu khắc phục 1, kiểm tra tại {who.inspected}"
    page = reverse("inspections:task", args=[task.pk])
    for side in (told(who.editor), told(who.head)):
        assert side["Yêu cầu khắc phục tiếp"] == (about, page, "Chưa đủ căn cứ.")
        assert {"Ký kết luận", "Báo cáo khắc phục"} <= set(side)
    assert told(stranger) == {}


def test_a_plan_of_inspections_is_told_to_whom_it_names_once_it_is_issued():
    who = inspected.sides()
    plan = inspected.a_draft_plan(who)
    assert "Lập kế hoạch" in told(who.head)
    assert told(who.editor) == {}
    inspected.inspection_plans.issue(
        plan, seen=plan.version, paper=inspected.paper("KH"), by=who.head
    )
    about, page, _ = told(who.editor)["Ban hành kế hoạch"]
    assert about == f"{plan.title}, {who.unit}"
    assert page == reverse("inspections:plan", args=[plan.pk])


def test_a_round_and_its_reports_are_told_to_who_asks_and_to_who_owes():
    who = periodical.asked()
    stranger = who.province.a_person(Role.EDITOR, who.province.departments[1])
    report = reverse("periodic:report", args=[who.report().pk])
    opened = reverse("periodic:round", args=[who.round.pk])
    assert told(who.upper_head)["Mở đợt báo cáo"] == (who.round.title, opened, "")
    assert told(who.editor)["Mở đợt báo cáo"] == (who.round.title, report, "")

    sent = periodical.sent(who)
    periodic.give_back(sent, seen=sent.version, comment="Thiếu phụ lục.", by=who.organiser)
    today = timezone.localdate()
    round_changes.move_due(
        who.round, seen=1, due_on=today.replace(year=today.year + 1, day=1), comment="Mưa lũ.",
        by=who.organiser,
    )  # fmt: skip
    about = f"{sent.unit}, {who.round}"
    for person, place in ((who.upper_head, opened), (who.editor, report)):
        lines = told(person)
        assert lines["Trả lại"] == (about, report, "Thiếu phụ lục.")
        assert "Gửi báo cáo" in lines
        assert lines["Dời hạn gửi"][1] == place
        assert lines["Dời hạn gửi"][2].endswith("Mưa lũ.")
    assert set(told(stranger)) == {"Mở đợt báo cáo", "Dời hạn gửi"}  # it owes one itself


def test_a_cancelled_round_is_told_once_to_who_owed_a_report():
    who = periodical.asked()
    round_changes.cancel(who.round, seen=1, comment="Mở nhầm kỳ.", by=who.organiser)
    lines = news(who.editor, None).before
    assert [one.words for one in lines] == ["Hủy đợt báo cáo", "Mở đợt báo cáo"]


def test_news_ask_no_more_however_much_happened(assert_flat_queries):
    province = a_province()
    who = inspected.sides(province)
    periodical.asked(province)

    def grow():
        inspected.followed(who)
        periodical.asked(province, year=2025)

    assert_flat_queries(lambda: news(User.objects.get(pk=who.head.pk), None), grow=grow)
