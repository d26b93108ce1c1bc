"""The page of a unit and the forms of decisions about it."""

from datetime import date

import pytest
from django.urls import reverse

from tests.factories import a_decision, a_unit, a_user
from tests.worlds import a_province
from units.kinds import UnitVerb
from units.models import Unit
from units.permissions import Role
from units.services import mergers, units

MARCH = date(2025, 3, 1)
PAPER = {
    "decision_number": "12/QĐ-BCA",
    "decided_on": "2025-02-20",
    "effective_on": "2025-03-01",
}

pytestmark = pytest.mark.django_db


@pytest.fixture
def province():
    return a_province(departments=3, districts=2, communes=3)


@pytest.fixture
def manager(client, province):
    client.force_login(province.administrator)
    return client


def url(name: str, unit: Unit) -> str:
    return reverse(f"units:{name}", args=[unit.pk])


def page(client, unit: Unit) -> str:
    answer = client.get(url("unit", unit))
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_unit_shows_its_history(province, manager):
    one, two, three = province.departments
    units.rename(
        one, name="Phòng Mới", decision=a_decision(MARCH, "9/QĐ"), by=province.administrator
    )
    mergers.merge(
        [one],
        into=two,
        decision=a_decision(date(2025, 7, 1), "10/QĐ"),
        by=province.administrator,
    )

    old, heir = page(manager, one), page(manager, two)

    assert "Đã kết thúc hoạt động" in old
    assert "Phòng Nghiệp vụ 1" in old
    assert "“Phòng Nghiệp vụ 1” thành “Phòng Mới”" in old
    assert "Được kế thừa bởi" in old
    assert "Thay đổi đơn vị" not in old
    assert "Tiếp nhận" in heir
    assert "10/QĐ" in heir
    assert "Đang hoạt động" in page(manager, three)


def test_a_unit_that_has_not_begun_says_so(province, manager):
    unit = a_unit(first_on=date(2099, 1, 1), parent=province.police)

    assert "Chưa hoạt động" in page(manager, unit)


def test_names_of_people_are_shown_to_who_may_see_the_unit_only(province, client):
    unit = province.departments[0]
    editor = province.a_person(Role.EDITOR, unit)
    units.rename(unit, name="Khác", decision=a_decision(MARCH), by=province.administrator)

    client.force_login(editor)
    assert str(editor) in (own := page(client, unit))
    assert str(province.administrator) in own
    client.force_login(a_user())
    assert str(editor) not in (strange := page(client, unit))
    assert str(province.administrator) not in strange
    assert "Khác" in strange


@pytest.mark.parametrize(
    ("name", "data", "became"),
    [
        ("rename", {"name": "Phòng  Mới"}, {"name": "Phòng Mới"}),
        ("change-function", {"handles_procedures": "1"}, {"handles_procedures": True}),
        ("close", {}, {"last_on": date(2025, 2, 28)}),
    ],
)
def test_a_decision_is_written_and_told(province, manager, name, data, became):
    unit = province.departments[0]

    answer = manager.post(url(name, unit), PAPER | data, follow=True)

    assert answer.redirect_chain == [(url("unit", unit), 302)]
    assert "Đã ghi: " in answer.content.decode()
    unit.refresh_from_db()
    assert {column: getattr(unit, column) for column in became} == became
    assert unit.events.exclude(verb=UnitVerb.LOAD).get().decision_number == "12/QĐ-BCA"


def test_a_unit_is_founded_moved_and_merged_by_forms(province, manager):
    one, two, three = province.departments
    new = {"code": "tn-p90", "name": "Phòng Mới", "kind": "department", "gso_code": ""}

    manager.post(url("found", province.police), PAPER | new)
    founded = Unit.objects.get(code="TN-P90")
    assert founded.parent == province.police

    manager.post(url("move", founded), PAPER | {"parent": province.districts[0].pk})
    founded.refresh_from_db()
    assert founded.parent == province.districts[0]

    merged = PAPER | new | {"code": "TN-P91", "units": [two.pk], "way": "new"}
    answer = manager.post(url("merge", one), merged)
    heir = Unit.objects.get(code="TN-P91")
    assert answer.url == url("unit", heir)
    assert {row.predecessor for row in heir.origins.all()} == {one, two}

    manager.post(url("merge", three), PAPER | {"way": "existing", "into": heir.pk})
    three.refresh_from_db()
    assert three.in_force.upper == MARCH


