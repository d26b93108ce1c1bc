"""What must stand behind a unit's own points: evidence, or words."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.rules.proof import Claim, Want


def a_claim(**said) -> Claim:
    return Claim(**{"by_unit": True, "expects_evidence": True, "points": Fraction(1)} | said)


@pytest.mark.parametrize(
    ("said", "want"),
    [
        ({}, Want.EXPLANATION),
        ({"note": " \n "}, Want.EXPLANATION),
        ({"note": "Theo sổ theo dõi."}, None),
        ({"pieces": 1}, None),
        ({"points": Fraction(0)}, None),
        ({"points": None}, None),
        ({"expects_evidence": False}, None),
        ({"by_unit": False}, None),
        ({"points": Fraction(1, 3)}, Want.EXPLANATION),
        ({"points": None, "not_applicable": True}, Want.REASON),
        ({"points": None, "not_applicable": True, "pieces": 2}, Want.REASON),
        ({"points": None, "not_applicable": True, "expects_evidence": False}, Want.REASON),
        ({"points": None, "not_applicable": True, "note": "Không được giao."}, None),
        ({"unlike": True, "pieces": 1}, Want.UNLIKE),
        ({"unlike": True, "note": "Theo số liệu báo cáo năm 2026: HS-02: 40."}, Want.UNLIKE),
        ({"unlike": True, "by_unit": False}, None),
    ],
)
def test_points_without_evidence_want_words_and_so_does_what_does_not_apply(said, want):
    assert a_claim(**said).wants == want


def test_words_take_the_place_of_evidence_but_the_row_still_lacks_it():
    claim = a_claim(note="Theo sổ theo dõi.")

    assert claim.lacks_evidence
    assert claim.wants is None


CLAIMS = st.builds(
    Claim,
    by_unit=st.booleans(),
    expects_evidence=st.booleans(),
    points=st.none() | st.fractions(min_value=0, max_value=10),
    not_applicable=st.booleans(),
    note=st.text(max_size=5),
    pieces=st.integers(min_value=0, max_value=3),
)


@given(CLAIMS)
def test_whatever_is_wanted_a_word_is_enough(claim):
    assert claim.wants is None or not claim.note.strip()
    assert claim.by_unit or claim.wants is None
