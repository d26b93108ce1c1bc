"""`manage.py import_results FILE.csv --assessor CODE --year YYYY …`: results of earlier years."""

import csv
from collections.abc import Iterator
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cchc_portal.kit.errors import MoveRefused
from cchc_portal.kit.files import content_of
from cchc_portal.kit.numerals import grouped
from scoring.rules.published_reading import COLUMNS, RenamingFault, read_renaming, tidy
from scoring.rules.published_table import without_figure
from scoring.rules.ranking import USUAL_SCALE, LimitsFault, TieRule, read_limits
from scoring.services.published_tables import Import, Told, assessor_of_year, bring_in

USUAL_TITLE = "Chỉ số cải cách hành chính năm {} (bảng đã công bố)"


class Command(BaseCommand):
    help = (
        "Nhập bảng kết quả đã công bố trước khi có cổng. Điểm khác thường được báo từng dòng và "
        "không cản việc nhập; dòng hoặc cột không đọc được thì không lưu gì."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "file",
            type=Path,
            metavar="TỆP.csv",
            help="CSV mã UTF-8, ngăn bằng dấu phẩy, chấm phẩy hoặc tab; cột chuẩn: "
            + ", ".join(COLUMNS),
        )
        parser.add_argument("--assessor", required=True, metavar="MÃ", help="mã cơ quan đánh giá")
        parser.add_argument("--year", required=True, metavar="NĂM", help="năm đánh giá")
        parser.add_argument(
            "--title",
            metavar="TÊN",
            help=f"tên bảng; không nêu thì là “{USUAL_TITLE.format('NĂM')}”",
        )
        parser.add_argument(
            "--limits",
            metavar="TÊN:NGƯỠNG,…",
            help="các mức xếp loại, cao trước: “Tốt:80,Khá:60,Kém:0”; không nêu thì theo "
            + ", ".join(f"{label}:{floor}" for floor, label in USUAL_SCALE.bands),
        )
        parser.add_argument(
            "--ties",
            choices=TieRule.values,
            default=TieRule.SKIP.value,
            help="sau các đơn vị đồng hạng: skip bỏ hạng kế tiếp (1, 2, 2, 4), dense thì không",
        )
        parser.add_argument(
            "--places", default="2", metavar="SỐ", help="số chữ số thập phân công bố, 0 đến 4"
        )
        parser.add_argument(
            "--map",
            nargs="+",
            action="extend",
            default=[],
            metavar="TRONG_BẢNG=CHUẨN",
            help="đổi tên cột (index_percent=percent) hoặc tên mức xếp loại (Good=Tốt)",
        )
        parser.add_argument(
            "--parts", default="", metavar="CỘT,CỘT", help="các cột điểm thành phần của tổng điểm"
        )
        parser.add_argument(
            "--replace", action="store_true", help="thay bảng cùng cơ quan, năm và tên đã nhập"
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="chỉ kiểm tra và cho biết kết quả, không lưu"
        )

    def handle(self, *, file: Path, replace: bool, dry_run: bool, **said) -> None:
        try:
            told = _told(said)
            outcome = bring_in(
                content_of(file), name=file.name, told=told, replace=replace, dry_run=dry_run
            )
        except (MoveRefused, LimitsFault, RenamingFault) as refusal:
            raise CommandError(refusal.sentence) from refusal
        if outcome.faults:
            for fault in outcome.faults:
                self.stderr.write(fault)
            raise CommandError(f"{file.name}: {len(outcome.faults)} lỗi, chưa lưu nội dung nào.")
        for line in _report(outcome, told, dry_run):
            self.stdout.write(line)


def _told(said: dict) -> Told:
    year = whole(said["year"], "Năm đánh giá")
    title = USUAL_TITLE.format(year) if said["title"] is None else said["title"]
    return Told(
        assessor=assessor_of_year(said["assessor"], year),
        year=year,
        title=tidy(title),
        scale=USUAL_SCALE if said["limits"] is None else read_limits(said["limits"]),
        ties=TieRule(said["ties"]),
        places=whole(said["places"], "Số chữ số thập phân"),
        renaming=read_renaming(said["map"]),
        parts=tuple(_names(said["parts"])),
    )


def whole(text: str | int, what: str) -> int:
    """A whole number as typed. Raises CommandError."""
    typed = str(text).strip()
    if not typed.isascii() or not typed.isdigit() or len(typed) > 4:
        raise CommandError(f"{what} “{typed}” phải là số nguyên.")
    return int(typed)


def _names(text: str) -> list[str]:
    """Names parted by commas; one that has a comma itself stands in quotes."""
    (names,) = csv.reader([text], skipinitialspace=True) if text.strip() else [[]]
    return [tidy(name) for name in names if tidy(name)]


def _report(outcome: Import, told: Told, dry_run: bool) -> Iterator[str]:
    if outcome.ignored:
        yield f"Bỏ qua {len(outcome.ignored)} cột: {', '.join(outcome.ignored)}."
    for line, code in outcome.unknown:
        yield f"Dòng {line}: mã “{code}” không của đơn vị nào trong năm {told.year}, giữ theo tên."
    yield from map(str, outcome.findings)
    if unknown := without_figure(outcome.rows):
        lines = ", ".join(str(row.line) for row in unknown)
        yield f"Chưa rõ kết quả, không xếp hạng: dòng {lines}."
    by_name = len(outcome.rows) - outcome.matched
    done = "Đã thay" if outcome.replaced else "Đã nhập"
    yield (
        f"{'Chạy thử, chưa lưu nội dung nào' if dry_run else done}: bảng “{told.title}” của "
        f"{told.assessor.name}, năm {told.year}: {grouped(len(outcome.rows))} dòng, "
        f"{grouped(outcome.matched)} khớp mã đơn vị, {grouped(by_name)} giữ theo tên; "
        f"{grouped(len(outcome.findings))} điểm khác thường."
    )
