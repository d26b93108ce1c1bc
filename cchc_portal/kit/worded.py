"""The one thing of Django that rules may know: an enum that carries its Vietnamese words.

A plain StrEnum leaks its import path into migrations; TextChoices is written as its value.
"""

from django.db.models import TextChoices


class Worded(TextChoices):
    """Values are lower-case English codes for the database, labels are Vietnamese for people."""
