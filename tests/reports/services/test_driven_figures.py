"""What was told of a drive day by day is offered to the report and typed no second time."""

from datetime import timedelta

import pytest
from django.urls import reverse

from cchc_portal.kit.errors import MoveRefused
from reports.services import driven_figures, told_figures
from scoring.models import Drive, Reading
from scoring.rules.indicator import Days, Span
from scoring.services import collections, drive_changes, drives, indicators
from tests.reports.views.test_drives import Work, at
from tests.worlds import a_province
from units.permissions import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def work():
    """A drive whose days add up to CC-02 of the usual catalogue."""
    province = a_province()
    indicators.seed(province.police, by=province.a_person(Role.ORGANISER, province.police))
    return Work(province, figure_code="CC-02")


def a_collection(work, first: int = 60, last: int = 0):
    """Of a stretch, in days before today."""
    days = Days(
        work.today - timedelta(days=first),
        work.today - timedelta(days=last),
        work.today + timedelta(days=5),
    )
    return collections.open_(
        work.province.police,
        by=work.organiser,
        year=work.today.year,
        span=Span.OWN,
        days=days,
        title=f"Thử {first} đến {last}",
    )


def offered(collection, unit) -> dict[str, int]:
    return {
        one.reading.indicator.code: int(one.amount)
        for one in told_figures.offered_to(collection, unit.pk)
    }


def test_the_sum_of_the_days_is_offered_and_taken_by_a_press(client, work):
    asked = a_collection(work)
    assert offered(asked, work.unit) == {}, "nothing was told yet"
    work.tell(12, days_ago=2)
    work.tell(9, days_ago=1)
    work.tell(10, days_ago=1)  # the later edition counts

    assert offered(asked, work.unit) == {"CC-02": 22}
    assert offered(asked, work.province.departments[1]) == {}, "the other told nothing"
    client.force_login(work.editor)
    page = reverse("reports:told-figures", args=[asked.pk, work.unit.pk])
    shown = client.get(page).content.decode()
    assert "CC-02 Thẻ căn cước đã thu nhận hồ sơ cấp: <b>22</b>" in shown
    assert "Đợt cao điểm: số đã ghi của các ngày trong kỳ" in shown

    part = {"headers": {"HX-Request": "true"}}
    beside = client.get(page, **part).content.decode()
    assert 'hx-swap-oob="true"><a href="#cong-tinh">cổng tính được 1 số liệu' in beside

    row = Reading.objects.get(collection=asked, unit=work.unit, indicator__code="CC-02")
    assert client.post(page, {f"v-{row.pk}": row.version}).status_code == 302
    assert "hx-swap-oob" not in client.get(page, **part).content.decode()
    row.refresh_from_db()
    assert (row.amount, row.note) == (22, "Theo số ghi từng ngày của đợt cao điểm.")
    work.tell(5, days_ago=0)
    assert offered(asked, work.unit) == {"CC-02": 27}
    row.refresh_from_db()
    assert row.amount == 22, "a day told later changes no report by itself"


def test_each_day_goes_into_the_stretch_it_lies_in(work):
    for days_ago, number in ((4, 1), (3, 20), (2, 300), (1, 4000)):
        work.tell(number, days_ago=days_ago)
    before, after = a_collection(work, 60, 3), a_collection(work, 2, 0)

    assert offered(before, work.unit) == {"CC-02": 21}
    assert offered(after, work.unit) == {"CC-02": 4300}


def test_several_drives_add_up_and_one_that_was_cancelled_or_names_nothing_does_not(work):
    asked = a_collection(work)
    work.tell(12, days_ago=1)
    others = [
        Work(work.province, title="Đợt hai", figure_code="CC-02"),
        Work(work.province, title="Đợt ba"),
        Work(work.province, title="Đợt bốn", figure_code="CC-02"),
    ]
    for number, other in zip((100, 1000, 10_000), others, strict=True):
        other.tell(number, days_ago=1)
    drive_changes.cancel(others[2].drive, comment="Mở trùng.", seen=1, by=work.organiser)

    assert offered(asked, work.unit) == {"CC-02": 112}


def test_only_what_adds_up_by_days_may_be_named_and_it_may_be_named_later(client, work):
    for code in ("CC-01", "CC-03", "MC-02", "không có"):
        with pytest.raises(MoveRefused, match="không cộng được theo ngày"):
            drives.require_summed(work.province.police, code)
    bare = Work(work.province, title="Đợt không tính")
    bare.tell(7, days_ago=1)
    asked = a_collection(work)
    assert offered(asked, work.unit) == {}
    client.force_login(work.organiser)
    here = at("drive-change", bare.drive.pk)
    assert '<option value="CC-02">CC-02 Thẻ căn cước' in client.get(here).content.decode()
    said = {f"chi-tieu-{unit.pk}": "100" for unit in work.province.departments}
    said |= {"seen": 1, "ends_on": f"{bare.drive.ends_on:%Y-%m-%d}", "comment": "Quên chọn."}

    assert client.post(here, said | {"figure_code": "CC-01"}).status_code == 422
    assert client.post(here, said | {"figure_code": "CC-02"}).status_code == 302

    assert Drive.objects.get(pk=bare.drive.pk).figure_code == "CC-02"
    assert "Tính vào chỉ tiêu CC-02. Quên chọn." in bare.drive.events.get().comment
    assert (
        'tính vào chỉ tiêu số liệu <span class="nowrap">CC-02</span>'
        in client.get(at("drive", bare.drive.pk)).text
    )
    assert offered(asked, work.unit) == {"CC-02": 7}


def test_an_indicator_put_out_of_use_stays_named_until_another_is_chosen(client, work):
    one = work.province.police.indicators.get(code="CC-02")
    ratio = work.province.police.indicators.get(code="CC-03")
    for gone in (ratio, one):
        indicators.retire(gone.pk, by=work.organiser, seen=indicators.mark(gone))
    client.force_login(work.organiser)

    shown = client.get(at("drive-change", work.drive.pk)).content.decode()

    assert '<option value="CC-02" selected>CC-02 (không còn dùng)' in shown


def test_many_units_and_days_are_one_look(work, django_assert_num_queries):
    asked = a_collection(work)
    work.tell(3, days_ago=1)
    work.tell(4, days_ago=2)
    units = [unit.pk for unit in work.province.departments]

    with django_assert_num_queries(1):
        told = driven_figures.counts_of(units, asked)

    assert told == {work.unit.pk: {"CC-02": 7}}
