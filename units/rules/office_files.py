"""Inside docx, xlsx, odt and ods: nothing that runs, grows or hides; and their text. Pure."""

import io
import re
import zipfile
import zlib
from collections.abc import Callable
from typing import BinaryIO
from xml.parsers import expat

from units.rules.file_kinds import (
    DAMAGED,
    DOCX,
    LOCKED,
    ODS,
    ODT,
    TWOFOLD,
    XLSX,
    FileFault,
    FileKind,
)

MOST_PARTS = 5000
MOST_UNPACKED = 300 * 1024 * 1024
MOST_TIMES = 150
SMALL_PART = 1024 * 1024
MOST_LETTERS = 3_000_000

BOMB = "Tệp nén bung ra lớn bất thường nên không nhận được. Đề nghị lưu lại bản gọn hơn."
MACROS = "Tệp có chứa macro nên không nhận được. Đề nghị lưu lại không macro."
EMBEDDED = (
    "Tệp có nhúng đối tượng OLE hoặc chương trình nên không nhận được. Đề nghị bỏ phần nhúng."
)
WEB_INSIDE = (
    "Tệp có nhúng trang web (HTML) hoặc đoạn mã nên không nhận được. Đề nghị bỏ phần nhúng."
)
FROM_ELSEWHERE = (
    "Tệp tự tải mẫu hoặc dữ liệu từ nơi khác khi mở nên không nhận được. "
    "Đề nghị bỏ liên kết tự động rồi lưu lại."
)

_END_MARK = b"PK\x05\x06"
_END_SIZE = 22
_NEEDED = {
    DOCX: "word/document.xml",
    XLSX: "xl/workbook.xml",
    ODT: "content.xml",
    ODS: "content.xml",
}
_TEXTS = re.compile(
    r"^(word/(document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml"
    r"|xl/(sharedStrings|comments\d*|worksheets/sheet\d+)\.xml|(content|styles)\.xml)$"
)
_MACRO_PARTS = re.compile(r"(vba(project|data)[^/]*|(^|/)(basic|scripts)/.+)$", re.IGNORECASE)
_OBJECTS = re.compile(
    r"(/activex/|/embeddings/[^/]+\.(bin|ole)$|\.(exe|dll|com|scr|bat|cmd|ps1|vbs|jar|class|msi|lnk)$)",
    re.IGNORECASE,
)
_WEB = re.compile(r"\.(html?|xhtml|mht|mhtml|hta|js|svgz|swf|rtf)$", re.IGNORECASE)
_INNER = re.compile(r"/embeddings/[^/]+\.(docx|xlsx|pptx)$", re.IGNORECASE)
_FETCHING = ("attachedTemplate", "oleObject", "frame", "subDocument")
_BREAKS = frozenset({"p", "h", "si", "br", "tab", "c", "table-cell", "tr"})
_RUNS = frozenset(
    {"ddelink", "dde-source", "dde-connection-decl", "event-listener", "script", "applet"}
)
_FIELD = re.compile(r"(^|\n|\W)DDE(AUTO)?\s+\S")


def check_office(file: BinaryIO, kind: FileKind) -> str:
    """The text of a file of the kind, paragraph by paragraph. Raises `FileFault`."""
    _check_frame(file)
    try:
        with zipfile.ZipFile(file) as parts:
            _check_parts(parts)
            if _NEEDED[kind] not in parts.namelist():
                raise FileFault(DAMAGED)
            return _read(parts)
    except RuntimeError as fault:
        raise FileFault(LOCKED) from fault
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError) as fault:
        raise FileFault(DAMAGED) from fault


def _check_frame(file: BinaryIO) -> None:
    """A zip from its first byte to its last, with nothing tied on."""
    size = file.seek(0, io.SEEK_END)
    file.seek(max(0, size - 65_536))
    tail = file.read()
    at = tail.rfind(_END_MARK)
    if at < 0:
        raise FileFault(DAMAGED)
    if len(tail) - at != _END_SIZE:
        raise FileFault(TWOFOLD)


def _check_parts(parts: zipfile.ZipFile) -> None:
    listed = parts.infolist()
    if len(listed) > MOST_PARTS or sum(part.file_size for part in listed) > MOST_UNPACKED:
        raise FileFault(BOMB)
    if len({part.filename for part in listed}) != len(listed):
        raise FileFault(DAMAGED)
    for part in listed:
        if part.flag_bits & 1:
            raise FileFault(LOCKED)
        if part.file_size > SMALL_PART and part.file_size > MOST_TIMES * part.compress_size:
            raise FileFault(BOMB)
        if _MACRO_PARTS.search(part.filename):
            raise FileFault(MACROS)
        if _OBJECTS.search(part.filename):
            raise FileFault(EMBEDDED)
        if _WEB.search(part.filename):
            raise FileFault(WEB_INSIDE)
    for part in listed:
        if _INNER.search(part.filename):
            with zipfile.ZipFile(io.BytesIO(parts.read(part))) as inner:
                _check_parts(inner)


def _read(parts: zipfile.ZipFile) -> str:
    text = _Text()
    for name in parts.namelist():
        if name.endswith(".rels") or name == "[Content_Types].xml":
            _walk(parts.read(name), _check_relation)
        elif name == "META-INF/manifest.xml":
            _walk(parts.read(name), _check_lock)
        elif _TEXTS.match(name):
            _walk(parts.read(name), _check_element, text)
    words = "".join(text.pieces)
    if _FIELD.search(words):
        raise FileFault(FROM_ELSEWHERE)
    return words


def _check_relation(tag: str, said: dict[str, str]) -> None:
    if "macroEnabled" in said.get("ContentType", ""):
        raise FileFault(MACROS)
    kind = said.get("Type", "").rpartition("/")[2]
    if tag == "relationship" and kind == "aFChunk":
        raise FileFault(WEB_INSIDE)
    if tag == "relationship" and said.get("TargetMode") == "External" and kind in _FETCHING:
        raise FileFault(FROM_ELSEWHERE)


def _check_lock(tag: str, said: dict[str, str]) -> None:
    if tag == "encryption-data":
        raise FileFault(LOCKED)


def _check_element(tag: str, said: dict[str, str]) -> None:
    if tag in _RUNS:
        raise FileFault(WEB_INSIDE)


class _Text:
    """What is written, up to a limit: a workbook of a million figures is not kept whole."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.room = MOST_LETTERS

    def add(self, piece: str) -> None:
        if self.room > 0:
            self.pieces.append(piece)
            self.room -= len(piece)


def _walk(
    content: bytes, met: Callable[[str, dict[str, str]], None], text: _Text | None = None
) -> None:
    """Every element is met by its bare name with its attributes; what is written goes to `text`."""
    reader = expat.ParserCreate()

    def opened(name: str, said: dict[str, str]) -> None:
        bare = name.rpartition(":")[2].lower()
        met(bare, said)
        if text and bare in ("br", "tab"):
            text.add("\n")

    def closed(name: str) -> None:
        if text and name.rpartition(":")[2].lower() in _BREAKS:
            text.add("\n")

    def declared(*_: object) -> None:
        raise FileFault(DAMAGED)

    reader.StartElementHandler = opened
    reader.EndElementHandler = closed
    if text:
        reader.CharacterDataHandler = text.add
    reader.StartDoctypeDeclHandler = declared
    try:
        reader.Parse(content, True)
    except expat.ExpatError as fault:
        raise FileFault(DAMAGED) from fault
