"""The picture of the signed paper, kept in the unit's own cabinet."""

from django.db import transaction

from cchc_portal.kit.errors import MoveRefused
from commitments.access import require_writing
from commitments.models import Commitment
from commitments.rules.workflow import CommitmentVerb
from units.models import Document, User
from units.services import documents


def bring(commitment: Commitment, *, by: User, upload, declared_not_secret: bool) -> Commitment:
    """A file is filed in the unit's cabinet and attached. Its examination holds no row.

    Raises PermissionDenied, MoveRefused.
    """
    require_writing(by, commitment)
    _refuse_unless_signed(commitment)
    paper = documents.file(
        commitment.unit, by=by, upload=upload, declared_not_secret=declared_not_secret
    )
    return attach(commitment, by=by, document=paper)


@transaction.atomic
def attach(commitment: Commitment, *, by: User, document: Document) -> Commitment:
    """A paper of the unit's cabinet is the picture of what was signed; a later one takes its place.

    Raises PermissionDenied, MoveRefused (not signed, or a paper of another unit).
    """
    held = Commitment.objects.hold(commitment.pk)
    require_writing(by, held)
    _refuse_unless_signed(held)
    held.scan = paper = hold_own(document, held.unit_id)
    held.save(update_fields=["scan"])
    held.events.create(verb=CommitmentVerb.SCAN, about=paper.title[:500], by=by)
    return held


def hold_own(document: Document, unit: int) -> Document:
    """The paper, locked, of the cabinet of the unit with this key. MoveRefused where it is not."""
    held = Document.objects.hold(document.pk)
    if held.unit_id != unit or held.withdrawn_at:
        raise MoveRefused("Tài liệu không còn trong tủ tài liệu của đơn vị.")
    return held


def _refuse_unless_signed(commitment: Commitment) -> None:
    if not commitment.digest:
        raise MoveRefused("Bản cam kết chưa ký nên chưa có bản chụp để gắn.")
