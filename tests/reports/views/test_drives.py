"""Drives: opened, told day by day, held against their days, shown to leaders."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from reports.drives import told_to, view_of
from scoring.models import Drive, DriveShare
from scoring.rules.drive import Pace
from scoring.services import drive_changes, drives
from tests.reports.drive_addresses import a_drive
from tests.worlds import a_province
from units.permissions import Role

pytestmark = pytest.mark.django_db


class Work:
    """A drive of two departments, five days old, of which the first is to do a hundred in ten days;
    who opened it, and who tells for the first department."""

    def __init__(self, province=None, **said):
        self.province = province or a_province()
        self.organiser = self.province.a_person(Role.ORGANISER, self.province.police)
        self.unit = self.province.departments[0]
        self.editor = self.province.a_person(Role.EDITOR, self.unit)
        self.drive = a_drive(self.province, by=self.organiser, **said)
        self.share = self.drive.shares.get(unit=self.unit)
        self.today = timezone.localdate()

    def tell(self, number: int, *, days_ago: int) -> None:
        """The first department tells a day."""
        day = self.today - timedelta(days=days_ago)
        edition = self.share.days.filter(day=day).count()
        drives.tell(
            self.share.pk,
            by=self.editor,
            day=day,
            number=number,
            seen_edition=edition,
            today=self.today,
        )

    def line(self):
        """The first department on the page of the drive."""
        lines = view_of(Drive.objects.get(pk=self.drive.pk), self.today).lines
        return next(one for one in lines if one.unit == self.unit.pk)


def at(name: str, *args) -> str:
    return reverse(f"reports:{name}", args=args)


def typed(*days: tuple) -> dict[str, str]:
    """Day, number and the edition that was seen, as the form sends them."""
    said = {}
    for day, number, edition in days:
        said |= {f"so-{day:%Y-%m-%d}": str(number), f"lan-{day:%Y-%m-%d}": str(edition)}
    return said


def words(answer) -> str:
    return answer.content.decode()


def test_a_thousand_typed_with_its_point_is_a_thousand(client):
    work = Work()
    client.force_login(work.organiser)
    first = work.today
    said = {
        "title": "Đợt thử",
        "noun": "thẻ",
        "starts_on": f"{first:%Y-%m-%d}",
        "ends_on": f"{first:%Y-%m-%d}",
        f"chi-tieu-{work.unit.pk}": "12.000",
    }
    wrong = client.post(at("drive-open", work.province.police.pk), said | {"noun": ""})
    assert 'value="12.000"' in words(wrong)
    client.post(at("drive-open", work.province.police.pk), said)
    share = Drive.objects.get(title="Đợt thử").shares.get()
    assert share.target == 12_000

    client.force_login(work.editor)
    refused = client.post(at("drive-tell", share.pk), typed((first, "1,000", 0)))
    assert refused.status_code == 422
    assert "hai cách" in words(refused)
    client.post(at("drive-tell", share.pk), typed((first, "1.000", 0)))
    assert share.days.get().number == 1000
    assert 'value="1.000"' in words(client.get(at("drive-tell", share.pk)))


def test_a_unit_exactly_on_pace_is_in_time_until_it_tells_less_of_today():
    work = Work()
    for days_ago in (4, 3, 2, 1):
        work.tell(10, days_ago=days_ago)
    assert (work.line().wanted, work.line().pace) == (40, Pace.IN_TIME)
    assert not work.line().forecast.late

    work.tell(9, days_ago=0)
    assert (work.line().wanted, work.line().pace) == (50, Pace.BEHIND)
    view = view_of(work.drive, work.today)
    assert view.until == work.today - timedelta(days=1)
    assert view.forecast.done == 40


def test_a_drive_not_begun_says_so(client):
    work = Work(begins_in=3)
    client.force_login(work.organiser)
    page = words(client.get(at("drive", work.drive.pk)))

    assert {one.pace for one in view_of(work.drive, work.today).lines} == {Pace.PLANNED}
    assert "Chưa bắt đầu" in page
    assert "Kịp tiến độ" not in page


def test_days_of_one_page_are_saved_together_and_what_cannot_be_saved_stays_typed(client):
    work = Work()
    client.force_login(work.editor)
    first, second = (work.today - timedelta(days=ago) for ago in (2, 1))
    here = at("drive-tell", work.share.pk)

    wrong = client.post(here, typed((first, 7, 0), (second, "tám", 0)))
    assert wrong.status_code == 422
    assert 'value="7"' in words(wrong)
    assert 'value="tám"' in words(wrong)
    assert not work.share.days.exists()
    assert client.post(here, typed((first, 7, 0), (second, 8, 0))).status_code == 302
    assert work.share.days.by_day() == {first: 7, second: 8}
    emptied = client.post(here, typed((first, "", 1)))
    assert emptied.status_code == 422
    assert "không có thì ghi 0" in words(emptied)

    work.tell(9, days_ago=1)
    meanwhile = client.post(here, typed((first, 6, 1), (second, 10, 1)))
    assert meanwhile.status_code == 409
    assert "vừa được người khác ghi" in words(meanwhile)
    assert 'value="6"' in words(meanwhile)
    assert 'value="10"' in words(meanwhile)
    assert work.share.days.by_day() == {first: 7, second: 9}
    untouched = client.post(here, typed((first, 6, 1), (second, 8, 1)))
    assert untouched.status_code == 302
    assert work.share.days.by_day() == {first: 6, second: 9}


def test_every_day_of_a_long_drive_is_within_reach(client):
    work = Work(begins_in=-59, days=90)
    client.force_login(work.editor)
    here = at("drive-tell", work.share.pk)
    page, seen = client.get(here), set()
    while True:
        stretch = page.context["stretch"]
        seen |= set(stretch.days)
        assert len(stretch.days) <= 14
        if stretch.before is None:
            break
        assert "Các ngày trước" in words(page)
        page = client.get(here, {"den": f"{stretch.before:%Y-%m-%d}"})
    assert seen == {work.drive.starts_on + timedelta(days=at) for at in range(60)}
    assert "Các ngày sau" in words(page)

    first = work.drive.starts_on
    client.post(f"{here}?den={first:%Y-%m-%d}", typed((first, 5, 0)))
    assert work.share.days.by_day() == {first: 5}
    assert client.get(here, {"den": "hôm nay"}).context["stretch"].last == work.today


def test_a_level_in_between_takes_what_its_units_told_of_the_day_by_a_press(client):
    work = Work()
    work.tell(12, days_ago=1)
    ministry = work.province.ministry
    upper = drives.open_(
        ministry,
        by=work.province.a_person(Role.ORGANISER, ministry),
        title="Đợt của Bộ",
        noun="Thẻ",
        starts_on=work.drive.starts_on,
        ends_on=work.drive.ends_on,
        targets={work.province.police.pk: 1000},
    )
    share = upper.shares.get()
    client.force_login(work.province.a_person(Role.EDITOR, work.province.police))
    here = at("drive-tell", share.pk)
    assert "trực thuộc đã báo 12 (1/2 đơn vị)" in " ".join(words(client.get(here)).split())

    day = work.today - timedelta(days=1)
    client.post(here, typed((day, "", 0)) | {"lay": f"{day:%Y-%m-%d} 12"})
    assert share.days.by_day() == {day: 12}
    assert "Lấy<" not in words(client.get(here))


def test_a_target_and_the_last_day_change_with_a_reason_that_is_kept(client):
    work = Work()
    work.tell(12, days_ago=1)
    client.force_login(work.organiser)
    here = at("drive-change", work.drive.pk)
    later = work.drive.ends_on + timedelta(days=5)
    targets = {f"chi-tieu-{unit.pk}": "100" for unit in work.province.departments}
    said = {"seen": 1, "ends_on": f"{later:%Y-%m-%d}", "comment": "Ghi nhầm chỉ tiêu."}
    said |= targets | {f"chi-tieu-{work.unit.pk}": "1.200"}

    assert client.post(here, said | {"comment": " "}).status_code == 422
    unheard = client.post(here, said | {"ends_on": f"{work.today - timedelta(days=2):%Y-%m-%d}"})
    assert unheard.status_code == 409
    assert "Đã có số ngày" in words(unheard)
    left = client.post(here, said | {f"chi-tieu-{work.unit.pk}": ""})
    assert "không bỏ trống được: Phòng Nghiệp vụ 1" in words(left)
    stale = client.post(here, said | {"seen": 9})
    assert stale.status_code == 409
    assert 'value="1.200"' in words(stale)
    assert client.post(here, said).status_code == 302

    drive = Drive.objects.get(pk=work.drive.pk)
    assert (drive.ends_on, drive.version) == (later, 2)
    assert drive.shares.get(unit=work.unit).target == 1200
    event = drive.events.get()
    assert "Phòng Nghiệp vụ 1: từ 100 sang 1.200" in event.comment
    assert "Ghi nhầm chỉ tiêu." in words(client.get(at("drive", drive.pk)))
    with pytest.raises(MoveRefused, match="Chưa có gì"):
        drive_changes.change(
            drive,
            ends_on=later,
            targets=dict(drive.shares.values_list("unit", "target")),
            figure_code="",
            comment="x",
            seen=2,
            by=work.organiser,
        )
    with pytest.raises(PermissionDenied):
        drive_changes.cancel(drive, comment="x", seen=2, by=work.editor)
    with pytest.raises(IntegrityError, match="sealed"), transaction.atomic():
        Drive.objects.filter(pk=drive.pk).update(starts_on=work.today)
    with pytest.raises(IntegrityError, match="sealed"), transaction.atomic():
        DriveShare.objects.filter(drive=drive).update(unit=work.province.police)


def test_a_cancelled_drive_is_kept_asks_for_nothing_and_leaves_the_page_of_leaders(client):
    work = Work()
    work.tell(12, days_ago=1)
    leader = work.province.a_person(Role.LEADER, work.province.police)
    assert told_to(leader, work.today)[1] == 1
    client.force_login(work.organiser)
    here = at("drive-cancel", work.drive.pk)
    assert client.post(here, {"seen": 1, "comment": ""}).status_code == 422
    with pytest.raises(ChangedMeanwhile):
        drive_changes.cancel(work.drive, comment="x", seen=3, by=work.organiser)
    assert client.post(here, {"seen": 1, "comment": "Mở trùng."}).status_code == 302

    page = words(client.get(at("drive", work.drive.pk)))
    assert "Mở trùng." in page
    assert "Hủy đợt…" not in page
    assert "Đã hủy" in words(client.get(at("drives")))
    assert client.get(at("drive-change", work.drive.pk)).status_code == 409
    assert told_to(leader, work.today) == ([], 0)
    with pytest.raises(MoveRefused, match="đã hủy"):
        work.tell(1, days_ago=0)
    client.force_login(work.editor)
    assert "đã hủy" in words(client.get(at("drive-tell", work.share.pk)))
    with pytest.raises(IntegrityError, match="cancelled"), transaction.atomic():
        Drive.objects.filter(pk=work.drive.pk).update(cancelled_at=None)


def test_a_unit_that_is_gone_by_the_last_day_is_named(client):
    work = Work()
    other = a_province("TM")
    with pytest.raises(MoveRefused, match=f"không còn là đơn vị trực thuộc: {other.police.name}"):
        drives.open_(
            work.province.police,
            by=work.organiser,
            title="Đợt",
            noun="thẻ",
            starts_on=work.today,
            ends_on=work.today,
            targets={work.unit.pk: 1, other.police.pk: 1},
        )


def test_leaders_are_led_to_the_drives_that_their_page_does_not_show(client):
    work = Work()
    for place in range(4):
        a_drive(work.province, by=work.organiser, title=f"Đợt {place}")
    leader = work.province.a_person(Role.LEADER, work.province.police)

    shown, every = told_to(leader, work.today)
    assert (len(shown), every) == (3, 5)
