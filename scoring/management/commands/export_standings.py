"""`manage.py export_standings --assessor CODE --year YYYY [--title T] --format csv|json|xlsx`."""

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cchc_portal.kit.errors import MoveRefused
from scoring.documents import workbook
from scoring.management.commands.import_results import whole
from scoring.rules.result_file import csv_text, json_text, sheet_of
from scoring.services import results
from scoring.services.published_tables import assessor_of_year

FORMATS = ("csv", "json", "xlsx")


class Command(BaseCommand):
    help = (
        "In kết quả một năm của một cơ quan ra đầu ra chuẩn: khối, hạng, đơn vị, điểm, điểm tối "
        "đa, tỷ lệ, xếp loại, tính theo quy tắc của cổng."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--assessor", required=True, metavar="MÃ", help="mã cơ quan đánh giá")
        parser.add_argument("--year", required=True, metavar="NĂM", help="năm đánh giá")
        parser.add_argument("--title", metavar="TÊN", help="cần khi năm đó có nhiều kết quả")
        parser.add_argument("--format", choices=FORMATS, default="csv", help="dạng tệp")

    def handle(self, *, assessor: str, year: str, title: str | None, **options) -> None:
        number = whole(year, "Năm đánh giá")
        try:
            found = results.find(assessor_of_year(assessor, number), number, title)
        except MoveRefused as refusal:
            raise CommandError(refusal.sentence) from refusal
        sheet = sheet_of(results.lines(found))
        if options["format"] == "xlsx":
            self._give(workbook(sheet, found.title))
        else:
            self._give(csv_text(sheet) if options["format"] == "csv" else json_text(sheet))

    def _give(self, data: str | bytes) -> None:
        """As bytes in UTF-8 whatever the terminal's language; a caller's own stream as it is."""
        stream = getattr(self.stdout, "buffer", None)
        if stream is None:
            self.stdout.write(data, ending="")
        else:
            stream.write(data.encode() if isinstance(data, str) else data)
            stream.flush()
