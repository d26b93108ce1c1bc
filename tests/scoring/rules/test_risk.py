"""Which self-assessed components want a close look, and why."""

from decimal import Decimal
from fractions import Fraction
from statistics import median

from hypothesis import given
from hypothesis import strategies as st

from scoring.rules.proof import Claim
from scoring.rules.risk import Grade, Past, Risk, assess, middle_of

FULL = Decimal(4)
SHARES = st.lists(st.fractions(0, 1, max_denominator=20), min_size=5, max_size=30)


def a_claim(points="3", **columns) -> Claim:
    said = {"by_unit": True, "expects_evidence": True, "points": Fraction(points), "pieces": 1}
    return Claim(**(said | columns))


def kinds(*arguments, **options) -> list[Risk]:
    return [reason.kind for reason in assess(*arguments, **options).reasons]


def test_a_proven_usual_claim_is_of_low_risk():
    past = Past(2025, Fraction(3), Fraction(3), FULL)

    assessed = assess(a_claim(), FULL, past=past, middle=middle_of([Fraction(3, 4)] * 5))

    assert (assessed.reasons, assessed.grade) == ((), Grade.LOW)


def test_points_without_the_expected_evidence_are_of_high_risk():
    assert kinds(a_claim(pieces=0), FULL) == [Risk.NO_EVIDENCE]
    assert assess(a_claim(pieces=0), FULL).grade == Grade.HIGH
    assert kinds(a_claim(pieces=0, expects_evidence=False), FULL) == []


def test_a_jump_counts_from_three_tenths_of_the_maximum_exactly():
    just_below = Past(2025, None, Fraction("1.8000001"), FULL)
    at_it = Past(2025, None, Fraction("1.8"), FULL)

    assert kinds(a_claim("3"), FULL, past=just_below) == []
    (reason,) = assess(a_claim("3"), FULL, past=at_it).reasons
    assert reason.kind == Risk.JUMP
    assert reason.sentence == "tăng 30,0 điểm phần trăm so với kỳ 2025 (1,80/4,00)"


def test_a_cut_of_the_time_before_is_told_and_an_addition_is_not():
    cut = Past(2025, Fraction(3), Fraction("2.74"), FULL)

    (reason,) = assess(a_claim(), FULL, past=cut).reasons
    assert (reason.kind, reason.sentence) == (Risk.PAST_GAP, "kỳ 2025 bị giảm 0,26 điểm")
    assert kinds(a_claim(), FULL, past=Past(2025, Fraction(2), Fraction(3), FULL)) == []


def test_a_proposal_of_not_applicable_and_silence_are_never_of_low_risk():
    excused = a_claim("0", not_applicable=True)
    unsaid = Claim(by_unit=False, expects_evidence=False)

    assert kinds(excused, FULL) == [Risk.EXCUSED]
    assert kinds(unsaid, FULL) == [Risk.UNSAID]
    assert Grade.LOW not in (assess(excused, FULL).grade, assess(unsaid, FULL).grade)


def test_one_far_from_a_close_block_is_an_outlier_and_four_units_are_no_block():
    close = [Fraction(n, 100) for n in (70, 72, 74, 76, 78)]

    assert kinds(a_claim("4"), FULL, middle=middle_of(close)) == [Risk.OUTLIER]
    assert kinds(a_claim("3"), FULL, middle=middle_of(close)) == []
    assert middle_of(close[:4]) is None


@given(SHARES)
def test_the_middle_is_the_median_and_half_of_a_block_at_least_is_never_far_from_it(shares):
    middle = middle_of(shares)

    assert 2 * sum(not middle.is_far(share) for share in shares) >= len(shares)
    assert middle.share == median(shares)
