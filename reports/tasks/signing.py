"""Errands of signing. Each takes a key and holds no rule."""

import hashlib
import json
import logging

from celery import shared_task
from django.conf import settings
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from cchc_portal.kit.confined import Overstrained, confined
from cchc_portal.kit.signed_faults import EXAMINE, Fault
from cchc_portal.kit.token_named import KeyFault
from reports.models import Edition, SignedFile, SignedKind, SignedState
from reports.rules.signing import lines_under

logger = logging.getLogger(__name__)

ANCHOR = "cho-ky"
"""Of the empty box under the signer's position, in the template of the paper."""
SECONDS_A_CHECK_TAKES = 120
SIGNING_IS_TOLD = 300
UNDER_WAY = "under_way"
NOT_SIGNED = "Có lỗi khi ký; đề nghị thử lại, hoặc báo quản trị hệ thống xem nhật ký máy chủ."


def signing_of(edition_pk: int) -> str:
    """Key under which is remembered that an edition is being signed, or why it could not be."""
    return f"signing-{edition_pk}"


@shared_task
def sign_edition(edition_pk: int, user_pk: int) -> None:
    """The paper of an edition is signed by the portal's key, looked at as any other, and kept.

    Once, however often it is sent; why it could not be is told on the page for a while.
    """
    # Loaded by the worker that signs: 60 MB which the pages do without.
    from cchc_portal.kit.pdf_signing import signed
    from cchc_portal.kit.signing_key import name_of, opened_key

    edition = Edition.objects.for_page().get(pk=edition_pk)
    if edition.signed_files.signed_here().exists():
        return
    try:
        with edition.pdf.open("rb") as paper:
            ours = paper.read()
        with opened_key() as key:
            lines = lines_under(name_of(key), timezone.localtime())
            content = signed(ours, by=key, lines=lines, anchor=ANCHOR)
        row = _signed_row(edition, user_pk, content)
    except IntegrityError:  # another worker was given the same errand and was faster
        return
    except KeyFault as fault:
        logger.error("Edition %s could not be signed: %s", edition_pk, fault.sentence)
        cache.set(signing_of(edition_pk), fault.sentence, SIGNING_IS_TOLD)
        return
    except Exception:
        logger.exception("Edition %s could not be signed.", edition_pk)
        cache.set(signing_of(edition_pk), NOT_SIGNED, SIGNING_IS_TOLD)
        return
    check_signed_file(row.pk)
    cache.delete(signing_of(edition_pk))


def _signed_row(edition: Edition, user_pk: int, content: bytes) -> SignedFile:
    row = SignedFile(
        edition=edition,
        kind=SignedKind.PORTAL,
        file_name=f"quyet-dinh-{edition.year}-da-ky.pdf",
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        by_id=user_pk,
        state=SignedState.WAITING,
    )
    row.file.save("signed.pdf", ContentFile(content), save=False)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except Exception:  # without its row nobody would find the file, or clear it away
        row.file.delete(save=False)
        raise
    return row


@shared_task
def check_signed_file(signed_pk: int) -> None:
    """Whether a file is the edition's own and signatures, and nothing else. May run twice."""
    waiting = SignedFile.objects.filter(pk=signed_pk, state=SignedState.WAITING)
    row = waiting.select_related("edition").first()
    if row is None:
        return
    fault, signatures = _found_in(row)
    waiting.update(
        state=SignedState.REFUSED if fault else SignedState.VERIFIED,
        fault=fault,
        signatures=signatures,
        checked_at=timezone.now(),
    )


def _found_in(row: SignedFile) -> tuple[str, list[dict]]:
    with row.edition.pdf.open("rb") as paper, row.file.open("rb") as brought:
        ours = paper.read()
        if brought.read(len(ours)) != ours:
            return Fault.OTHER.label, []
        try:
            told = confined(
                EXAMINE,
                brought,
                str(len(ours)),
                settings.SIGNATURE_TRUST_ROOTS,
                seconds=SECONDS_A_CHECK_TAKES,
            )
        except Overstrained as fault:
            logger.warning("Signed file %s could not be looked at: %s", row.pk, fault)
            return Fault.UNREADABLE.label, []
    found = json.loads(told)
    return (Fault(found["fault"]).label if found["fault"] else ""), found["signatures"]
