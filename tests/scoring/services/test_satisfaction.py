"""A campaign from its draft to the points and the public figure it gives."""

import csv
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from cchc_portal.kit.workbook_file import WorkbookFault
from scoring.models import Campaign, CampaignEvent, Rating, Slip
from scoring.rules.counter import REFUSED_MOST, Flag, Way, in_parts
from scoring.rules.ratings_file import Column
from scoring.rules.satisfaction import Formula
from scoring.services import campaigns, counter, measurements, ratings
from tests.scoring.campaigns import (
    ASPECTS,
    a_campaign,
    a_draft,
    a_table,
    bring_in,
    rows_of,
    take_in,
    the_year_before,
)

pytestmark = pytest.mark.django_db

GIA_LAI = (1300, 1218, 150, 60, 28)
"""2.518 of 2.756 satisfied."""
NONE = (0, 0, 0, 0, 0)
HERE = ZoneInfo("Asia/Ho_Chi_Minh")
AT_TEN = datetime(2026, 3, 4, 10, tzinfo=HERE)


def a_day_later(time_machine) -> None:
    """What came in at the counter is told the day after."""
    time_machine.move_to(timezone.now() + timedelta(days=1))


@pytest.fixture(autouse=True)
def _nothing_counted():
    cache.clear()


def test_a_campaign_is_fixed_once_it_has_begun_and_public_only_once_closed():
    made = a_draft()
    edited = campaigns.edit(made.campaign, by=made.organiser, seen=1, minimum=10)
    with pytest.raises(MoveRefused, match="Không thể kết thúc"):
        campaigns.close(edited, by=made.organiser, seen=2)

    begun = campaigns.begin(edited, by=made.organiser, seen=2)

    assert set(begun.measured.values_list("unit__code", flat=True)) == {"TN-P01", "TN-P02"}
    with pytest.raises(MoveRefused, match="không sửa được nữa"):
        campaigns.edit(begun, by=made.organiser, seen=3, minimum=1)
    with pytest.raises(ChangedMeanwhile):
        campaigns.close(begun, by=made.organiser, seen=1)
    with pytest.raises(MoveRefused, match="lý do khi kết thúc đợt trước hạn"):
        campaigns.close(begun, by=made.organiser, seen=3, reason=" ")
    closed = campaigns.close(begun, by=made.organiser, seen=3, reason="Đã đủ số liệu.")
    with pytest.raises(MoveRefused, match="lý do"):
        campaigns.reopen(closed, by=made.organiser, seen=4, reason=" ")
    campaigns.reopen(closed, by=made.organiser, seen=4, reason="Nhập thiếu một đơn vị.")
    with pytest.raises(PermissionDenied):
        campaigns.close(closed, by=made.editor(), seen=5)
    assert list(CampaignEvent.objects.order_by("pk").values_list("verb", "comment")) == [
        ("begin", ""),
        ("close", "Đã đủ số liệu."),
        ("reopen", "Nhập thiếu một đơn vị."),
    ]


def test_once_its_last_day_is_over_a_campaign_ends_without_a_reason(time_machine):
    made = a_campaign()
    last = made.campaign.until
    time_machine.move_to(datetime.combine(last, time(23, 50), HERE))
    with pytest.raises(MoveRefused, match=f"đến hết ngày {last:%d/%m/%Y}"):
        campaigns.close(made.campaign, by=made.organiser, seen=2)

    time_machine.move_to(datetime.combine(last + timedelta(days=1), time(0, 10), HERE))

    assert campaigns.close(made.campaign, by=made.organiser, seen=2).state == "closed"


def test_a_file_is_read_whole_compared_and_written_all_or_none():
    made = a_campaign()
    first, second = made.province.departments
    rows = rows_of(first, GIA_LAI, NONE, dealings=3000) + rows_of(second, (9, 1, 0, 0, 0), NONE)
    kept = take_in(made, rows)

    changes = ratings.changes_of(kept)

    assert [change.same for change in changes] == [False, False]
    assert (changes[0].told.satisfied, changes[0].told.rated) == (2518, 2756)
    chosen = {change.measured.pk: change.measured.version for change in changes}
    with pytest.raises(ChangedMeanwhile, match="Chưa ghi đơn vị nào"):
        ratings.write(kept, by=made.organiser, chosen={**chosen, made.unit(1).pk: 9})
    assert not made.unit().counts.exists()
    assert ratings.write(kept, by=made.organiser, chosen=chosen) == 2
    assert made.unit().dealings == 3000
    assert all(change.same for change in ratings.changes_of(kept))
    with pytest.raises(ChangedMeanwhile):
        ratings.write(kept, by=made.organiser, chosen=chosen)
    made.close()
    with pytest.raises(MoveRefused, match="đang thu thập"):
        take_in(made, rows)


