"""Workbooks that are not this dossier's, or not as they went out: refused whole, nothing kept."""

import io

import pytest
from openpyxl import Workbook

from cchc_portal.kit.workbook_file import WorkbookFault
from cchc_portal.kit.workbook_stamp import STAMP_SHEET
from scoring.models import Score, ScoreChange, WorkbookUpload
from scoring.rules.workbook import KEPT_NOTE, Column
from scoring.rules.workbook_changes import Standing
from scoring.services import workbook_drawing, workbooks
from tests.scoring.books import a_book, as_upload, bring, told, write_all
from tests.worlds import Work, a_draft_dossier, a_province, an_open_period, fill

pytestmark = pytest.mark.django_db


@pytest.fixture
def work() -> Work:
    return a_draft_dossier()


def refusal(work: Work, book) -> str:
    """Why the whole file is refused; nothing of it was kept or written."""
    with pytest.raises(WorkbookFault) as refused:
        bring(work, book)
    assert not WorkbookUpload.objects.exists()
    assert not ScoreChange.objects.exists()
    return " ".join(refused.value.sentences)


def test_a_sheet_added_is_told_and_not_read(work):
    book = a_book(work).put("1.1.1", "Có (đạt)")
    book.book.create_sheet("Nháp của tôi").cell(5, 5).value = "=1+1"

    upload = bring(work, book)

    assert upload.remarks == ["Trang “Nháp của tôi” không phải của hồ sơ nên không được đọc."]
    assert set(told(upload)) == {"1.1.1"}


def test_moved_rows(work):
    book = a_book(work)
    page, first = book.page_of("1.1.1")
    _, second = book.page_of("1.1.2")
    for column in range(1, Column.POINTS + 1):
        one, other = page.cell(first, column), page.cell(second, column)
        one.value, other.value = other.value, one.value

    assert "các dòng đã bị xáo trộn từ dòng 5" in refusal(work, book)


@pytest.mark.parametrize("note", ["dài " * 9000, "chuông\x07"], ids=["long", "control"])
def test_a_note_a_workbook_cannot_hold_stays_whole_on_the_portal(work, note):
    fill(work, "1.1.1", {"yes": False}, note=note)
    stored = work.score("1.1.1").self_note
    book = a_book(work).put("1.1.1", "Có (đạt)")
    page, row = book.page_of("1.1.1")
    assert page.cell(row, Column.NOTE).value == KEPT_NOTE

    write_all(work, bring(work, book))

    assert work.score("1.1.1").self_note == stored
    assert work.score("1.1.1").self_answer == {"yes": True}


def test_the_workbook_of_another_unit():
    year = an_open_period(a_province(departments=2))
    work = a_draft_dossier(year)
    other = year.period.dossiers.exclude(pk=work.dossier.pk).get()
    content = workbook_drawing.draw(type(other).objects.for_page().get(pk=other.pk))

    assert "Tệp này là hồ sơ của Phòng Nghiệp vụ 2, không phải của" in refusal(work, content)


def test_the_workbook_of_another_period():
    province = a_province(departments=1)
    work = a_draft_dossier(an_open_period(province))
    later = a_draft_dossier(an_open_period(province, title="Chỉ số năm sau", year=2031))

    assert "Tệp này là hồ sơ của kỳ “Chỉ số năm sau”" in refusal(work, a_book(later))


def test_a_workbook_of_an_older_shape(work, monkeypatch):
    monkeypatch.setattr(workbook_drawing, "FORM", 0)
    content = a_book(work).saved()
    monkeypatch.undo()

    assert "Tệp theo mẫu cũ của cổng" in refusal(work, content)


def test_any_other_workbook(work):
    out = io.BytesIO()
    Workbook().save(out)

    assert "không phải là tệp tải từ cổng" in refusal(work, out.getvalue())


def test_a_stamp_that_was_altered(work):
    book = a_book(work)
    cell = book.book[STAMP_SHEET]["A1"]
    cell.value = cell.value[:-3] + "abc"

    assert "Phần nhận dạng của tệp đã bị sửa" in refusal(work, book)


def test_an_old_workbook_of_the_dossier_tells_what_has_moved(work):
    book = a_book(work).put("1.1.2", 0).put("1.2.2", 3)
    fill(work, "1.2.2", {"items": "5"}, note="mới hơn")

    changes = told(bring(work, book))

    assert changes["1.1.2"].standing == Standing.CHANGE
    assert changes["1.2.2"].standing == Standing.CONFLICT


def test_a_file_with_a_strange_name_is_called_readably(work):
    upload = workbooks.take_in(
        work.now(),
        by=work.editor,
        upload=as_upload(a_book(work).saved(), "a\u202eb\x07\n" + "x" * 300 + ".xlsx"),
    )

    assert upload.file_name.endswith("x.xlsx")
    assert len(upload.file_name) == 200


def test_bringing_a_workbook_writes_nothing_of_the_dossier(work):
    bring(work, a_book(work).put("1.1.1", "Có (đạt)").put("1.2.1", "sai", "sai"))

    assert not Score.objects.filter(dossier=work.dossier, version__gt=1).exists()
