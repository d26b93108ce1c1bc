"""Which paper proves a component: brought, attached, located, taken off.

units/services/documents.py files it. Rows are held in one order: dossier, score, document.
"""

from django.db import transaction
from django.utils import timezone

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from scoring.models import Dossier, Evidence, RemovedEvidence, Score
from scoring.reply_access import require_papers
from scoring.rules.kinds import Source
from scoring.services.scores import note_evidence
from units.models import Document, User
from units.services import documents


def bring(score: Score, *, by: User, upload, declared_not_secret: bool) -> Evidence:
    """A file is filed in the unit's cabinet and attached. Its examination holds no row.

    Raises PermissionDenied, MoveRefused.
    """
    require_papers(by, score.dossier, score, now=timezone.now())
    _require_of_the_unit(score)
    document = documents.file(
        score.dossier.unit, by=by, upload=upload, declared_not_secret=declared_not_secret
    )
    return attach(score, by=by, document=document)


@transaction.atomic
def attach(
    score: Score, *, by: User, document: Document, page: int | None = None, passage: str = ""
) -> Evidence:
    """The unit points to a document of its own cabinet: at which page, which passage.

    Raises PermissionDenied, or MoveRefused where the pen is closed, the component is not the
    unit's to assess, the document is another unit's, withdrawn, or attached already.
    """
    held = _hold(score, by)
    _require_of_the_unit(held)
    paper = Document.objects.hold(document.pk)
    if paper.unit_id != held.dossier.unit_id:
        raise MoveRefused("Tài liệu không thuộc tủ tài liệu của đơn vị.")
    if paper.withdrawn:
        raise MoveRefused(documents.GONE)
    if held.evidence.filter(document=paper).exists():
        raise MoveRefused("Tài liệu này đã gắn với tiêu chí.")
    _require_page(paper, page)
    evidence = Evidence(score=held, document=paper, page=page, passage=passage.strip(), added_by=by)
    note_evidence(held, before="", after=_told(evidence), by=by)
    evidence.save()
    return evidence


@transaction.atomic
def locate(
    evidence: Evidence, *, by: User, page: int | None, passage: str, seen_version: int
) -> Evidence:
    """Where in the document the component is proved. What is written is not written again.

    Raises PermissionDenied, MoveRefused, ChangedMeanwhile.
    """
    held = _hold(evidence.score, by)
    found = held.evidence.select_related("document").filter(pk=evidence.pk).first()
    if found is None:
        raise MoveRefused("Tài liệu này vừa được gỡ khỏi tiêu chí.")
    _require_not_judged(found)
    passage = passage.strip()
    if (found.page, found.passage) == (page, passage):
        return found
    if found.version != seen_version:
        raise ChangedMeanwhile
    _require_page(found.document, page)
    before = _told(found)
    found.page, found.passage, found.version = page, passage, found.version + 1
    note_evidence(held, before=before, after=_told(found), by=by)
    found.save(update_fields=["page", "passage", "version"])
    return found


@transaction.atomic
def detach(evidence: Evidence, *, by: User, reason: str) -> Score:
    """The unit takes a document off a component, and says why.

    The document stays in the cabinet; a trace of who, when and why stays with the component.
    Raises PermissionDenied, MoveRefused.
    """
    held = _hold(evidence.score, by)
    if not reason.strip():
        raise MoveRefused("Đề nghị ghi lý do gỡ tài liệu.")
    gone = held.evidence.select_related("document").filter(pk=evidence.pk).first()
    if gone is None:
        return held
    _require_not_judged(gone)
    RemovedEvidence.objects.create(
        score=held,
        document=gone.document,
        page=gone.page,
        passage=gone.passage,
        added_at=gone.added_at,
        added_by_id=gone.added_by_id,
        removed_by=by,
        reason=" ".join(reason.split()),
    )
    note_evidence(held, before=_told(gone), after="", by=by)
    gone.delete()
    return held


def _hold(score: Score, by: User) -> Score:
    """The score, held after its dossier, whose pen the person has in hand."""
    dossier = Dossier.objects.hold(score.dossier_id)
    held = Score.objects.hold(score.pk)
    held.dossier = dossier
    dossier.period.refresh_from_db(fields=["state"])  # a lock may have passed while we waited
    require_papers(by, dossier, held, now=timezone.now())
    return held


def _require_not_judged(evidence: Evidence) -> None:
    """What the verdict was about stays as it was; only what came in reply to it may change."""
    score = evidence.score
    verified_at = score.dossier.verified_at
    judged = verified_at is not None and evidence.added_at < verified_at
    if judged or score.explanations.filter(sent_at__gt=evidence.added_at).exists():
        raise MoveRefused(
            "Tài liệu này đã được xem xét khi thẩm định nên không sửa, không gỡ được; đơn vị gắn "
            "thêm tài liệu mới."
        )


def _require_of_the_unit(score: Score) -> None:
    if score.criterion.source != Source.SELF:
        raise MoveRefused("Tiêu chí này do cơ quan thẩm định chấm, đơn vị không gắn minh chứng.")


def _require_page(document: Document, page: int | None) -> None:
    if page and document.pages and page > document.pages:
        raise MoveRefused(f"Tài liệu chỉ có {document.pages} trang.")


def _told(evidence: Evidence) -> str:
    page = f", trang {evidence.page}" if evidence.page else ""
    passage = f": “{evidence.passage}”" if evidence.passage else ""
    return f"{evidence.document.title}{page}{passage}"
