"""Errands of the post: one letter, handed over once."""

import logging
from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused

from celery import shared_task
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from reports.emails import email_of
from reports.models import Letter
from reports.rules.letters import LONGEST_FAULT, LetterKind, LetterState, next_try

logger = logging.getLogger(__name__)


@shared_task
def send_letter(letter_pk: int) -> None:
    """A waiting letter, held while it is handed over, so that two workers never send it both.

    A fault is tried again later, longer each time (`rules/letters.py`); an address that does not
    exist is not. Whoever is killed here lets go of the letter, and the clock sends it off again.
    """
    if not settings.LETTERS:  # there is no server: it waits
        return
    with transaction.atomic():
        letter = Letter.objects.hold_to_send(letter_pk)
        if letter is None:
            return
        fault, again = _handed_over(letter)
        now = timezone.now()
        if not fault:
            letter.state, letter.sent_at, letter.try_at = LetterState.SENT, now, None
            letter.address, letter.fault = letter.person.email, ""
        else:
            letter.tries, letter.fault = letter.tries + 1, fault[:LONGEST_FAULT]
            letter.try_at = next_try(letter.tries, now) if again else None
            letter.state = LetterState.WAITING if letter.try_at else LetterState.FAILED
        letter.save()


def _handed_over(letter: Letter) -> tuple[str, bool]:
    """Why the server of letters did not take it, empty if it did; whether trying again may help."""
    if not letter.person.email or not letter.person.is_active:
        return "Người nhận không còn địa chỉ thư hoặc tài khoản đã khóa.", False
    if letter.kind == LetterKind.DIGEST and letter.event != f"{timezone.localdate()}":
        return letter.fault or "Thư nhắc việc đã qua ngày.", False
    try:
        email_of(letter).send()
    except SMTPRecipientsRefused as refused:
        code, words = next(iter(refused.recipients.values()))
        answer = f"{code} {words.decode(errors='replace')}"
        return f"Máy chủ thư không nhận địa chỉ này ({answer}).", code < 500
    except SMTPDataError as refused:
        return f"Máy chủ thư từ chối thư ({refused}).", refused.smtp_code < 500
    except (SMTPException, OSError) as fault:
        logger.warning("Letter %s was not sent: %s", letter.pk, fault)
        return f"Không gửi được qua máy chủ thư ({type(fault).__name__}: {fault}).", True
    except Exception as fault:  # whatever it is, the letter must not be tried for ever in silence
        logger.exception("Letter %s could not be written.", letter.pk)
        return f"Không soạn được thư ({type(fault).__name__}).", True
    return "", False
