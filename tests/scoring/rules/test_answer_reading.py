"""What a form sends is read, or refused with a Vietnamese sentence that names the field."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.rules.answers import AnswerFault, parse_answer, parse_rule
from tests.scoring.rules.examples import RULES, outcome


def refused(name, data):
    with pytest.raises(AnswerFault) as refusal:
        parse_answer(parse_rule(RULES[name]), data)
    return refusal.value.field, refusal.value.sentence


@pytest.mark.parametrize(
    ("name", "data", "field", "sentence"),
    [
        ("ratio", {}, "numerator", "Chưa nhập “TTHC công khai đúng”."),
        (
            "ratio",
            {"numerator": "46", "denominator": "  "},
            "denominator",
            "Chưa nhập “TTHC thuộc thẩm quyền”.",
        ),
        (
            "ratio",
            {"numerator": "4x", "denominator": "47"},
            "numerator",
            "“TTHC công khai đúng” phải ghi bằng chữ số, ví dụ 12480 hoặc 12.480.",
        ),
        (
            "ratio",
            {"numerator": "-1", "denominator": "47"},
            "numerator",
            "“TTHC công khai đúng” không được nhỏ hơn 0.",
        ),
        (
            "ratio",
            {"numerator": "46,5", "denominator": "47"},
            "numerator",
            "“TTHC công khai đúng” phải là số nguyên, không có phần thập phân.",
        ),
        (
            "ratio",
            {"numerator": "1000000000", "denominator": "47"},
            "numerator",
            "“TTHC công khai đúng” lớn quá: nhận tối đa 9 chữ số.",
        ),
        (
            "ratio",
            {"numerator": 46.0, "denominator": 47},
            "numerator",
            "“TTHC công khai đúng” phải ghi bằng chữ số.",
        ),
        (
            "ratio",
            {"numerator": True, "denominator": 47},
            "numerator",
            "“TTHC công khai đúng” phải ghi bằng chữ số.",
        ),
        (
            "ratio",
            {"numerator": "48", "denominator": "47"},
            "numerator",
            "Số TTHC công khai đúng (48) lớn hơn số TTHC thuộc thẩm quyền (47). "
            "Đề nghị kiểm tra lại hai số.",
        ),
        (
            "money",
            {"numerator": "1.500,5", "denominator": "900"},
            "numerator",
            "Kinh phí đã giải ngân (1.500,5) lớn hơn kinh phí được giao (900). "
            "Đề nghị kiểm tra lại hai số.",
        ),
        (
            "money",
            {"numerator": "1.500", "denominator": "900"},
            "numerator",
            "“Kinh phí đã giải ngân” ghi “1.500” có thể hiểu theo hai cách; "
            "đề nghị ghi 1500 hoặc 1,5000.",
        ),
        (
            "money",
            {"numerator": "1,23456", "denominator": "900"},
            "numerator",
            "“Kinh phí đã giải ngân” nhận tối đa 4 chữ số sau dấu phẩy.",
        ),
        (
            "money",
            {"numerator": "1", "denominator": "1000000000"},
            "denominator",
            "“Kinh phí được giao” lớn quá: nhận tối đa 9 chữ số trước dấu phẩy.",
        ),
        (
            "exceeding",
            {"numerator": "1", "denominator": "0"},
            "numerator",
            "Số lượt đánh giá hợp lệ (1) lớn hơn số hồ sơ đã giải quyết (0). "
            "Đề nghị kiểm tra lại hai số.",
        ),
        (
            "survey",
            {"satisfied": "11", "rated": "10"},
            "satisfied",
            "Số lượt đánh giá hài lòng và rất hài lòng (11) lớn hơn "
            "tổng số lượt đánh giá (10). Đề nghị kiểm tra lại hai số.",
        ),
        ("binary", {}, "yes", "Đề nghị chọn Có hoặc Không."),
        ("binary", {"yes": "có thể"}, "yes", "Đề nghị chọn Có hoặc Không."),
        ("binary", {"yes": 1}, "yes", "Đề nghị chọn Có hoặc Không."),
        ("state", {}, "level", "Đề nghị chọn một mức đạt."),
        ("state", {"level": "3"}, "level", "Đề nghị chọn một mức đạt."),
        ("state", {"level": True}, "level", "Đề nghị chọn một mức đạt."),
        ("tiers", {"value": ""}, "value", "Chưa nhập “Số đề xuất”."),
        (
            "measure",
            {"value": "vài"},
            "value",
            "“Số giờ” phải ghi bằng chữ số, ví dụ 1,5 hoặc 1.5.",
        ),
        ("deduction", {"events": None}, "events", "Chưa nhập “Số báo cáo gửi chậm”."),
        ("count", {"items": []}, "items", "“Số hình thức tuyên truyền” phải ghi bằng chữ số."),
        ("checklist", {}, "checked", "Chưa chọn “Các mục đạt”."),
        ("checklist", {"checked": "0"}, "checked", "Chưa chọn “Các mục đạt”."),
        ("checklist", {"checked": [3]}, "checked", "Mục đã chọn không có trong danh mục kiểm tra."),
        (
            "checklist",
            {"checked": [True]},
            "checked",
            "Mục đã chọn không có trong danh mục kiểm tra.",
        ),
        ("given", {"points": "-1"}, "points", "“Điểm chấm” không được nhỏ hơn 0."),
        ("given", None, "", "Nội dung trả lời chưa đúng dạng."),
        ("given", ["1"], "", "Nội dung trả lời chưa đúng dạng."),
    ],
)
def test_a_bad_answer_is_refused_by_name(name, data, field, sentence):
    assert refused(name, data) == (field, sentence)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=4,
)
NAMES = (
    "yes",
    "level",
    "value",
    "numerator",
    "denominator",
    "events",
    "items",
    "checked",
    "satisfied",
    "rated",
    "points",
)


@given(
    st.sampled_from(sorted(RULES)),
    st.fixed_dictionaries({}, optional=dict.fromkeys(NAMES, ANYTHING)),
)
def test_whatever_is_sent_is_an_answer_or_a_refusal(name, data):
    rule = parse_rule(RULES[name])

    answer, refusal = outcome(parse_answer, rule, data, refusal=AnswerFault)

    if refusal:
        assert refusal.field in {field.name for field in rule.fields()}
        assert refusal.sentence.endswith(".")
    else:
        assert parse_answer(rule, answer.as_json()) == answer
