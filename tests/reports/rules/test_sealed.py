"""What the rules rank is sound to the portal and to the script; one figure off is not."""

import importlib.util
from collections.abc import Callable
from copy import deepcopy
from decimal import Decimal
from fractions import Fraction
from types import ModuleType

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from cchc_portal.kit.digest import canonical
from reports.rules.sealed import first_fault
from scoring.rules.points import percent, shown
from scoring.rules.ranking import USUAL_SCALE, TieRule, rank

points = st.fractions(0, 100, max_denominator=60)
blocks = st.lists(st.lists(points, min_size=1, max_size=8), min_size=1, max_size=3)


def the_script() -> ModuleType:
    spec = importlib.util.spec_from_file_location(
        "check_edition", settings.BASE_DIR / "docs" / "check_edition.py"
    )
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


SCRIPT = the_script()


def fault_by_script(document: dict) -> str:
    try:
        SCRIPT.check_figures(document)
    except SCRIPT.Fault as fault:
        return str(fault)
    return ""


def a_document(tables: list[list[Fraction]], ties: TieRule, places: int) -> dict:
    """What would be sealed for blocks of units with these points of 100, in one area."""
    results, criteria = [], []
    for block, figures in enumerate(tables, start=1):
        area = {"code": "1", "title": "Lĩnh vực", "maximum": "100", "level": "area"}
        criteria.append({"position": block, "criteria": [area]})
        for placing in rank(dict(enumerate(figures)), USUAL_SCALE, ties, places):
            exact = figures[placing.key]
            results.append(
                {
                    "position": len(results) + 1,
                    "unit": len(results) + 1,
                    "unit_name": f"Đơn vị {len(results) + 1}",
                    "block_position": block,
                    "block_name": f"Khối {block}",
                    "points": str(exact),
                    "maximum": "100",
                    "percent": str(placing.percent),
                    "rank": placing.rank,
                    "band": placing.band,
                    "people": None,
                    "survey": None,
                    "areas": [
                        area
                        | {"points": str(exact), "percent": str(shown(percent(exact, 100), places))}
                    ],
                }
            )
    rules = {
        "places": places,
        "tie_rule": str(ties.value),
        "band_floors": [str(floor) for floor, _ in USUAL_SCALE.bands],
        "band_labels": list(USUAL_SCALE.labels),
    }
    return {"form": 4, "rules": rules, "criteria": criteria, "results": results}


@given(blocks, st.sampled_from(list(TieRule)), st.integers(0, 4))
def test_what_the_rules_rank_is_sound_to_both(tables, ties, places):
    document = a_document(tables, ties, places)

    assert (first_fault(document), fault_by_script(document)) == ("", "")


def points_off(row: dict, rules: dict) -> None:
    row["points"] = str(Fraction(row["points"]) + Fraction(1, 7))


def percent_off(row: dict, rules: dict) -> None:
    row["percent"] = str(Decimal(row["percent"]) + Decimal(1).scaleb(-rules["places"]))


def rank_off(row: dict, rules: dict) -> None:
    row["rank"] += 1


def band_off(row: dict, rules: dict) -> None:
    row["band"] = "Không có mức này"


def people_off(row: dict, rules: dict) -> None:
    row["people"] = 30


@pytest.mark.parametrize("spoil", [points_off, percent_off, rank_off, band_off, people_off])
@given(tables=blocks, ties=st.sampled_from(list(TieRule)), data=st.data())
def test_one_figure_off_is_found_by_both(spoil: Callable, tables, ties, data):
    document = a_document(tables, ties, 2)
    row = data.draw(st.sampled_from(document["results"]))

    spoil(row, document["rules"])

    assert first_fault(document)
    assert fault_by_script(document)


@given(blocks, st.data())
def test_two_lines_of_a_block_that_change_places_are_found_by_both(tables, data):
    document = a_document(tables, TieRule.SKIP, 2)
    results = document["results"]
    place = data.draw(st.integers(0, len(results) - 1))
    other = data.draw(st.integers(0, len(results) - 1))
    moved = deepcopy(document)
    rows = moved["results"]
    rows[place], rows[other] = rows[other], rows[place]
    for position, row in enumerate(rows, start=1):
        row["position"] = position

    same = [(row["block_position"], row["points"]) for row in rows] == [
        (row["block_position"], row["points"]) for row in results
    ]

    assert bool(first_fault(moved)) == bool(fault_by_script(moved)) == (not same)


plain = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=8)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=10,
)


@given(plain)
def test_portal_and_script_write_the_same_canonical_bytes(value):
    assert SCRIPT.canonical(value) == canonical(value)


def test_the_bytes_are_those_of_the_documentation():
    assert canonical({"a": [1, None]}) == b"m14:s1:al7:q1:1n0:"
    written = (settings.BASE_DIR / "docs" / "seal.md").read_text(encoding="utf-8")
    assert "`m14:s1:al7:q1:1n0:`" in written
