"""Periodic reports that came back or are due on another day, and mending that was not accepted,
are told to the unit at once, once, and where it is wanted; the daily letter follows."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from commitments.services import mending
from reports.models import Letter
from reports.services import hearing, letters, periodic, round_changes
from tests.inspections import situations as inspected
from tests.periodic import situations as periodical
from tests.reports.post import a_reader, at, sent_off
from units.permissions import Role

pytestmark = pytest.mark.django_db


def written() -> dict[str, tuple[str, str, str]]:
    """Address of every person written to now → subject, page, day."""
    hearing.hear(timezone.now())
    at_once = Letter.objects.exclude(kind="digest").select_related("person").order_by("pk")
    told = {letter.person.email: letter for letter in at_once}
    found = {}
    for message in sent_off():
        letter = told[message.to[0]]
        line = letter.said["parts"][0][1][0]
        found[message.to[0]] = (letter.called, line["address"], line["due"])
    return found


def test_a_report_that_came_back_is_told_to_who_writes_and_sends_it_and_once():
    who = periodical.asked()
    province = who.province
    a_reader(province, Role.EDITOR, province.departments[0], email="editor@x.vn")
    a_reader(province, Role.EDITOR, province.departments[1], email="other@x.vn")
    refuses = a_reader(province, Role.HEAD, province.departments[0], email="no@x.vn")
    letters.choose(refuses, email="no@x.vn", returned=False)
    report = periodical.sent(who)
    periodic.give_back(report, seen=report.version, comment="Thiếu phụ lục.", by=who.organiser)

    page = reverse("periodic:report", args=[report.pk])
    due = f"hạn {who.round.due_on:%d/%m/%Y}"
    assert written() == {"editor@x.vn": ("Báo cáo định kỳ bị trả lại để sửa", page, due)}
    assert written() == {}
    assert "Thiếu phụ lục" not in str(Letter.objects.get().said)


def test_another_last_day_is_told_to_who_still_owes_the_report_and_stands_in_the_daily_letter():
    who = periodical.asked()
    departments = who.province.departments
    a_reader(who.province, Role.EDITOR, departments[0], email="sent@x.vn")
    a_reader(who.province, Role.EDITOR, departments[1], email="owes@x.vn")
    periodical.sent(who)
    before, later = who.round.due_on, timezone.localdate() + timedelta(days=20)
    for seen, day in ((1, later - timedelta(days=1)), (2, later)):
        round_changes.move_due(who.round, seen=seen, due_on=day, comment="Bão.", by=who.organiser)

    page = reverse("periodic:report", args=[who.report(1).pk])
    due = f"hạn {later:%d/%m/%Y}"
    assert written() == {"owes@x.vn": ("Hạn gửi báo cáo định kỳ được dời", page, due)}
    assert written() == {}

    letters.write_digests(at(8))
    (digest,) = [message for message in sent_off() if message.to == ["owes@x.vn"]]
    assert due in digest.body
    assert f"{before:%d/%m/%Y}" not in digest.body


def test_a_round_that_was_moved_and_then_cancelled_is_told_to_nobody():
    who = periodical.asked()
    a_reader(who.province, Role.EDITOR, who.province.departments[0], email="owes@x.vn")
    day = timezone.localdate() + timedelta(days=20)
    round_changes.move_due(who.round, seen=1, due_on=day, comment="Bão.", by=who.organiser)
    round_changes.cancel(who.round, seen=2, comment="Mở nhầm.", by=who.organiser)
    assert written() == {}
    letters.write_digests(at(8))
    assert sent_off() == []


def test_mending_that_was_not_accepted_is_told_at_once_and_waits_again_with_its_day():
    who = inspected.sides()
    a_reader(who.province, Role.EDITOR, who.inspected, email="editor@x.vn")
    a_reader(who.province, Role.EDITOR, who.province.departments[1], email="other@x.vn")
    one = inspected.followed(who)
    task = inspected.reported(who, one)
    task = mending.refuse(task, seen=task.version, comment="Chưa đủ.", by=who.organiser)

    page = reverse("inspections:task", args=[task.pk])
    due = f"hạn {task.due_on:%d/%m/%Y}"
    words = "Kết quả khắc phục sau kiểm tra chưa được xác nhận"
    assert written() == {"editor@x.vn": (words, page, due)}
    assert written() == {}

    later = task.due_on + timedelta(days=5)
    mending.postpone(task, seen=task.version, due_on=later, comment="Chờ.", by=who.head)
    due, words = f"hạn {later:%d/%m/%Y}", "Thời hạn khắc phục sau kiểm tra được gia hạn"
    assert written() == {"editor@x.vn": (words, page, due)}

    letters.write_digests(at(8))
    (digest,) = sent_off()
    assert "Khắc phục theo kết luận kiểm tra" in digest.body
    assert due in digest.body
