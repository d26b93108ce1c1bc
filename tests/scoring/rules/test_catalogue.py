"""A catalogue file becomes sets with our rules, or every fault is named."""

import json
from copy import deepcopy
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.rules.answers import parse_rule
from scoring.rules.catalogue import read_catalogue
from scoring.rules.kinds import Source

DATA = Path(__file__).parents[3] / "scoring" / "data"


def load(name):
    return json.loads((DATA / name).read_text(encoding="utf-8"), parse_float=Decimal)


INDEX = read_catalogue(load("criteria.json"))
ONE_STOP = load("one-stop-model.json")


def told(data):
    return [str(fault) for fault in read_catalogue(data).faults]


def spoilt(path, value):
    """The one-stop set with one value replaced; the path walks keys and positions."""
    data = deepcopy(ONE_STOP)
    place = data
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return data


COMPONENT = ("sets", 0, "areas", 0, "criteria", 0, "components", 0)


def test_all_seven_sets_of_the_index_are_sound():
    assert INDEX.faults == ()
    assert {tree.code: len(tree.components()) for tree in INDEX.sets} == {
        "BO_KHONG_TTHC": 50,
        "BO_CO_TTHC": 65,
        "CA_TINH": 65,
        "PHONG_CO_TTHC": 62,
        "PHONG_KHONG_TTHC": 47,
        "CA_XA": 51,
        "CA_HUYEN": 61,
    }
    assert {tree.maximum for tree in INDEX.sets} == {100}


def test_the_one_stop_set_is_sound_and_sums_to_ten():
    catalogue = read_catalogue(ONE_STOP)

    assert catalogue.faults == ()
    assert [(tree.code, tree.maximum) for tree in catalogue.sets] == [("MOT_CUA", 10)]
    assert all(node.assumed for node in catalogue.sets[0].walk())


def test_a_component_is_read_with_everything_that_belongs_to_it():
    nodes = {node.key: node for node in INDEX.sets[5].components()}

    posted = nodes["tthc_cong"]
    assert posted.source == Source.SELF
    assert posted.evidence
    assert posted.source_note == "giả định, chưa có văn bản"
    assert posted.rule == {
        "type": "ratio",
        "numerator": "TTHC công khai đúng",
        "denominator": "TTHC thuộc thẩm quyền",
        "floor_percent": "80",
        "full_percent": "100",
    }
    assert nodes["hl_chiso"].source == Source.SURVEY
    assert nodes["hl_chiso"].rule == {"type": "survey"}
    assert nodes["tc_dutoan"].rule["unit"] == "triệu đồng"
    assert nodes["hl_thamgia"].rule["may_exceed"] is True


def test_only_what_partner_units_are_asked_is_no_survey_of_citizens():
    asked = {
        (node.key, node.rule.get("of_partners", False))
        for tree in INDEX.sets
        for node in tree.components()
        if node.source == Source.SURVEY
    }

    assert asked == {("hl_chiso", False), ("td_phoihop", True)}


def test_levels_of_a_state_lose_their_numbers_and_shares_become_texts():
    states = [
        node.rule
        for tree in INDEX.sets
        for node in tree.components()
        if node.rule.get("input") == "state"
    ]

    assert len(states) == 12
    assert {"when": "không tổ chức", "share": "0"} in states[0]["levels"]
    assert all(set(level) == {"when", "share"} for rule in states for level in rule["levels"])


def test_every_rule_of_the_data_is_kept_as_it_is_read_back():
    nodes = [node for tree in INDEX.sets for node in tree.components()]

    assert all(parse_rule(node.rule).as_json() == node.rule for node in nodes)


def test_the_screen_gets_vietnamese_where_there_is_some():
    tree = read_catalogue(ONE_STOP).sets[0]
    english = read_catalogue(spoilt(("sets", 0, "legal_basis_vi"), "")).sets[0]

    assert tree.legal_basis.startswith("thực tiễn")
    assert english.legal_basis.startswith("practice")


def test_a_bonus_area_is_read_by_the_name_of_its_source():
    data = deepcopy(ONE_STOP)
    bonus = deepcopy(data["sets"][0]["areas"][4])
    bonus["code"], bonus["max_points"] = "6", 1
    inner = bonus["criteria"][0]
    inner["code"], inner["max_points"] = "6.1", 1
    inner["components"] = inner["components"][:1]
    extra = {"code": "6.1.1", "key": "thuong", "max_points": 1, "points_from": "bonus"}
    inner["components"][0] |= extra | {"scoring": {"type": "given"}}
    data["sets"][0]["areas"].append(bonus)

    catalogue = read_catalogue(data)

    assert catalogue.faults == ()
    assert catalogue.sets[0].components()[-1].source == Source.BONUS


def test_what_is_not_self_assessed_is_scored_centrally():
    node = read_catalogue(spoilt((*COMPONENT, "self_assessable"), False)).sets[0].components()[0]

    assert node.source == Source.CENTRAL


def test_the_version_may_be_a_number_or_a_text():
    assert read_catalogue(ONE_STOP | {"version": 3}).sets[0].version == 3
    assert read_catalogue(ONE_STOP | {"version": "12"}).sets[0].version == 12


