"""The organiser's pages of one node of a block's criteria."""

from decimal import Decimal

import pytest
from django.urls import reverse

from scoring.forms.criteria import ComponentForm
from scoring.forms.rules import FORMS
from scoring.models import Criterion
from scoring.rules.kinds import Level
from scoring.services import criteria
from tests.worlds import a_prepared_period, an_open_period

pytestmark = pytest.mark.django_db


@pytest.fixture
def year(client):
    found = a_prepared_period()
    client.force_login(found.organiser)
    return found


def node(year, code: str) -> Criterion:
    return Criterion.objects.get(criteria_set__block=year.block, code=code)


def at(name: str, criterion: Criterion) -> str:
    return reverse(f"scoring:{name}", args=[criterion.pk])


def sent(criterion: Criterion, **changed) -> dict:
    """What the page of a component sends, as it stands, with something changed."""
    told = ComponentForm.told(criterion)
    form = {name: value for name, value in told.items() if value is not None and value is not False}
    form["maximum"] = str(told["maximum"])
    rule = FORMS[told["kind"]].told(criterion.rule)
    rule = {
        f"rule-{name}": str(value) if isinstance(value, Decimal) else value
        for name, value in rule.items()
        if value is not None and value is not False
    }
    return form | rule | changed


def test_every_kind_of_component_goes_through_its_form_unchanged(client, year):
    components = Criterion.objects.filter(
        criteria_set__block=year.block, level=Level.COMPONENT
    ).order_by("position")
    assert {component.rule["type"] for component in components} == set(FORMS)

    for component in components:
        answer = client.post(at("criterion-edit", component), sent(component))

        kept = Criterion.objects.get(pk=component.pk)
        assert answer.status_code == 302, component.code
        assert (kept.rule, kept.title, kept.maximum) == (
            component.rule,
            component.title,
            component.maximum,
        )
        assert kept.assumed


def test_everything_about_a_component_can_be_changed(client, year):
    component = node(year, "2.2.1")

    client.post(
        at("criterion-edit", component),
        sent(
            component,
            title="Tên mới",
            maximum="12,5",
            source="central",
            not_applicable_allowed="on",
            evidence="Ảnh chụp\n\nBiên bản\n",
            source_note="Quyết định mới",
            **{"rule-items": "một\nhai\nba\nbốn"},
        ),
    )

    kept = node(year, "2.2.1")
    assert (kept.title, kept.maximum, kept.source) == ("Tên mới", Decimal("12.5"), "central")
    assert kept.evidence_expected == ["Ảnh chụp", "Biên bản"]
    assert kept.rule == {"type": "checklist", "items": ["một", "hai", "ba", "bốn"]}
    assert kept.not_applicable_allowed
    assert node(year, "2").maximum == Decimal("37.5")


def test_the_kind_of_rule_can_be_changed(client, year):
    component = node(year, "1.1.1")

    client.post(
        at("criterion-edit", component),
        sent(
            component,
            kind="deduction",
            **{"rule-what": "lần chậm báo cáo", "rule-share": "33,3333"},
        ),
    )

    assert node(year, "1.1.1").rule == {
        "type": "deduction",
        "event": "lần chậm báo cáo",
        "share_per_event": "0.333333",
    }


def test_whose_survey_it_is_is_chosen_and_kept(client, year):
    component = node(year, "3.1.1")
    page = client.get(at("criterion-edit", component)).content.decode()
    assert "Là khảo sát các đơn vị phối hợp, không phải đánh giá của người dân" in page

    client.post(at("criterion-edit", component), sent(component, **{"rule-of_partners": "on"}))
    asked_partners = node(year, "3.1.1")
    client.post(at("criterion-edit", component), sent(asked_partners))
    again = node(year, "3.1.1")
    form = sent(again)
    del form["rule-of_partners"]
    client.post(at("criterion-edit", component), form)

    assert asked_partners.rule == again.rule == {"type": "survey", "of_partners": True}
    assert node(year, "3.1.1").rule == {"type": "survey"}


def test_levels_are_written_in_percent_and_kept_as_shares(client, year):
    component = node(year, "1.1.2")

    client.post(
        at("criterion-edit", component),
        sent(component, **{"rule-share_1": "62,5", "rule-when_1": "chậm đến 10 ngày"}),
    )

    assert node(year, "1.1.2").rule["levels"][1] == {
        "when": "chậm đến 10 ngày",
        "min": "1",
        "max_excl": "11",
        "share": "0.625",
    }