def test_units_left_blank_in_the_table_that_is_taken_away_keep_their_counts():
    made = a_campaign()
    first, second = made.province.departments
    bring_in(made, rows_of(first, GIA_LAI, NONE))
    blank = [tuple(line) for line in csv.reader(ratings.as_csv(made.campaign).splitlines()[1:])]
    others = [row for row in blank if row[0] != second.code]

    changes = ratings.changes_of(take_in(made, others + rows_of(second, GIA_LAI, NONE)))

    assert [change.row.named for change in changes] == [second.name]
    with pytest.raises(WorkbookFault, match="chưa điền"):
        take_in(made, blank)


def test_aspects_left_blank_keep_their_counts_though_the_dealings_of_the_unit_are_told():
    made = a_campaign()
    unit = made.province.departments[0]
    bring_in(made, rows_of(unit, GIA_LAI, (1, 2, 3, 4, 5)))
    blank = ("",) * len(NONE)

    (change,) = ratings.changes_of(take_in(made, rows_of(unit, blank, blank, dealings=4000)))
    assert change.becomes == change.stored == (GIA_LAI, (1, 2, 3, 4, 5))

    bring_in(made, rows_of(unit, blank, ("", 7, "", "", ""), dealings=4000))
    assert ratings.counts_of(made.campaign, [made.unit().pk]) == {
        made.unit().pk: (GIA_LAI, (0, 7, 0, 0, 0))
    }
    assert made.unit().dealings == 4000


def test_more_ratings_of_an_aspect_than_dealings_are_doubted_and_not_ticked(client):
    made = a_campaign()
    first, second = made.province.departments
    rows = rows_of(first, GIA_LAI, NONE, dealings=2755)
    rows += rows_of(second, GIA_LAI, GIA_LAI, dealings=2756)
    kept = take_in(made, rows)

    doubted, believed = ratings.changes_of(kept)
    assert "2.756 lượt đánh giá trong khi chỉ 2.755 hồ sơ" in doubted.doubt
    assert not believed.doubt
    client.force_login(made.organiser)
    page = client.get(reverse("scoring:campaign-preview", args=[kept.pk])).content.decode()
    assert doubted.doubt in page
    assert page.count(" checked>") == 1


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (("TN-P99", "", ASPECTS[0], 1, 0, 0, 0, 0, ""), "không có đơn vị nào mang mã “TN-P99”"),
        (("TN-P01", "", "Thái độ", 1, 0, 0, 0, 0, ""), "“Thái độ” không phải khía cạnh của đợt"),
        (("TN-P01", "", ASPECTS[0], "-1", 0, 0, 0, 0, ""), "Dòng 2"),
        (("TN-P01", "", ASPECTS[0], "1,5", 0, 0, 0, 0, ""), "Dòng 2"),
        (("TN-P01", "", ASPECTS[0], "=1+1", 0, 0, 0, 0, ""), "công thức"),
    ],
)
def test_a_row_that_is_not_in_order_is_named_and_never_written(row, said):
    made = a_campaign()
    kept = take_in(made, [row])

    (change,) = ratings.changes_of(kept)

    assert said in " ".join(change.row.faults)
    assert not change.may_be_written


def test_a_file_that_is_no_such_table_is_refused_as_a_whole():
    made = a_campaign()
    rows = rows_of(made.province.departments[0], GIA_LAI, NONE)
    twice = take_in(made, [*rows, rows[0]])

    assert "đã có ở dòng trên" in ratings.changes_of(twice)[0].row.faults[0]
    with pytest.raises(WorkbookFault, match="chưa điền"):
        take_in(made, [])
    with pytest.raises(WorkbookFault, match="thiếu cột “Khía cạnh”"):
        take_in(made, a_table([], tuple(one for one in Column if one != Column.ASPECT)))
    with pytest.raises(WorkbookFault):
        take_in(made, b"PK\x03\x04", "hai-long.xlsx")


