"""What a person sent is looked at before it is received: size, name, virus, inside, secrecy."""

import hashlib
import logging
import os
import unicodedata

from django.conf import settings
from django.core.files.base import File

from cchc_portal.kit.clamd import ScannerUnreachable, virus_in
from cchc_portal.kit.confined import Overstrained, confined
from cchc_portal.kit.errors import MoveRefused
from units.models import Document
from units.rules.file_kinds import FileFault, check_name, check_size
from units.rules.finding import (
    EXAMINE,
    OVERSTRAINED,
    Finding,
    check_secrecy_of_name,
    read_finding,
)

logger = logging.getLogger(__name__)

LONGEST_NAME = 200

UNSCANNED = (
    "Chưa quét được mã độc vì máy quét không trả lời, nên chưa nhận tệp. "
    "Đề nghị thử lại sau ít phút."
)


def digest_of(upload: File) -> str:
    """SHA-256 of the bytes, which are left at their beginning."""
    sha = hashlib.sha256()
    for chunk in upload.chunks():
        sha.update(chunk)
    upload.seek(0)
    return sha.hexdigest()


def plain_name(name: str | None) -> str:
    """The last part of the name a person chose, readable and not too long; only ever shown."""
    last = os.path.basename((name or "").replace("\\", "/"))
    shown = "".join(letter for letter in last if letter.isprintable())
    stem, dot, extension = unicodedata.normalize("NFC", shown).strip().rpartition(".")
    if not stem:
        stem, dot, extension = extension, "", ""
    return f"{stem[: LONGEST_NAME - len(dot + extension[:10])]}{dot}{extension[:10]}" or "tệp"


def looked_at(upload: File, *, name: str, digest: str) -> Finding:
    """What the file is. Bytes that lie in some cabinet already are not read again.

    Raises MoveRefused with the sentence of whatever speaks against the file.
    """
    try:
        check_size(upload.size, largest=settings.DOCUMENT_LARGEST)
        check_secrecy_of_name(name)
        _scan(upload)
        found = _known(digest) or _examined(upload, name)
        check_name(name, found.kind)
    except FileFault as fault:
        raise MoveRefused(fault.sentence) from fault
    return found


def _scan(upload: File) -> None:
    if not settings.CLAMD_URL:
        return
    try:
        virus = virus_in(upload.file, at=settings.CLAMD_URL)
    except ScannerUnreachable as fault:
        logger.error("The virus scanner does not answer: %s", fault)
        raise MoveRefused(UNSCANNED) from fault
    if virus:
        raise FileFault(f"Tệp có mã độc ({virus}) nên không nhận được.")


def _known(digest: str) -> Finding | None:
    same = Document.objects.in_cabinets().filter(sha256=digest).values("content_type", "pages")
    return next((Finding(**row) for row in same[:1]), None)


def _examined(upload: File, name: str) -> Finding:
    try:
        return read_finding(confined(EXAMINE, upload.file, name))
    except Overstrained as fault:
        logger.warning("A file could not be examined: %s", fault)
        raise FileFault(OVERSTRAINED) from fault