@pytest.mark.parametrize(
    ("code", "changed", "told"),
    [
        ("1.1.1", {"title": " "}, "Đề nghị nhập nội dung này."),
        ("1.1.1", {"maximum": "0"}, "lớn hơn 0"),
        ("1.1.1", {"maximum": "1.2345"}, "3 chữ số thập phân"),
        ("1.1.1", {"maximum": "năm"}, "phải ghi bằng chữ số"),
        ("1.1.1", {"source": "moon"}, "moon"),
        ("1.1.1", {"kind": "dice"}, "dice"),
        ("1.1.1", {"version": "x"}, "đề nghị tải lại"),
        ("1.1.2", {"rule-min_1": "0,5"}, "chồng lên nhau"),
        ("1.1.2", {"rule-share_0": "90"}, "điểm tối đa"),
        ("1.2.1", {"rule-floor_percent": "101"}, "từ 0 đến 100"),
        ("1.2.1", {"rule-floor_percent": "60", "rule-full_percent": "50"}, "lớn hơn tỷ lệ"),
        ("2.2.1", {"rule-items": "một\nmột"}, "hai mục giống nhau"),
        ("2.1.2", {"rule-share": "0"}, "lớn hơn 0"),
    ],
)
def test_what_is_not_valid_is_422_says_why_and_changes_nothing(client, year, code, changed, told):
    component = node(year, code)

    answer = client.post(at("criterion-edit", component), sent(component, **changed))

    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert node(year, code).version == 1


def test_an_edit_overtaken_by_another_is_409_and_keeps_what_was_typed(client, year):
    component = node(year, "1.1.1")
    criteria.edit(component, by=year.organiser, seen=1, title="Người khác")

    answer = client.post(at("criterion-edit", component), sent(component, title="Của tôi"))

    assert answer.status_code == 409
    assert "Của tôi" in answer.content.decode()
    assert node(year, "1.1.1").title == "Người khác"


def test_the_title_of_an_area_is_changed_by_its_form(client, year):
    area = node(year, "1")

    client.post(at("criterion-edit", area), {"title": "Chỉ đạo", "version": "1"})

    assert node(year, "1").title == "Chỉ đạo"
    assert client.post(at("criterion-edit", area), {"title": "", "version": "2"}).status_code == 422
    assert (
        client.post(at("criterion-edit", area), {"title": "A", "version": "1"}).status_code == 409
    )


def test_a_component_is_added_by_its_form(client, year):
    parent = node(year, "1.1")

    answer = client.post(
        at("component-new", parent),
        {"title": "Mới", "maximum": "0,5", "source": "self", "kind": "binary"},
    )

    assert answer.url.endswith(f"#tc-{parent.pk}")
    assert node(year, "1.1.4").maximum == Decimal("0.5")


def test_a_new_component_that_is_not_valid_is_422(client, year):
    answer = client.post(at("component-new", node(year, "1.1")), {"title": "Mới"})

    assert answer.status_code == 422
    assert "Mới" in answer.content.decode()


def test_a_component_is_removed_by_its_button(client, year):
    client.post(at("component-remove", node(year, "1.1.1")))

    assert not Criterion.objects.filter(criteria_set__block=year.block, code="1.1.1").exists()


def test_what_is_typed_is_told_back_with_the_sums_it_would_make(client, year):
    component = node(year, "1.2.2")

    content = client.post(
        at("component-check", component), sent(component, maximum="7,5")
    ).content.decode()

    assert "Mỗi sáng kiến được 3,75 điểm" in content
    assert "102,5" in content
    assert "Khác thang điểm 100" in content
    assert node(year, "1.2.2").maximum == 5


def test_half_typed_figures_are_no_error(client, year):
    component = node(year, "1.2.2")

    for maximum in ("", ",", "7,"):
        answer = client.post(at("component-check", component), sent(component, maximum=maximum))
        assert answer.status_code == 200


def test_bonus_points_do_not_raise_the_total_that_is_told(client, year):
    component = node(year, "1.2.2")

    answer = client.post(
        at("component-check", component), sent(component, maximum="9", source="bonus")
    )

    assert answer.context["total"] == 95


@pytest.mark.parametrize("kind", [*FORMS, "dice", ""])
def test_the_fields_of_a_kind_of_rule_come_as_a_fragment(client, year, kind):
    answer = client.get(reverse("scoring:rule-fields"), {"kind": kind})

    assert answer.status_code == 200
    assert "<html" not in answer.content.decode()


def test_a_kind_asked_for_in_the_address_is_shown_empty(client, year):
    content = client.get(at("criterion-edit", node(year, "1.1.1")), {"kind": "ratio"}).content

    assert "rule-numerator" in content.decode()


def test_a_frozen_component_has_no_form(client):
    year = an_open_period()
    client.force_login(year.organiser)

    answer = client.get(at("criterion-edit", node(year, "1.1.1")))

    assert answer.url == reverse("scoring:block", args=[year.block.pk])


@pytest.mark.parametrize("code", ["1", "1.1"])
@pytest.mark.parametrize("name", ["component-remove", "component-check"])
def test_what_is_done_to_a_component_is_not_there_for_what_stands_above_it(
    client, year, name, code
):
    assert client.post(at(name, node(year, code))).status_code == 404


@pytest.mark.parametrize("code", ["1", "1.1.1"])
def test_a_component_is_added_to_a_criterion_alone(client, year, code):
    for address in (at("component-new", node(year, code)), at("component-check", node(year, code))):
        assert client.post(address + "?moi", sent(node(year, "1.1.1"))).status_code == 404


@pytest.mark.parametrize("name", ["component-remove", "component-check"])
def test_what_writes_is_not_done_by_a_get(client, year, name):
    assert client.get(at(name, node(year, "1.1.1"))).status_code == 405
