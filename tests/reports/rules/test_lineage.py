"""Years of a unit through mergers: a line follows a sole predecessor, and nobody else's."""

from datetime import date
from decimal import Decimal

from reports.rules.lineage import Passing, YearOf, followed, lines_of

DAY = date(2024, 7, 1)
HERE, ELSEWHERE = 1, 2


def passed(before: int, after: int) -> Passing:
    return Passing(before, after, DAY)


def of(unit: int, year: int, percent: str = "90", assessor: int = HERE, **more) -> YearOf:
    said = {"rank": 1, "band": "Tốt", "source": 1, "assessor_name": f"Cơ quan {assessor}"} | more
    return YearOf(
        year=year,
        unit=unit,
        unit_name=f"Đơn vị {unit}",
        percent=Decimal(percent),
        places=2,
        assessor=assessor,
        **said,
    )


def test_a_line_follows_one_unit_that_went_wholly_into_one_other():
    assert followed(3, [passed(1, 2), passed(2, 3)]) == [3, 2, 1]


def test_a_line_follows_nobody_where_several_became_one_or_one_became_several():
    assert followed(3, [passed(1, 3), passed(2, 3)]) == [3]
    assert followed(3, [passed(1, 3), passed(1, 4)]) == [3]


def test_a_circle_of_successions_ends():
    assert followed(1, [passed(1, 2), passed(2, 1)]) == [1, 2]


def test_the_line_says_whom_it_follows():
    (line,) = lines_of(2, "Đơn vị 2", HERE, [passed(1, 2)], [of(1, 2023, "80"), of(2, 2025)])

    assert [one.year for one in line.years] == [2023, 2025]
    assert "Đơn vị 1" in line.told
    assert line.in_year(2024) is None


def test_a_unit_of_several_gets_no_year_that_is_not_its_own():
    passings = [passed(1, 3), passed(2, 3)]
    years = [of(1, 2023), of(2, 2023), of(3, 2025)]

    own, *apart = lines_of(3, "Đơn vị 3", HERE, passings, years)

    assert [one.year for one in own.years] == [2025]
    assert not own.told
    assert [line.name for line in apart] == ["Đơn vị 1", "Đơn vị 2"]
    assert all("sáp nhập" in line.told for line in apart)


def test_what_another_assessor_published_is_a_line_of_its_own():
    own, other = lines_of(1, "Đơn vị 1", HERE, [], [of(1, 2025), of(1, 2024, assessor=ELSEWHERE)])

    assert [one.year for one in own.years] == [2025]
    assert "Cơ quan 2" in other.told


def test_of_two_figures_of_one_year_that_of_the_portal_stands():
    years = [of(1, 2025, "70", from_paper=True), of(1, 2025, "71")]

    (line,) = lines_of(1, "Đơn vị 1", HERE, [], years)

    assert [one.percent for one in line.years] == [Decimal("71")]
