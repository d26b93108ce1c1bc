"""The organiser's pages of a block: its form, its units, its set."""

import pytest
from django.urls import reverse

from scoring.models import Block, BlockUnit, CriteriaSet
from scoring.services import blocks, criteria
from tests.factories import a_unit
from tests.worlds import (
    a_draft_period,
    a_prepared_period,
    a_province,
    an_open_period,
    the_small_set,
)
from units.kinds import UnitKind

pytestmark = pytest.mark.django_db


@pytest.fixture
def year(client):
    found = a_draft_period(a_province(departments=2, communes=3))
    client.force_login(found.organiser)
    return found


@pytest.fixture
def block(year) -> Block:
    return blocks.add(
        year.period, by=year.organiser, name="Khối phòng", kinds=[UnitKind.DEPARTMENT]
    )


def at(name: str, block: Block) -> str:
    return reverse(f"scoring:{name}", args=[block.pk])


def units_of(block: Block) -> set[int]:
    return set(BlockUnit.objects.filter(block=block).values_list("unit", flat=True))


def keys(units) -> list[int]:
    return [unit.pk for unit in units]


def test_a_block_is_added_by_its_form(client, year):
    answer = client.post(
        reverse("scoring:block-new", args=[year.period.pk]),
        {
            "name": "  Công an   cấp xã ",
            "kinds": ["commune_police"],
            "handles_procedures": "true",
            "version": "1",
        },
    )

    block = Block.objects.get()
    assert answer.url == reverse("scoring:period", args=[year.period.pk])
    assert (block.name, block.kinds) == ("Công an cấp xã", ["commune_police"])
    assert block.handles_procedures is True


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"name": ""}, "Đề nghị nhập nội dung này."),
        ({"kinds": ["palace"]}, "palace"),
        ({"handles_procedures": "perhaps"}, "perhaps"),
        ({"name": "Khối phòng"}, "khối cùng tên"),
    ],
)
def test_a_block_that_is_not_valid_says_why(client, year, block, changed, told):
    typed = {"name": "Khối mới", "kinds": [], "handles_procedures": ""} | changed

    answer = client.post(reverse("scoring:block-new", args=[year.period.pk]), typed)

    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert Block.objects.count() == 1


def test_an_edit_overtaken_by_another_is_409_and_keeps_what_was_typed(client, year, block):
    blocks.edit(block, by=year.organiser, seen=1, name="Người khác")

    answer = client.post(at("block-edit", block), {"name": "Của tôi", "version": "1"})

    assert answer.status_code == 409
    assert "Của tôi" in answer.content.decode()


def test_an_edit_is_saved(client, block):
    client.post(at("block-edit", block), {"name": "Tên mới", "version": "1"})

    block.refresh_from_db()
    assert (block.name, block.handles_procedures) == ("Tên mới", None)


def test_a_block_is_removed_by_its_button(client, year, block):
    answer = client.post(at("block-remove", block))

    assert answer.url == reverse("scoring:period", args=[year.period.pk])
    assert not Block.objects.exists()


def test_a_set_is_copied_by_its_button(client, block):
    client.post(at("block-set", block), {"source": the_small_set().pk})

    assert block.criteria_set.title == "Bộ tiêu chí kiểm thử"


@pytest.mark.parametrize("source", ["", "x", "999999"])
def test_a_set_that_is_not_in_the_catalogue_is_422(client, block, source):
    answer = client.post(at("block-set", block), {"source": source})

    assert answer.status_code == 422
    assert not CriteriaSet.objects.filter(block=block).exists()


def test_units_are_chosen_by_kind_and_function_with_one_button(client, year, block):
    shown = client.get(at("block-units", block)).content.decode()
    client.post(at("block-units-by-kind", block))

    assert "Chọn 2 đơn vị theo loại và chức năng" in shown
    assert units_of(block) == set(keys(year.province.departments))


def test_ticked_units_go_in_and_come_out(client, year, block):
    communes = keys(year.province.communes)

    client.post(at("block-units-add", block), {"units": communes})
    assert units_of(block) == set(communes)

    client.post(at("block-units-remove", block), {"units": communes[:1]})
    assert units_of(block) == set(communes[1:])


