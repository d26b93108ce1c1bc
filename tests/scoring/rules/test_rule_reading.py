"""A rule says which inputs it needs and how it scores; one that cannot work is refused."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.rules.answers import FieldKind, RuleFault, parse_rule
from tests.scoring.rules.examples import RULES, outcome


def sentences(data):
    with pytest.raises(RuleFault) as refusal:
        parse_rule(data)
    assert refusal.value.sentence == " ".join(refusal.value.sentences)
    return refusal.value.sentences


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("binary", "Có (đạt) được đủ 1,50 điểm; không (chưa đạt) được 0 điểm."),
        (
            "tiers",
            "Từ 3 đề xuất được đủ 1,50 điểm; 1-2 đề xuất được 0,90 điểm; không có được 0 điểm.",
        ),
        (
            "ratio",
            "Tỷ lệ TTHC công khai đúng trên TTHC thuộc thẩm quyền. Từ 100 % được đủ 1,50 điểm; "
            "dưới 80 % được 0 điểm; ở giữa tính theo tỷ lệ.",
        ),
        (
            "exceeding",
            "Tỷ lệ lượt đánh giá hợp lệ trên hồ sơ đã giải quyết. Từ 30 % được đủ 1,50 điểm; "
            "dưới 5 % được 0 điểm; ở giữa tính theo tỷ lệ so với mức 30 %.",
        ),
        (
            "deduction",
            "Không có báo cáo gửi chậm được đủ 1,50 điểm. Mỗi báo cáo gửi chậm trừ 0,375 điểm, "
            "trừ tới khi còn 0 điểm.",
        ),
        ("count", "Mỗi hình thức tuyên truyền được 0,375 điểm, nhiều nhất 1,50 điểm."),
        ("checklist", "Có 3 mục, mỗi mục đạt được 1/3 số điểm; đạt cả 3 được 1,50 điểm."),
        (
            "survey",
            "Tỷ lệ lượt đánh giá hài lòng và rất hài lòng trên tổng số lượt đánh giá, nhân với "
            "1,50 điểm. Đơn vị không tự chấm; số liệu lấy từ kết quả đo lường sự hài lòng.",
        ),
        ("given", "Điểm do cơ quan thẩm định cho, từ 0 đến 1,50 điểm."),
    ],
)
def test_a_rule_is_told_in_words(name, words):
    assert parse_rule(RULES[name]).words(Decimal("1.5")) == words


def test_a_survey_of_partner_units_says_so_and_one_of_citizens_is_kept_as_before():
    partners = parse_rule({"type": "survey", "of_partners": True})

    assert "kết quả khảo sát các đơn vị phối hợp" in partners.words(Decimal(3))
    assert partners.as_json() == {"type": "survey", "of_partners": True}
    assert parse_rule({"type": "survey"}).as_json() == {"type": "survey"}
    with pytest.raises(RuleFault, match="true hoặc false"):
        parse_rule({"type": "survey", "of_partners": "có"})


@pytest.mark.parametrize(
    ("floor", "full", "words"),
    [
        ("0", "100", "Từ 100 % được đủ 2,00 điểm; dưới 100 % tính theo tỷ lệ."),
        ("80", "80", "Từ 80 % được đủ 2,00 điểm; dưới 80 % được 0 điểm."),
        (
            "0",
            "62.5",
            "Từ 62,5 % được đủ 2,00 điểm; dưới 62,5 % tính theo tỷ lệ so với mức 62,5 %.",
        ),
    ],
)
def test_a_ratio_is_told_by_its_own_marks(floor, full, words):
    rule = parse_rule(RULES["ratio"] | {"floor_percent": floor, "full_percent": full})

    assert rule.words(Decimal(2)).endswith(f"thuộc thẩm quyền. {words}")


def test_a_checklist_of_one_is_told_as_one():
    rule = parse_rule({"type": "checklist", "items": ["có quy chế"]})

    assert rule.words(Decimal(2)) == "Mục đạt được đủ 2,00 điểm; chưa đạt được 0 điểm."


@pytest.mark.parametrize(
    ("name", "inputs"),
    [
        ("binary", [("yes", "Kết quả", FieldKind.CHOICE, "")]),
        ("tiers", [("value", "Số đề xuất", FieldKind.WHOLE, "đề xuất")]),
        ("state", [("level", "Mức đạt", FieldKind.CHOICE, "")]),
        ("measure", [("value", "Số giờ", FieldKind.DECIMAL, "giờ")]),
        (
            "ratio",
            [
                ("numerator", "TTHC công khai đúng", FieldKind.WHOLE, ""),
                ("denominator", "TTHC thuộc thẩm quyền", FieldKind.WHOLE, ""),
            ],
        ),
        (
            "money",
            [
                ("numerator", "Kinh phí đã giải ngân", FieldKind.DECIMAL, "triệu đồng"),
                ("denominator", "Kinh phí được giao", FieldKind.DECIMAL, "triệu đồng"),
            ],
        ),
        ("deduction", [("events", "Số báo cáo gửi chậm", FieldKind.WHOLE, "")]),
        ("count", [("items", "Số hình thức tuyên truyền", FieldKind.WHOLE, "")]),
        ("checklist", [("checked", "Các mục đạt", FieldKind.CHECKLIST, "")]),
        (
            "survey",
            [
                ("satisfied", "Lượt đánh giá hài lòng và rất hài lòng", FieldKind.WHOLE, "lượt"),
                ("rated", "Tổng số lượt đánh giá", FieldKind.WHOLE, "lượt"),
            ],
        ),
        ("given", [("points", "Điểm chấm", FieldKind.DECIMAL, "điểm")]),
    ],
)
def test_a_rule_describes_the_inputs_to_draw(name, inputs):
    fields = parse_rule(RULES[name]).fields()

    assert [(f.name, f.label_vi, f.kind, f.unit) for f in fields] == inputs


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("binary", (("true", "Có (đạt)"), ("false", "Không (chưa đạt)"))),
        (
            "state",
            (
                ("0", "đúng quy định, đúng tiến độ"),
                ("1", "đúng quy định, chậm tiến độ"),
                ("2", "chưa thực hiện"),
            ),
        ),
        (
            "checklist",
            (("0", "có kế hoạch khắc phục"), ("1", "đã thực hiện"), ("2", "có báo cáo kết quả")),
        ),
    ],
)
def test_a_choice_lists_its_options(name, options):
    assert parse_rule(RULES[name]).fields()[0].options == options


@pytest.mark.parametrize(
    ("unit", "label", "noun"),
    [("percent", "Tỷ lệ", "%"), ("", "Giá trị", ""), ("ca", "Số ca", "ca")],
)
def test_a_measure_the_catalogue_does_not_know_is_called_by_its_unit(unit, label, noun):
    field = parse_rule(RULES["measure"] | {"unit": unit}).fields()[0]

    assert (field.label_vi, field.unit) == (label, noun)


def test_a_percentage_may_have_decimals_without_saying_so():
    rule = parse_rule(RULES["measure"] | {"unit": "percent", "decimals": False})

    assert rule.fields()[0].kind == FieldKind.DECIMAL


def level(when, least, below, share):
    return {"when": when, "min": least, "max_excl": below, "share": share}


def tiers(*levels):
    return RULES["tiers"] | {"levels": list(levels)}


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (None, ("Không rõ kiểu chấm điểm.",)),
        ({"type": "formula"}, ("Không rõ kiểu chấm điểm.",)),
        ({"type": ["binary"]}, ("Không rõ kiểu chấm điểm.",)),
        (
            {"type": "ratio"},
            (
                "Cách chấm thiếu tên của tử số.",
                "Cách chấm thiếu tên của mẫu số.",
                "Cách chấm thiếu tỷ lệ tối thiểu, hoặc tỷ lệ tối thiểu không phải là số.",
                "Cách chấm thiếu tỷ lệ được đủ điểm, hoặc tỷ lệ được đủ điểm không phải là số.",
                "Tỷ lệ được đủ điểm phải lớn hơn 0 %.",
            ),
        ),
        (
            RULES["ratio"] | {"floor_percent": "90", "full_percent": "80"},
            ("Tỷ lệ tối thiểu lớn hơn tỷ lệ được đủ điểm.",),
        ),
        (
            RULES["ratio"] | {"full_percent": 101},
            ("Tỷ lệ được đủ điểm lớn hơn 100 % nên không đơn vị nào đạt điểm tối đa.",),
        ),
        (
            RULES["ratio"] | {"floor_percent": Decimal("-1")},
            ("Tỷ lệ tối thiểu không được nhỏ hơn 0 %.",),
        ),
        (
            RULES["ratio"] | {"may_exceed": "yes"},
            ("Cách chấm: “may_exceed” phải là true hoặc false.",),
        ),
        (
            RULES["deduction"] | {"share_per_event": "0"},
            ("Mức trừ của mỗi lần phải lớn hơn 0.",),
        ),
        (
            RULES["deduction"] | {"share_per_event": 0.25},
            (
                "Cách chấm thiếu mức trừ của mỗi lần, hoặc mức trừ của mỗi lần không phải là số.",
                "Mức trừ của mỗi lần phải lớn hơn 0.",
            ),
        ),
        (
            RULES["count"] | {"share_per_item": "-0.5", "item": " "},
            (
                "Cách chấm thiếu tên nội dung được tính điểm.",
                "Mức điểm của mỗi nội dung phải lớn hơn 0.",
            ),
        ),
        (
            RULES["count"] | {"share_per_item": "nửa"},
            (
                "Cách chấm thiếu mức điểm của mỗi nội dung, "
                "hoặc mức điểm của mỗi nội dung không phải là số.",
                "Mức điểm của mỗi nội dung phải lớn hơn 0.",
            ),
        ),
        (
            {"type": "checklist", "items": []},
            ("Danh mục kiểm tra phải có ít nhất một mục và không mục nào để trống.",),
        ),
        (
            {"type": "checklist", "items": "một mục"},
            ("Danh mục kiểm tra phải có ít nhất một mục và không mục nào để trống.",),
        ),
        (
            {"type": "checklist", "items": ["a", " ", 3]},
            ("Danh mục kiểm tra phải có ít nhất một mục và không mục nào để trống.",),
        ),
        (
            {"type": "checklist", "items": ["a", "b", "a"]},
            ("Danh mục kiểm tra có hai mục giống nhau.",),
        ),
        (
            RULES["tiers"] | {"levels": []},
            ("Cách chấm theo mức phải có ít nhất một mức.",),
        ),
        (RULES["tiers"] | {"levels": ["đạt"]}, ("Mức thứ 1 chưa đúng dạng.",)),
        (
            tiers(level("", None, "x", "2")),
            (
                "Cách chấm thiếu lời văn của mức thứ 1.",
                "Cách chấm thiếu cận trên của mức thứ 1, hoặc cận trên của mức thứ 1 "
                "không phải là số.",
                "Phần điểm của mức thứ 1 phải từ 0 đến 1.",
            ),
        ),
        (
            RULES["tiers"]
            | {"levels": [level("ít", None, "3", "0"), level("đủ", "3", None, "0.9")]},
            ("Không có mức nào đạt được điểm tối đa.",),
        ),
        (
            RULES["state"] | {"levels": [{"when": "chưa đủ", "share": "0.5"}]},
            ("Không có mức nào đạt được điểm tối đa.",),
        ),
        (
            tiers(level("ít", None, "3", "0"), level("đủ", "4", None, "1")),
            ("Giữa mức “ít” và mức “đủ” có khoảng trống.",),
        ),
        (
            tiers(level("ít", None, "3", "0"), level("đủ", "2", None, "1")),
            ("Mức “ít” và mức “đủ” chồng lên nhau.",),
        ),
        (
            RULES["tiers"]
            | {"levels": [level("ít", None, None, "0"), level("đủ", "2", None, "1")]},
            ("Mức “ít” và mức “đủ” chồng lên nhau.",),
        ),
        (
            RULES["tiers"]
            | {"levels": [level("ít", None, "2", "0"), level("đủ", None, None, "1")]},
            ("Mức “ít” và mức “đủ” chồng lên nhau.",),
        ),
        (
            tiers(level("ít", "1", "2", "0"), level("đủ", "2", None, "1")),
            ("Các mức bỏ trống những giá trị dưới mức “ít”.",),
        ),
        (
            tiers(level("ít", "0", "2", "0"), level("đủ", "2", "9", "1")),
            ("Các mức bỏ trống những giá trị trên mức “đủ”.",),
        ),
        (
            RULES["tiers"]
            | {"levels": [level("âm", None, "0", "1"), level("không âm", "0", None, "0")]},
            (
                "Mức “âm” có cận dưới không nhỏ hơn cận trên.",
                "Không có mức nào đạt được điểm tối đa.",
            ),
        ),
        (
            RULES["tiers"]
            | {
                "levels": [
                    level("ít", "0", "0.2", "0"),
                    level("vừa", "0.2", "0.8", "1"),
                    level("đủ", "0.8", None, "0.5"),
                ]
            },
            ("Không có mức nào đạt được điểm tối đa.",),
        ),
    ],
)
def test_a_rule_that_cannot_work_is_refused_with_every_reason(data, expected):
    assert sentences(data) == expected


def test_a_level_between_two_whole_numbers_can_be_reached_where_decimals_are_measured():
    levels = [level("ít", "0", "0.2", "1"), level("đủ", "0.2", None, "0.5")]

    assert parse_rule(RULES["measure"] | {"levels": levels}).decimals


SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["when", "share", "min", "max_excl"]), inner)
    ),
    max_leaves=6,
)


@given(st.sampled_from(sorted(RULES)), st.data())
def test_whatever_stands_in_a_rule_it_works_or_is_refused(name, data):
    spoilt = data.draw(st.sampled_from(sorted(RULES[name])))
    rule = RULES[name] | {spoilt: data.draw(VALUES)}

    read, refusal = outcome(parse_rule, rule, refusal=RuleFault)

    if refusal:
        assert refusal.sentences
    else:
        assert parse_rule(read.as_json()) == read
        assert read.words(Decimal(2))
        assert read.fields()
