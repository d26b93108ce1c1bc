"""Figures of a block as a file: taken away, brought back, looked through, written."""

import csv
import io
import zipfile
from fractions import Fraction

import pytest
from django.core.exceptions import PermissionDenied
from openpyxl import load_workbook

from cchc_portal.kit.errors import ChangedMeanwhile
from cchc_portal.kit.workbook_file import LARGEST, WorkbookFault
from scoring.models import FigureUpload, PeriodEvent, ScoreChange
from scoring.rules.figure_table import HEADER_ROW, SHEET, Column
from scoring.rules.kinds import Door, Source
from scoring.rules.workbook_changes import Standing
from scoring.services import dossiers, figure_tables
from tests.races import at_once
from tests.scoring.figures import (
    PAPER,
    a_table,
    a_year_with,
    as_upload,
    bring_figures,
    pick_all,
    put,
    told,
    write,
)
from tests.worlds import a_draft_dossier, an_open_period
from units.permissions import Role
from units.services import people

pytestmark = pytest.mark.django_db

FIRST, SECOND = "TN-P01", "TN-P02"


@pytest.fixture
def work():
    return a_draft_dossier()


@pytest.fixture
def year(work):
    return work.year


def faults(year, content, **said) -> list[str]:
    """Why the only row that was filled in is not written."""
    (change,) = told(year, bring_figures(year, content, **said)).values()
    assert change.standing == Standing.INVALID
    return list(change.faults)


def refusal(year, content, name: str = "ket-qua.xlsx") -> str:
    """Why the file is refused as a whole; nothing of it is kept."""
    with pytest.raises(WorkbookFault) as refused:
        bring_figures(year, content, name)
    assert not FigureUpload.objects.exists()
    return " ".join(refused.value.sentences)


def csv_of(year) -> list[list[str]]:
    text = figure_tables.as_csv(year.block).removeprefix("\ufeff")
    return list(csv.reader(io.StringIO(text, newline="")))


def test_what_is_filled_in_is_shown_and_then_written_through_the_door_of_an_import(work, year):
    table = a_table(year)
    table.put("3.1.1", FIRST, satisfied=2518, rated=2756, source=PAPER)
    table.put("3.1.2", FIRST, points=5.25, source=PAPER, reason="Theo biên bản.")
    table.put("3.1.2", SECOND, points="4,5", source=PAPER)
    upload = bring_figures(year, table)

    assert {one.standing for one in told(year, upload).values()} == {Standing.CHANGE}
    assert not ScoreChange.objects.exists()
    assert write(year, upload) == 3

    assert work.score("3.1.1").verified_points == Fraction(10 * 2518, 2756)
    assert work.score("3.1.1").verified_answer == {"satisfied": "2518", "rated": "2756"}
    assert work.score("3.1.2").verified_points == Fraction(21, 4)
    assert set(ScoreChange.objects.values_list("door", flat=True)) == {Door.IMPORT}
    event = PeriodEvent.objects.latest("pk")
    assert (event.verb, event.comment) == ("figures", "Khối phòng: 3 dòng từ tệp ket-qua.xlsx")


def test_what_came_as_it_went_changes_nothing(work, year):
    put(work, "3.1.1", {"satisfied": "2518", "rated": "2756"})
    put(work, "3.1.2", {"points": "5.125"}, reason="Dòng một.\nDòng hai.")

    for name, content in (
        ("a.xlsx", figure_tables.as_workbook(year.block)),
        ("a.csv", figure_tables.as_csv(year.block).encode()),
    ):
        changes = told(year, bring_figures(year, content, name))
        assert [one.standing for one in changes.values()] == [Standing.SAME, Standing.SAME]


def test_without_a_source_the_file_is_the_source(work, year):
    write(year, bring_figures(year, a_table(year).put("3.1.2", FIRST, points=5), "CV-12.xlsx"))

    assert work.score("3.1.2").verified_source == "CV-12.xlsx"


def test_only_chosen_rows_are_written(work, year):
    table = a_table(year).put("3.1.2", FIRST, points=5).put("3.1.2", SECOND, points=4)
    upload = bring_figures(year, table)
    (mine,) = [one for one in pick_all(year, upload) if one.score == work.score("3.1.2").pk]

    assert write(year, upload, [mine]) == 1
    assert ScoreChange.objects.values("score").distinct().count() == 1


