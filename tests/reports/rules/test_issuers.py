"""Each level issues its decisions in its own words."""

import pytest

from reports.rules.issuers import office_of
from units.kinds import UnitKind


@pytest.mark.parametrize(
    ("name", "kind", "head", "in_full", "place"),
    [
        ("Bộ Công an", UnitKind.MINISTRY, "Bộ trưởng", "Bộ trưởng Bộ Công an", "Hà Nội"),
        (
            "Công an tỉnh Hà Tĩnh",
            UnitKind.PROVINCE_POLICE,
            "Giám đốc",
            "Giám đốc Công an tỉnh Hà Tĩnh",
            "Hà Tĩnh",
        ),
        (
            "Công an thị xã Cửa Lò",
            UnitKind.DISTRICT_POLICE,
            "Trưởng Công an thị xã",
            "Trưởng Công an thị xã Cửa Lò",
            "Cửa Lò",
        ),
        (
            "Công an xã Đức Thịnh",
            UnitKind.COMMUNE_POLICE,
            "Trưởng Công an xã",
            "Trưởng Công an xã Đức Thịnh",
            "Đức Thịnh",
        ),
        (
            "Phòng Tham mưu",
            UnitKind.DEPARTMENT,
            "Trưởng phòng",
            "Trưởng phòng Tham mưu",
            "",
        ),
    ],
)
def test_the_head_and_the_place_are_named_as_the_level_does(name, kind, head, in_full, place):
    office = office_of(name, kind)

    assert (office.head, office.head_in_full, office.place) == (head, in_full, place)


def test_a_city_inside_a_province_is_found_behind_its_kind():
    assert office_of("Công an thành phố Hà Tĩnh", UnitKind.DISTRICT_POLICE).place == "Hà Tĩnh"


def test_a_department_issues_where_its_superior_sits():
    office = office_of("Phòng Tham mưu", UnitKind.DEPARTMENT, "Công an tỉnh Hà Tĩnh")

    assert office.place == "Hà Tĩnh"
