"""The file cabinet of a unit: filing a paper. Each file lies in it once."""

import hashlib
import os
import unicodedata
from datetime import date

from django.core.exceptions import PermissionDenied
from django.core.files.base import File
from django.db import IntegrityError, transaction

from cchc_portal.kit.errors import MoveRefused
from units.access import may
from units.models import Document, Unit, User
from units.permissions import Permission
from units.rules.file_kinds import FileFault, kind_of

MAY_FILE = (Permission.FILL_DOSSIER, Permission.DRAFT_COMMITMENT)
LONGEST_NAME = 200


@transaction.atomic
def file(
    unit: Unit,
    *,
    by: User,
    upload: File,
    title: str = "",
    number: str = "",
    office: str = "",
    issued_on: date | None = None,
    declared_not_secret: bool,
) -> Document:
    """A paper comes into the unit's cabinet; the same bytes twice are the same document.

    `upload` is an uploaded file of at most 50 MB, its kind told by its content. `title` is the
    file's name where it is empty. The first description stays when a file is filed again.
    Raises PermissionDenied, and MoveRefused for a file that is not received or that nobody
    declared free of State secrets (Luật Bảo vệ bí mật nhà nước 2018, Điều 5: no State secret may
    be put on a network that is not made for it).
    """
    if not any(may(by, permission, at=unit) for permission in MAY_FILE):
        raise PermissionDenied(
            "Đồng chí không có quyền đưa tài liệu vào tủ tài liệu của đơn vị này."
        )
    if not declared_not_secret:
        raise MoveRefused("Đề nghị xác nhận tệp không chứa bí mật nhà nước trước khi đưa lên.")
    try:
        kind = kind_of(upload.file, upload.size)
    except FileFault as fault:
        raise MoveRefused(fault.sentence) from fault
    digest = _digest(upload)
    name = _plain_name(upload.name)
    document = Document(
        unit=unit,
        title=" ".join(title.split()) or name,
        number=number.strip(),
        office=" ".join(office.split()),
        issued_on=issued_on,
        file_name=name,
        content_type=kind.content_type,
        size=upload.size,
        sha256=digest,
        filed_by=by,
    )
    return _filed_once(document, upload)


def _filed_once(document: Document, upload: File) -> Document:
    same = Document.objects.filter(unit=document.unit, sha256=document.sha256)
    if known := same.first():
        return known
    document.file.save(document.file_name, upload, save=False)
    try:
        with transaction.atomic():
            document.save(force_insert=True)
    except IntegrityError:
        # Somebody filed the same bytes in the meantime; theirs is the document.
        document.file.storage.delete(document.file.name)
        return same.get()
    return document


def _digest(upload: File) -> str:
    sha = hashlib.sha256()
    for chunk in upload.chunks():
        sha.update(chunk)
    upload.seek(0)
    return sha.hexdigest()


def _plain_name(name: str | None) -> str:
    """The last part of the name a person chose, readable and not too long; only ever shown."""
    last = os.path.basename((name or "").replace("\\", "/"))
    shown = "".join(letter for letter in last if letter.isprintable())
    stem, dot, extension = unicodedata.normalize("NFC", shown).strip().rpartition(".")
    if not stem:
        stem, dot, extension = extension, "", ""
    return f"{stem[: LONGEST_NAME - len(dot + extension[:10])]}{dot}{extension[:10]}" or "tệp"
