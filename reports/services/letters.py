"""Letters: the daily one is written when its hour has come, and what waits is sent off."""

import logging
from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from cchc_portal.kit.errors import MoveRefused
from reports.models import HeardEvent, Letter, LetterChoice
from reports.rules.letters import KEPT, ON_ITS_WAY, LetterKind, LetterState, Told, digest_of
from reports.services.duties import overseen
from reports.services.waiting import waiting_for
from reports.tasks import send_letter
from units.models import User
from units.services.people import write_down_address

logger = logging.getLogger(__name__)

AT_A_TIME = 300
"""So many daily letters are written at one stroke of the clock; the others at the next."""

SENT_AT_A_TIME = 2000


def write_digests(now: datetime) -> int:
    """The daily letters of people whose hour has come; how many. Each is written once a day,
    however many clocks strike: whoever comes second waits for the first and finds it written."""
    now = timezone.localtime(now)
    people = list(Letter.objects.still_without_digest(now)[:AT_A_TIME])
    return sum(_written(person, now) for person in people)


def _written(person: User, now: datetime) -> bool:
    """A desk that cannot be read keeps nobody else's letter back; it is tried again later."""
    try:
        return _write_digest(person, now)
    except Exception:
        logger.exception("The daily letter of %s was not written.", person.pk)
        return False


@transaction.atomic
def _write_digest(person: User, now: datetime) -> bool:
    today = now.date()
    letter, mine = Letter.objects.get_or_create(
        person=person,
        kind=LetterKind.DIGEST,
        event=f"{today}",
        defaults={"state": LetterState.NOTHING},
    )
    if not mine:
        return False
    if shelves := waiting_for(person, overseen(person), now=now):
        told = digest_of(shelves, today)
        letter.subject, letter.said = told.subject, told.stored()
        letter.state, letter.try_at = LetterState.WAITING, now + ON_ITS_WAY
        letter.save()
        send_letter.delay_on_commit(letter.pk)
    return True


def write(told: Told, *, kind: LetterKind, event: str, people: set[int], now: datetime) -> None:
    """The same letter to each of the people, unless they have been written of the event; due
    at once. Belongs into the caller's transaction."""
    write_each([(told, people)], kind=kind, event=event, now=now)


def write_each(
    letters: Iterable[tuple[Told, set[int]]], *, kind: LetterKind, event: str, now: datetime
) -> None:
    """Of one event another letter to the people of each unit; as `write` else."""
    Letter.objects.bulk_create(
        [
            Letter(
                person_id=person,
                kind=kind,
                event=event,
                subject=told.subject,
                said=told.stored(),
                try_at=now,
            )
            for told, people in letters
            for person in sorted(people)
        ],
        ignore_conflicts=True,
        batch_size=SENT_AT_A_TIME,
    )


@transaction.atomic
def send_off(now: datetime) -> int:
    """For the clock: hands what is due to the workers, each letter once however many clocks
    strike; how many."""
    due = Letter.objects.due(now).order_by("try_at", "pk")
    held = due.select_for_update(skip_locked=True, no_key=True)[:SENT_AT_A_TIME]
    keys = [letter.pk for letter in held]
    Letter.objects.filter(pk__in=keys).update(try_at=now + ON_ITS_WAY)
    for key in keys:
        send_letter.delay_on_commit(key)
    return len(keys)


def forget(now: datetime) -> None:
    """Letters and events of long ago are taken out; what failed stays."""
    Letter.objects.filter(written_at__lt=now - KEPT).exclude(state=LetterState.FAILED).delete()
    HeardEvent.objects.filter(heard_at__lt=now - KEPT).delete()


@transaction.atomic
def send_again(letter: Letter, *, by: User) -> Letter:
    """A letter that failed is tried from the start. Raises PermissionDenied, or MoveRefused where
    it has not failed, or is a daily one of a day that is over."""
    if not Letter.objects.failed_at_desks_of(by).filter(pk=letter.pk).exists():
        raise PermissionDenied("Đồng chí không có quyền gửi lại thư này.")
    if not settings.LETTERS:
        raise MoveRefused("Cổng chưa nối với máy chủ thư nên chưa gửi lại được.")
    held = Letter.objects.hold(letter.pk)
    if held.state != LetterState.FAILED:
        raise MoveRefused("Thư này đang chờ gửi hoặc đã gửi.")
    now = timezone.now()
    if held.kind == LetterKind.DIGEST and held.event != f"{timezone.localdate(now)}":
        raise MoveRefused("Thư nhắc việc này đã qua ngày nên không gửi lại.")
    held.state, held.tries, held.try_at = LetterState.WAITING, 0, now + ON_ITS_WAY
    held.save(update_fields=["state", "tries", "try_at"])
    send_letter.delay_on_commit(held.pk)
    return held


@transaction.atomic
def choose(person: User, *, email: str, **wanted: bool | int) -> LetterChoice:
    """The person says where to and what they want to be written."""
    write_down_address(person, email)
    choice, _ = LetterChoice.objects.update_or_create(person=person, defaults=wanted)
    return choice
