"""Whose rows they are, what is kept, and what keeps a table from being replaced."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection

from cchc_portal.kit.errors import MoveRefused
from scoring.models import PublishedTable
from scoring.rules.published_reading import Renaming, read_table
from scoring.rules.ranking import USUAL_SCALE
from scoring.services.published_tables import (
    Told,
    assessor_of_year,
    bearers,
    bring_in,
    lines_of,
    renaming_of,
)
from tests.factories import a_decision, a_unit
from tests.races import at_once
from tests.scoring.published import an_assessor
from tests.worlds import a_province
from units.services import units

JULY = date(2025, 7, 1)


def a_table(assessor, content="unit,points\nA,90\n", *, replace=False, **said):
    told = Told(assessor=assessor, year=2019, title="Bảng thử", scale=USUAL_SCALE, **said)
    return bring_in(content.encode(), name="thu.csv", told=told, replace=replace)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("year", "name"),
    [(2024, "Công an huyện Cũ"), (2025, "Công an xã Mới"), (2026, "Công an xã Mới")],
)
def test_a_code_means_the_unit_that_bore_it_in_the_year_and_of_two_the_later(year, name):
    a_unit("X1", name="Công an huyện Cũ", until=date(2025, 3, 1))
    a_unit("X1", name="Công an xã Mới", first_on=JULY)

    assert bearers(["X1", "X2"], year)["X1"].name == name
    assert assessor_of_year(" X1 ", year).name == name


@pytest.mark.django_db
def test_a_code_means_nobody_before_the_unit_was_founded():
    a_unit("X1", first_on=JULY)

    with pytest.raises(MoveRefused, match="Không có đơn vị nào mang mã “X1” trong năm 2024"):
        assessor_of_year("X1", 2024)


@pytest.mark.django_db
def test_a_row_told_by_code_alone_bears_the_name_of_its_year():
    province = a_province()
    decision = a_decision(date(2021, 5, 1))
    department = province.departments[0]
    units.rename(department, name="Phòng Tên mới", decision=decision, by=province.administrator)

    a_table(province.police, "unit_code,points\nTN-P01,90\n")

    assert PublishedTable.objects.get().rows.get().unit_name == "Phòng Nghiệp vụ 1"


@pytest.mark.django_db
def test_what_is_stored_is_read_again_as_it_was_in_the_file():
    header = ["unit", "points", "max_points", "percent", "rank", "classification", "b", "a"]
    cells = [
        ["A", "69.25", "71.5", "96.85", "1", "Good", "0.1", ""],
        ["B", "", "", "", "", "", "", ""],
    ]
    renaming = Renaming({}, {"good": "Xuất sắc"})
    file = "\n".join(",".join(line) for line in [header, *cells])

    outcome = a_table(an_assessor(), file, renaming=renaming, parts=("b", "a"))

    read = read_table(header, list(enumerate(cells, start=2)), renaming, ("b", "a"))
    assert tuple(lines_of(outcome.table)) == read.rows == outcome.rows
    assert renaming_of(outcome.table) == renaming


@pytest.mark.django_db
def test_the_smallest_and_the_largest_figure_are_kept_to_the_last_digit():
    figures = ["999999999999999.999999999999999", "0.000000000000001"]

    outcome = a_table(an_assessor(), "unit,points\nA," + "\nB,".join(figures))

    assert [line.points for line in lines_of(outcome.table)] == [Decimal(one) for one in figures]


@pytest.mark.django_db
def test_a_table_that_something_refers_to_is_not_replaced():
    assessor = an_assessor()
    a_table(assessor)
    with connection.cursor() as cursor:
        cursor.execute("create table built_on_it (r bigint references scoring_publishedrow)")
        cursor.execute("insert into built_on_it select id from scoring_publishedrow")

    with pytest.raises(MoveRefused, match="đã được dùng ở nơi khác"):
        a_table(assessor, "unit,points\nB,80\n", replace=True)

    assert PublishedTable.objects.get().rows.get().unit_name == "A"


@pytest.mark.django_db(transaction=True)
def test_the_same_table_brought_in_twice_at_once_is_there_once():
    assessor = an_assessor()

    (refusal,) = at_once(lambda: a_table(assessor), lambda: a_table(assessor))

    assert "đã có bảng kết quả “Bảng thử”" in refusal
    assert PublishedTable.objects.get().rows.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_replace_a_table_at_once_leave_one_whole_table():
    assessor = an_assessor()
    a_table(assessor)

    refusals = at_once(
        lambda: a_table(assessor, "unit,points\nB,80\nC,70\n", replace=True),
        lambda: a_table(assessor, "unit,points\nD,80\nE,70\n", replace=True),
    )

    assert refusals == []
    names = PublishedTable.objects.get().rows.order_by("line").values_list("unit_name", flat=True)
    assert list(names) in (["B", "C"], ["D", "E"])


@pytest.mark.django_db
def test_a_table_costs_the_same_queries_however_long_it_is(assert_flat_queries):
    assessor = an_assessor()
    rows = ["A,90"]

    def again():
        a_table(assessor, "unit,points\n" + "\n".join(rows), replace=True)

    again()
    assert_flat_queries(again, grow=lambda: rows.extend(f"Đơn vị {n},80" for n in range(300)))
