"""What becomes of a row when reported figures are taken for many at once."""

import pytest

from scoring.rules.drawn import standing

NOTHING = {
    "offered": True,
    "answered": False,
    "same": False,
    "by_people": False,
    "closed": False,
}


@pytest.mark.parametrize(
    ("said", "stands"),
    [
        ({}, "takes"),
        ({"by_people": True}, "typed"),
        ({"closed": True}, "closed"),
        ({"offered": False, "answered": True}, "missing"),
        ({"answered": True, "same": True, "closed": True}, "same"),
        ({"answered": True, "by_people": True}, "differs"),
        ({"answered": True, "closed": True}, "differs"),
        ({"answered": True}, "takes"),  # what figures filled follows corrected figures
    ],
)
def test_only_a_row_no_person_typed_in_is_written_and_only_while_it_is_open(said, stands):
    assert standing(**(NOTHING | said)) == stands
