"""Pages of the tree: a day, a search without diacritics, units to pick."""

import unicodedata
from datetime import date

import pytest
from django.urls import reverse

from tests.factories import a_decision, a_unit, a_user
from tests.worlds import a_province
from units.kinds import UnitKind
from units.permissions import Role
from units.services import mergers, units
from units.views import tree

MARCH = date(2025, 3, 1)

pytestmark = pytest.mark.django_db


@pytest.fixture
def province():
    return a_province(departments=2, districts=2, communes=3)


@pytest.fixture
def reader(client):
    user = a_user()
    client.force_login(user)
    return client


def page(client, name="units:tree", **asked) -> str:
    answer = client.get(reverse(name), asked)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_tree_shows_who_stood_there_on_the_day(province, reader):
    mergers.close(province.departments[0], decision=a_decision(MARCH), by=province.administrator)

    before, after = page(reader, ngay="2025-02-28"), page(reader, ngay="2025-03-01")

    assert "Phòng Nghiệp vụ 1" in before
    assert "Phòng Nghiệp vụ 1" not in after
    assert "Đơn vị ngày 28/02/2025" in before
    assert "Công an xã 3" in before


def test_the_tree_shows_the_names_of_the_day(province, reader):
    units.rename(
        province.departments[0],
        name="Phòng Mới",
        decision=a_decision(MARCH),
        by=province.administrator,
    )

    assert "Phòng Nghiệp vụ 1" in page(reader, ngay="2025-02-28")
    assert "Phòng Mới" not in page(reader, ngay="2025-02-28")
    assert "Phòng Mới" in page(reader, ngay="2025-03-01")


def test_the_tree_opens_at_the_province_of_ones_own_and_can_look_higher(province, client):
    client.force_login(province.a_person(Role.EDITOR, province.communes[0]))

    assert f'id="don-vi-{province.police.pk}"' in page(client)
    assert f'id="don-vi-{province.ministry.pk}"' in page(client, goc=province.ministry.pk)
    assert f'id="don-vi-{province.districts[0].pk}"' in page(client, goc=province.districts[0].pk)


def test_a_large_tree_is_fetched_branch_by_branch(province, reader, monkeypatch):
    monkeypatch.setattr(tree, "WHOLE_TREE", 5)
    top = page(reader)
    assert "Công an tỉnh Thử Nghiệm" in top
    assert "Phòng Nghiệp vụ 1" not in top
    assert f'hx-get="{reverse("units:branch", args=[province.police.pk])}' in top

    answer = reader.get(reverse("units:branch", args=[province.police.pk]))
    inside = answer.content.decode()

    assert "Phòng Nghiệp vụ 1" in inside
    assert "3 đơn vị trực thuộc" in inside
    assert "<html" not in inside


@pytest.mark.parametrize("day", ["hôm qua", "2025-02-30", "20222-01-01", "0000-00-00"])
def test_a_day_that_cannot_be_read_is_told_and_today_is_shown(province, reader, day):
    answer = reader.get(reverse("units:tree"), {"ngay": day})

    assert answer.status_code == 422
    assert "Ngày không hợp lệ" in answer.content.decode()
    assert "Công an tỉnh Thử Nghiệm" in answer.content.decode()


@pytest.mark.parametrize("root", ["99999999999999999999", "-1", "x", "0"])
def test_a_root_that_is_none_shows_the_whole(province, reader, root):
    answer = reader.get(reverse("units:tree"), {"goc": root})

    assert answer.status_code in (200, 422)
    assert "Bộ Công an" in answer.content.decode()


def test_a_day_before_all_units_says_what_to_do(db, reader):
    assert "Ngày này chưa có đơn vị nào" in page(reader, ngay="1950-01-01")


def test_addresses_of_no_unit_are_not_found(province, reader):
    for pk in (0, 987654321, 10**30):
        assert reader.get(f"/don-vi/{pk}/").status_code == 404
        assert reader.get(f"/don-vi/{pk}/truc-thuoc/").status_code == 404


