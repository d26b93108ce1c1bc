"""What the unit may do to a document of its cabinet while dossiers point to it."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from cchc_portal.kit.errors import MoveRefused
from scoring.access import why_pen_is_closed
from scoring.models import Dossier
from units.models import Document, User
from units.services import documents


@transaction.atomic
def describe(document: Document, *, by: User, seen_version: int, **said: Any) -> Document:
    """What is said of a document changes, unless a dossier out of the unit's hands points to it.

    Whoever received the dossier goes on reading what was handed in. Raises PermissionDenied,
    MoveRefused, ChangedMeanwhile.
    """
    documents.require_filing(by, document.unit_id)
    today = timezone.localdate()
    pointing = Dossier.objects.filter(scores__evidence__document=document).values("pk")
    held = Dossier.objects.filter(pk__in=pointing).order_by("pk").select_related("period")
    for dossier in held.select_for_update(of=("self",), no_key=True):
        if why_pen_is_closed(dossier, today=today):
            raise MoveRefused(
                "Tài liệu là minh chứng của hồ sơ đã trình nộp hoặc đã hết hạn "
                f"(năm {dossier.period.year}) nên không sửa được tên, số và ký hiệu."
            )
    return documents.describe(document, by=by, seen_version=seen_version, **said)
