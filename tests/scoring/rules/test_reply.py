"""Until when a unit may reply, how a component stands, and what a decision comes to."""

from datetime import date, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.rules.reply import HERE, Outcome, Said, Standing, Terms, Thread, follows, why_not_sent
from scoring.rules.verdict import Finding

FRIDAY = datetime(2026, 10, 23, 16, tzinfo=HERE)


@pytest.mark.parametrize(
    ("reply_by", "days", "last_day"),
    [
        (date(2026, 10, 27), 0, date(2026, 10, 27)),
        (date(2026, 10, 1), 0, date(2026, 10, 23)),
        (date(2026, 10, 1), 3, date(2026, 10, 28)),
        (date(2026, 10, 30), 3, date(2026, 10, 30)),
    ],
)
def test_a_unit_has_until_the_day_of_the_period_and_never_less_than_its_working_days(
    reply_by, days, last_day
):
    thread = Thread(Terms(reply_by, 1, days), FRIDAY)
    midnight = datetime.combine(last_day, datetime.min.time(), HERE) + timedelta(days=1)

    assert thread.last_day == last_day
    assert thread.closes_at == midnight
    assert thread.standing(midnight - timedelta(microseconds=1)) == Standing.UNSAID
    assert thread.standing(midnight) == Standing.SILENT


@pytest.mark.parametrize(
    ("rounds", "said", "standing", "number"),
    [
        (1, Said(1, "sent"), Standing.SENT, 1),
        (1, Said(1, "agreed"), Standing.AGREED, 1),
        (1, Said(1, "decided", "refused", FRIDAY), Standing.DECIDED, 2),
        (2, Said(1, "decided", "refused", FRIDAY), Standing.UNSAID, 2),
        (2, Said(1, "decided", "accepted", FRIDAY), Standing.DECIDED, 2),
        (2, Said(2, "decided", "partly", FRIDAY), Standing.DECIDED, 3),
    ],
)
def test_only_what_was_not_wholly_accepted_is_replied_to_again(rounds, said, standing, number):
    thread = Thread(Terms(date(2026, 10, 1), rounds, 3), FRIDAY, said)

    assert thread.standing(FRIDAY + timedelta(hours=1)) == standing
    assert thread.number == number


parts = st.fractions(min_value=0, max_value=5, max_denominator=60)


@given(said=parts, found=parts, given_points=parts)
def test_what_follows_is_what_was_said_what_was_found_or_exactly_what_was_given(
    said, found, given_points
):
    sides = {"said": Finding(said), "found": Finding(found), "maximum": Fraction(5)}

    assert follows(Outcome.ACCEPTED, given=given_points, **sides) == Finding(said)
    assert follows(Outcome.REFUSED, given=given_points, **sides) == Finding(found)
    if given_points in (said, found):
        with pytest.raises(ValueError, match="khác cả"):
            follows(Outcome.PARTLY, given=given_points, **sides)
    else:
        assert follows(Outcome.PARTLY, given=given_points, **sides) == Finding(given_points)
    with pytest.raises(ValueError, match="từ 0 đến 5"):
        follows(Outcome.PARTLY, given=Fraction(6), **sides)


def test_an_objection_needs_words_and_agreement_none():
    assert why_not_sent("", "chữ") == "chưa chọn ý kiến"
    assert why_not_sent("partly", " \n") == "chưa ghi nội dung giải trình"
    assert why_not_sent("agree", "") == ""
