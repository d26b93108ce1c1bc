"""Figures that units report: asked, written with a trace, added up, brought in as a table."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from scoring.models import Drive, Indicator, Reading, ReadingChange
from scoring.rules.indicator import Span
from scoring.services import (
    collections,
    drives,
    indicators,
    odd_units,
    reading_tables,
    readings,
    rollups,
    year_figures,
)
from tests.races import at_once
from tests.scoring.reported import USUAL, open_reports
from tests.worlds import a_province
from units.permissions import Role

D = Decimal


def upload(text: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("so-lieu.csv", ("\ufeff" + text).encode())


@pytest.mark.django_db
def test_figures_are_written_with_a_trace_and_after_the_closing_only_with_a_reason():
    work = open_reports()
    one = work.put("HS-02", "40", by=work.editor)
    with pytest.raises(ChangedMeanwhile):
        work.put("HS-02", "41", seen_version=1)
    other = work.province.a_person(Role.EDITOR, work.province.departments[1])
    with pytest.raises(PermissionDenied):
        work.put("HS-02", "1", by=other)

    collections.close(work.collection.pk, by=work.organiser)
    with pytest.raises(MoveRefused):
        work.put("HS-02", "42", by=work.editor)
    work.put("HS-02", "42", by=work.editor, reason="Cộng sót sổ tháng 5")

    last, first = one.changes.all()
    assert (first.before, first.after, first.after_closing) == (None, 40, False)
    assert (last.before, last.after, last.reason) == (40, 42, "Cộng sót sổ tháng 5")
    assert last.after_closing
    assert last.changed_by == work.editor
    for wall in (
        lambda: Reading.objects.filter(pk=one.pk).update(amount=D(-1)),
        lambda: ReadingChange.objects.filter(pk=first.pk).update(after=D(7)),
        lambda: Indicator.objects.filter(code="HS-02").update(measure="thẻ"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            wall()


@pytest.mark.django_db
def test_figures_go_up_the_tree_with_how_many_reported_and_what_is_odd():
    last_year = open_reports(year=2025)
    last_year.put("HS-02", "100")
    work = open_reports(last_year.province, organiser=last_year.organiser)
    work.put("HS-02", "30")
    work.put("HS-03", "20")
    work.put("HS-02", "30", place=1)
    work.put("HS-03", "31", place=1)

    whole, part, rate, money = rollups.totals(work.collection)

    assert (whole.amount, whole.said, whole.asked, whole.before) == (60, 2, 2, 100)
    assert whole.odd == (
        "Ở 1 đơn vị đã báo cáo cả hai kỳ: cùng kỳ trước 100, kỳ này 30, giảm 70,0 %.",
    )
    assert whole.said_before == 1
    assert rate.amount == 85
    assert (money.amount, money.said, money.complete) == (None, 0, False)
    (line,) = rollups.lines(
        work.collection,
        [one.indicator for one in (whole, part, rate, money)],
        [(work.province.departments[1].pk, "P2")],
    )
    assert line.texts == ["30", "31", "103,33", ""]
    assert set(odd_units.odd_in(work.collection, line.unit)) == {"HS-03", "HS-05"}


@pytest.mark.django_db
def test_a_sum_of_fewer_units_than_the_year_before_is_no_fall():
    last_year = open_reports(a_province(departments=3), year=2025)
    for place, amount in enumerate(("1000", "4000")):
        last_year.put("HS-02", amount, place=place)
    work = open_reports(last_year.province, organiser=last_year.organiser)
    work.put("HS-02", "800")

    whole, *_ = rollups.totals(work.collection)
    assert (whole.amount, whole.before, whole.odd) == (800, 5000, ())

    for collection in (last_year, work):
        collection.put("HS-02", "100", place=2)
    work.put("HS-02", "900", place=1)
    whole, *_ = rollups.totals(work.collection)
    assert whole.odd == ("So với cùng kỳ trước (5.100) giảm 64,7 %.",)


@pytest.mark.django_db
def test_a_used_indicator_keeps_its_meaning_and_the_new_one_is_another_edition():
    work = open_reports()
    one = work.reading("TH-02").indicator
    said = {name: getattr(one, name) for name in ("code", "name", "decimals", "roll", "over_time")}

    mark = indicators.mark(one)
    new = indicators.revise(one.pk, said | {"measure": "nghìn đồng"}, by=work.organiser, seen=mark)

    one.refresh_from_db()
    assert (one.measure, one.current) == ("triệu đồng", False)
    assert (new.measure, new.edition, new.current) == ("nghìn đồng", 2, True)
    needed = work.reading("HS-02").indicator
    with pytest.raises(MoveRefused):
        indicators.retire(needed.pk, by=work.organiser, seen=indicators.mark(needed))
    with pytest.raises(MoveRefused):
        indicators.add(
            work.province.police, USUAL | {"code": "HS-02", "name": "Trùng"}, by=work.organiser
        )
    with pytest.raises(MoveRefused):
        collections.open_(
            work.province.police,
            by=work.organiser,
            year=2026,
            span=Span.HALF,
            days=collections.Days(date(2026, 1, 1), date(2026, 2, 1), date(2026, 2, 2)),
        )
    assert indicators.seed(work.province.ministry, by=_over(work)) == 27


def _over(work):
    return work.province.a_person(Role.ORGANISER, work.province.ministry)


@pytest.mark.django_db
def test_a_table_is_checked_row_by_row_and_written_at_once():
    work = open_reports()
    work.put("HS-03", "5", by=work.editor)
    code = work.province.departments[0].code
    beside = work.province.departments[1].code
    taken = reading_tables.as_csv(work.collection, work.province.departments[0].pk)
    assert f"{code},Phòng Nghiệp vụ 1,HS-03,Hồ sơ đúng hạn,hồ sơ,5," in taken
    kept, _ = reading_tables.take_in(
        work.collection,
        by=work.editor,
        upload=upload(
            "Mã đơn vị,Mã chỉ tiêu,Số liệu,Ghi chú,Phiên bản\n"
            f"{code},HS-02,12,theo sổ,1\n"
            f"{code},HS-03,6,,1\n"
            f'{code},TH-02,"1,555",,\n'
            f"{beside},HS-02,9,,\n"
        ),
    )

    changes = reading_tables.changes_of(kept, by=work.editor)
    assert [change.standing for _, change in changes] == [
        "change",
        "conflict",
        "invalid",
        "invalid",
    ]
    picks = {row.pk: row.version for row, change in changes if change.may_be_written}
    assert reading_tables.apply(kept, by=work.editor, picks=picks) == 2
    assert (work.reading("HS-02").amount, work.reading("HS-02").note) == (12, "theo sổ")
    assert work.reading("HS-03").amount == 6
    assert work.reading("HS-02").changes.get().door == "excel"
    assert reading_tables.as_workbook(work.collection)[:2] == b"PK"


@pytest.mark.django_db
@pytest.mark.parametrize("draw", [reading_tables.as_csv, reading_tables.as_workbook])
def test_a_file_of_the_portal_comes_back_as_it_went(draw):
    province = a_province(departments=3)
    organiser = province.a_person(Role.ORGANISER, province.police)
    long = USUAL | {"code": "DT-01", "name": "Diện tích", "decimals": 3}
    indicators.add(province.police, long, by=organiser)
    work = open_reports(province, organiser=organiser)
    for place, amount in enumerate(("12.345", "12345", "1234.5")):
        work.put("DT-01", amount, place=place)
    drawn = draw(work.collection)
    name, body = ("a.csv", drawn.encode()) if isinstance(drawn, str) else ("a.xlsx", drawn)

    kept, _ = reading_tables.take_in(
        work.collection, by=organiser, upload=SimpleUploadedFile(name, body)
    )

    changes = reading_tables.changes_of(kept, by=organiser)
    assert [change.standing for _, change in changes] == ["same"] * 3


@pytest.mark.django_db
def test_two_lines_of_one_figure_are_faulty_together_and_neither_is_offered():
    work = open_reports()
    code = work.province.departments[0].code
    kept, _ = reading_tables.take_in(
        work.collection,
        by=work.editor,
        upload=upload(
            f"Mã đơn vị,Mã chỉ tiêu,Số liệu\n{code},HS-02,12\n{code},HS-03,6\n{code},HS-02,14\n"
        ),
    )

    first, other, second = [change for _, change in reading_tables.changes_of(kept, by=work.editor)]

    assert [first.may_be_written, other.may_be_written, second.may_be_written] == [
        False,
        True,
        False,
    ]
    assert "Trùng với dòng 4 trong tệp" in first.faults[0]
    assert "Trùng với dòng 2 trong tệp" in second.faults[0]
    picks = {work.reading("HS-03").pk: 1}
    assert reading_tables.apply(kept, by=work.editor, picks=picks) == 1


@pytest.mark.django_db
def test_a_table_without_notes_leaves_those_that_are_there_and_of_one_bad_row_nothing_is_written():
    work = open_reports()
    code = work.province.departments[0].code
    work.put("HS-02", "40", note="theo sổ")
    lines = f"Mã đơn vị,Mã chỉ tiêu,Số liệu\n{code},HS-02,41\n{code},HS-03,x\n"
    kept, _ = reading_tables.take_in(work.collection, by=work.editor, upload=upload(lines))
    rows = {row.indicator.code: row for row, _ in reading_tables.changes_of(kept, by=work.editor)}
    picks = {row.pk: row.version for row in rows.values()}

    with pytest.raises(MoveRefused, match="Chưa ghi dòng nào"), transaction.atomic():
        reading_tables.apply(kept, by=work.editor, picks=picks)
    assert work.reading("HS-02").amount == 40
    del picks[rows["HS-03"].pk]
    assert reading_tables.apply(kept, by=work.editor, picks=picks) == 1
    assert (work.reading("HS-02").amount, work.reading("HS-02").note) == (41, "theo sổ")


@pytest.mark.django_db
def test_another_edition_and_a_stretch_of_its_own_are_held_against_nothing():
    last_year = open_reports(year=2025)
    last_year.put("HS-02", "100")
    one = Indicator.objects.get(code="HS-02")
    indicators.revise(
        one.pk,
        USUAL | {"code": one.code, "name": one.name, "measure": "thẻ"},
        by=last_year.organiser,
        seen=indicators.mark(one),
    )
    work = open_reports(last_year.province, organiser=last_year.organiser)
    work.put("HS-02", "7")
    own = open_reports(last_year.province, organiser=last_year.organiser, span=Span.OWN)

    (total,) = [one for one in rollups.totals(work.collection) if one.indicator.code == "HS-02"]

    assert (total.amount, total.before, total.odd) == (7, None, ())
    assert rollups.earlier_of(own.collection) is None
    unit = work.province.departments[0].pk
    year = year_figures.over_the_year(work.province.police.pk, [unit], 2026, ["HS-02"])
    assert year[unit]["HS-02"].amount == 7


@pytest.mark.django_db
def test_reading_a_collection_asks_as_often_for_three_units_as_for_thirty(
    django_assert_num_queries,
):
    small = open_reports(a_province(departments=3))
    for place in range(3):
        small.put("HS-02", "10", place=place)

    with django_assert_num_queries(4):
        totals = rollups.totals(small.collection)
    units = [(unit.pk, unit.name) for unit in small.province.departments]
    with django_assert_num_queries(1):
        rollups.lines(small.collection, [one.indicator for one in totals], units[:1])
    with django_assert_num_queries(1):
        rollups.lines(small.collection, [one.indicator for one in totals], units)


@pytest.mark.django_db
def test_a_drive_keeps_every_number_told_and_counts_the_last():
    province = a_province()
    organiser = province.a_person(Role.ORGANISER, province.police)
    editor = province.a_person(Role.EDITOR, province.departments[0])
    first, last = date(2026, 1, 1), date(2026, 1, 10)
    one = drives.open_(
        province.police,
        by=organiser,
        title="Đợt cao điểm",
        noun="thẻ",
        starts_on=first,
        ends_on=last,
        targets={unit.pk: 100 for unit in province.departments},
    )
    share = one.shares.get(unit=province.departments[0])
    said = {"by": editor, "day": first, "today": date(2026, 1, 3)}

    drives.tell(share.pk, number=10, seen_edition=0, **said)
    with pytest.raises(ChangedMeanwhile):
        drives.tell(share.pk, number=11, seen_edition=0, **said)
    drives.tell(share.pk, number=12, seen_edition=1, **said)
    with pytest.raises(MoveRefused):
        drives.tell(share.pk, number=1, seen_edition=0, **(said | {"day": date(2026, 1, 4)}))
    with pytest.raises(PermissionDenied):
        drives.tell(share.pk, number=1, seen_edition=2, **(said | {"by": organiser}))

    assert share.days.count() == 2
    assert share.days.by_share() == {share.pk: (12, first)}
    assert share.days.by_day() == {first: 12}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("first", "last", "said"),
    [(0, -1, "từ ngày đầu trở đi"), (0, 732, "dài nhất hai năm"), (367, 370, "hơn một năm")],
)
def test_a_drive_without_an_end_in_sight_is_refused(first, last, said):
    province = a_province()
    organiser = province.a_person(Role.ORGANISER, province.police)
    today = timezone.localdate()

    def opened(first: int, last: int) -> Drive:
        return drives.open_(
            province.police,
            by=organiser,
            title="Đợt cao điểm",
            noun="thẻ",
            starts_on=today + timedelta(days=first),
            ends_on=today + timedelta(days=last),
            targets={unit.pk: 100 for unit in province.departments},
        )

    with pytest.raises(MoveRefused, match=said):
        opened(first, last)
    drive = opened(366, 366 + 731)
    with pytest.raises(IntegrityError, match="two_years"), transaction.atomic():
        Drive.objects.filter(pk=drive.pk).update(ends_on=drive.ends_on + timedelta(days=1))


@pytest.mark.django_db(transaction=True)
def test_of_two_people_on_one_figure_one_is_told_of_the_other_and_no_change_goes_untold():
    work = open_reports()
    one = work.reading("HS-02")

    def write(amount: str):
        return lambda: readings.put(
            one.pk, by=work.organiser, amount=D(amount), note="", seen_version=1
        )

    refused = at_once(write("10"), write("20"))

    one.refresh_from_db()
    assert len(refused) == 1
    assert one.version == 2
    assert one.changes.count() == 1
    assert one.changes.get().after == one.amount
    with pytest.raises(IntegrityError):
        Reading.objects.filter(pk=one.pk).update(amount=D(7))
