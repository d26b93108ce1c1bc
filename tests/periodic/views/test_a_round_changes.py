"""A round that was opened: another last day, cancelled before anything was sent, opened again."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from reports.models import PeriodicReport, SectionText
from reports.services import periodic_content, round_changes, rounds
from tests.periodic.situations import a_round, asked, sent

pytestmark = pytest.mark.django_db


def at(name: str, *args) -> str:
    return reverse(f"periodic:{name}", args=args)


def words(answer) -> str:
    return answer.content.decode()


def test_a_round_opened_by_mistake_is_cancelled_with_a_reason_and_its_span_opened_again(client):
    who = asked()
    who.write("direction", "Đã soạn được một phần.")
    summary = who.summary()
    wrong = who.round
    client.force_login(who.organiser)
    assert "Hủy đợt…" in words(client.get(at("round", wrong.pk)))
    assert client.post(at("cancel", wrong.pk), {"seen": 1, "comment": " "}).status_code == 422
    said = {"seen": 7, "comment": "Mở nhầm kỳ."}
    stale = client.post(at("cancel", wrong.pk), said)
    assert stale.status_code == 409
    renewed = said | {"seen": stale.context["form"]["seen"].value()}
    assert client.post(at("cancel", wrong.pk), renewed).status_code == 302

    shown = words(client.get(at("round", wrong.pk)))
    assert "Mở nhầm kỳ." in shown
    assert "Hủy đợt…" not in shown
    assert client.post(at("sum-up", wrong.pk)).status_code == 409
    assert client.get(at("due", wrong.pk)).status_code == 409
    assert "đã hủy" in words(client.get(at("list")))
    with pytest.raises(MoveRefused, match="đã hủy"):
        who.write("direction", "Viết tiếp.")
    report = who.report()
    client.force_login(who.editor)
    page = words(client.get(at("report", report.pk)))
    assert "Đã soạn được một phần." in page
    assert "Đợt báo cáo đã hủy: Mở nhầm kỳ." in page
    assert not report.late_on(wrong.due_on + timedelta(days=90))
    desk = client.get("/")
    assert desk.context["shelves"] == []
    assert "“Mở nhầm kỳ.”" in words(desk)
    with pytest.raises(IntegrityError), transaction.atomic():
        type(wrong).objects.filter(pk=wrong.pk).update(cancelled_at=None)

    again = a_round(who.province, who.organiser, span="half", year=2026)
    assert rounds.report_of_the_level(again) is None
    own = rounds.sum_up(again, by=who.organiser)
    assert own != summary
    assert periodic_content.merged(own) == {"asked": 2, "settled": 0}
    report = PeriodicReport.objects.get(round=again, unit=who.province.departments[0])
    section = wrong.sections.first()
    with pytest.raises(IntegrityError), transaction.atomic():
        SectionText.objects.filter(report=report).update(section=section)


def test_a_round_in_which_something_was_sent_stays_but_its_last_day_moves_with_a_reason(client):
    who = asked()
    sent(who)
    opened, today = who.round, timezone.localdate()
    later = max(today, opened.due_on) + timedelta(days=5)
    with pytest.raises(MoveRefused, match="được gửi"):
        round_changes.cancel(opened, seen=1, comment="Nhầm.", by=who.organiser)
    client.force_login(who.organiser)
    assert "Hủy đợt…" not in words(client.get(at("round", opened.pk)))

    said = {"seen": 1, "due_on": later.isoformat(), "comment": "Chờ số liệu ngành."}
    past = client.post(at("due", opened.pk), said | {"due_on": "2020-01-01"})
    assert past.status_code == 409
    assert "Chờ số liệu ngành." in words(past)
    assert client.post(at("due", opened.pk), said).status_code == 302
    opened.refresh_from_db()
    assert opened.due_on == later
    assert f"sang {later:%d/%m/%Y}: Chờ số liệu ngành." in words(client.get(at("round", opened.pk)))
    assert not who.report(1).late_on(later)
    with pytest.raises(ChangedMeanwhile):
        round_changes.move_due(opened, seen=1, due_on=today, comment="Lại.", by=who.organiser)