def test_everything_that_the_filter_lists_goes_in_and_comes_out(client, year, block):
    narrowed = "?kind=commune_police&q=cong+an+xa"

    answer = client.post(at("block-units-add", block) + narrowed, {"everything": "1"})
    assert units_of(block) == set(keys(year.province.communes))
    assert answer.url.endswith("?kind=commune_police&q=cong+an+xa")

    client.post(at("block-units-remove", block) + "?q=xa+2", {"everything": "1"})
    assert len(units_of(block)) == 2


@pytest.mark.parametrize("units", [["x"], [str(10**18)], ["-1"]])
def test_a_unit_that_cannot_be_is_not_valid(client, block, units):
    answer = client.post(at("block-units-add", block), {"units": units})

    assert answer.status_code == 422
    assert "không còn trong danh sách" in answer.content.decode()


def test_a_unit_from_elsewhere_is_409_with_its_name_and_the_ticks_stay(client, year, block):
    stranger, mine = a_unit(name="Phòng ở nơi khác"), year.province.departments[0]

    answer = client.post(at("block-units-add", block), {"units": [stranger.pk, mine.pk]})

    assert answer.status_code == 409
    assert "Phòng ở nơi khác" in answer.content.decode()
    assert f'id="dv-{mine.pk}" checked' in answer.content.decode()
    assert units_of(block) == set()


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("", 5),
        ("?q=PHONG", 2),
        ("?q=phòng+nghiệp+1", 1),
        ("?q=TN-X001", 1),
        ("?kind=commune_police", 3),
        ("?function=true", 0),
        ("?function=false", 5),
        ("?place=here", 1),
        ("?place=free", 3),
        ("?place=elsewhere", 1),
        ("?kind=palace&place=nowhere", 5),
        ("?page=999", 5),
    ],
)
def test_the_filter_lists_what_it_says(client, year, block, query, number):
    other = blocks.add(year.period, by=year.organiser, name="Khối khác", kinds=[])
    blocks.add_units(block, [year.province.departments[0].pk], by=year.organiser)
    blocks.add_units(other, [year.province.departments[1].pk], by=year.organiser)

    answer = client.get(at("block-units", block) + query)

    assert answer.context["page"].paginator.count == number


def test_two_hundred_and_fifty_units_come_in_pages(client, year, block):
    for number in range(250):
        a_unit(parent=year.province.police, name=f"Công an xã thứ {number}")

    first = client.get(at("block-units", block))
    last = client.get(at("block-units", block) + "?page=3")

    assert "1–100 trong 255" in first.content.decode()
    assert len(last.context["page"].object_list) == 55


def test_an_open_period_shows_its_units_without_ticks(client):
    year = an_open_period()
    client.force_login(year.organiser)

    content = client.get(at("block-units", year.block)).content.decode()

    assert "Phòng Nghiệp vụ 1" in content
    assert "checkbox" not in content


def test_the_criteria_page_names_every_fault_and_links_to_it(client):
    year = a_prepared_period()
    client.force_login(year.organiser)
    component = year.block.criteria_set.criteria.get(code="1.1.1")
    criteria.edit(component, by=year.organiser, seen=1, rule={"type": "checklist", "items": []})
    criteria.edit(component, by=year.organiser, seen=2, maximum=7)

    content = client.get(at("block", year.block)).content.decode()

    assert '<a href="#ma-1.1.1">1.1.1</a>: Danh mục kiểm tra' in content
    assert "102, khác thang điểm 100" in content


def test_the_page_of_units_is_flat(client, year, block, assert_flat_queries):
    def more():
        for _ in range(30):
            a_unit(parent=year.province.police)

    assert_flat_queries(lambda: client.get(at("block-units", block)), grow=more)


def test_the_page_of_criteria_is_flat(client, assert_flat_queries):
    year = a_prepared_period()
    client.force_login(year.organiser)
    parent = year.block.criteria_set.criteria.get(code="1.1")

    def more():
        for _ in range(30):
            criteria.add_component(
                parent, by=year.organiser, title="Thêm", maximum=1, rule={"type": "binary"}
            )

    assert_flat_queries(lambda: client.get(at("block", year.block)), grow=more)
