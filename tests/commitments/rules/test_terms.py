"""The words of a commitment: what is promised, how it reads, what exactly is signed."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_portal.kit.digest import digest
from commitments.rules.areas import ReformArea
from commitments.rules.terms import (
    COLUMNS,
    HEADING_LABELS,
    LABELS,
    Heading,
    TaskTerms,
    differences,
    heading_differences,
    measure_words,
    signed_content,
)

TERMS = TaskTerms(area="apparatus", title="Gộp các cuộc kiểm tra", due_text="thường xuyên")
D = Decimal

figures = st.decimals(min_value=0, max_value=10**6, places=4)
words = st.text(alphabet="aă đ", max_size=2)
terms = st.builds(
    TaskTerms,
    area=st.sampled_from([area.value for area in ReformArea]),
    title=words,
    product=words,
    measure=words,
    measure_unit=words,
    baseline=st.none() | figures,
    target=st.none() | figures,
    due_on=st.none() | st.dates(),
    due_text=words,
    lead=words,
    partners=words,
)


def test_every_term_has_a_vietnamese_name():
    assert tuple(LABELS) == COLUMNS


@pytest.mark.parametrize(
    ("baseline", "target", "unit", "said"),
    [
        (None, None, "ngày", ""),
        (None, D("25.0000"), "ngày", "25 ngày"),
        (None, D(3), "", "3"),
        (D(72), D(85), "%", "từ 72 % lên 85 %"),
        (D(3), D("1.5"), "ngày", "từ 3 ngày xuống 1,5 ngày"),
        (D(0), D(12480), "hồ sơ", "từ 0 hồ sơ lên 12.480 hồ sơ"),
        (D(5), D(5), "lớp", "5 lớp"),
    ],
)
def test_a_target_reads_as_people_say_it(baseline, target, unit, said):
    measured = replace(TERMS, baseline=baseline, target=target, measure_unit=unit)

    assert measure_words(measured) == said


def test_terms_read_by_area_name_decimal_comma_and_vietnamese_day():
    read = replace(TERMS, target=D("1.5"), due_on=date(2026, 9, 5)).words()

    assert read["area"] == "Cải cách tổ chức bộ máy"
    assert read["target"] == "1,5"
    assert read["due_on"] == "05/09/2026"
    assert read["baseline"] == ""


def test_two_wordings_differ_exactly_where_they_say_something_else():
    changed = replace(TERMS, title="Gộp kiểm tra", target=D(25))

    found = differences(TERMS, changed)

    assert [str(difference) for difference in found] == [
        "Nhiệm vụ: Gộp các cuộc kiểm tra → Gộp kiểm tra",
        "Mức cần đạt: (trống) → 25",
    ]


def test_a_figure_written_with_more_noughts_is_no_difference():
    once, again = replace(TERMS, target=D("25")), replace(TERMS, target=D("25.0000"))

    assert differences(once, again) == []


def test_headings_differ_by_their_vietnamese_names():
    before, after = Heading("Bản cam kết"), Heading("Bản cam kết", "Nghệ An", date(2022, 1, 5))

    found = heading_differences(before, after)

    assert [difference.label for difference in found] == [
        HEADING_LABELS["place"],
        HEADING_LABELS["agreed_on"],
    ]
    assert found[1].after == "05/01/2022"


@given(terms, terms)
def test_two_promises_have_one_digest_only_if_they_are_the_same(one, other):
    heading, signer = {"year": 2026}, {"signer": "A"}
    same = digest(signed_content(heading, signer, [one])) == digest(
        signed_content(heading, signer, [other])
    )

    assert same == (differences(one, other) == [])


def test_the_order_of_tasks_is_part_of_what_is_signed():
    first, second = TERMS, replace(TERMS, title="Tập huấn")

    one_way = digest(signed_content({}, {}, [first, second]))
    other_way = digest(signed_content({}, {}, [second, first]))

    assert one_way != other_way
