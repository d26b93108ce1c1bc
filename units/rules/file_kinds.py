"""What kind of file this is, told by its content and never by its name. Pure."""

import re
import zipfile
from dataclasses import dataclass
from typing import BinaryIO

import puremagic

MEGABYTE = 1024 * 1024
LARGEST = 50 * MEGABYTE
HEAD = 4096

ZIP_MARK = b"PK\x03\x04"
PDF_MARK = b"%PDF-"
OLD_OFFICE_MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LOCKED_OFFICE = "EncryptedPackage".encode("utf-16-le")


class FileFault(ValueError):
    """A file that is refused, and why in a Vietnamese sentence."""

    def __init__(self, sentence: str):
        super().__init__(sentence)
        self.sentence = sentence


EMPTY = "Tệp rỗng, không có nội dung."
DAMAGED = "Tệp bị hỏng, không mở được. Đề nghị kiểm tra bản gốc, lưu lại rồi đưa lên."
LOCKED = "Tệp có mật khẩu nên không xem được nội dung. Đề nghị bỏ mật khẩu rồi đưa lên."
OLD_OFFICE = (
    "Tệp Word, Excel kiểu cũ (.doc, .xls) không nhận được. Đề nghị lưu lại thành .docx, .xlsx."
)
TWOFOLD = (
    "Tệp có nội dung của loại khác gắn kèm ở đầu hoặc cuối nên không nhận được. "
    "Đề nghị xuất lại tệp từ phần mềm gốc."
)


@dataclass(frozen=True)
class FileKind:
    """One kind that may be filed. `shown_in_place`: a picture of it can be drawn on a page."""

    extension: str
    content_type: str
    shown_in_place: bool = False
    other_ending: str = ""

    def fits_name(self, name: str) -> bool:
        """Whether a file's name ends as files of this kind do."""
        endings = filter(None, (self.extension, self.other_ending))
        return name.lower().endswith(tuple(f".{ending}" for ending in endings))


_OFFICE = "application/vnd.openxmlformats-officedocument"
_OPEN = "application/vnd.oasis.opendocument"

PDF = FileKind("pdf", "application/pdf", shown_in_place=True)
PNG = FileKind("png", "image/png", shown_in_place=True)
JPG = FileKind("jpg", "image/jpeg", shown_in_place=True, other_ending="jpeg")
DOCX = FileKind("docx", f"{_OFFICE}.wordprocessingml.document")
XLSX = FileKind("xlsx", f"{_OFFICE}.spreadsheetml.sheet")
ODT = FileKind("odt", f"{_OPEN}.text")
ODS = FileKind("ods", f"{_OPEN}.spreadsheet")

KINDS = (PDF, DOCX, XLSX, ODT, ODS, PNG, JPG)
KINDS_WORDS = ", ".join(kind.extension for kind in KINDS)

_SIMPLE = {kind.content_type: kind for kind in (PDF, PNG, JPG)}
_OFFICE_PARTS = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX}
_OPEN_TYPES = {kind.content_type.encode(): kind for kind in (ODT, ODS)}
_ENDING = re.compile(r"\.[a-z][a-z0-9]{1,4}$", re.IGNORECASE)


def kind_by_type(content_type: str) -> FileKind | None:
    """The kind that bears the content type; None where it is none of ours."""
    return next((kind for kind in KINDS if kind.content_type == content_type), None)


def check_size(size: int, *, largest: int = LARGEST) -> None:
    """Neither empty nor over the limit, both in bytes. Raises `FileFault`."""
    if not size:
        raise FileFault(EMPTY)
    if size > largest:
        raise FileFault(f"Tệp lớn hơn {largest // MEGABYTE} MB nên không nhận được.")


def check_name(name: str, kind: FileKind) -> None:
    """A name that ends like another kind of file deceives its reader. Raises `FileFault`."""
    ending = _ENDING.search(name)
    if ending and not kind.fits_name(name):
        raise FileFault(
            f"Tên tệp có đuôi “{ending[0]}” nhưng nội dung là tệp {kind.extension.upper()}. "
            f"Đề nghị đổi đuôi thành “.{kind.extension}” nếu đúng là tệp cần đưa lên."
        )


def kind_of(file: BinaryIO) -> FileKind:
    """The kind of the bytes in a seekable file, left at its beginning. Raises `FileFault`."""
    file.seek(0)
    head = file.read(HEAD)
    try:
        if head.startswith(OLD_OFFICE_MARK):
            raise FileFault(LOCKED if LOCKED_OFFICE in head + file.read() else OLD_OFFICE)
        kind = _zipped(file) if head.startswith(ZIP_MARK) else _SIMPLE.get(_type_of(head))
    finally:
        file.seek(0)
    if kind is None:
        raise FileFault(
            f"Chỉ nhận tệp {KINDS_WORDS}. Nội dung tệp này thuộc loại khác, kể cả khi tên tệp "
            "có đuôi như trên."
        )
    return kind


def begins_as_pdf(file: BinaryIO) -> bool:
    """Whether the bytes call themselves a PDF; the seekable file is left at its beginning. For
    where nothing else is wanted: it says the kind and not that the file is sound."""
    file.seek(0)
    head = file.read(len(PDF_MARK))
    file.seek(0)
    return head == PDF_MARK


def _type_of(head: bytes) -> str:
    try:
        return str(puremagic.magic_string(head)[0].mime_type)
    except (puremagic.PureError, IndexError):
        return ""


def _zipped(file: BinaryIO) -> FileKind | None:
    """The office kinds are all zips: what is inside tells them apart."""
    try:
        with zipfile.ZipFile(file) as parts:
            names = parts.namelist()
            if "[Content_Types].xml" in names:
                return next((_OFFICE_PARTS[name] for name in names if name in _OFFICE_PARTS), None)
            if "mimetype" in names and parts.getinfo("mimetype").file_size < 200:
                return _OPEN_TYPES.get(parts.read("mimetype").strip())
    except RuntimeError as fault:
        raise FileFault(LOCKED) from fault
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError) as fault:
        raise FileFault(DAMAGED) from fault
    return None
