"""Who changed what about an indicator is written down, and read on its page."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from cchc_portal.kit.errors import MoveRefused
from scoring.models import Indicator, IndicatorEvent
from scoring.services import indicators
from tests.scoring.reported import USUAL, open_reports
from tests.worlds import a_province
from units.permissions import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def work():
    return open_reports()


def the(work, code: str) -> Indicator:
    return work.province.police.indicators.get(code=code, current=True)


def said_of(one: Indicator, **changed) -> dict:
    return {name: getattr(one, name) for name in indicators.SHOWN if name != "edition"} | changed


def revise(work, code: str, **changed) -> Indicator:
    one = the(work, code)
    seen = indicators.mark(one)
    return indicators.revise(one.pk, said_of(one, **changed), by=work.organiser, seen=seen)


def lines(work, one: Indicator) -> list[tuple]:
    events = IndicatorEvent.objects.of_code(one)
    assert {event.by for event in events} == {work.organiser}
    return [(event.words, event.about, event.comment) for event in events]


def test_each_change_says_what_became_another(work):
    revise(work, "TH-02", name="Kinh phí đào tạo", source="Kế hoạch 12")
    revise(work, "TH-02")  # nothing changed
    anew = revise(work, "TH-02", measure="nghìn đồng", roll="apart")
    indicators.retire(anew.pk, by=work.organiser, seen=indicators.mark(anew))

    assert lines(work, anew) == [
        ("Thôi dùng chỉ tiêu", "lần sửa 2", ""),
        (
            "Lập lần sửa mới",
            "lần sửa 2",
            f"đơn vị tính: triệu đồng → nghìn đồng\ncộng lên cấp trên: "
            f"{Indicator(roll='sum').shown('roll')} → {Indicator(roll='apart').shown('roll')}",
        ),
        (
            "Sửa chỉ tiêu",
            "",
            "tên chỉ tiêu: Kinh phí → Kinh phí đào tạo\ncăn cứ, ghi chú: để trống → Kế hoạch 12",
        ),
        ("Thêm chỉ tiêu", "", ""),
    ]


def test_the_usual_ones_are_written_down_too():
    province = a_province()
    organiser = province.a_person(Role.ORGANISER, province.police)

    added = indicators.seed(province.police, by=organiser)

    assert IndicatorEvent.objects.filter(verb="add", by=organiser).count() == added > 20


def test_a_line_is_never_changed(work):
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        IndicatorEvent.objects.update(comment="khác")
    with pytest.raises(IntegrityError, match="indicator_event_verb_known"), transaction.atomic():
        the(work, "TH-02").events.create(verb="lạ", by=work.organiser)


def test_the_page_tells_it_and_what_was_given_up_is_still_found(client, work):
    one = revise(work, "TH-02", name="Kinh phí đào tạo")
    client.force_login(work.organiser)
    page, list_ = reverse("scoring:indicator-edit", args=[one.pk]), reverse("scoring:indicators")
    assert "tên chỉ tiêu: Kinh phí → Kinh phí đào tạo" in client.get(page).text
    assert "Đã thôi dùng" not in client.get(list_).text

    retired = reverse("scoring:indicator-retire", args=[one.pk])
    client.post(retired, {"seen": indicators.mark(one)})

    assert "Đã thôi dùng: 1 chỉ tiêu" in client.get(list_).text
    shown = client.get(page).text
    assert "Thôi dùng chỉ tiêu" in shown
    assert 'name="code"' not in shown
    indicators.add(
        work.province.police, USUAL | {"code": "TH-02", "name": "Mới"}, by=work.organiser
    )
    assert "Đã thôi dùng" not in client.get(list_).text, "its code is in use again"


def test_a_figure_of_which_a_ratio_is_taken_does_not_become_a_ratio_itself(work):
    with pytest.raises(MoveRefused, match="HS-05"):
        revise(work, "HS-03", roll="ratio", part_of="", numerator="HS-02", denominator="TH-02")

    assert the(work, "HS-03").roll == "sum"
    assert revise(work, "HS-03", roll="apart").roll == "apart"


def test_no_figure_becomes_a_part_of_itself_by_way_of_others(work):
    revise(work, "TH-02", part_of="HS-03")

    for code, part_of in (("HS-02", "HS-03"), ("HS-02", "TH-02")):
        with pytest.raises(MoveRefused, match=f"{part_of} đã là một phần của {code}"):
            revise(work, code, part_of=part_of)

    assert the(work, "HS-02").part_of == ""
