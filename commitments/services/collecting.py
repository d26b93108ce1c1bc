"""Opinions sent beforehand through a public link: opened, shut, received without an account."""

from datetime import date
from secrets import token_urlsafe
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from cchc_portal.kit.errors import MoveRefused
from commitments.models import Conference, DialogueItem
from commitments.rules.conference import ConferenceState, ConferenceVerb, Source
from commitments.rules.dialogue import ItemWords
from commitments.services.conference_rows import hold_writable, tell
from commitments.services.dialogue import receive
from units.models import User

SENT_AT_MOST = 500
"""What one conference takes through its link: a machine that writes stops there."""
CLOSED = "Hội nghị này không nhận ý kiến gửi trước nữa."


@transaction.atomic
def collect(conference: Conference, *, until: date, by: User) -> Conference:
    """The link is opened, or its last day changed; the address stays the same.

    Raises PermissionDenied or MoveRefused (held already, or a day that has passed or lies after
    the conference).
    """
    held = hold_writable(conference, by=by)
    if held.state != ConferenceState.PLANNED:
        raise MoveRefused("Hội nghị đã tổ chức nên không nhận ý kiến gửi trước nữa.")
    if not timezone.localdate() <= until <= held.held_on:
        raise MoveRefused("Ngày ngừng nhận phải từ hôm nay đến ngày họp.")
    held.collect_key = held.collect_key or token_urlsafe(12)
    held.collect_until = until
    held.save(update_fields=["collect_key", "collect_until"])
    tell(held, ConferenceVerb.COLLECT, by=by, comment=f"đến hết ngày {until:%d/%m/%Y}")
    return held


@transaction.atomic
def stop(conference: Conference, *, by: User) -> Conference:
    """The link takes nothing any more; what it brought stays. PermissionDenied, MoveRefused."""
    held = hold_writable(conference, by=by)
    if held.collect_until:
        held.collect_until = None
        held.save(update_fields=["collect_until"])
        tell(held, ConferenceVerb.STOP_COLLECTING, by=by)
    return held


@transaction.atomic
def send(conference: Conference, *, key: UUID, words: ItemWords) -> DialogueItem:
    """Somebody without an account sends an opinion; the same `key` twice arrives once.

    Raises MoveRefused where the link is shut or has brought as many as it may.
    """
    held = Conference.objects.hold(conference.pk)
    known = DialogueItem.objects.filter(key=key).first()
    if known and (known.conference_id != held.pk or known.source != Source.SENT):
        raise MoveRefused("Trang này đã cũ, đề nghị tải lại.")
    if known:
        return known
    if not held.collects_on(timezone.localdate()):
        raise MoveRefused(CLOSED)
    if held.items.filter(source=Source.SENT, entered_by=None).count() >= SENT_AT_MOST:
        raise MoveRefused("Hội nghị đã nhận đủ số ý kiến gửi trước, đề nghị nêu tại hội nghị.")
    return receive(held, key=key, words=words, by=None, source=Source.SENT)
