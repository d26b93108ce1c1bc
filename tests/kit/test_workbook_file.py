"""Uploaded bytes that are no workbook, or one made to do harm; each has its own words."""

import io
import re
import zipfile
from pathlib import Path

import pytest

from cchc_portal.kit import workbook_file
from cchc_portal.kit.workbook_file import CellKind, WorkbookFault, read_workbook
from scoring.rules.workbook_changes import Standing
from tests.scoring.papers import DOCX, ODS, PDF
from tests.scoring.rules.papers import CHOICES, Paper

SHEET = "xl/worksheets/sheet2.xml"
STRINGS = "xl/sharedStrings.xml"
OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def rewritten(part: str, change, content: bytes | None = None) -> bytes:
    """A workbook with one of its parts changed: `change` takes the part's bytes."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content or Paper().drawn())) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == part else old.read(name))
    return out.getvalue()


def read(content: bytes, size: int | None = None):
    return read_workbook(io.BytesIO(content), len(content) if size is None else size)


def refusal(content: bytes, size: int | None = None) -> str:
    with pytest.raises(WorkbookFault) as refused:
        read(content, size)
    return " ".join(refused.value.sentences)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "Tệp rỗng"),
        (b"ho ten,diem\n", "không phải là bảng tính Excel"),
        (PDF, "không phải là bảng tính Excel"),
        (DOCX, "không phải là bảng tính Excel"),
        (ODS, "không phải là bảng tính Excel"),
        (OLE + b"\0" * 600, "Đây là tệp Office kiểu cũ"),
        (OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "Tệp có mật khẩu"),
        (b"PK\x03\x04" + b"\0" * 50, "Tệp bị hỏng"),
    ],
    ids=["empty", "csv", "pdf", "docx", "ods", "xls", "encrypted", "torn zip"],
)
def test_what_is_no_workbook_is_called_by_what_it_is(content, words):
    assert words in refusal(content)


def test_a_hundred_megabytes_are_not_even_opened():
    assert "Tệp lớn hơn 10 MB" in refusal(b"PK", size=100 * 1024 * 1024)


def test_a_bomb_is_not_unpacked(monkeypatch):
    bomb = rewritten(STRINGS, lambda part: part + b" " * (20 * 1024 * 1024))
    monkeypatch.setattr(workbook_file, "load_workbook", None)

    assert len(bomb) < 100_000
    assert "bung ra lớn bất thường" in refusal(bomb)


def test_many_large_parts_are_not_unpacked(monkeypatch):
    monkeypatch.setattr(workbook_file, "MOST_UNPACKED", 10_000)

    assert "bung ra lớn bất thường" in refusal(Paper().drawn())


def test_a_part_larger_than_it_says_is_a_broken_file():
    content = bytearray(Paper().drawn())
    with zipfile.ZipFile(io.BytesIO(bytes(content))) as archive:
        told = archive.getinfo(STRINGS).file_size.to_bytes(4, "little")
    content = bytes(content).replace(told, (100).to_bytes(4, "little"))

    assert "Tệp bị hỏng" in refusal(content)


def test_a_part_locked_with_a_password():
    content = bytearray(Paper().drawn())
    central = content.index(b"PK\x01\x02")
    content[central + 8] |= 1

    assert "Tệp có mật khẩu" in refusal(bytes(content))


@pytest.mark.parametrize("part", [SHEET, STRINGS, "xl/workbook.xml", "[Content_Types].xml"])
def test_a_damaged_part(part):
    assert "Tệp bị hỏng" in refusal(rewritten(part, lambda content: content[: len(content) // 2]))


def test_an_entity_that_grows_is_not_followed():
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + b"".join(
        b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9)
    )
    grown = rewritten(
        STRINGS,
        lambda part: part.replace(b"<sst", bomb + b"]><sst", 1).replace(b"<t>", b"<t>&j;", 1),
    )

    assert "Tệp bị hỏng" in refusal(grown)


def test_something_at_the_far_end_of_a_sheet():
    far = rewritten(
        SHEET,
        lambda part: part.replace(
            b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
        ),
    )

    assert f"Trang “{CHOICES}” có nội dung ở quá xa, ngoài 20000 dòng" in refusal(far)


def test_rows_that_reach_out_to_the_last_columns():
    wide = rewritten(
        SHEET,
        lambda part: part.replace(b"</sheetData>", b'<row r="90"><c r="ZZZ90"/></row></sheetData>'),
    )

    assert "hoặc 500 cột đầu" in refusal(wide)


def test_a_large_part_that_would_be_read_whole_is_not_opened():
    padding = bytes(range(32, 127)).replace(b"-", b"").replace(b">", b"") * 15_000
    grown = rewritten("xl/styles.xml", lambda part: part + b"<!--" + padding + b"-->")

    assert "bung ra lớn bất thường" in refusal(grown)


def test_a_row_beyond_what_there_is_ends_the_reading():
    beyond = rewritten(
        SHEET,
        lambda part: part.replace(
            b"</sheetData>", b'<row r="99999999999"><c><v>1</v></c></row></sheetData>'
        ),
    )

    assert "có nội dung ở quá xa" in refusal(beyond)


def test_too_many_cells(monkeypatch):
    monkeypatch.setattr(workbook_file, "MOST_CELLS", 50)

    assert "có hơn 50 ô" in refusal(Paper().drawn())


def test_a_cell_longer_than_excel_allows():
    content = rewritten(STRINGS, lambda part: part.replace(b"<t>", b"<t>" + b"a1 " * 12_000, 1))

    assert "dài quá 32767 ký tự" in refusal(content)


@pytest.mark.parametrize("lie", [b"A1", b"A1:A1", b"A1:XFD1048576", b"C3:D4"])
def test_what_a_sheet_says_of_its_size_is_not_believed(lie):
    book = Paper().filled().put("binary", "Có").put("state", "chưa thực hiện").saved()

    def lying(part: bytes) -> bytes:
        start = part.index(b'<dimension ref="') + 16
        return part[:start] + lie + part[part.index(b'"', start) :]

    assert set(Paper().changes(rewritten(SHEET, lying, book))) == {"binary", "state"}


def test_a_formula_is_seen_as_one_whatever_value_is_left_beside_it():
    book = Paper().filled().put("binary", '=IF(1,"x")').saved()

    def computed(part: bytes) -> bytes:
        start = part.index(b"</f>")
        return part[:start] + b"</f><v>C\xc3\xb3</v>" + part[part.index(b"</c>", start) :]

    content = rewritten(SHEET, computed, book)
    kinds = {cell.kind for cell in read(content)[CHOICES].values()}
    change = Paper().changes(content)["binary"]

    assert CellKind.FORMULA in kinds
    assert change.standing == Standing.INVALID
    assert "là công thức" in change.faults[0]


def test_texts_written_inside_the_cells_are_read():
    book = Paper().filled().saved()
    cell = Paper().filled().answer_cell("binary").coordinate.encode()

    def inline(part: bytes) -> bytes:
        text = f'<c r="{cell.decode()}" t="inlineStr"><is><t>Có</t></is></c>'
        return re.sub(rb'<c r="%s"[^>]*?(/>|>.*?</c>)' % cell, text.encode(), part, count=1)

    assert Paper().changes(rewritten(SHEET, inline, book))["binary"].answer.yes


def test_nothing_that_goes_out_can_run():
    paper = Paper()
    for name in paper.stored:
        paper.fill(name, note="=cmd|' /C calc'!A0")
    for sign in "=+-@\t\r":
        paper.fill("binary", note=f"{sign}1+1")
        with zipfile.ZipFile(io.BytesIO(paper.drawn())) as book:
            sheets = [name for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
            for name in sheets:
                content = book.read(name)
                assert b"<f>" not in content
                assert b"<f " not in content
                assert b"<hyperlink" not in content
            assert not any("external" in name.lower() for name in book.namelist())
            assert len(sheets) == 5


def test_a_file_saved_by_libreoffice_is_read():
    file = Path(__file__).parents[1] / "data" / "workbook-saved-by-libreoffice.xlsx"

    changes = Paper().changes(file.read_bytes())

    assert {name: change.standing for name, change in changes.items()} == {
        "binary": Standing.CHANGE,
        "ratio": Standing.CHANGE,
        "checklist": Standing.CHANGE,
    }
    assert changes["ratio"].answer.as_json() == {"numerator": "46", "denominator": "47"}
    assert changes["checklist"].answer.checked == (0, 2)
    assert changes["binary"].note == "dòng một\ndòng hai"