def test_children_go_along_in_a_merger_when_the_form_says_so(province, manager):
    one, two = province.districts
    said = PAPER | {"way": "existing", "into": two.pk}

    assert manager.post(url("merge", one), said).status_code == 409
    manager.post(url("merge", one), said | {"with_children": "on"})

    province.communes[0].refresh_from_db()
    assert province.communes[0].parent == two


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("rename", {"name": "\u200b "}, "Đề nghị nhập nội dung này."),
        ("rename", {"name": "x" * 201}, "tối đa 200 ký tự"),
        ("rename", {"name": "Mới", "effective_on": "31/02/2025"}, "Ngày không hợp lệ"),
        ("rename", {"name": "Mới", "effective_on": "0001-01-01"}, "trong các năm 1945"),
        ("rename", {"name": "Mới", "decision_number": ""}, "Đề nghị nhập nội dung này."),
        ("found", {"name": "Mới", "code": "A B", "kind": "team"}, "không được có khoảng trắng"),
        ("found", {"name": "Mới", "code": "AB", "kind": "xa"}, "Không có loại đơn vị này."),
        ("move", {}, "Đề nghị tìm và chọn một đơn vị."),
        ("move", {"parent": "999999"}, "Không có đơn vị này."),
        ("move", {"parent": "x"}, "Không có đơn vị này."),
        ("close", {"successors": ["x"]}, "Không có đơn vị này."),
        ("close", {"successors": ["9" * 30]}, "Không có đơn vị này."),
        ("change-function", {}, "Đề nghị chọn một trong hai."),
        ("merge", {"way": "existing"}, "Đề nghị tìm và chọn đơn vị tiếp nhận."),
        ("merge", {"way": "new"}, "Đề nghị nhập nội dung này cho đơn vị mới."),
        ("merge", {}, "Đề nghị chọn một trong hai."),
    ],
)
def test_a_form_that_is_wrong_says_why_and_keeps_what_was_typed(
    province, manager, name, data, sentence
):
    before = list(Unit.objects.values_list())

    answer = manager.post(url(name, province.departments[0]), PAPER | data)

    html = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in html
    assert PAPER["decision_number"] in html or not data.get("decision_number", True)
    assert list(Unit.objects.values_list()) == before


def test_a_refusal_is_told_and_keeps_what_was_typed(province, manager):
    above = province.districts[0]

    answer = manager.post(url("close", above), PAPER | {"successors": [province.districts[1].pk]})

    html = answer.content.decode()
    assert answer.status_code == 409
    assert "còn đơn vị trực thuộc từ ngày 01/03/2025: Công an xã 1" in html
    assert "12/QĐ-BCA" in html
    assert f'value="{province.districts[1].pk}"' in html
    assert "checked" in html


def test_a_code_in_use_is_a_sentence_not_a_fault(province, manager):
    new = {"code": "TN-P01", "name": "Phòng Mới", "kind": "department"}

    answer = manager.post(url("found", province.police), PAPER | new)

    assert answer.status_code == 409
    assert "Mã TN-P01 đang thuộc về Phòng Nghiệp vụ 1." in answer.content.decode()


def test_pages_of_a_unit_are_flat(province, manager, assert_flat_queries):
    unit = province.departments[0]

    def ask():
        page(manager, unit)
        assert manager.get(url("merge", unit)).status_code == 200

    def grow():
        for number in range(12):
            mergers.merge(
                [a_unit(parent=province.police, name=f"Phòng cũ {number}")],
                into=unit,
                decision=a_decision(MARCH),
                by=province.administrator,
            )
            province.a_person(Role.EDITOR, unit)
            a_unit(parent=unit)

    assert_flat_queries(ask, grow=grow)