def test_a_row_written_on_the_portal_meanwhile_conflicts_and_says_so(work, year):
    table = a_table(year).put("3.1.2", FIRST, points=5, source="Tệp")
    put(work, "3.1.2", {"points": "4"})
    upload = bring_figures(year, table)

    (change,) = told(year, upload).values()
    assert change.standing == Standing.CONFLICT
    assert write(year, upload) == 1
    assert work.score("3.1.2").verified_points == 5


def test_a_row_written_after_the_preview_stops_all_of_them(work, year):
    table = a_table(year).put("3.1.2", FIRST, points=5).put("3.1.2", SECOND, points=4)
    upload = bring_figures(year, table)
    picks = pick_all(year, upload)
    put(work, "3.1.2", {"points": "3"})

    with pytest.raises(ChangedMeanwhile, match="Chưa ghi dòng nào: dòng 3.1.2 của Phòng Nghiệp vụ"):
        write(year, upload, picks)
    assert ScoreChange.objects.exclude(score=work.score("3.1.2")).count() == 0


@pytest.mark.parametrize(
    ("column", "value", "sentence"),
    [
        ("points", "=1+1", "là công thức (=1+1)"),
        ("points", "năm", "phải ghi bằng chữ số"),
        ("points", 6.5, "lớn hơn điểm tối đa (6,00)"),
        ("points", -1, "không được nhỏ hơn 0"),
        ("points", True, "phải là số"),
        ("source", "=A1", "là công thức (=A1)"),
        ("source", "x" * 301, "dài 301 ký tự, tối đa 300"),
        ("unit_code", "TN-P99", "ghi mã đơn vị “TN-P99”, không có trong khối"),
        ("unit_code", SECOND, "ghi mã đơn vị “TN-P02” nhưng mã dòng là của “TN-P01”"),
        ("code", "3.1.1", "ghi mã tiêu chí “3.1.1” nhưng mã dòng là của “3.1.2”"),
        ("mark", "không rõ", "không có mã dòng của khối này"),
        ("satisfied", 5, "chỉ dùng cho điểm điều tra, đo lường"),
    ],
)
def test_a_row_that_cannot_be_read_is_named_with_the_reason(year, column, value, sentence):
    table = a_table(year).put("3.1.2", FIRST, points=5, source=PAPER)

    (fault, *_) = faults(year, table.put("3.1.2", FIRST, **{column: value}))

    assert sentence in fault
    assert str(table.row_of("3.1.2", FIRST) if column not in ("unit_code", "code") else "") in fault


def test_a_ground_without_a_figure_is_named(year):
    (fault,) = faults(year, a_table(year).put("3.1.2", FIRST, source=PAPER))

    assert "chưa có số liệu, điểm" in fault


def test_a_bonus_without_a_reason_is_named():
    year = a_year_with(Source.BONUS)

    (fault,) = faults(year, a_table(year).put("4.1.1", FIRST, points=1))

    assert "lý do của điểm thưởng, điểm trừ" in fault


def test_a_row_twice_in_the_file_is_read_from_neither(year):
    table = a_table(year).put("3.1.2", FIRST, points=5)
    row, other = table.row_of("3.1.2", FIRST), table.row_of("3.1.2", SECOND)
    for column in (Column.MARK, Column.UNIT_CODE, Column.POINTS):
        table.at(other, column).value = table.at(row, column).value

    changes = figure_tables.changes_of(bring_figures(year, table), by=year.organiser)

    assert [change.standing for _, change in changes] == [Standing.INVALID] * 2
    assert all("trùng mã dòng" in change.faults[0] for _, change in changes)


def test_sorted_rows_are_known_by_their_mark(work, year):
    table = a_table(year).put("3.1.2", FIRST, points=5).put("3.1.2", SECOND, points=4)
    row, other = table.row_of("3.1.2", FIRST), table.row_of("3.1.2", SECOND)
    for column in Column:
        one, two = table.at(row, column), table.at(other, column)
        one.value, two.value = two.value, one.value

    write(year, bring_figures(year, table))

    assert work.score("3.1.2").verified_points == 5


def test_another_periods_file_is_refused(year):
    other = an_open_period(year.province, title="Kỳ khác")

    assert "một kỳ đánh giá khác" in refusal(year, a_table(other).put("3.1.2", FIRST, points=5))