@pytest.mark.parametrize(
    "typed",
    ["thai hoa", "THÁI HÒA", "hoa thai", "Thái Hoà", unicodedata.normalize("NFD", "thái hòa")],
)
def test_search_finds_both_ways_of_placing_the_tone_mark(reader, typed):
    a_unit(name="Công an phường Thái Hòa", kind=UnitKind.COMMUNE_POLICE)
    a_unit(name="Công an thị xã Thái Hoà", kind=UnitKind.DISTRICT_POLICE)
    a_unit(name="Công an xã Đức Thọ", kind=UnitKind.COMMUNE_POLICE)

    found = page(reader, "units:search", tim=typed)

    assert "2 kết quả" in found
    assert "Công an phường Thái Hòa" in found
    assert "Công an thị xã Thái Hoà" in found


def test_search_finds_codes_and_reads_d_for_the_letter_with_a_stroke(reader):
    a_unit("HT-PC06", name="Phòng Một")
    a_unit(name="Công an xã Đức Thọ")

    assert "Phòng Một" in page(reader, "units:search", tim="pc06")
    assert "Công an xã Đức Thọ" in page(reader, "units:search", tim="duc tho")
    assert "Không có đơn vị nào" in page(reader, "units:search", tim="100%")
    assert "Kết quả tìm hiện ở đây" in page(reader, "units:search", tim="  ")


def test_search_looks_at_the_day_or_at_any_time(province, reader):
    mergers.close(province.departments[0], decision=a_decision(MARCH), by=province.administrator)

    def found(**asked):
        return "1 kết quả" in page(reader, "units:search", tim="nghiep vu 1", **asked)

    assert found(ngay="2025-02-28")
    assert not found(ngay="2025-03-01")
    assert not found()
    assert found(moi_luc="on")


def test_a_search_with_too_many_letters_keeps_what_was_typed(reader):
    answer = reader.get(reverse("units:search"), {"tim": "x" * 101})

    assert answer.status_code == 422
    assert "x" * 101 in answer.content.decode()
    assert "tối đa 100 ký tự" in answer.content.decode()


def test_units_to_pick_are_those_found_and_those_chosen_before(province, reader):
    chosen = province.departments[0]

    answer = reader.get(
        reverse("units:offer-several"),
        {"field": "units", "tim": "cong an xa 2", "units": [chosen.pk, "x", "9" * 30]},
    )

    html = answer.content.decode()
    assert f'value="{chosen.pk}"' in html
    assert "checked" in html
    assert "Công an xã 2 (TN-X002), trực thuộc Công an huyện 1" in html
    assert "Công an xã 3" not in html


def test_units_to_pick_exist_on_the_day_of_the_decision(province, reader):
    mergers.close(province.departments[0], decision=a_decision(MARCH), by=province.administrator)
    url = reverse("units:offer-one")
    asked = {"field": "parent", "tim": "nghiep vu 1"}

    assert "Không có đơn vị đang hoạt động" in reader.get(url, asked).content.decode()
    asked["effective_on"] = "2025-02-28"
    assert "Phòng Nghiệp vụ 1" in reader.get(url, asked).content.decode()
    asked["effective_on"] = "khi nào"
    assert reader.get(url, asked).status_code == 422
    assert reader.get(url, {"field": '"><b>'}).status_code == 422


def test_the_tree_is_flat(province, reader, assert_flat_queries):
    def grow():
        for number in range(30):
            a_unit(parent=province.police, name=f"Phòng thêm {number}")
            a_unit(parent=province.districts[1], kind=UnitKind.COMMUNE_POLICE)

    assert_flat_queries(lambda: page(reader), grow=grow)


def test_a_large_tree_and_the_search_are_flat(province, reader, assert_flat_queries, monkeypatch):
    monkeypatch.setattr(tree, "WHOLE_TREE", 5)

    def ask():
        page(reader, goc=province.police.pk)
        page(reader, "units:search", tim="cong an", moi_luc="on")

    def grow():
        for number in range(30):
            a_unit(parent=province.police, name=f"Công an thêm {number}")

    assert_flat_queries(ask, grow=grow)
