"""A collection and its indicators are changed after they were opened or used, and nobody unseen."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from scoring.models import Collection, Indicator, Reading
from scoring.rules.indicator import CollectionState, Days, Span, usual_days
from scoring.services import (
    collection_changes,
    collections,
    drives,
    indicators,
    readings,
    rollups,
    year_figures,
)
from tests.races import at_once
from tests.scoring.reported import USUAL, open_reports
from tests.worlds import a_province
from units.permissions import Role


@pytest.mark.django_db
def test_the_last_day_moves_with_a_reason_over_the_day_that_was_seen():
    work = open_reports()
    pk, seen = work.collection.pk, work.collection.due_on
    later = timezone.localdate() + timedelta(days=5)
    move = {"by": work.organiser, "seen": seen, "due_on": later, "reason": "Chờ số liệu"}

    with pytest.raises(PermissionDenied):
        collection_changes.move_due(pk, **move | {"by": work.editor})
    with pytest.raises(MoveRefused, match="lý do"):
        collection_changes.move_due(pk, **move | {"reason": " "})
    with pytest.raises(MoveRefused, match="trước ngày hôm nay"):
        collection_changes.move_due(pk, **move | {"due_on": seen - timedelta(days=400)})
    moved = collection_changes.move_due(pk, **move)
    assert moved.due_on == later
    assert "Chờ số liệu" in moved.events.first().comment
    with pytest.raises(ChangedMeanwhile):
        collection_changes.move_due(pk, **move | {"due_on": later + timedelta(days=1)})
    collections.close(pk, by=work.organiser)
    with pytest.raises(MoveRefused, match="đã chốt"):
        collection_changes.move_due(pk, **move | {"seen": later})


@pytest.mark.django_db
def test_an_empty_collection_is_cancelled_and_its_stretch_is_free_again():
    work = open_reports()
    pk = work.collection.pk
    with pytest.raises(PermissionDenied):
        collection_changes.cancel(pk, by=work.editor, reason="Mở nhầm")
    with pytest.raises(MoveRefused, match="lý do"):
        collection_changes.cancel(pk, by=work.organiser, reason="")

    collection_changes.cancel(pk, by=work.organiser, reason="Mở nhầm")

    assert Collection.objects.get(pk=pk).state == CollectionState.CANCELLED
    with pytest.raises(PermissionDenied):
        work.put("HS-02", "1", by=work.editor)
    for act in (
        lambda: collections.close(pk, by=work.organiser),
        lambda: collection_changes.cancel(pk, by=work.organiser, reason="Lần nữa"),
    ):
        with pytest.raises(MoveRefused, match="đã hủy"):
            act()
    again = open_reports(work.province, organiser=work.organiser)
    again.put("HS-02", "1")
    again.put("HS-02", None)
    with pytest.raises(MoveRefused, match="nhập số liệu"):
        collection_changes.cancel(again.collection.pk, by=work.organiser, reason="Mở nhầm")
    next_year = open_reports(work.province, organiser=work.organiser, year=2027)
    assert rollups.earlier_of(next_year.collection) == again.collection


@pytest.mark.django_db
def test_a_year_that_nobody_can_report_is_refused():
    work = open_reports()
    year = timezone.localdate().year + 2
    days = usual_days(Span.HALF, year)

    with pytest.raises(MoveRefused, match="Năm phải từ 2000"):
        collections.open_(
            work.province.police, by=work.organiser, year=year, span=Span.HALF, days=days
        )


@pytest.mark.django_db
def test_a_mended_name_keeps_the_figures_of_the_year_and_another_measure_says_what_is_left_out():
    first = open_reports(span=Span.QUARTER_1)
    first.put("TH-02", "150")
    one = first.reading("TH-02").indicator
    said = {name: getattr(one, name) for name in ("code", "decimals", "roll", "over_time")}

    def revise(name: str, measure: str) -> Indicator:
        now = Indicator.objects.current().get(owner=one.owner_id, code="TH-02")
        told = said | {"name": name, "measure": measure}
        return indicators.revise(now.pk, told, by=first.organiser, seen=indicators.mark(now))

    mended = revise("Kinh phí được giao", one.measure)
    third = open_reports(first.province, organiser=first.organiser, span=Span.QUARTER_3)
    third.put("TH-02", "50")
    unit = first.province.departments[0].pk

    def of_year():
        return year_figures.over_the_year(one.owner_id, [unit], 2026, ["TH-02"])[unit]["TH-02"]

    assert (mended.pk, mended.edition) == (one.pk, 1)
    assert (of_year().amount, of_year().left_out) == (200, ())
    assert revise("Kinh phí được giao", "tỷ đồng").edition == 2
    month = collections.open_(
        one.owner,
        by=first.organiser,
        year=2026,
        span=Span.OWN,
        days=Days(date(2026, 10, 1), date(2026, 10, 31), date(2026, 11, 5)),
    )
    row = month.readings.get(unit=unit, indicator__code="TH-02")
    readings.put(row.pk, by=first.organiser, amount=7, note="", seen_version=1)
    assert of_year().amount == 7
    assert of_year().left_out == (first.collection, third.collection)
    assert first.collection.title in of_year().words_left_out


@pytest.mark.django_db
def test_an_indicator_is_changed_and_retired_only_as_it_was_seen():
    work = open_reports()
    one = work.reading("TH-02").indicator
    seen = indicators.mark(one)
    said = {name: getattr(one, name) for name in ("code", "measure", "roll", "over_time")}
    indicators.revise(one.pk, said | {"name": "Kinh phí năm"}, by=work.organiser, seen=seen)

    with pytest.raises(ChangedMeanwhile):
        indicators.revise(one.pk, said | {"name": "Tiền"}, by=work.organiser, seen=seen)
    with pytest.raises(ChangedMeanwhile):
        indicators.retire(one.pk, by=work.organiser, seen=seen)
    one.refresh_from_db()
    assert (one.name, one.current) == ("Kinh phí năm", True)
    indicators.retire(one.pk, by=work.organiser, seen=indicators.mark(one))
    with pytest.raises(MoveRefused, match="thôi dùng"):
        indicators.retire(one.pk, by=work.organiser, seen=indicators.mark(one))


@pytest.mark.django_db(transaction=True)
def test_of_two_people_who_change_one_indicator_at_once_one_is_told():
    province = a_province()
    organiser = province.a_person(Role.ORGANISER, province.police)
    one = indicators.add(province.police, USUAL | {"code": "X-01", "name": "Việc"}, by=organiser)
    seen = indicators.mark(one)

    def revise(name: str):
        said = USUAL | {"code": "X-01", "name": name}
        return lambda: indicators.revise(one.pk, said, by=organiser, seen=seen)

    refused = at_once(revise("Một"), revise("Hai"))

    assert refused == ["Chỉ tiêu này vừa được người khác sửa."]


@pytest.mark.django_db
def test_who_organises_at_a_unit_writes_its_own_figures_and_no_others():
    work = open_reports()
    staff = work.province.a_person(Role.ORGANISER, work.province.departments[0])

    assert work.put("HS-02", "5", by=staff).amount == 5
    with pytest.raises(PermissionDenied):
        work.put("HS-02", "5", by=staff, place=1)
    assert Reading.objects.said().count() == 1
    today = timezone.localdate()
    drive = drives.open_(
        work.province.police,
        by=work.organiser,
        title="Đợt cao điểm",
        noun="thẻ",
        starts_on=today,
        ends_on=today + timedelta(days=3),
        targets={unit.pk: 10 for unit in work.province.departments},
    )
    mine, other = drive.shares.order_by("unit__code")[:2]
    told = {"by": staff, "day": today, "number": 3, "seen_edition": 0, "today": today}
    drives.tell(mine.pk, **told)
    assert mine.days.get().number == 3
    with pytest.raises(PermissionDenied):
        drives.tell(other.pk, **told)
