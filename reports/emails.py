"""A letter as it goes over the wire: plain text and HTML of the same words."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse

from reports.models import Letter


def email_of(letter: Letter) -> EmailMultiAlternatives:
    """The letter to its person's address of now.

    The Message-ID is the row's: a letter that went out twice, because the worker died between the
    server's yes and the row, bears the same one, by which mail servers drop the second.
    """
    said = letter.said | {
        "subject": letter.subject,
        "portal": settings.PORTAL_ADDRESS.rstrip("/"),
        "owner": settings.PORTAL_OWNER,
        "support": settings.PORTAL_SUPPORT,
        "choices": reverse("reports:letter-choices"),
    }
    message = EmailMultiAlternatives(
        subject=letter.subject,
        body=render_to_string("reports/emails/letter.txt", said),
        to=[letter.person.email],
        headers={
            "Message-ID": f"<cchc-{letter.kind}-{letter.event}-{letter.pk}@{_house()}>",
            "Auto-Submitted": "auto-generated",
        },
    )
    message.attach_alternative(render_to_string("reports/emails/letter.html", said), "text/html")
    return message


def _house() -> str:
    return settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip("> ") or "localhost"
