"""Signed files of an edition: signed on the portal, or signed elsewhere and brought back."""

from datetime import datetime

from django.conf import settings
from django.core.cache import cache
from django.core.files.base import File
from django.db import transaction

from cchc_portal.kit.errors import MoveRefused
from reports import access
from reports.models import Edition, RenderState, SignedFile, SignedKind, SignedState
from reports.tasks import SIGNING_IS_TOLD, UNDER_WAY, check_signed_file, sign_edition, signing_of
from units.models import User
from units.rules.file_kinds import begins_as_pdf
from units.services.intake import digest_of, looked_at, plain_name

PDF = "application/pdf"
NO_PAPER = "Bản công bố chưa có tệp PDF; đề nghị chờ kết xuất xong."
NOT_A_PDF = (
    "Tệp vừa chọn không phải là tệp PDF. Quyết định đã ký, dù ký số hay quét từ bản giấy, "
    "chỉ nhận ở dạng PDF; đề nghị chọn lại tệp."
)
UNDECLARED = "Đề nghị xác nhận tệp không chứa bí mật nhà nước."


def has_key() -> bool:
    """Whether the environment names a key by which the portal signs."""
    return bool(settings.SIGNING_TOKEN or settings.SIGNING_PKCS12)


def sign(edition: Edition, *, by: User) -> None:
    """The head of the assessor has the portal sign the edition's paper; a worker does it.

    Raises PermissionDenied, or MoveRefused (no key, no paper yet, signed here already, under way).
    """
    access.require_sign(by, edition)
    if not has_key():
        raise MoveRefused("Cổng chưa được cấu hình khóa ký số; đề nghị ký ngoài cổng rồi tải lên.")
    if edition.render_state != RenderState.DONE:
        raise MoveRefused(NO_PAPER)
    if edition.signed_files.signed_here().exists():
        raise MoveRefused("Bản công bố này đã được ký trên cổng.")
    if cache.get(signing_of(edition.pk)) == UNDER_WAY:
        raise MoveRefused("Bản công bố này đang được ký.")
    cache.set(signing_of(edition.pk), UNDER_WAY, SIGNING_IS_TOLD)
    # Where no broker answers it may be pressed again when the word of it has faded.
    sign_edition.delay_on_commit(edition.pk, by.pk)


@transaction.atomic
def receive(
    edition: Edition, *, by: User, upload: File, kind: str, declared_not_secret: bool
) -> SignedFile:
    """A file that was signed elsewhere is kept beside ours; the same bytes twice are the same file.

    What is said to bear digital signatures is looked at by a worker, and public only when it is
    the edition's own file and signatures; a scan is kept as one. Raises PermissionDenied, or
    MoveRefused (no paper yet, no PDF, not declared free of State secrets, not received).
    """
    access.require_print(by, edition)
    if not declared_not_secret:
        raise MoveRefused(UNDECLARED)
    digest, name = digest_of(upload), plain_name(upload.name)
    # Asked first of all: whoever looks at any file would name the other kinds that cabinets take.
    other = upload.size and not begins_as_pdf(upload)
    if other or looked_at(upload, name=name, digest=digest).content_type != PDF:
        raise MoveRefused(NOT_A_PDF)
    held = Edition.objects.hold(edition.pk)
    if held.render_state != RenderState.DONE:
        raise MoveRefused(NO_PAPER)
    scanned = kind == SignedKind.SCAN
    if known := held.signed_files.standing().filter(sha256=digest).first():
        if known.state == SignedState.REFUSED or scanned != (known.kind == SignedKind.SCAN):
            told = f"{known.get_kind_display()}, {known.get_state_display().lower()}"
            raise MoveRefused(f"Tệp này đã có ở đây ({told}); đề nghị rút tệp đó trước.")
        return known
    row = SignedFile(
        edition=held,
        kind=SignedKind.SCAN if scanned else SignedKind.BROUGHT,
        file_name=name,
        size=upload.size,
        sha256=digest,
        by=by,
        state=SignedState.UNVERIFIED if scanned else SignedState.WAITING,
    )
    row.file.save(name, upload, save=False)
    row.save(force_insert=True)
    if row.state == SignedState.WAITING:
        check_signed_file.delay_on_commit(row.pk)
    return row


@transaction.atomic
def withdraw(signed: SignedFile, *, by: User, reason: str) -> SignedFile:
    """A file brought by mistake is no longer shown; that it was there stays.

    Raises PermissionDenied, or MoveRefused (withdrawn already, being looked at, no reason).
    """
    held = SignedFile.objects.hold(signed.pk)
    access.require_print(by, held.edition)
    if not reason.strip():
        raise MoveRefused("Đề nghị ghi lý do rút.")
    if held.state in (SignedState.WITHDRAWN, SignedState.WAITING):
        raise MoveRefused("Tệp này đã rút hoặc đang được kiểm tra.")
    held.state = SignedState.WITHDRAWN
    held.fault = f"{by.full_name}: {reason.strip()}"[:500]
    held.save(update_fields=["state", "fault"])
    return held


@transaction.atomic
def send_lost_ones_again(*, waiting_since: datetime) -> list[SignedFile]:
    """For the clock: files that nobody has looked at since before this moment."""
    lost = list(SignedFile.objects.lost(waiting_since=waiting_since))
    for row in lost:
        check_signed_file.delay_on_commit(row.pk)
    return lost
