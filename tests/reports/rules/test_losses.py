"""Where a line lost its points, worst first, and what became of its objections, in words."""

from fractions import Fraction

from reports.rules.losses import for_paper, losses, own_points, remarks
from reports.rules.sealed_detail import first_fault_of_detail
from tests.reports.rules.test_sealed import SCRIPT

NODES = {
    "1": {"code": "1", "parent": "", "level": "area", "title": "Một", "maximum": "3"},
    "1.1": {"code": "1.1", "parent": "1", "level": "criterion", "title": "a", "maximum": "3"},
}


def node(code: str, source: str = "self", maximum: str = "1") -> None:
    NODES[code] = {
        "code": code,
        "parent": "1.1",
        "level": "component",
        "title": f"Tên {code}",
        "maximum": maximum,
        "source": source,
    }


for _code, _source in (
    ("1.1.1", "self"),
    ("1.1.2", "self"),
    ("1.1.3", "central"),
    ("1.1.4", "bonus"),
    ("1.1.5", "penalty"),
):
    node(_code, _source)
CRITERIA = [{"position": 1, "criteria": list(NODES.values())}]


def one(code: str, points: str | None, said: str | None = None, reason: str = "", **more) -> dict:
    ordinary = {
        "code": code,
        "maximum": "1",
        "self_points": said,
        "self_not_applicable": False,
        "points": points,
        "not_applicable": points is None,
        "reason": reason,
        "objections": [],
    }
    return ordinary | more


def usual() -> list[dict]:
    return [
        one("1.1.1", "1/2", "1", "Chậm."),
        one("1.1.2", "1/3", "1/3"),
        one("1.1.3", "1", None, "Theo dõi."),
        one("1.1.4", "0", None, "Không có."),
        one("1.1.5", "1/4", None, "Vi phạm."),
    ]


def line(points: str = "19/12", maximum: str = "3") -> dict:
    return {
        "unit_name": "Phòng",
        "block_position": 1,
        "areas": [{"code": "1", "points": points, "maximum": maximum}],
    }


def by_script(row: dict, components: list[dict]) -> str:
    document = {"criteria": CRITERIA, "results": [row | {"detail": "x"}]}
    try:
        SCRIPT.check_detail("x", {"components": components}, [("", document)])
    except SCRIPT.Fault as fault:
        return str(fault)
    return ""


def test_losses_stand_largest_first_with_their_reasons():
    found = losses(usual(), NODES)

    assert [(loss.code, loss.lost, loss.given) for loss in found] == [
        ("1.1.2", Fraction(2, 3), False),
        ("1.1.1", Fraction(1, 2), True),
        ("1.1.5", Fraction(1, 4), True),
    ]
    assert found[0].reason == "Như đơn vị tự chấm: 0,33 điểm."
    assert found[0].title == "Tên 1.1.2"


def test_a_loss_in_what_citizens_said_is_not_called_the_unit_s_own_mark():
    nodes = {"1.1.6": {**NODES["1.1.1"], "code": "1.1.6", "source": "survey"}}

    (loss,) = losses([one("1.1.6", "26/27", None)], nodes)

    assert loss.reason == "Điều tra, đo lường sự hài lòng: 0,96 điểm."


def test_what_does_not_apply_costs_nothing():
    assert losses([one("1.1.1", None, "1", "Không phát sinh.")], NODES) == []


def test_a_paper_prints_every_loss_the_assessor_explained_and_sums_up_the_rest():
    found = losses(usual(), NODES)

    chosen, left = for_paper(found, least=0)

    assert [loss.code for loss in chosen] == ["1.1.1", "1.1.5"]
    assert [loss.code for loss in left] == ["1.1.2"]


def test_own_points_are_told_only_where_the_unit_assesses_the_whole_area():
    own = [item for item in usual() if item["code"] in ("1.1.1", "1.1.2")]

    assert own_points(own, NODES) == {"1": Fraction(4, 3)}
    assert own_points(usual(), NODES) == {}


def test_an_objection_is_told_with_what_was_decided_and_why():
    said = {
        "stance": "partly",
        "first_points": "0",
        "first_not_applicable": False,
        "outcome": "partly",
        "decision": "Nhận báo cáo\nbổ sung.",
    }
    components = [one("1.1.1", "1/2", "1", "Nhận.", objections=[said])]

    assert remarks(components) == [
        "1.1.1: đơn vị đồng ý một phần với kết quả 0,00 điểm; kết luận: chấp nhận một phần, "
        "0,50 điểm. Nhận báo cáo bổ sung."
    ]


def test_components_that_add_up_are_sound_to_the_portal_and_to_the_script():
    assert first_fault_of_detail(line(), usual(), CRITERIA) == ""
    assert by_script(line(), usual()) == ""


def test_one_thing_off_is_found_by_both():
    missing = usual()[1:]
    above, unsaid, elsewhere, neither = usual(), usual(), usual(), usual()
    above[0]["points"] = "2"
    elsewhere[0]["maximum"] = "2"
    neither[0]["points"] = None
    for components in (missing, above, elsewhere, neither):
        assert first_fault_of_detail(line(), components, CRITERIA)
        assert by_script(line(), components)
    for row in (line("1"), line(maximum="2")):
        assert "không cộng thành lĩnh vực 1" in first_fault_of_detail(row, usual(), CRITERIA)
        assert "không cộng thành lĩnh vực 1" in by_script(row, usual())
    unsaid[0]["reason"] = ""
    assert "không có lý do" in first_fault_of_detail(line(), unsaid, CRITERIA)
