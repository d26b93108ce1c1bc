"""Figures go up from level to level by a press, and how complete they are goes with them."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from scoring.models import Reading
from scoring.rules.indicator import Span, usual_days
from scoring.rules.kinds import Door
from scoring.services import collections, gathered, indicators, readings, rollups
from scoring.services.underneath import below, differing, underneath, unfinished
from tests.scoring.reported import CATALOGUE, USUAL, Reports, open_reports
from tests.worlds import a_province
from units.permissions import Role

pytestmark = pytest.mark.django_db
SCRIPT = {"headers": {"HX-Request": "true"}}


def asked_above(work: Reports, **columns):
    """The ministry asks the province for the same figures of the same stretch."""
    ministry = work.province.ministry
    organiser = work.province.a_person(Role.ORGANISER, ministry)
    for line in CATALOGUE:
        indicators.add(ministry, USUAL | line | columns.get(line["code"], {}), by=organiser)
    days = usual_days(Span.HALF, 2026)
    return collections.open_(ministry, by=organiser, year=2026, span=Span.HALF, days=days)


def row(collection, code: str) -> Reading:
    return Reading.objects.for_page().get(collection=collection, indicator__code=code)


@pytest.fixture
def work():
    """Of three departments two have reported to the province, which reports to the ministry."""
    work = open_reports(a_province(departments=3))
    for place, amount in enumerate(("30", "10")):
        work.put("HS-02", amount, place=place)
    work.put("HS-03", "20")
    work.upper = asked_above(work)
    work.clerk = work.province.a_person(Role.EDITOR, work.province.police)
    return work


def test_a_press_takes_what_the_units_below_come_to_and_the_line_says_of_how_many(work):
    one = row(work.upper, "HS-02")
    with pytest.raises(PermissionDenied):
        gathered.take(one.pk, by=work.editor, seen_version=one.version)
    with pytest.raises(MoveRefused, match="chưa báo cáo"):
        gathered.take(row(work.upper, "TH-02").pk, by=work.clerk, seen_version=1)

    gathered.take(one.pk, by=work.clerk, seen_version=one.version)

    one.refresh_from_db()
    assert one.amount == 40
    line = one.changes.get()
    assert (line.door, line.changed_by) == (Door.REPORTED, work.clerk)
    assert line.reason == "Lấy số cộng của 2/3 đơn vị trực thuộc."
    work.put("HS-02", "5", place=2)
    with pytest.raises(ChangedMeanwhile):
        gathered.take(one.pk, by=work.clerk, seen_version=1)

    collections.close(work.upper.pk, by=_runs(work))
    with pytest.raises(MoveRefused, match="đã chốt"):
        gathered.take(one.pk, by=work.clerk, seen_version=2)
    gathered.take(one.pk, by=work.clerk, seen_version=2, reason="Đơn vị gửi muộn.")
    assert one.changes.first().reason == ("Lấy số cộng của 3/3 đơn vị trực thuộc. Đơn vị gửi muộn.")


def _runs(work):
    return work.province.a_person(Role.ORGANISER, work.province.ministry)


def test_the_press_for_all_rows_writes_over_no_figure_that_a_person_typed(work):
    unit, typed = work.province.police.pk, row(work.upper, "HS-03")
    readings.put(typed.pk, by=work.clerk, amount=19, note="", seen_version=1)

    def press() -> int:
        rows = Reading.objects.filter(collection=work.upper)
        seen = dict(rows.values_list("pk", "version"))
        return gathered.take_all(work.upper, unit, by=work.clerk, seen=seen)

    assert press() == 1
    assert (row(work.upper, "HS-02").amount, row(work.upper, "HS-03").amount) == (40, 19)
    with pytest.raises(MoveRefused, match="Không còn dòng nào"):
        press()
    work.put("HS-02", "5", place=2)
    assert press() == 1, "what was taken follows the units below"
    assert row(work.upper, "HS-02").amount == 45
    with pytest.raises(PermissionDenied):
        gathered.take_all(work.upper, unit, by=work.editor, seen={})


def test_the_level_above_sees_of_how_many_units_a_figure_of_its_unit_was_put_together(work):
    one = row(work.upper, "HS-02")
    gathered.take(one.pk, by=work.clerk, seen_version=1)
    asked = rollups.indicators_of(work.upper)
    under = underneath(work.upper, asked)
    (line,) = rollups.lines(work.upper, asked, [(work.province.police.pk, "Tỉnh")], under)

    notes = dict(zip((one.code for one in asked), line.notes, strict=True))
    assert notes == {"HS-02": "gồm 2/3 đơn vị trực thuộc", "HS-03": "", "HS-05": "", "TH-02": ""}
    assert (unfinished(under, "HS-02"), unfinished(under, "HS-03")) == (1, 0)
    work.put("HS-02", "6", place=2)
    (line,) = rollups.lines(
        work.upper, asked, [(work.province.police.pk, "Tỉnh")], underneath(work.upper, asked)
    )
    assert "trực thuộc cộng 46 (3/3 đơn vị)" in line.notes
    under = underneath(work.upper, asked)
    assert (differing(under, "HS-02"), differing(under, "HS-03")) == (1, 0)
    ratio = below(work.province.police.pk, work.upper, asked)["HS-05"]
    assert (ratio.said, ratio.asked, ratio.own) == (1, 3, None)


def test_what_is_measured_otherwise_above_is_not_offered():
    work = open_reports(a_province(departments=2))
    work.put("HS-02", "30")
    upper = asked_above(work, **{"HS-02": {"measure": "nghìn hồ sơ"}})

    assert underneath(upper, rollups.indicators_of(upper)) == {}


def test_the_page_offers_the_press_where_one_may_write_and_tells_it_above(work, client):
    unit = work.province.police.pk
    page = reverse("scoring:readings", args=[work.upper.pk, unit])
    one = row(work.upper, "HS-02")
    address = reverse("scoring:reading-take", args=[one.pk])
    client.force_login(work.province.a_person(Role.LEADER, work.province.police))
    assert address not in client.get(page).content.decode()

    client.force_login(work.clerk)
    shown = client.get(page).content.decode()
    assert address in shown
    assert "Lấy tất cả" in shown
    taken = client.post(address, {"version": 1}, **SCRIPT)
    assert "1/3" in taken.content.decode(), "how many figures are there is told with the row"
    stale = client.post(address, {"version": 1}, **SCRIPT)
    assert stale.status_code == 409
    all_ = reverse("scoring:readings-take", args=[work.upper.pk, unit])
    three = row(work.upper, "HS-03")
    assert client.post(all_, {f"phien-ban-{three.pk}": "1"}).status_code == 302
    assert client.post(all_, {f"phien-ban-{three.pk}": "2"}).status_code == 409
    assert row(work.upper, "HS-03").amount == 20

    client.force_login(_runs(work))
    above = client.get(reverse("scoring:collection", args=[work.upper.pk])).content.decode()
    assert "gồm 2/3 đơn vị trực thuộc" in above
    assert "1 đơn vị chưa đủ cấp dưới" in above
    assert "ghi khác số cấp dưới cộng lại" not in above
    work.put("HS-02", "6", place=2)
    above = client.get(reverse("scoring:collection", args=[work.upper.pk])).content.decode()
    assert "1 đơn vị ghi khác số cấp dưới cộng lại" in above


def test_what_stands_underneath_is_asked_as_often_for_many_units_as_for_few(work):
    work.put("HS-02", "5", place=2)
    asked = rollups.indicators_of(work.upper)
    with CaptureQueriesContext(connection) as upper:
        underneath(work.upper, asked)
    with CaptureQueriesContext(connection) as lower:
        underneath(work.collection, rollups.indicators_of(work.collection))

    assert len(upper) == 2
    assert len(lower) == 2, "indicators, and that nobody asks units below"


def test_who_took_a_figure_is_told_when_it_was_corrected_below_until_it_is_looked_at(work, client):
    one, desk = row(work.upper, "HS-02"), reverse("reports:desk")
    work.put("TH-02", "1.5")
    for code in ("HS-02", "TH-02"):
        gathered.take(row(work.upper, code).pk, by=work.clerk, seen_version=1)
    typed = row(work.upper, "HS-03")
    readings.put(typed.pk, by=work.clerk, amount=19, note="", seen_version=1)
    client.force_login(work.clerk)
    told = "số liệu đã lấy, cấp dưới nay cộng ra số khác"
    assert told not in client.get(desk).content.decode()

    collections.close(work.collection.pk, by=work.organiser)
    collections.close(work.upper.pk, by=_runs(work))
    work.put("HS-02", "12", place=1, reason="Cộng sót.")
    work.put("TH-02", "2.5", reason="Cộng sót.")

    with CaptureQueriesContext(connection) as asked:
        told_of = gathered.corrected_below([work.province.police.pk], 2025)
    assert (told_of, len(asked)) == ({(work.upper, work.province.police): 2}, 2)
    assert gathered.corrected_below([work.province.police.pk], 2027) == {}
    page = client.get(desk).content.decode()
    assert f"Xem lại 2 {told}" in page
    assert reverse("scoring:readings", args=[work.upper.pk, work.province.police.pk]) in page
    client.force_login(work.editor)
    assert told not in client.get(desk).content.decode()
    gathered.take(one.pk, by=work.clerk, seen_version=2, reason="Cấp dưới sửa.")
    other = row(work.upper, "TH-02").pk
    readings.put(other, by=work.clerk, amount=3, note="", seen_version=2, reason="Có phần của cấp.")
    client.force_login(work.clerk)
    assert told not in client.get(desk).content.decode()