def test_a_slip_counts_once_and_nothing_says_which_slip_gave_which_rating():
    made = a_campaign()
    editor = made.editor()
    first, second, third = counter.hand_out(made.unit(), by=editor, number=3)

    counter.rate(in_parts(first).lower(), ["5", ""], visitor="a", now=AT_TEN)
    counter.enter_paper(made.unit(), second, ["1", "4"], by=editor)

    for code, marks, refusal in (
        (first, ["5", "5"], counter.UnknownCode),
        ("ABCD-EFGH-JKMN", ["5", "5"], counter.UnknownCode),
        (third, ["", ""], MoveRefused),
        (third, ["6", "1"], MoveRefused),
        (third, ["5"], MoveRefused),
    ):
        with pytest.raises(refusal):
            counter.rate(code, marks, visitor="a", now=AT_TEN)
    assert set(Rating.objects.values_list("way", "answers")) == {
        (Way.PHONE, "50"),
        (Way.PAPER, "14"),
    }
    assert Slip.objects.filter(used=True).count() == 2
    columns = {field.name for model in (Slip, Rating) for field in model._meta.fields}
    assert columns & {"slip", "rating", "address", "created_at", "used_at"} == set()
    days = [field for field in Rating._meta.fields if "Date" in field.get_internal_type()]
    assert [field.get_internal_type() for field in days] == ["DateField"]
    with pytest.raises(IntegrityError), transaction.atomic():
        Rating.objects.update(answers="11")
    with pytest.raises(PermissionDenied):
        counter.hand_out(made.unit(1), by=editor, number=1)
    with pytest.raises(counter.UnknownCode):
        counter.enter_paper(made.unit(1), third, ["5", "5"], by=made.editor(1))


def test_after_the_last_day_on_the_slip_its_code_opens_nothing_and_paper_is_still_typed(
    time_machine,
):
    made = a_campaign()
    editor = made.editor()
    first, second, third = counter.hand_out(made.unit(), by=editor, number=3)
    time_machine.move_to(datetime.combine(made.campaign.until, time(23, 50), HERE))
    counter.rate(first, ["5", "5"], visitor="a")

    time_machine.move_to(
        datetime.combine(made.campaign.until + timedelta(days=1), time(0, 10), HERE)
    )

    for late in (
        lambda: counter.slip_of(second, caller="a"),
        lambda: counter.rate(second, ["5", "5"], visitor="a"),
        lambda: counter.hand_out(made.unit(), by=editor, number=1),
    ):
        with pytest.raises(MoveRefused, match=f"hết hạn ngày {made.campaign.until:%d/%m/%Y}"):
            late()
    counter.enter_paper(made.unit(), third, ["4", "4"], by=editor)
    assert Rating.objects.count() == 2


def test_an_aspect_too_few_rated_is_hidden_by_the_minimum_of_the_whole_with_what_would_tell_it():
    made = a_campaign()
    steps = ((90, 10, 0, 0, 0), (3, 0, 0, 0, 0))
    bring_in(made, rows_of(made.unit().unit, *steps))

    found = measurements.measure(made.campaign)

    assert found.whole.enough
    assert [one.reading.enough for one in found.aspects] == [False, False]
    assert [one.reading.figure for one in found.lines[0].aspects] == [None, None]


def test_a_unit_that_rates_itself_is_flagged_and_counted_all_the_same(time_machine):
    made = a_campaign()
    codes = counter.hand_out(made.unit(), by=made.editor(), number=25)
    for place, code in enumerate(codes[:22]):
        counter.rate(code, ["5", "5"], visitor=f"other {place}", now=AT_TEN)
    for code in codes[22:24]:
        counter.rate(code, ["5", "5"], visitor="other 1", now=AT_TEN)
    counter.rate(codes[24], ["5", "5"], visitor="late", now=AT_TEN.replace(hour=22))

    flags = {flag: times for *_, flag, times in Rating.objects.flagged_by_unit()}

    assert flags == {Flag.BURST: 5, Flag.DEVICE: 1, Flag.HOURS: 1}
    a_day_later(time_machine)
    assert measurements.measure(made.campaign).counter.people == 25
    for _ in range(REFUSED_MOST):
        with pytest.raises(counter.UnknownCode):
            counter.slip_of("SAI", caller="guess")
    with pytest.raises(counter.TooMany):
        counter.slip_of("SAI", caller="guess")


