"""The one thing of Django that rules may know: an enum that carries its Vietnamese words.

A plain StrEnum leaks its import path into migrations; TextChoices is written as its value.
"""

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:

    class TextChoices(StrEnum):
        """Django ships no types: what the checker of the rules has to know of it."""

        @property
        def label(self) -> str: ...

else:
    from django.db.models import TextChoices


class Worded(TextChoices):
    """Values are lower-case English codes for the database, labels are Vietnamese for people."""


def decapitalised(label: str) -> str:
    """ "Quý III" inside a sentence: "quý III"."""
    return f"{label[:1].lower()}{label[1:]}"
