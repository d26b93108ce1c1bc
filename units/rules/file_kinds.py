"""What kind of file this is, told by its content and never by its name. Pure."""

import zipfile
from dataclasses import dataclass
from typing import BinaryIO

import puremagic

LARGEST = 50 * 1024 * 1024
LARGEST_WORDS = "50 MB"
HEAD = 4096

ZIP_MARK = b"PK\x03\x04"
MACROS = "vbaproject.bin"


class FileFault(ValueError):
    """A file that is refused, and why in a Vietnamese sentence."""

    def __init__(self, sentence: str):
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True)
class FileKind:
    """One kind that may be filed. `shown_in_place`: browsers draw it without running anything."""

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


def kind_by_type(content_type: str) -> FileKind | None:
    """The kind that bears the content type; None where it is none of ours."""
    return next((kind for kind in KINDS if kind.content_type == content_type), None)


def kind_of(file: BinaryIO, size: int) -> FileKind:
    """The kind of the bytes in a seekable file of `size` bytes. Raises `FileFault`.

    The file is left at its beginning.
    """
    if not size:
        raise FileFault("Tệp rỗng, không có nội dung.")
    if size > LARGEST:
        raise FileFault(f"Tệp lớn hơn {LARGEST_WORDS} nên không nhận được.")
    file.seek(0)
    head = file.read(HEAD)
    try:
        kind = _zipped(file) if head.startswith(ZIP_MARK) else _SIMPLE.get(_type_of(head))
    finally:
        file.seek(0)
    if kind is None:
        raise FileFault(
            f"Chỉ nhận tệp {KINDS_WORDS}. Nội dung tệp này thuộc loại khác, kể cả khi tên tệp "
            "có đuôi như trên."
        )
    return kind


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
            if any(name.lower().endswith(MACROS) for name in names):
                raise FileFault(
                    "Tệp có chứa macro nên không nhận được. Đề nghị lưu lại không macro."
                )
            if "[Content_Types].xml" in names:
                return next((_OFFICE_PARTS[name] for name in names if name in _OFFICE_PARTS), None)
            if "mimetype" in names and parts.getinfo("mimetype").file_size < 200:
                return _OPEN_TYPES.get(parts.read("mimetype").strip())
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as fault:
        raise FileFault("Tệp bị hỏng hoặc có mật khẩu, không đọc được.") from fault
    return None
