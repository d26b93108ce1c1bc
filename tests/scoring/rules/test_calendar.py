"""What the dates of a period mean on a given day."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_portal.kit.workdays import working_days_after
from scoring.rules.calendar import Phase, usual_calendar

YEAR = usual_calendar(2026)


def test_the_usual_year_ends_in_autumn():
    assert (YEAR.data_from, YEAR.data_until) == (date(2025, 9, 16), date(2026, 9, 15))
    assert (YEAR.opens_on, YEAR.submit_by) == (date(2026, 9, 16), date(2026, 9, 25))
    assert (YEAR.verify_by, YEAR.reply_by) == (date(2026, 10, 20), date(2026, 10, 27))
    assert YEAR.publish_on == date(2026, 11, 15)


@pytest.mark.parametrize(
    ("day", "count", "after"),
    [
        (date(2026, 10, 20), 5, date(2026, 10, 27)),
        (date(2026, 10, 23), 1, date(2026, 10, 26)),
        (date(2026, 10, 24), 5, date(2026, 10, 30)),
        (date(2026, 10, 24), 0, date(2026, 10, 24)),
        (date(2026, 2, 13), 1, date(2026, 2, 23)),  # Tết, 16 to 20 February
        (date(2026, 4, 24), 1, date(2026, 4, 28)),  # 10/3 of the lunar year is a Sunday: Monday
        (date(2026, 4, 29), 1, date(2026, 5, 4)),  # 30 April, 1 May
        (date(2026, 8, 28), 1, date(2026, 9, 3)),  # a day in exchange, 1 and 2 September
        (date(2026, 8, 21), 1, date(2026, 8, 22)),  # the Saturday worked for it
        (date(2026, 12, 31), 1, date(2027, 1, 4)),
        (date(2030, 1, 30), 1, date(2030, 2, 7)),  # Tết a day before the Chinese one
        (date(2035, 9, 1), 1, date(2035, 9, 5)),  # 2 September a Sunday
    ],
)
def test_working_days_leave_out_weekends_and_the_days_off_of_the_law(day, count, after):
    assert working_days_after(day, count) == after


@pytest.mark.parametrize(
    ("today", "phase", "left", "words"),
    [
        (
            date(2026, 9, 12),
            Phase.BEFORE,
            4,
            "Mở tự đánh giá ngày 16/09/2026, còn 4 ngày.",
        ),
        (
            date(2026, 9, 16),
            Phase.SELF_ASSESSMENT,
            9,
            "Tự đánh giá: còn 9 ngày, đến hết ngày 25/09/2026.",
        ),
        (
            date(2026, 9, 25),
            Phase.SELF_ASSESSMENT,
            0,
            "Tự đánh giá: hôm nay 25/09/2026 là ngày cuối.",
        ),
        (
            date(2026, 9, 26),
            Phase.VERIFICATION,
            24,
            "Thẩm định: còn 24 ngày, đến hết ngày 20/10/2026.",
        ),
        (
            date(2026, 10, 21),
            Phase.REPLY,
            6,
            "Giải trình: còn 6 ngày, đến hết ngày 27/10/2026.",
        ),
        (
            date(2026, 10, 28),
            Phase.APPROVAL,
            18,
            "Phê duyệt, công bố: còn 18 ngày, đến hết ngày 15/11/2026.",
        ),
        (
            date(2026, 11, 18),
            Phase.AFTER,
            None,
            "Đã quá ngày dự kiến công bố (15/11/2026) 3 ngày.",
        ),
    ],
)
def test_a_day_has_its_phase_and_its_words(today, phase, left, words):
    assert YEAR.phase(today) == phase
    assert YEAR.days_left(today) == left
    assert YEAR.words(today) == words


@pytest.mark.parametrize(
    ("returned", "extended_until", "last_day"),
    [
        (False, None, date(2026, 9, 25)),
        (True, None, date(2026, 10, 20)),
        (False, date(2026, 9, 30), date(2026, 9, 30)),
        (True, date(2026, 9, 30), date(2026, 10, 20)),
        (True, date(2026, 10, 28), date(2026, 10, 28)),
    ],
)
def test_a_unit_writes_until_its_deadline_or_the_later_day_of_an_extension(
    returned, extended_until, last_day
):
    found = YEAR.last_day_to_write(returned=returned, extended_until=extended_until)

    assert found == last_day


@pytest.mark.parametrize(
    ("until", "words"),
    [
        (date(2026, 9, 25), "phải sau hạn hiện nay của hồ sơ (25/09/2026)"),
        (date(2026, 9, 26), "đã qua: hôm nay là 28/09/2026"),
        (date(2026, 9, 28), ""),
        (date(2026, 11, 14), ""),
        (date(2026, 11, 15), "trước ngày dự kiến công bố kết quả (15/11/2026)"),
    ],
)
def test_an_extension_lengthens_and_ends_before_the_results_are_due(until, words):
    refusal = YEAR.why_not_extended(until, last_day=date(2026, 9, 25), today=date(2026, 9, 28))

    assert words in refusal
    assert bool(words) == bool(refusal)


@pytest.mark.parametrize(
    ("today", "days"),
    [(date(2026, 9, 1), 0), (date(2026, 9, 25), 0), (date(2026, 9, 28), 3)],
)
def test_a_dossier_is_overdue_from_the_day_after_the_deadline(today, days):
    assert YEAR.days_overdue(today) == days


def test_a_phase_without_a_day_is_left_out():
    hurried = replace(YEAR, reply_by=YEAR.verify_by)

    phases = [step.phase for step in hurried.steps()]

    assert phases == [Phase.SELF_ASSESSMENT, Phase.VERIFICATION, Phase.APPROVAL]
    assert hurried.phase(date(2026, 10, 21)) == Phase.APPROVAL


@given(
    st.lists(st.integers(min_value=0, max_value=12), min_size=5, max_size=5),
    st.integers(min_value=-5, max_value=70),
)
def test_every_day_between_opening_and_publication_has_one_phase(gaps, offset):
    days = [YEAR.opens_on]
    for gap in gaps:
        days.append(days[-1] + timedelta(days=gap))
    calendar = replace(
        YEAR, submit_by=days[1], verify_by=days[2], reply_by=days[3], publish_on=days[4]
    )
    today = YEAR.opens_on + timedelta(days=offset)

    holding = [step.phase for step in calendar.steps() if step.first <= today <= step.last]

    if today < calendar.opens_on:
        assert (holding, calendar.phase(today)) == ([], Phase.BEFORE)
    elif today > calendar.publish_on:
        assert (holding, calendar.phase(today)) == ([], Phase.AFTER)
    else:
        assert holding == [calendar.phase(today)]
