"""Files of commitments that are drawn."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from tempfile import TemporaryFile
from typing import IO

from xlsxwriter import Workbook

from cchc_portal.kit.cell_words import clean
from cchc_portal.kit.numerals import half_up
from cchc_portal.kit.workbook_file import LONGEST_CELL
from cchc_portal.kit.workbook_looks import A4, LINE, PALE, Looks, write
from commitments.models import CommitmentTask, Voice
from commitments.rules.register import COLUMNS, VOICE_COLUMNS, Cell, Heading
from commitments.rules.task_table import cells_of
from commitments.rules.terms import LABELS

TAB = "Sổ nhiệm vụ"


def register(tasks: Iterable[CommitmentTask], *, title: str, note: str = "") -> IO[bytes]:
    """The tasks as an open Excel file that vanishes when closed; a row is forgotten once written.

    Texts are written as texts, whatever they begin with. note: a line below the title.
    """
    return _table(map(_row, tasks), COLUMNS, tab=TAB, title=title, note=note, frozen=7)


def voice_register(voices: Iterable[Voice], *, note: str = "") -> IO[bytes]:
    """Remarks as an Excel file of the same kind: neither what was said nor who said it is in it."""
    rows = map(_voice_row, voices)
    title = "Sổ theo dõi phản ánh, kiến nghị"
    return _table(rows, VOICE_COLUMNS, tab="Phản ánh, kiến nghị", title=title, note=note, frozen=1)


def _table(
    rows: Iterable[Sequence[Cell]],
    columns: Sequence[Heading],
    *,
    tab: str,
    title: str,
    note: str,
    frozen: int,
) -> IO[bytes]:
    out = TemporaryFile()  # noqa: SIM115 – whoever answers with it closes it
    book = Workbook(out, {"constant_memory": True})
    book.set_properties({"title": clean(title)})
    looks = Looks(book, closed=True)
    page = book.add_worksheet(tab)
    for place, column in enumerate(columns):
        page.set_column(place, place, column.width)
    page.freeze_panes(3, frozen)
    page.set_landscape()
    page.set_paper(A4)
    page.fit_to_pages(1, 0)
    page.repeat_rows(2)
    page.set_footer("&RTrang &P/&N")
    page.write_string(0, 0, clean(title), looks.title())
    page.write_string(1, 0, clean(note), looks.look(text_wrap=False))
    page.set_row(2, 2 * LINE)
    heading = looks.cell(bold=True, bg_color=PALE, valign="vcenter", align="center")
    for place, column in enumerate(columns):
        page.write_string(2, place, column.title, heading)
    words, figure = looks.cell(), looks.cell(align="right")
    day = looks.cell(align="center", num_format="dd/mm/yyyy")
    last = 2
    for last, row in enumerate(rows, start=3):
        for place, cell in enumerate(row):
            if isinstance(cell, date):
                page.write_datetime(last, place, cell, day)
            elif isinstance(cell, Decimal | int):
                write(page, last, place, Decimal(cell), figure)
            else:
                write(page, last, place, cell[:LONGEST_CELL], words)
    page.autofilter(2, 0, max(last, 3), len(columns) - 1)
    book.close()
    out.seek(0)
    return out


def _row(task: CommitmentTask) -> list[Cell]:
    paper, terms = task.commitment, cells_of(task.terms)
    share = task.progress_percent
    aim = terms["aim"] if task.target is not None else ""
    standing = str(task.standing.label) if paper.countersigned else ""
    return [
        paper.year,
        paper.party,
        paper.receiving_party,
        str(paper.get_state_display()),
        task.label,
        *((terms | {"aim": aim})[column] for column in LABELS),
        standing,
        task.result,
        "" if task.reached is None else task.reached,
        "" if share is None else half_up(share, 1),
        task.done_on or "",
        str(task.get_verdict_display()) if task.verdict else "",
    ]


def _voice_row(voice: Voice) -> list[Cell]:
    return [
        voice.label,
        voice.book.name,
        voice.unit.name,
        voice.concerns.name,
        str(voice.get_channel_display()),
        str(voice.get_kind_display()),
        voice.received_on,
        "" if voice.legal else voice.due_on,
        voice.standing_words,
        str(voice.get_result_display()) if voice.result else "",
        voice.answered_on or "",
        voice.answer_number,
        voice.first_answered_on or "",
        voice.time_words,
        "có" if voice.was_late else "",
        voice.referred_to,
    ]
