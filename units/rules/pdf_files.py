"""What lies inside a PDF: nothing that runs when it is opened; its pages and their text. Pure."""

import re
import zipfile
from typing import BinaryIO

import pikepdf
import pypdfium2

from units.rules.file_kinds import DAMAGED, LOCKED, PDF_MARK, TWOFOLD, FileFault

MOST_OBJECTS = 400_000
MOST_PAGES = 3000
READ_PAGES = 5
MOST_LETTERS = 200_000

SCRIPTED = (
    "Tệp PDF có đoạn mã hoặc lệnh tự chạy (JavaScript, mở chương trình) nên không nhận được. "
    "Đề nghị in lại thành PDF thường."
)
CARRYING = (
    "Tệp PDF có chương trình đính kèm bên trong nên không nhận được. Đề nghị bỏ phần đính kèm."
)
TOO_LONG = f"Tệp PDF có hơn {MOST_PAGES} trang. Đề nghị tách phần cần dùng làm minh chứng."

_RUNNING = frozenset({"/JavaScript", "/Launch", "/RichMediaExecute", "/Rendition", "/Movie"})
_HARMLESS = re.compile(r"\.(xml|csv|json|txt|pdf|png|jpe?g|docx|xlsx|odt|ods)$", re.IGNORECASE)


def check_pdf(file: BinaryIO) -> tuple[int, str]:
    """Number of pages, and the text of the first ones. Raises `FileFault`."""
    _check_frame(file)
    try:
        with pikepdf.open(file) as paper:
            _check_objects(paper)
            pages = len(paper.pages)
    except pikepdf.PasswordError as fault:
        raise FileFault(LOCKED) from fault
    except (pikepdf.PdfError, ValueError, RuntimeError) as fault:
        if isinstance(fault, FileFault):
            raise
        raise FileFault(DAMAGED) from fault
    if not pages:
        raise FileFault(DAMAGED)
    if pages > MOST_PAGES:
        raise FileFault(TOO_LONG)
    return pages, _text(file)


def _check_frame(file: BinaryIO) -> None:
    """A PDF from its first byte to its last, with nothing tied on."""
    file.seek(0)
    content = file.read()
    end = content.rfind(b"%%EOF")
    if not content.startswith(PDF_MARK) or end < 0:
        raise FileFault(DAMAGED)
    if content[end + 5 :].strip(b"\x00\r\n\t ") or zipfile.is_zipfile(file):
        raise FileFault(TWOFOLD)
    if re.search(rb"<(html|script|!doctype|\?php)", content[:1024], re.IGNORECASE):
        raise FileFault(TWOFOLD)


def _check_objects(paper: pikepdf.Pdf) -> None:
    for count, whole in enumerate(paper.objects):
        if count > MOST_OBJECTS:
            raise FileFault(DAMAGED)
        waiting = [whole]
        while waiting:
            waiting += _within(waiting.pop())


def _within(thing: pikepdf.Object) -> list[pikepdf.Object]:
    """What the object holds itself, without what it points to: that stands in the list too."""
    if isinstance(thing, pikepdf.Array):
        return [one for one in thing if _holds(one)]
    if not isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        return []
    said = dict(thing.items())
    if "/JS" in said or str(said.get("/S", "")) in _RUNNING:
        raise FileFault(SCRIPTED)
    if "/EF" in said:
        name = str(said.get("/UF", said.get("/F", "")))
        if not _HARMLESS.search(name):
            raise FileFault(CARRYING)
    return [one for one in said.values() if _holds(one)]


def _holds(thing: object) -> bool:
    return (
        isinstance(thing, pikepdf.Array | pikepdf.Dictionary | pikepdf.Stream)
        and not thing.is_indirect
    )


def _text(file: BinaryIO) -> str:
    file.seek(0)
    try:
        with pypdfium2.PdfDocument(file) as paper:
            pages = range(min(READ_PAGES, len(paper)))
            return "\n".join(str(paper[at].get_textpage().get_text_range()) for at in pages)[
                :MOST_LETTERS
            ]
    except pypdfium2.PdfiumError as fault:
        raise FileFault(DAMAGED) from fault
