"""The words of a commitment: what is promised, how it reads, what exactly is signed."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_portal.kit.digest import digest
from commitments.rules.areas import ReformArea
from commitments.rules.deadline import deadline
from commitments.rules.progress import Aim
from commitments.rules.terms import (
    COLUMNS,
    HEADING_LABELS,
    LABELS,
    Heading,
    SignedTask,
    TaskTerms,
    differences,
    heading_differences,
    measure_words,
    signed_content,
    term_words,
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
    aim=st.sampled_from([aim.value for aim in Aim]),
    due_from=st.none() | st.dates(),
    criterion=words,
    money=st.none() | figures,
    proof=words,
)


def test_every_term_has_a_vietnamese_name():
    assert set(LABELS) == set(COLUMNS)


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
    same = digest(signed_content(heading, signer, [SignedTask(one)])) == digest(
        signed_content(heading, signer, [SignedTask(other)])
    )

    assert same == (differences(one, other) == [])


def test_the_order_of_tasks_is_part_of_what_is_signed():
    first, second = SignedTask(TERMS), SignedTask(replace(TERMS, title="Tập huấn"))

    one_way = digest(signed_content({}, {}, [first, second]))
    other_way = digest(signed_content({}, {}, [second, first]))

    assert one_way != other_way


@pytest.mark.parametrize(
    ("aim", "baseline", "target", "unit", "said"),
    [
        (Aim.CUT, None, D(25), "ngày mỗi năm", "giảm 25 ngày mỗi năm"),
        (Aim.RAISE, D(10), D(3), "lớp", "tăng 3 lớp (hiện nay 10 lớp)"),
        (Aim.AT_MOST, None, D(1), "%", "không quá 1 %"),
    ],
)
def test_a_target_with_a_direction_reads_as_people_say_it(aim, baseline, target, unit, said):
    measured = replace(TERMS, aim=aim, baseline=baseline, target=target, measure_unit=unit)

    assert measure_words(measured) == said


@pytest.mark.parametrize(
    ("words", "last"),
    [
        ("quý III", date(2022, 9, 30)),
        ("Quý I/2023", date(2023, 3, 31)),
        ("quý 4 năm 2022", date(2022, 12, 31)),
        ("từ quý I đến quý II", date(2022, 6, 30)),
        ("trong tháng 2", date(2022, 2, 28)),
        ("tháng 2 năm 2024", date(2024, 2, 29)),
        ("thường xuyên", None),
        ("quý V", None),
        ("quý 9", None),
        ("tháng 13", None),
        ("quý III năm 9999", None),
    ],
)
def test_a_term_in_words_has_the_last_day_that_it_names(words, last):
    assert deadline(None, words, 2022) == last


def test_a_day_counts_before_words():
    assert deadline(date(2022, 5, 1), "quý III", 2022) == date(2022, 5, 1)


def test_a_span_reads_from_day_to_day():
    span = replace(TERMS, due_from=date(2022, 3, 1), due_on=date(2022, 9, 30), due_text="đợt 1")

    assert term_words(span) == "từ 01/03/2022 đến 30/09/2022, đợt 1"


def test_what_was_signed_under_the_first_layout_reads_as_it_did():
    signed = signed_content({"year": 2022}, {}, [SignedTask(TERMS)], layout=1)

    assert signed["layout"] == "commitment-1"
    assert set(signed["tasks"][0]) == {
        "area", "title", "product", "measure", "measure_unit", "baseline", "target",
        "due_on", "due_text", "lead", "partners",
    }  # fmt: skip
