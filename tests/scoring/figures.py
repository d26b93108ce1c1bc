"""Figures that units do not assess themselves, and tables of them as their users handle them."""

import io
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from scoring.models import Criterion, FigureUpload, Score
from scoring.rules.answers import parse_rule
from scoring.rules.figure import read_figure
from scoring.rules.figure_reading import Change
from scoring.rules.figure_table import HEADER_ROW, SHEET, Column
from scoring.rules.kinds import Level, Source
from scoring.services import figure_tables, figures, periods
from scoring.services.workbooks import Pick
from tests.worlds import Work, Year, a_prepared_period
from units.models import User

PLACES = {column: place for place, column in enumerate(Column, start=1)}
PAPER = "Công văn số 12/CV-PX03 ngày 15/01/2026"


def put(work: Work, code: str, typed: dict[str, str], *, by: User | None = None, **said) -> Score:
    """The organiser types one figure."""
    score = work.score(code)
    figure = read_figure(parse_rule(score.criterion.rule), score.maximum, typed)
    told = {"source": PAPER, "reason": "", "seen_version": score.version} | said
    return figures.put(score, by=by or work.year.organiser, figure=figure, **told)


class Table:
    """A table being filled in."""

    def __init__(self, content: bytes):
        self.book: Workbook = load_workbook(io.BytesIO(content))

    @property
    def page(self) -> Worksheet:
        return self.book[SHEET]

    def row_of(self, code: str, unit: str) -> int:
        """The row of a component of a unit."""
        for row in range(HEADER_ROW + 1, self.page.max_row + 1):
            if (self.at(row, Column.CODE).value, self.at(row, Column.UNIT_CODE).value) == (
                code,
                unit,
            ):
                return row
        raise AssertionError(f"no row of {code}, {unit}")

    def at(self, row: int, column: Column):
        """A cell."""
        return self.page.cell(row, PLACES[column])

    def put(self, code: str, unit: str, /, **said: Any) -> "Table":
        """Types into a row: points, satisfied, rated, source, reason."""
        row = self.row_of(code, unit)
        for name, value in said.items():
            self.at(row, Column(name)).value = value
        return self

    def saved(self) -> bytes:
        """As a program saves it."""
        out = io.BytesIO()
        self.book.save(out)
        return out.getvalue()


def a_table(year: Year) -> Table:
    """The table of the first block as it is now."""
    return Table(figure_tables.as_workbook(year.block))


def as_upload(content: bytes | Table, name: str = "ket-qua.xlsx") -> SimpleUploadedFile:
    """As a browser sends it."""
    saved = content.saved() if isinstance(content, Table) else content
    return SimpleUploadedFile(name, saved)


def bring_figures(year: Year, content: bytes | Table, name: str = "ket-qua.xlsx") -> FigureUpload:
    """The organiser brings it."""
    upload = as_upload(content, name)
    return figure_tables.take_in(year.block, by=year.organiser, upload=upload)


def told(year: Year, upload: FigureUpload) -> dict[str, Change]:
    """What each row would do, by component and unit."""
    kept = FigureUpload.objects.for_page().get(pk=upload.pk)
    changes = figure_tables.changes_of(kept, by=year.organiser)
    return {change.row.named: change for _, change in changes}


def pick_all(year: Year, upload: FigureUpload) -> list[Pick]:
    """Every row that may be written, at the version it has now."""
    kept = FigureUpload.objects.for_page().get(pk=upload.pk)
    changes = figure_tables.changes_of(kept, by=year.organiser)
    return [Pick(score.pk, score.version) for score, change in changes if change.may_be_written]


def write(year: Year, upload: FigureUpload, picks: list[Pick] | None = None) -> int:
    """The organiser writes what was picked, or all that may be."""
    kept = FigureUpload.objects.for_page().get(pk=upload.pk)
    chosen = pick_all(year, upload) if picks is None else picks
    return figure_tables.write(kept, by=year.organiser, picks=chosen)


def a_year_with(source: Source) -> Year:
    """An open period in which 4.1.1 is a bonus or a penalty on top of 100 points."""
    year = a_prepared_period()
    above, owned = None, year.block.criteria_set
    for place, level in enumerate(Level):
        code = ".".join(["4", "1", "1"][: place + 1])
        leaf = {"source": source, "rule": {"type": "given"}, "key": "t_them"}
        above = Criterion.objects.create(
            criteria_set=owned,
            parent=above,
            level=level,
            code=code,
            title="Điểm thưởng, điểm trừ",
            maximum=3,
            position=100 + place,
            **(leaf if level == Level.COMPONENT else {}),
        )
    year.period = periods.open(year.period, by=year.organiser)
    return year
