"""The file cabinet of a unit: papers come into it, are described, and are withdrawn.

Each file lies in it once. Whoever points to a document protects it: it is withdrawn only when
nothing points to it any more.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.files.base import File
from django.db import transaction
from django.template.defaultfilters import filesizeformat
from django.utils import timezone

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from units import tasks
from units.access import may
from units.models import Document, Unit, User
from units.models.previews import forget
from units.permissions import Permission
from units.rules.file_kinds import FileKind
from units.rules.links import LinkFault, check_link
from units.rules.papers import PreviewState
from units.services.intake import digest_of, looked_at, plain_name

MAY_FILE = (Permission.FILL_DOSSIER, Permission.DRAFT_COMMITMENT)

DECLARE = "Đề nghị xác nhận tài liệu không chứa bí mật nhà nước trước khi đưa lên."
GONE = "Tài liệu này đã được rút khỏi tủ tài liệu của đơn vị."


@transaction.atomic
def file(
    unit: Unit,
    *,
    by: User,
    upload: File,
    title: str = "",
    paper_kind: str = "",
    number: str = "",
    office: str = "",
    issued_on: date | None = None,
    declared_not_secret: bool,
) -> Document:
    """A paper comes into the unit's cabinet; the same bytes twice are the same document.

    `upload` is an uploaded file, its kind told by its content. `title` is the file's name where it
    is empty. The first description stays when a file is filed again. Raises PermissionDenied, and
    MoveRefused for a file that is not received, that no longer fits into the cabinet, or that
    nobody declared free of State secrets (Luật Bảo vệ bí mật nhà nước 2018, Điều 5: no State
    secret may be put on a network that is not made for it).
    """
    require_filing(by, unit)
    if not declared_not_secret:
        raise MoveRefused(DECLARE)
    name = plain_name(upload.name)
    digest = digest_of(upload)
    found = looked_at(upload, name=name, digest=digest)
    _hold_cabinet(unit)
    same = unit.documents.in_cabinets().filter(sha256=digest)
    if known := same.first():
        return known
    _demand_room(unit, upload.size)
    document = Document(
        unit=unit,
        title=_one_line(title) or _stem(name, found.kind),
        paper_kind=paper_kind,
        number=number.strip(),
        office=_one_line(office),
        issued_on=issued_on,
        file_name=name,
        content_type=found.content_type,
        pages=found.pages,
        preview=PreviewState.WAITING if found.kind.shown_in_place else PreviewState.NONE,
        size=upload.size,
        sha256=digest,
        **_declared(by),
    )
    document.file.save(name, upload, save=False)
    document.save(force_insert=True)
    if document.preview == PreviewState.WAITING:
        tasks.draw_preview.delay_on_commit(document.pk)
    return document


@transaction.atomic
def note(
    unit: Unit,
    *,
    by: User,
    link: str = "",
    title: str = "",
    paper_kind: str = "",
    number: str = "",
    office: str = "",
    issued_on: date | None = None,
    declared_not_secret: bool,
) -> Document:
    """A paper that is kept elsewhere is noted: by its address on another system, or by its number.

    The address is never fetched; the same address twice is the same document. Raises
    PermissionDenied, MoveRefused.
    """
    require_filing(by, unit)
    if not declared_not_secret:
        raise MoveRefused(DECLARE)
    link, number, title = link.strip(), number.strip(), _one_line(title)
    if not link and not number:
        raise MoveRefused("Đề nghị ghi liên kết, hoặc số và ký hiệu của văn bản.")
    if link:
        try:
            check_link(link, hosts=settings.DOCUMENT_LINK_HOSTS)
        except LinkFault as fault:
            raise MoveRefused(fault.sentence) from fault
    _hold_cabinet(unit)
    known = unit.documents.in_cabinets().filter(link=link).first() if link else None
    return known or Document.objects.create(
        unit=unit,
        title=title or number or link,
        paper_kind=paper_kind,
        number=number,
        office=_one_line(office),
        issued_on=issued_on,
        link=link,
        **_declared(by),
    )


@transaction.atomic
def describe(document: Document, *, by: User, seen_version: int, **said: Any) -> Document:
    """What is said of a document changes: title, paper_kind, number, office, issued_on.

    What is written already is not written again, whatever version was seen. Raises
    PermissionDenied, MoveRefused, ChangedMeanwhile.
    """
    held = Document.objects.hold(document.pk)
    _require_here(held, by)
    said |= {name: _one_line(said[name]) for name in ("title", "number", "office") if name in said}
    changed = {name: value for name, value in said.items() if getattr(held, name) != value}
    if not changed:
        return held
    if held.version != seen_version:
        raise ChangedMeanwhile
    if not changed.get("title", "x"):
        raise MoveRefused("Đề nghị ghi tên, trích yếu của tài liệu.")
    if not (changed.get("number", held.number) or held.file or held.link):
        raise MoveRefused("Văn bản lưu ở nơi khác cần có số và ký hiệu.")
    return _written(held, changed)


@transaction.atomic
def withdraw(document: Document, *, by: User, reason: str) -> Document:
    """A document is taken out of the cabinet: its row stays as a trace, its file goes.

    Raises PermissionDenied; MoveRefused without a reason, or while something points to it.
    """
    held = Document.objects.hold(document.pk)
    _require_here(held, by)
    if not _one_line(reason):
        raise MoveRefused("Đề nghị ghi lý do rút tài liệu.")
    if is_pointed_to(held):
        raise MoveRefused("Tài liệu đang được dùng làm minh chứng nên chưa rút được.")
    _written(
        held,
        {
            "withdrawn_at": timezone.now(),
            "withdrawn_by": by,
            "withdrawn_reason": _one_line(reason),
        },
    )
    if held.file:
        transaction.on_commit(lambda: _destroy(held))
    return held


def is_pointed_to(document: Document) -> bool:
    """Whether anything on the floors above still refers to the document, whatever it is."""
    return any(
        relation.related_model.objects.filter(**{relation.field.name: document}).exists()
        for relation in Document._meta.related_objects
        if not getattr(relation.related_model, "is_trace", False)
    )


def may_see(user: User, unit: Unit | int) -> bool:
    """Whether the cabinet is open to the person: to the unit's own people, whatever their role."""
    return may(user, Permission.SEE_UNIT, at=unit)


