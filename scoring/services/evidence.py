"""Which paper proves a component: attaching and detaching. units/services/documents.py files it."""

from django.db import transaction
from django.utils import timezone

from cchc_portal.kit.errors import MoveRefused
from scoring.access import require_fill, require_not_held_back
from scoring.models import Dossier, Evidence, Score
from scoring.rules.kinds import Source
from scoring.services.scores import note_evidence
from units.models import Document, User


@transaction.atomic
def attach(
    score: Score, *, by: User, document: Document, page: int | None = None, passage: str = ""
) -> Evidence:
    """The unit points to a document of its own cabinet: at which page, which passage.

    Raises PermissionDenied, or MoveRefused where the pen is closed, the component is not the
    unit's to assess, the document is another unit's, or is attached already.
    """
    dossier = Dossier.objects.hold(score.dossier_id)
    held = Score.objects.hold(score.pk)
    require_fill(by, dossier, today=timezone.localdate())
    require_not_held_back(dossier, held)
    if held.criterion.source != Source.SELF:
        raise MoveRefused("Tiêu chí này do cơ quan thẩm định chấm, đơn vị không gắn minh chứng.")
    if document.unit_id != dossier.unit_id:
        raise MoveRefused("Tài liệu không thuộc tủ tài liệu của đơn vị.")
    if held.evidence.filter(document=document).exists():
        raise MoveRefused("Tài liệu này đã gắn với tiêu chí.")
    evidence = Evidence(
        score=held, document=document, page=page, passage=passage.strip(), added_by=by
    )
    note_evidence(held, before="", after=_told(evidence), by=by)
    evidence.save()
    return evidence


@transaction.atomic
def detach(evidence: Evidence, *, by: User) -> Score:
    """The unit takes a document off a component; it stays in the cabinet, and the log tells of it.

    Raises PermissionDenied, MoveRefused.
    """
    score = evidence.score
    dossier = Dossier.objects.hold(score.dossier_id)
    held = Score.objects.hold(score.pk)
    require_fill(by, dossier, today=timezone.localdate())
    require_not_held_back(dossier, held)
    if attached := held.evidence.filter(pk=evidence.pk):
        note_evidence(held, before=_told(evidence), after="", by=by)
        attached.delete()
    return held


def _told(evidence: Evidence) -> str:
    page = f", trang {evidence.page}" if evidence.page else ""
    return f"{evidence.document.title}{page}"
