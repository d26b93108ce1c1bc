"""One rule of each kind, as kept in JSON, and everything that may be answered to it."""

from hypothesis import strategies as st

RULES = {
    "binary": {"type": "binary"},
    "tiers": {
        "type": "tiers",
        "input": "proposals",
        "unit": "proposals",
        "levels": [
            {"when": "từ 3 đề xuất", "min": "3", "max_excl": None, "share": "1"},
            {"when": "1-2 đề xuất", "min": "1", "max_excl": "3", "share": "0.6"},
            {"when": "không có", "min": None, "max_excl": "1", "share": "0"},
        ],
    },
    "state": {
        "type": "tiers",
        "input": "state",
        "unit": "",
        "levels": [
            {"when": "đúng quy định, đúng tiến độ", "share": "1"},
            {"when": "đúng quy định, chậm tiến độ", "share": "0.5"},
            {"when": "chưa thực hiện", "share": "0"},
        ],
    },
    "measure": {
        "type": "tiers",
        "input": "hours",
        "unit": "giờ",
        "levels": [
            {"when": "trong 4 giờ", "min": None, "max_excl": "4.5", "share": "1"},
            {"when": "quá 4 giờ", "min": "4.5", "max_excl": None, "share": "0.25"},
        ],
        "decimals": True,
    },
    "ratio": {
        "type": "ratio",
        "numerator": "TTHC công khai đúng",
        "denominator": "TTHC thuộc thẩm quyền",
        "floor_percent": "80",
        "full_percent": "100",
    },
    "money": {
        "type": "ratio",
        "numerator": "kinh phí đã giải ngân",
        "denominator": "kinh phí được giao",
        "floor_percent": "80",
        "full_percent": "100",
        "unit": "triệu đồng",
        "amounts": True,
    },
    "exceeding": {
        "type": "ratio",
        "numerator": "lượt đánh giá hợp lệ",
        "denominator": "hồ sơ đã giải quyết",
        "floor_percent": "5",
        "full_percent": "30",
        "may_exceed": True,
    },
    "deduction": {"type": "deduction", "event": "báo cáo gửi chậm", "share_per_event": "0.25"},
    "count": {"type": "count", "item": "hình thức tuyên truyền", "share_per_item": "0.25"},
    "checklist": {
        "type": "checklist",
        "items": ["có kế hoạch khắc phục", "đã thực hiện", "có báo cáo kết quả"],
    },
    "survey": {"type": "survey"},
    "given": {"type": "given"},
}

COUNTS = st.integers(min_value=0, max_value=10**9 - 1)
AMOUNTS = st.decimals(
    min_value=0, max_value=10**9 - 1, places=4, allow_nan=False, allow_infinity=False
)


def _ratio(pair, first="numerator", second="denominator"):
    part, whole = sorted(pair)
    return {first: _text(part), second: _text(whole)}


def _text(number):
    return format(number, "f")


ANSWERS = {
    "binary": st.booleans().map(lambda yes: {"yes": yes}),
    "tiers": COUNTS.map(lambda value: {"value": _text(value)}),
    "state": st.integers(min_value=0, max_value=2).map(lambda level: {"level": level}),
    "measure": AMOUNTS.map(lambda value: {"value": _text(value)}),
    "ratio": st.tuples(COUNTS, COUNTS).map(_ratio),
    "money": st.tuples(AMOUNTS, AMOUNTS).map(_ratio),
    "exceeding": st.tuples(COUNTS, COUNTS.filter(bool)).map(
        lambda pair: {"numerator": str(pair[0]), "denominator": str(pair[1])}
    ),
    "deduction": COUNTS.map(lambda events: {"events": str(events)}),
    "count": COUNTS.map(lambda items: {"items": str(items)}),
    "checklist": st.sets(st.integers(min_value=0, max_value=2)).map(
        lambda checked: {"checked": sorted(checked)}
    ),
    "survey": st.tuples(COUNTS, COUNTS).map(lambda pair: _ratio(pair, "satisfied", "rated")),
    "given": st.decimals(min_value=0, max_value=100, places=4).map(
        lambda points: {"points": _text(points)}
    ),
}

MAXIMA = st.decimals(min_value="0.001", max_value=100, places=3)


@st.composite
def answered(draw):
    """The name of a rule, its JSON, and an answer to it."""
    name = draw(st.sampled_from(sorted(RULES)))
    return name, RULES[name], draw(ANSWERS[name])


def outcome(function, *arguments, refusal, **named):
    """What comes back, and the refusal; one of the two is None."""
    try:
        return function(*arguments, **named), None
    except refusal as fault:
        return None, fault