def may_file(user: User, unit: Unit | int) -> bool:
    """Whether the person writes for the unit, and so brings papers into its cabinet."""
    return any(may(user, permission, at=unit) for permission in MAY_FILE)


def require_filing(by: User, unit: Unit | int) -> None:
    """PermissionDenied unless the person writes for the unit."""
    if not may_file(by, unit):
        raise PermissionDenied(
            "Đồng chí không có quyền đưa tài liệu vào tủ tài liệu của đơn vị này."
        )


def _require_here(document: Document, by: User) -> None:
    require_filing(by, document.unit_id)
    if document.withdrawn:
        raise MoveRefused(GONE)


def _hold_cabinet(unit: Unit) -> None:
    """One paper at a time comes into a cabinet, so that none comes twice or beyond its room."""
    Unit.objects.select_for_update(of=("self",), no_key=True).get(pk=unit.pk)


def _demand_room(unit: Unit, size: int) -> None:
    stored, room = unit.documents.bytes_stored(), settings.UNIT_STORE_LARGEST
    if stored + size > room:
        raise MoveRefused(
            f"Tủ tài liệu của đơn vị đã dùng {filesizeformat(stored)} trong "
            f"{filesizeformat(room)}, không đủ chỗ cho tệp {filesizeformat(size)} này. "
            "Đề nghị rút những tài liệu không còn dùng."
        )


def _destroy(document: Document) -> None:
    document.file.storage.delete(document.file.name)
    forget(document)


def _declared(by: User) -> dict[str, Any]:
    return {"filed_by": by, "declared_by": by, "declared_at": timezone.now()}


def _written(document: Document, columns: Mapping[str, Any]) -> Document:
    for name, value in columns.items():
        setattr(document, name, value)
    document.version += 1
    document.save(update_fields=[*columns, "version"])
    return document


def _one_line(words: str) -> str:
    return " ".join(words.split())


def _stem(name: str, kind: FileKind) -> str:
    """The name without the ending that its kind says already."""
    return name.rpartition(".")[0] if kind.fits_name(name) else name
