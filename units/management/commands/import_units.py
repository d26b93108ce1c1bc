"""Loads files of units: who there is and was, below whom, into whom; says what each line does."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from cchc_portal.kit.files import content_of
from units.services.unit_files import FileReport, RowWord, load


class Command(BaseCommand):
    help = "Nạp danh mục đơn vị từ tệp CSV (UTF-8). Có dòng sai thì không ghi gì."

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="*", metavar="FILE.csv", help="tệp đơn vị")
        parser.add_argument(
            "--functions", metavar="FILE.csv", help="tệp các phòng giải quyết thủ tục hành chính"
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="chỉ đối chiếu và báo cáo, không ghi"
        )

    def handle(self, *, files, functions, dry_run, **options):
        if not files and not functions:
            raise CommandError("Đề nghị nêu ít nhất một tệp đơn vị hoặc --functions.")
        reports = load(
            [_named(path) for path in files],
            functions=_named(functions) if functions else None,
            dry_run=dry_run,
        )
        for report in reports:
            self._tell(report)
        if not all(report.sound for report in reports):
            raise CommandError("Không ghi gì: có dòng sai.")
        self.stdout.write("Chạy thử: không ghi gì." if dry_run else "Đã ghi.")

    def _tell(self, report: FileReport) -> None:
        self.stdout.write(f"{report.name}:")
        for row in report.rows:
            told = [f"dòng {row.line}", row.word.label, row.code, row.detail]
            self.stdout.write("  " + " | ".join(part for part in told if part))
        counted = ", ".join(f"{report.count(word)} {word.label}" for word in RowWord)
        lines = len({row.line for row in report.rows})
        self.stdout.write(f"{report.name}: {lines} dòng: {counted}.")


def _named(path: str) -> tuple[str, bytes]:
    return Path(path).name, content_of(Path(path))