@pytest.mark.parametrize(
    ("path", "value", "expected"),
    [
        (
            ("version",),
            "một",
            ["tệp: Phiên bản phải là số nguyên dương."],
        ),
        (("version",), 0, ["tệp: Phiên bản phải là số nguyên dương."]),
        (("sets",), None, ["tệp: Thiếu danh sách bộ tiêu chí (“sets”)."]),
        (
            (*COMPONENT, "scoring"),
            None,
            [
                "MOT_CUA 1.1.1: Thiếu cách chấm.",
                "MOT_CUA 1.1.1: Không rõ kiểu chấm điểm.",
            ],
        ),
        (
            (*COMPONENT, "scoring", "items"),
            [],
            ["MOT_CUA 1.1.1: Danh mục kiểm tra phải có ít nhất một mục và không mục nào để trống."],
        ),
        (
            (*COMPONENT, "evidence"),
            "ảnh chụp",
            ["MOT_CUA 1.1.1: Minh chứng cần có phải là một danh sách."],
        ),
        (
            (*COMPONENT, "evidence"),
            [1],
            ["MOT_CUA 1.1.1: Minh chứng cần có phải là một danh sách."],
        ),
        (
            (*COMPONENT, "points_from"),
            "trời",
            ["MOT_CUA 1.1.1: Không rõ nguồn điểm “trời”."],
        ),
        (
            (*COMPONENT, "code"),
            "",
            [
                "MOT_CUA ?: Thiếu mã của “Bố trí nơi tiếp nhận”.",
                "MOT_CUA ?: Mã phải gồm mã cấp trên và số thứ tự, ví dụ 1.1.1.",
            ],
        ),
        (
            ("sets", 0, "areas", 0, "criteria", 0, "components"),
            {},
            [
                "MOT_CUA 1.1: Thiếu danh sách tiêu chí thành phần (“components”).",
                "MOT_CUA 1.1: Chưa có tiêu chí thành phần nào.",
            ],
        ),
    ],
)
def test_a_spoilt_file_is_told_what_is_wrong(path, value, expected):
    assert told(spoilt(path, value)) == expected


@pytest.mark.parametrize(
    "unusable", [True, None, "1", Decimal("NaN"), Decimal("Infinity"), Decimal("1E+999999999")]
)
def test_a_maximum_that_is_no_plain_number_is_refused(unusable):
    assert told(spoilt((*COMPONENT, "max_points"), unusable)) == [
        "MOT_CUA 1.1.1: Thiếu điểm tối đa, hoặc điểm tối đa không phải là số.",
        "MOT_CUA 1.1: Điểm tối đa của tiêu chí là 2,00, nhưng các tiêu chí thành phần "
        "cộng lại được 1,00.",
        "MOT_CUA 1.1.1: Điểm tối đa phải lớn hơn 0.",
    ]


def test_a_share_that_would_fill_the_memory_is_refused():
    attitude = ("sets", 0, "areas", 3, "criteria", 0, "components", 1, "scoring")
    path = (*attitude, "deduct_share_per_event")

    assert told(spoilt(path, Decimal("1E-999999999"))) == [
        "MOT_CUA 4.1.2: Cách chấm thiếu mức trừ của mỗi lần, hoặc mức trừ của mỗi lần "
        "không phải là số.",
        "MOT_CUA 4.1.2: Mức trừ của mỗi lần phải lớn hơn 0.",
    ]


def test_a_set_that_comes_twice_is_refused():
    data = deepcopy(ONE_STOP)
    data["sets"].append(deepcopy(data["sets"][0]))

    assert told(data) == ["MOT_CUA: Tệp có hai bộ tiêu chí cùng mã này."]


def test_floats_are_refused_one_by_one():
    data = json.loads((DATA / "one-stop-model.json").read_text(encoding="utf-8"))

    sentences = told(data)

    assert "MOT_CUA 5.1.1: Thiếu điểm tối đa, hoặc điểm tối đa không phải là số." in sentences
    assert any("mức trừ của mỗi lần không phải là số" in sentence for sentence in sentences)


@pytest.mark.parametrize("data", [None, [], "x", 3])
def test_what_is_no_catalogue_at_all_is_refused(data):
    assert told(data)[0] == "tệp: Tệp phải là một đối tượng JSON."


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=4,
)


@settings(max_examples=60)
@given(
    st.sampled_from(
        [
            ("sets", 0),
            ("sets", 0, "code"),
            ("sets", 0, "max_points"),
            ("sets", 0, "areas"),
            ("sets", 0, "areas", 1),
            ("sets", 0, "areas", 1, "criteria", 0),
            COMPONENT,
            (*COMPONENT, "code"),
            (*COMPONENT, "scoring"),
            (*COMPONENT, "scoring", "type"),
            (*COMPONENT, "scoring", "items"),
        ]
    ),
    JUNK,
)
def test_junk_in_a_file_is_told_and_never_raised(path, junk):
    catalogue = read_catalogue(spoilt(path, junk))

    assert all(fault.sentence for fault in catalogue.faults)
    assert catalogue.faults or all(tree.components() for tree in catalogue.sets)
