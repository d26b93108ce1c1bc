"""Rows of the verification added up by desk, by assignment and by person."""

from datetime import UTC, date, datetime
from fractions import Fraction

import pytest

from scoring.rules.desks import desk_for
from scoring.rules.workload import Cell, Load, Part, workload

ASSESSOR, OWNER = 1, 2
ANH, BINH = 10, 11


def cell(dossier: int, criterion: int, *, settled: int = 0, **columns) -> Cell:
    """Four rows; criteria 31 and 32 stand in area 3, all in block 7."""
    usual = {"block": 7, "area": 3, "desk": ASSESSOR, "handed_in": True, "rows": 4}
    return Cell(dossier=dossier, criterion=criterion, settled=settled, **(usual | columns))


def part(key: int, officer: int, **columns) -> Part:
    return Part(key, officer, **({"desk": ASSESSOR, "block": 7} | columns))


@pytest.mark.parametrize(
    ("owner", "unit", "desk"), [(None, 5, ASSESSOR), (OWNER, 5, OWNER), (OWNER, OWNER, ASSESSOR)]
)
def test_the_owner_verifies_everybody_but_itself(owner, unit, desk):
    assert desk_for(owner, unit=unit, assessor=ASSESSOR) == desk


def test_a_row_under_two_parts_of_one_person_counts_once():
    found = workload([cell(1, 31, settled=1)], [part(1, ANH, dossier=1), part(2, ANH, node=3)])

    assert (found.officers[ANH].rows, found.officers[ANH].left) == (4, 3)
    assert [load.rows for load in found.parts.values()] == [4, 4]
    assert found.free == {}


def test_a_part_covers_its_desk_its_block_its_dossier_and_its_node():
    cells = [
        cell(1, 31),
        cell(2, 31),
        cell(1, 32),
        cell(1, 41, area=4),
        cell(1, 31, desk=OWNER),
        cell(1, 31, block=8),
    ]
    parts = [
        part(1, ANH, dossier=1),
        part(2, ANH, node=3),
        part(3, ANH, node=31, dossier=1),
        part(4, BINH, desk=OWNER, node=31),
    ]

    found = workload(cells, parts)

    assert {key: load.rows for key, load in found.parts.items()} == {1: 12, 2: 12, 3: 4, 4: 4}
    for one in parts:
        assert found.parts[one.key].rows == sum(c.rows for c in cells if one.covers(c))
    assert found.free[ASSESSOR].rows == 4
    assert found.desks[ASSESSOR].rows == 20


def test_what_was_not_handed_in_is_left_but_does_not_wait():
    found = workload([cell(1, 31, settled=1), cell(2, 31, handed_in=False)], [])

    load = found.desks[ASSESSOR]
    assert (load.left, load.ready, load.ahead) == (7, 3, 4)
    assert load.share == Fraction(100, 8)
    assert Load().share is None


def test_late_is_what_waits_after_its_own_day_else_after_that_of_the_period():
    day = date(2026, 10, 20)
    cells = [cell(1, 31), cell(2, 31, settled=4), cell(3, 31, handed_in=False)]
    parts = [
        part(1, ANH, dossier=1, due_on=date(2026, 10, 5)),
        part(2, ANH, dossier=2, due_on=date(2026, 10, 1)),
        part(3, BINH, dossier=3, due_on=date(2026, 10, 1)),
    ]

    found = workload(cells, parts)

    assert found.officers[ANH].due_on == date(2026, 10, 5)
    assert not found.officers[ANH].is_late(date(2026, 10, 5), verify_by=day)
    assert found.officers[ANH].is_late(date(2026, 10, 6), verify_by=day)
    assert not found.officers[BINH].is_late(date(2026, 11, 1), verify_by=day)
    assert not found.desks[ASSESSOR].is_late(day, verify_by=day)
    assert found.desks[ASSESSOR].is_late(date(2026, 10, 21), verify_by=day)


def test_returns_and_replies_add_up_and_the_last_verdict_is_the_latest():
    early, late = (datetime(2026, 10, n, tzinfo=UTC) for n in (1, 2))
    cells = [
        cell(1, 31, returned=1, objections=2, waiting=1, last=late),
        cell(2, 31, returned=2, last=early),
        cell(3, 31),
    ]

    load = workload(cells, []).desks[ASSESSOR]

    assert (load.returned, load.objections, load.waiting, load.last) == (3, 2, 1, late)