@pytest.mark.parametrize("column", [Column.POINTS, Column.MARK])
def test_a_title_that_was_changed_is_named(year, column):
    table = a_table(year)
    table.at(HEADER_ROW, column).value = "Điểm số"

    assert column.label in refusal(year, table)


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.xlsx", b"khong phai tep", "không phải là bảng tính Excel"),
        (
            "a.csv",
            b"\xff\xfe",
            "không phải văn bản mã UTF-8",
        ),
        ("a.csv", b"a,b\n1,2\n", "Không thấy dòng tiêu đề"),
        ("a.csv", b"x" * (LARGEST + 1), "lớn hơn 10 MB"),
        ("a.csv", b'"a,b\n', "dấu ngoặc kép"),
    ],
    ids=["no-workbook", "no-text", "no-titles", "too-large", "broken"],
)
def test_a_strange_file_is_refused_with_a_sentence(year, name, content, sentence):
    assert sentence in refusal(year, content, name)


def test_a_zip_bomb_is_refused(year):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<a/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"\0" * (17 * 1024 * 1024))

    assert "bung ra lớn bất thường" in refusal(year, out.getvalue())


def test_an_empty_table_is_refused(year):
    assert "chưa điền dòng nào" in refusal(year, a_table(year))


def test_a_csv_filled_in_is_read_like_a_workbook_and_a_formula_in_it_is_none(work, year):
    header, *rows = csv_of(year)
    points = header.index("Điểm")
    rows[2][points] = "5"
    rows[3][points] = "=1+1"
    content = "\n".join(";".join(row) for row in (header, *rows)).encode()

    changes = list(told(year, bring_figures(year, content, "a.csv")).values())

    assert [one.standing for one in changes] == [Standing.CHANGE, Standing.INVALID]
    assert "là công thức" in changes[1].faults[0]


def test_titles_are_locked_and_only_what_is_to_be_filled_in_is_open(year):
    page = load_workbook(io.BytesIO(figure_tables.as_workbook(year.block)))[SHEET]
    rows = {page.cell(row, 2).value: row for row in range(HEADER_ROW + 1, page.max_row + 1)}
    titles = [column.label for column in Column]

    def open_in(code: str) -> list[str]:
        cells = enumerate(page[rows[code]])
        return [titles[place] for place, cell in cells if not cell.protection.locked]

    assert page.protection.sheet
    assert all(cell.protection.locked for cell in page[HEADER_ROW])
    assert open_in("3.1.2") == ["Điểm", "Nguồn số liệu", "Lý do"]
    assert open_in("3.1.1") == titles[6:]


def test_an_excused_unit_is_not_in_the_table(work, year):
    dossiers.excuse(work.dossier, by=year.organiser, comment="Mới thành lập.")

    assert {line.unit_code for line in figure_tables.lines_of(year.block)} == {SECOND}


def test_nobody_but_an_organiser_brings_or_writes_a_table(work, year):
    table = a_table(year).put("3.1.2", FIRST, points=5)
    upload = bring_figures(year, table)
    picks = pick_all(year, upload)

    with pytest.raises(PermissionDenied):
        figure_tables.take_in(year.block, by=work.verifier, upload=as_upload(table))
    with pytest.raises(PermissionDenied):
        figure_tables.write(upload, by=work.verifier, picks=picks)


def test_an_organiser_who_is_of_a_unit_writes_all_rows_but_its(work, year):
    province = year.province
    mine = province.a_person(Role.ORGANISER, province.police)
    people.appoint(
        mine,
        unit=work.dossier.unit,
        role=Role.EDITOR,
        first_on=year.period.data_from,
        by=province.administrator,
    )
    table = a_table(year).put("3.1.2", FIRST, points=5).put("3.1.2", SECOND, points=4)

    changes = figure_tables.changes_of(bring_figures(year, table), by=mine)

    assert [change.standing for _, change in changes] == [Standing.INVALID, Standing.CHANGE]
    assert "thuộc đơn vị này" in changes[0][1].faults[0]


@pytest.mark.django_db(transaction=True)
def test_a_table_and_a_row_written_at_once_leave_the_table_whole_or_unwritten():
    work = a_draft_dossier()
    year = work.year
    table = a_table(year).put("3.1.2", FIRST, points=5).put("3.1.2", SECOND, points=4)
    upload = bring_figures(year, table)
    picks, seen = pick_all(year, upload), work.score("3.1.2").version

    (refused,) = at_once(
        lambda: write(year, upload, picks),
        lambda: put(work, "3.1.2", {"points": "3"}, seen_version=seen),
    )

    points = [
        one.scores.get(criterion__code="3.1.2").verified_points
        for one in year.period.dossiers.order_by("unit__code")
    ]
    assert points == ([3, None] if "Chưa ghi dòng nào" in refused else [5, 4])
