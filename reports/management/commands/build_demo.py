"""Builds the demo year once, through the services, and says who can log in."""

from datetime import date
from io import StringIO
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection, transaction
from django.utils import timezone

from reports.demo import (
    communes,
    cualo,
    cualo_commitments,
    dialogues,
    earlier,
    figures,
    hatinh,
    hatinh_before,
    hatinh_commitments,
    inspections,
    ministry_figures,
    nghean,
    periodic,
    plans,
    satisfaction,
    second_marks,
    thaihoa,
    under_way,
    voices,
)
from reports.demo.people import PASSWORD, SINCE, Account, Registry, first_administrator
from reports.demo.year import on
from scoring.models import Period
from units.kinds import UnitKind
from units.models import Unit

UNIT_FILES = ("ministry", "hatinh", "nghean", "quangngai")
ACCOUNTS = (
    Account("Cán bộ nhập liệu", "nhaplieu.pc06", "Phòng Cảnh sát QLHC về TTXH"),
    Account("Thủ trưởng đơn vị", "thutruong.pc06", "Phòng Cảnh sát QLHC về TTXH"),
    Account("Cán bộ thẩm định", "thamdinh2", "Công an tỉnh Hà Tĩnh"),
    Account("Thẩm định chuyên môn", "thamdinh.px01", "Phòng Tổ chức cán bộ"),
    Account("Cán bộ tham mưu", "thammuu", "Công an tỉnh Hà Tĩnh, Phòng Tham mưu"),
    Account("Lãnh đạo theo dõi", "lanhdao", "Công an tỉnh Hà Tĩnh"),
    Account("Người ký công bố", "giamdoc", "Công an tỉnh Hà Tĩnh"),
    Account("Quản trị hệ thống", "quantri", "Bộ Công an"),
)


class Command(BaseCommand):
    help = "Dựng năm minh họa nếu chưa có, rồi in tài khoản dùng thử."

    def handle(self, **options):
        if not Period.objects.filter(made_up=True).exists():
            self.stdout.write("Đang dựng năm minh họa (khoảng một phút)…")
            with transaction.atomic():
                self._build()
        self.stdout.write(f"Tài khoản dùng thử, mật khẩu chung: {PASSWORD}")
        for account in ACCOUNTS:
            self.stdout.write(f"  {account.role:<20} {account.username:<16} {account.who}")

    def _build(self) -> None:
        root = Path(settings.BASE_DIR)
        units, scoring = root / "units" / "data", root / "scoring" / "data"
        quiet = {"stdout": StringIO()}
        call_command(
            "import_units",
            *(str(units / f"units-{name}.csv") for name in UNIT_FILES),
            functions=str(units / "handles-procedures.csv"),
            **quiet,
        )
        for name in ("criteria", "one-stop-model"):
            call_command("import_criteria", scoring / f"{name}.json", **quiet)
        earlier.build(scoring / "published")
        count_the_rows()
        with on(SINCE):
            registry = Registry(first_administrator(Unit.objects.get(code="BCA")))
            province = Unit.objects.get(code="HT")
            earlier.of_the_province(province)
            staff = hatinh.staff_of_the_province(registry, province)
            hands = hatinh.hands_of_the_units(registry, _assessed(province))
        hatinh_before.build(province, staff, hands)
        count_the_rows()
        hatinh.build(province, staff, hands)
        count_the_rows()
        with on(SINCE):
            town = Unit.objects.get(code="NA-H413")
        cualo.build(registry, town)
        with on(SINCE):
            cualo_commitments.build(registry, town)
        nghean.build(registry)
        with on(SINCE):
            specialist = under_way.specialist_of_the_province(registry)
        today = timezone.localdate()
        editors, heads = hands
        plans.build(staff["head"], heads[Unit.objects.get(code=plans.DEPARTMENT).pk])
        figures.build(registry, province, staff["organiser"], editors, today=today)
        ministry_figures.build(registry, Unit.objects.get(code="BCA"), province)
        under_way.build(province, staff, hands, specialist=specialist, today=today)
        hatinh_commitments.build(
            province, editors=editors, heads=heads, receiving_head=staff["head"], today=today
        )
        desk = Unit.objects.get(code=satisfaction.COUNTER)
        satisfaction.build(
            province, organiser=staff["organiser"], editor=editors[desk.pk], today=today
        )
        periodic.build(province, staff, hands, today=today)
        thaihoa.build(registry)
        dialogues.build(province, today=today)
        voices.build(today=today)
        inspections.build(
            province,
            organiser=staff["organiser"],
            head=staff["head"],
            verifier=staff["second"],
            today=today,
        )
        communes.build(registry, province, staff)
        second_marks.build(registry, province, staff, today=today)


def count_the_rows() -> None:
    """Lets the database plan by what is there so far: before it is committed nobody else counts it,
    and plans made for empty tables read whole ones for every row."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _assessed(province: Unit) -> list[Unit]:
    """Departments and districts that lived between the first demo year and today."""
    kinds = (UnitKind.DEPARTMENT, UnitKind.DISTRICT_POLICE)
    lived = Unit.objects.filter(spells__parent=province, kind__in=kinds).distinct()
    return [unit for unit in lived if unit.last_on is None or unit.last_on >= date(2022, 9, 16)]
