"""A set of criteria is sound, or every fault is named with its code."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.rules.criteria import CriteriaTree, Fault, SetNode, faults
from scoring.rules.kinds import Level, Source

YES_NO = {"type": "binary"}


def component(code, maximum="1", **more):
    named = {"key": f"key_{code}", "rule": YES_NO} | more
    return SetNode(code, Level.COMPONENT, f"Thành phần {code}", Decimal(maximum), **named)


def criterion(code, *children, **more):
    return _node(Level.CRITERION, code, children, more)


def area(code, *children, **more):
    return _node(Level.AREA, code, children, more)


def _node(level, code, children, more):
    total = sum((child.maximum for child in children), Decimal(0))
    return SetNode(code, level, f"Mục {code}", **{"maximum": total, "children": children} | more)


def tree(*areas, **more):
    total = sum((part.maximum for part in areas), Decimal(0))
    return CriteriaTree(**{"code": "BO", "title": "Bộ", "maximum": total, "areas": areas} | more)


def one(*components, **more):
    """A set of one area and one criterion, around the components."""
    return tree(area("1", criterion("1.1", *components)), **more)


SOUND = tree(
    area(
        "1",
        criterion("1.1", component("1.1.1"), component("1.1.2", "0.5")),
        criterion("1.2", component("1.2.1", "2.125")),
    ),
    area("2", criterion("2.1", component("2.1.1", "6.375"))),
)


def told(root):
    return [str(fault) for fault in faults(root)]


def test_a_sound_set_has_no_fault():
    assert faults(SOUND) == []


def test_a_tree_is_walked_in_its_order():
    assert [node.code for node in SOUND.walk()] == [
        *("1", "1.1", "1.1.1", "1.1.2", "1.2", "1.2.1"),
        *("2", "2.1", "2.1.1"),
    ]
    assert [node.code for node in SOUND.components()] == ["1.1.1", "1.1.2", "1.2.1", "2.1.1"]


@pytest.mark.parametrize(
    ("root", "expected"),
    [
        (
            one(component("1.1.1"), maximum=Decimal(2)),
            ["BO: Điểm tối đa của bộ tiêu chí là 2,00, nhưng các lĩnh vực cộng lại được 1,00."],
        ),
        (
            tree(area("1", criterion("1.1", component("1.1.1")), maximum=Decimal("1.5"))),
            ["1: Điểm tối đa của lĩnh vực là 1,50, nhưng các tiêu chí cộng lại được 1,00."],
        ),
        (
            tree(area("1", criterion("1.1", component("1.1.1", "0.125"), maximum=Decimal("0.12")))),
            [
                "1.1: Điểm tối đa của tiêu chí là 0,12, nhưng các tiêu chí thành phần cộng lại "
                "được 0,125."
            ],
        ),
        (
            one(component("1.1.1"), component("1.1.1", key="other")),
            ["1.1.1: Mã này xuất hiện 2 lần trong bộ tiêu chí."],
        ),
        (
            one(component("1.1.1", key="k"), component("1.1.2", key="k")),
            ["BO: Khóa “k” xuất hiện 2 lần trong bộ tiêu chí."],
        ),
        (
            one(component("1.2.1")),
            ["1.2.1: Mã phải gồm mã cấp trên và số thứ tự, ví dụ 1.1.1."],
        ),
        (
            one(component("1.1.")),
            ["1.1.: Mã phải gồm mã cấp trên và số thứ tự, ví dụ 1.1.1."],
        ),
        (
            tree(area("1.0", criterion("1.0.1", component("1.0.1.1")))),
            ["1.0: Mã phải không có dấu chấm."],
        ),
        (
            one(component("1.1.1", "0"), component("1.1.2")),
            ["1.1.1: Điểm tối đa phải lớn hơn 0."],
        ),
        (
            one(component("1.1.1", "1.0005")),
            [
                f"{code}: Điểm tối đa phải nhỏ hơn 10.000 và có tối đa 3 chữ số thập phân."
                for code in ("BO", "1", "1.1", "1.1.1")
            ],
        ),
        (one(component("1.1.1", key="")), ["1.1.1: Thiếu khóa để nối với các năm."]),
        (one(component("1.1.1", key="k" * 61)), ["1.1.1: Khóa dài quá 60 ký tự."]),
        (
            one(component("1.1.1", rule=None)),
            ["1.1.1: Không rõ kiểu chấm điểm."],
        ),
        (
            one(
                component(
                    "1.1.1",
                    rule={"type": "count", "item": "", "share_per_item": "0"},
                )
            ),
            [
                "1.1.1: Cách chấm thiếu tên nội dung được tính điểm.",
                "1.1.1: Mức điểm của mỗi nội dung phải lớn hơn 0.",
            ],
        ),
        (
            one(component("1.1.1", source=Source.SURVEY)),
            ["1.1.1: Nguồn điểm “đo lường sự hài lòng” phải đi cùng cách chấm theo khảo sát."],
        ),
        (
            one(component("1.1.1", rule={"type": "survey"})),
            ["1.1.1: Nguồn điểm “đo lường sự hài lòng” phải đi cùng cách chấm theo khảo sát."],
        ),
        (
            one(component("1.1.1", children=(component("1.1.1.1"),))),
            ["1.1.1: Tiêu chí thành phần không được có cấp dưới."],
        ),
        (
            tree(area("1", criterion("1.1", component("1.1.1"), rule=YES_NO))),
            ["1.1: Chỉ tiêu chí thành phần mới có cách chấm."],
        ),
        (
            tree(area("1", criterion("1.1", maximum=Decimal(1)))),
            ["1.1: Chưa có tiêu chí thành phần nào."],
        ),
        (
            tree(area("1", maximum=Decimal(1))),
            ["1: Chưa có tiêu chí nào."],
        ),
        (tree(maximum=Decimal(1)), ["BO: Bộ tiêu chí chưa có lĩnh vực nào."]),
        (
            tree(area("1", component("1.1"))),
            ["1.1: Phải là tiêu chí nhưng ghi là Tiêu chí thành phần."],
        ),
        (tree(*SOUND.areas, code=""), [": Thiếu mã của “Bộ”."]),
        (tree(*SOUND.areas, code="B" * 41), [f"{'B' * 41}: Mã dài quá 40 ký tự."]),
        (tree(*SOUND.areas, title=" "), ["BO: Thiếu tên."]),
        (tree(*SOUND.areas, title="T" * 301), ["BO: Tên dài quá 300 ký tự."]),
    ],
)
def test_an_unsound_set_is_told_what_is_wrong(root, expected):
    assert told(root) == expected


def test_bonus_and_penalty_stand_outside_the_maximum():
    extra = component("9.1.1", "3", source=Source.BONUS, rule={"type": "given"})
    lost = component("9.1.2", "2", source=Source.PENALTY, rule={"type": "given"})

    with_extra = replace(SOUND, areas=(*SOUND.areas, area("9", criterion("9.1", extra, lost))))

    assert faults(with_extra) == []


def test_bonus_among_ordinary_points_is_refused():
    extra = component("1.1.2", source=Source.BONUS, rule={"type": "given"})

    assert "1: Điểm thưởng, điểm trừ phải đứng ở lĩnh vực riêng, không xen." in told(
        one(component("1.1.1"), extra)
    )


def test_all_faults_are_told_at_once():
    root = one(component("1.1.1", "0", key=""), component("3", rule={}), maximum=Decimal(7))

    assert {fault.code for fault in faults(root)} == {"BO", "1.1.1", "3"}
    assert len(faults(root)) == 5


@given(
    st.lists(st.decimals(min_value="0.001", max_value=20, places=3), min_size=1, max_size=6),
    st.decimals(min_value="-1", max_value=1, places=3),
)
def test_a_set_is_sound_exactly_when_its_maximum_is_the_exact_sum(maxima, slip):
    parts = [component(f"1.1.{n}", maximum) for n, maximum in enumerate(maxima, start=1)]
    root = one(*parts)

    off = replace(root, maximum=root.maximum + slip)

    if off.maximum > 0:
        assert (faults(off) == []) == (slip == 0)


def test_a_fault_reads_as_code_and_sentence():
    assert str(Fault("1.1", "Thiếu tên.")) == "1.1: Thiếu tên."
