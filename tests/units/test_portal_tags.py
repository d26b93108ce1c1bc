"""Figures, days, states and classes as every page writes them."""

import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from django.core.paginator import Paginator
from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import mark_safe

from commitments.rules.progress import Standing
from commitments.rules.workflow import CommitmentState
from reports.models import RenderState
from scoring.rules.workflow import DossierState, PeriodState
from units.templatetags import portal

LABELS = ["Xuất sắc", "Tốt", "Khá", "Hoàn thành nhiệm vụ", "Không hoàn thành nhiệm vụ"]


def test_points_have_a_decimal_comma_and_are_rounded_half_up():
    assert portal.points(Fraction(2935, 2000)) == "1,47"
    assert portal.points(Decimal("94.1765"), 3) == "94,177"
    assert portal.points(Fraction(0)) == "0,00"


def test_the_sign_of_percent_stands_after_a_space_that_does_not_break():
    assert portal.percent(Decimal("97.444")) == "97,44\u00a0%"


def test_a_difference_shows_its_sign_unless_it_prints_as_nought():
    assert portal.change(Decimal("1.42")) == "+1,42"
    assert portal.change(Decimal("-0.95")) == "\u22120,95"
    assert portal.change(Fraction(1, 1000)) == "0,00"
    assert portal.change(Fraction(0)) == "0,00"


def test_whole_numbers_have_points_between_thousands():
    assert portal.grouped(12480) == "12.480"


def test_an_unrounded_figure_keeps_what_it_is():
    assert portal.exactly(Fraction(1, 8)) == "0,125"
    assert portal.exactly(Fraction(4, 3)) == "4/3"
    assert portal.exactly(Decimal("3"), 2) == "3,00"


@pytest.mark.parametrize(
    "written",
    [
        portal.points,
        portal.percent,
        portal.change,
        portal.grouped,
        portal.exactly,
        portal.day,
        portal.moment,
        portal.clock,
    ],
)
def test_what_is_not_there_is_a_dash_and_never_a_nought(written):
    assert written(None) == "–"


def test_moments_are_told_by_the_clocks_of_viet_nam():
    late = datetime(2026, 9, 24, 18, 30, tzinfo=UTC)

    assert portal.day(late) == "25/09/2026"
    assert portal.moment(late) == "25/09/2026, 01:30"
    assert portal.clock(late) == "01:30"
    assert portal.day(date(2026, 9, 5)) == "05/09/2026"


def test_a_deadline_is_told_in_words():
    today = timezone.localdate()

    assert portal.due(today + timedelta(days=4)) == "còn 4 ngày"
    assert portal.due(today) == "hôm nay"
    assert portal.due(today - timedelta(days=2)) == "quá hạn 2 ngày"
    assert portal.due(None) == ""


@pytest.mark.parametrize(
    "states", [PeriodState, DossierState, CommitmentState, Standing, RenderState]
)
def test_every_state_that_pages_show_has_a_look_of_its_own(states):
    for state in states:
        badge = portal.state_badge(state.value, state.label)

        assert state.value in portal.STATE_LOOKS
        assert str(state.label) in badge


def test_a_row_state_brings_its_own_words():
    assert "Người khác vừa sửa" in portal.state_badge("changed")
    assert "state-changed" in portal.state_badge("changed")


def test_a_state_without_words_is_a_mistake_and_not_an_empty_badge():
    with pytest.raises(KeyError):
        portal.state_badge("published")


def test_what_people_typed_cannot_become_markup():
    assert "<b>" not in portal.state_badge("draft", "<b>")
    assert "<b>" not in portal.class_mark("<b>", ["<b>", "Tốt"])


def test_classes_fall_from_the_star_to_the_struck_circle():
    marks = [portal.class_mark(label, LABELS) for label in LABELS]

    for shape, (mark, label) in enumerate(zip(marks, LABELS, strict=True), start=1):
        assert f"#class-{shape}" in mark
        assert label in mark


def test_the_last_label_of_a_short_scale_is_still_the_struck_circle():
    assert "#class-1" in portal.class_mark("Đạt", ["Đạt", "Không đạt"])
    assert "#class-5" in portal.class_mark("Không đạt", ["Đạt", "Không đạt"])


def test_a_label_of_another_scale_and_no_label_are_words_alone():
    assert portal.class_mark("Hạng A", LABELS) == '<span class="strong">Hạng A</span>'
    assert "chưa xếp loại" in portal.class_mark("", LABELS)


def test_the_way_here_ends_with_the_page_itself():
    way = portal.crumbs("Kỳ đánh giá", "/ky-danh-gia/", "Kỳ 2026")

    assert way == {"steps": [("Kỳ đánh giá", "/ky-danh-gia/")], "here": "Kỳ 2026"}
    assert portal.crumbs("Đơn vị", "/don-vi/")["here"] == ""


def test_long_lists_leave_pages_out_with_an_ellipsis():
    page = Paginator(range(12480), 25).page(7)

    assert portal.page_numbers(page) == [1, "…", 5, 6, 7, 8, 9, "…", 500]


def test_the_number_of_a_paper_does_not_break_at_the_end_of_a_line_and_stays_as_it_is():
    said = "Quyết định số 3412/QĐ-CAT-PV01 & Thông tư 27/2022/TT-BCA ngày 24/11/2022"
    drawn = portal.unbroken(said)

    assert '<span class="nowrap">3412/QĐ-CAT-PV01</span> &amp; ' in drawn
    assert '<span class="nowrap">27/2022/TT-BCA</span> ngày 24/11/2022' in drawn
    assert re.sub("<[^>]*>", "", drawn) == escape(said)


@pytest.mark.parametrize(
    "words",
    [
        "ngày 24/11/2022, hạng 4/13, 12.480 lượt",
        "https://cchc.example.vn/cong-bo/ky/7/QD-1",
        mark_safe('<a href="/tim/?q=12/QĐ-CAT">xem</a>'),
        f"12/QĐ-{'CAT-' * 12}PV01",
        "",
    ],
)
def test_dates_addresses_attributes_and_very_long_numbers_are_left_alone(words):
    assert portal.unbroken(words) == words
    assert portal.unbroken(None) == ""


def test_words_that_were_typed_are_escaped_around_a_number():
    assert portal.unbroken("<b>12/QĐ-CAT") == ('&lt;b&gt;<span class="nowrap">12/QĐ-CAT</span>')
