"""`manage.py import_criteria FILE.json [--dry-run]`: sets of criteria into the catalogue."""

import json
from decimal import Decimal
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from cchc_portal.kit.files import content_of
from cchc_portal.kit.numerals import exactly
from scoring.rules.catalogue import read_catalogue
from scoring.rules.kinds import Level
from scoring.services.catalogue import Outcome, import_sets


class Command(BaseCommand):
    help = "Nhập các bộ tiêu chí từ tệp JSON. Tệp có lỗi bị từ chối, không nội dung nào được lưu."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="TỆP.json")
        parser.add_argument(
            "--dry-run", action="store_true", help="chỉ kiểm tra và cho biết kết quả, không lưu"
        )

    def handle(self, *, file: Path, dry_run: bool, **options) -> None:
        catalogue = read_catalogue(_parsed(file))
        if catalogue.faults:
            for fault in catalogue.faults:
                self.stderr.write(str(fault))
            raise CommandError(f"{file.name}: {len(catalogue.faults)} lỗi, chưa lưu nội dung nào.")
        with transaction.atomic():
            for outcome in import_sets(catalogue.sets):
                self.stdout.write(_line(outcome))
            transaction.set_rollback(dry_run)
        if dry_run:
            self.stdout.write("Chạy thử: chưa lưu nội dung nào.")


def _parsed(file: Path):
    try:
        text = content_of(file).decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise CommandError(f"Tệp {file.name} không phải văn bản UTF-8.") from fault
    try:
        data = json.loads(text, parse_float=Decimal)
        said = json.dumps(data, ensure_ascii=False, default=str)
    except (ValueError, RecursionError) as fault:
        where = f" (dòng {fault.lineno})" if isinstance(fault, json.JSONDecodeError) else ""
        raise CommandError(f"Tệp {file.name} không phải JSON hợp lệ{where}.") from fault
    if "\\u0000" in said or any("\ud800" <= letter <= "\udfff" for letter in said):
        raise CommandError(f"Tệp {file.name} có ký tự không hợp lệ.")
    return data


def _line(outcome: Outcome) -> str:
    tree = outcome.tree
    counted = [
        f"{sum(node.level == level for node in tree.walk())} {level.label.lower()}"
        for level in Level
    ]
    return (
        f"{tree.code}: {outcome.change.label}, phiên bản {outcome.version}: "
        f"{', '.join(counted)}; tổng điểm {exactly(tree.maximum)}"
    )
