"""Rounds and reports: opened, written without a word lost, sent frozen, returned, merged upward."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from commitments.services.plans import Paper
from reports.models import PeriodicReport, SentReport
from reports.rules.outline import USUAL, Heading
from reports.rules.periodic import LONGEST_TEXT, ReportState
from reports.services import periodic, periodic_content, rounds, section_texts
from scoring.rules.indicator import Days, Span
from scoring.rules.stroke import Stroke
from scoring.services import readings
from tests.factories import a_decision
from tests.periodic.situations import Asked, a_round, asked, seen_of, sent
from tests.scoring.reported import open_reports
from tests.worlds import a_province
from units.permissions import Role
from units.services import mergers

pytestmark = pytest.mark.django_db
PEN = UUID(int=7)


def days_of(who: Asked) -> Days:
    one = who.round
    return Days(one.starts_on, one.ends_on, one.due_on)


def test_a_round_asks_every_unit_of_its_kinds_once_with_every_section_and_stays_as_opened():
    who = asked(a_province(departments=2, communes=1))
    reports = PeriodicReport.objects.filter(round=who.round)

    assert reports.count() == 2
    assert who.report().texts.count() == len(USUAL)
    with pytest.raises(MoveRefused, match="đã được mở"):
        a_round(who.province, who.organiser, span=Span.HALF, year=2026)
    with pytest.raises(PermissionDenied):
        a_round(who.province, who.upper_head, span=Span.YEAR, year=2026)
    with pytest.raises(MoveRefused, match="Đề cương"):
        rounds.open_(
            who.province.police,
            by=who.organiser,
            year=2026,
            span=Span.YEAR,
            days=days_of(who),
            outline=(),
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        who.round.sections.update(title="Khác")
    assert rounds.offered_outline(who.province.police) == USUAL
    assert rounds.offered_outline(who.province.departments[0]) == USUAL
    added = rounds.open_(
        who.province.police,
        by=who.organiser,
        year=2027,
        span=Span.HALF,
        days=days_of(who),
        outline=(*USUAL, Heading("", "Khác", "Chuyển đổi số")),
    )
    assert added.sections.last().key == "chuyen-doi-so"


def test_no_text_gives_way_unseen_and_what_is_taken_out_is_kept_and_comes_back():
    who = asked()
    first = "Đơn vị đã ban hành kế hoạch, phân công lãnh đạo phụ trách, kiểm tra hai lượt."
    who.write("direction", first, stroke=Stroke(PEN, 1))
    longer = who.write("direction", f"{first} Thêm câu.", stroke=Stroke(PEN, 2))
    assert not longer.kept.exists()

    again = who.write("direction", "chữ đến muộn", stroke=Stroke(PEN, 1))
    assert again.words == f"{first} Thêm câu."
    with pytest.raises(ChangedMeanwhile):
        who.write("direction", "của người khác", by=who.head, seen_version=2)
    other = who.write("direction", "Viết lại.", by=who.head)
    kept = other.kept.get()
    assert (kept.words, kept.written_by, kept.version) == (f"{first} Thêm câu.", who.editor, 3)

    back = section_texts.restore(kept, by=who.editor, seen_version=other.version)
    assert back.words == f"{first} Thêm câu."
    assert set(back.kept.values_list("words", flat=True)) == {kept.words, "Viết lại."}
    with pytest.raises(IntegrityError), transaction.atomic():
        back.kept.update(words="")
    with pytest.raises(MoveRefused, match="dài quá"):
        who.write("direction", "a" * (LONGEST_TEXT + 1))
    with pytest.raises(PermissionDenied):
        who.write("direction", "x", by=who.organiser)


def test_one_hand_that_takes_letters_out_bit_by_bit_loses_no_more_than_a_few():
    who = asked()
    words = "mười chữ cái " * 10
    who.write("next", words, stroke=Stroke(PEN, 1))
    for number in range(2, 12):
        words = words[:-13]
        text = who.write("next", words, stroke=Stroke(PEN, number))

    assert text.words == ""
    kept = sorted(len(one.words) for one in text.kept.all())
    assert kept
    assert max(kept) >= 130 - 40
    assert all(later - one <= 53 for one, later in zip(kept, kept[1:], strict=False))


def test_what_was_sent_stays_to_the_letter_and_a_return_with_a_reason_opens_it_again():
    who = asked()
    report = who.report()
    paper = Paper("07/BC", timezone.localdate())
    seen = seen_of(report)
    with pytest.raises(MoveRefused, match="chưa có nội dung"):
        periodic.send(report, seen=seen, paper=paper, by=who.head)
    who.write("direction", "Đã ban hành kế hoạch.")
    with pytest.raises(ChangedMeanwhile):
        periodic.send(report, seen=seen, paper=paper, by=who.head)
    seen = seen_of(report)
    with pytest.raises(PermissionDenied):
        periodic.send(report, seen=seen, paper=paper, by=who.editor)
    late = Paper(paper.number, timezone.localdate() + timedelta(days=1))
    with pytest.raises(MoveRefused, match="sau ngày hôm nay"):
        periodic.send(report, seen=seen, paper=late, by=who.head)
    report = who.send()
    assert report.state == ReportState.SENT
    with pytest.raises(MoveRefused, match="đã gửi"):
        who.write("direction", "khác")

    with pytest.raises(PermissionDenied):
        periodic.accept(report, seen=report.version, by=who.head)
    with pytest.raises(MoveRefused, match="lý do"):
        periodic.give_back(report, seen=report.version, comment=" ", by=who.organiser)
    periodic.give_back(report, seen=report.version, comment="Thiếu số liệu.", by=who.organiser)
    who.write("direction", "Đã ban hành kế hoạch số 12.")
    who.send(number="09/BC")
    assert who.accept().state == ReportState.ACCEPTED

    newest, oldest = SentReport.objects.filter(report=report)
    assert [one["words"] for one in oldest.content["sections"]][0] == "Đã ban hành kế hoạch."
    assert [one["words"] for one in newest.content["sections"]][0] == "Đã ban hành kế hoạch số 12."
    assert periodic_content.holds(newest)
    assert periodic_content.holds(oldest)
    newest.paper_number = "10/BC"
    assert not periodic_content.holds(newest)
    with pytest.raises(IntegrityError), transaction.atomic():
        SentReport.objects.update(signer="Khác")
    assert [event.verb for event in report.events.all()] == ["accept", "send", "return", "send"]


def test_figures_stand_in_their_sections_live_in_the_draft_and_frozen_when_sent():
    province = a_province()
    work = open_reports(province)
    who = asked(province)
    before = open_reports(province, year=2025, organiser=work.organiser)
    before.put("HS-02", "16")
    work.put("HS-02", "20")
    work.put("HS-03", "18")

    def procedures(content):
        section = next(one for one in content["sections"] if one["key"] == "procedures")
        return {one["code"]: (one["amount"], one["before"]) for one in section["figures"]}

    live = procedures(periodic_content.live(who.report()))
    assert live == {"HS-02": ("20", "16"), "HS-03": ("18", ""), "HS-05": ("90,00", "")}
    report = sent(who)
    one = work.reading("HS-02")
    readings.put(one.pk, by=work.organiser, amount=Decimal(30), note="", seen_version=one.version)
    frozen = report.sent.get().content
    assert procedures(frozen) == live
    assert procedures(periodic_content.live(who.report()))["HS-02"] == ("30", "16")

    summary = periodic_content.live(who.summary())
    work.put("HS-02", "5", place=1)
    summary = periodic_content.live(who.summary())
    assert procedures(summary)["HS-02"] == ("35", "16")
    assert [row["cells"][0] for row in summary["units"]["rows"]] == ["30", "5"]
    assert summary["merged"] == {"asked": 2, "settled": 0}


def test_received_reports_are_offered_to_the_report_of_their_level_upward_and_no_others():
    province = a_province()
    who = asked(province)
    summary = who.summary()
    report = sent(who)
    below = PeriodicReport.objects.settled_below

    assert not below(summary).exists()
    who.accept()
    assert list(below(summary)) == [report]
    assert not below(report).exists()
    assert rounds.sum_up(who.round, by=who.organiser) == summary

    ministry = province.a_person(Role.ORGANISER, province.ministry)
    upper = rounds.open_(
        province.ministry,
        by=ministry,
        year=2026,
        span=Span.HALF,
        days=days_of(who),
        outline=USUAL,
    )
    due = PeriodicReport.objects.for_page().get(round=upper, unit=province.police)
    assert list(below(due)) == [report]
    assert rounds.report_of_the_level(who.round) == due

    text = summary.texts.get(section__key="direction")
    section_texts.write(text.pk, by=who.organiser, words="Tổng hợp.", seen_version=1)
    paper = Paper("21/BC-CAT", timezone.localdate())
    summary.refresh_from_db()
    periodic.send(summary, seen=seen_of(summary), paper=paper, by=who.upper_head)
    summary.refresh_from_db()
    assert summary.state == ReportState.ISSUED
    assert set(below(due)) == {report, summary}
    periodic.give_back(summary, seen=summary.version, comment="Sửa số.", by=who.upper_head)
    summary.refresh_from_db()
    assert summary.state == ReportState.DRAFT


def test_the_period_before_of_a_unit_that_was_merged_is_that_of_those_who_went_into_it():
    province = a_province()
    before = asked(province, span=Span.QUARTER_1)
    first, second = province.departments
    written = sent(before)
    mergers.merge(
        [first], into=second, decision=a_decision(date(2026, 5, 1)), by=province.administrator
    )
    now = a_round(province, before.organiser, span=Span.HALF, year=2026)
    report = PeriodicReport.objects.for_page().get(round=now)

    assert report.unit == second
    assert set(PeriodicReport.objects.earlier(report)) == {written, before.report(1)}
