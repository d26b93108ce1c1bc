"""Everything that is asked of a file before it is received. Pure; run where it can do no harm.

A hostile file may hang, grow or crash whoever reads it: `kit/confined.py` runs `examine`.
"""

from typing import BinaryIO

from units.rules.file_kinds import JPG, PDF, PNG, FileFault, FileKind, check_name, kind_of
from units.rules.finding import Finding, check_secrecy_of_text
from units.rules.office_files import check_office
from units.rules.pdf_files import check_pdf
from units.rules.pictures import check_picture


def examine(file: BinaryIO, name: str) -> bytes:
    """A finding about the file, as JSON."""
    try:
        return _examined(file, name).as_json()
    except FileFault as fault:
        return Finding(refusal=fault.sentence).as_json()


def _examined(file: BinaryIO, name: str) -> Finding:
    kind = kind_of(file)
    check_name(name, kind)
    pages, text = _read(file, kind)
    check_secrecy_of_text(text)
    return Finding(content_type=kind.content_type, pages=pages)


def _read(file: BinaryIO, kind: FileKind) -> tuple[int | None, str]:
    """How many pages, where that is known, and what is written in it."""
    if kind == PDF:
        return check_pdf(file)
    if kind in (PNG, JPG):
        check_picture(file, kind)
        return None, ""
    return None, check_office(file, kind)