def test_what_came_today_is_not_told_while_people_rate_and_at_the_close_no_mark_ties_it_to_a_slip():
    made = a_campaign()
    (code,) = counter.hand_out(made.unit(), by=made.editor(), number=1)
    counter.rate(code, ["5", "3"], visitor="a", now=AT_TEN)

    assert measurements.measure(made.campaign).lines == ()
    made.close()

    closed = Campaign.objects.get(pk=made.campaign.pk)
    assert measurements.measure(closed).counter.people == 1
    assert counter.unlink(closed) == counter.unlink() + 1


def test_counter_and_file_are_added_and_shown_apart_and_compared_with_the_campaign_before(
    time_machine,
):
    made = a_campaign()
    first, second = made.province.departments
    earlier = the_year_before(made, title="Đợt trước")
    bring_in(earlier, rows_of(first, (40, 40, 20, 0, 0), NONE))
    earlier.close()
    bring_in(
        made, rows_of(first, GIA_LAI, NONE, dealings=1000) + rows_of(second, (5, 0, 0, 0, 0), NONE)
    )
    (code,) = counter.hand_out(made.unit(), by=made.editor(), number=1)
    counter.rate(code, ["5", "3"], visitor="a", now=AT_TEN)
    a_day_later(time_machine)

    found = measurements.measure(made.campaign)
    line, small = found.lines

    assert (line.imported.rated, line.counter.rated, line.counter.people) == (2756, 2, 1)
    assert (line.reading.tally.satisfied, line.reading.tally.rated) == (2519, 2758)
    assert (line.needed, line.short, line.place) == (286, 0, "1")
    assert line.change == line.reading.figure - 80
    assert found.change == found.whole.figure - 80, "the small one is in neither"
    assert (small.reading.enough, small.place) == (False, "")
    assert found.left_out
    assert found.whole.tally.rated == 2758
    by_mean = the_year_before(earlier, title="Đợt xưa", formula=Formula.MEAN)
    by_mean.close()
    old = measurements.measure(Campaign.objects.get(pk=earlier.campaign.pk))
    assert old.lines[0].incomparable == "đợt trước không có lượt đánh giá"
    before = Campaign.objects.filter(pk=earlier.campaign.pk)
    before.update(aspects=["Chung", ASPECTS[1]])
    (changed, _) = measurements.measure(made.campaign).lines
    assert (changed.change, changed.incomparable) == (None, "đợt trước đo bộ khía cạnh khác")
    before.update(formula=Formula.MEAN)
    assert measurements.measure(made.campaign).lines[0].incomparable == (
        "đợt trước tính theo công thức khác"
    )


def test_an_aspect_that_one_unit_hides_is_not_the_whole_less_the_others():
    made = a_campaign()
    first, second = made.province.departments
    bring_in(
        made,
        rows_of(first, (90, 0, 0, 0, 0), (80, 0, 0, 0, 0))
        + rows_of(second, (30, 0, 0, 0, 20), (1, 0, 0, 0, 2)),
    )

    found = measurements.measure(made.campaign)

    hiding = found.line_of(second.pk)
    assert hiding.reading.enough
    assert not any(one.reading.enough for one in hiding.aspects)
    assert found.whole.tally.rated == 223
    assert [one.reading.tally.rated for one in found.aspects] == [90, 80]
    assert found.in_part


def test_the_whole_and_each_aspect_are_told_their_change_and_against_which_campaign(client):
    made = a_campaign()
    unit = made.province.departments[0]
    earlier = the_year_before(made, title="Đợt trước", aspects=ASPECTS[::-1])
    bring_in(earlier, rows_of(unit, (40, 40, 20, 0, 0), (30, 30, 40, 0, 0)))
    earlier.close()
    bring_in(made, rows_of(unit, (90, 0, 10, 0, 0), (70, 0, 30, 0, 0)))

    found = measurements.measure(made.campaign)

    assert found.change == 10
    assert [(one.name, one.change) for one in found.aspects] == [(ASPECTS[0], 10), (ASPECTS[1], 10)]
    assert [one.change for one in found.lines[0].aspects] == [10, 10]
    client.force_login(made.organiser)
    page = client.get(reverse("scoring:campaign", args=[made.campaign.pk])).content.decode()
    assert "+10,00" in page
    assert f"{earlier.campaign.begins:%d/%m/%Y} – {earlier.campaign.until:%d/%m/%Y}" in page
    assert reverse("reports:satisfaction", args=[earlier.campaign.pk]) in page
