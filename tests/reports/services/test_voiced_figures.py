"""Remarks received and settled in time are counted out of their book and offered to the report."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from commitments.services import voices
from reports.services import told_figures, voiced_figures
from scoring.rules.indicator import Days, Span
from scoring.services import collections, indicators
from tests.voices.situations import answered, classified, found, received, sides
from units.permissions import Role


@pytest.fixture
def who(db):
    return sides()


def an_answer(voice, who):
    return voices.answer(
        voice,
        seen=voice.version,
        answer="Xin lỗi.",
        answer_number="",
        answered_on=timezone.localdate(),
        by=who.editor,
    )


def test_what_was_received_and_answered_in_time_is_offered_and_taken_by_a_press(client, who):
    above = who.province.a_person(Role.ORGANISER, who.upper)
    indicators.seed(who.upper, by=above)
    today = timezone.localdate()
    with time_machine.travel(timezone.now() - timedelta(days=40)):
        answered(who)
        slow = found(who)
        gone, put_away, outside = classified(who), received(who), received(who)
        voices.refer(gone, seen=2, to="Sở Xây dựng", by=who.editor)
        voices.discard(put_away, seen=1, comment="Trùng.", by=who.head)
        voices.point(outside, seen=1, kind="complaint", to="Thanh tra", by=who.head)
    an_answer(slow, who)
    with time_machine.travel(timezone.now() - timedelta(days=100)):
        answered(who)  # before the stretch
    days = Days(today - timedelta(days=60), today, today + timedelta(days=5))
    asked = collections.open_(
        who.upper, by=above, year=today.year, span=Span.OWN, days=days, title="Thử"
    )

    told = {
        one.reading.indicator.code: one.amount
        for one in told_figures.offered_to(asked, who.unit.pk)
    }
    assert told == {"PA-01": 2, "PA-02": 1}
    assert told_figures.offered_to(asked, who.beside.pk) == [], "it has dealt with none"

    client.force_login(who.editor)
    page = reverse("reports:told-figures", args=[asked.pk, who.unit.pk])
    shown = client.get(page)
    assert "đúng hạn tính theo lần trả lời đầu" in shown.content.decode().lower()
    seen = {f"v-{one.reading.pk}": one.reading.version for one in shown.context["offered"]}
    assert client.post(page, seen).status_code == 302
    taken = told_figures.offered_to(asked, who.unit.pk)
    assert all(one.same for one in taken)
    assert {one.reading.note for one in taken} == {"Theo sổ phản ánh, kiến nghị trên cổng."}


def test_remarks_of_many_units_are_counted_in_one_query(who, django_assert_num_queries):
    answered(who)
    today = timezone.localdate()
    stretch = type("Stretch", (), {"starts_on": today, "ends_on": today})

    with django_assert_num_queries(1):
        counts = voiced_figures.counts_of([who.unit.pk, who.beside.pk], stretch)
    assert counts == {who.unit.pk: {"PA-01": 1, "PA-02": 1}}
