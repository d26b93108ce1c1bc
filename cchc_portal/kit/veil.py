"""What may not lie readable in the database: veiled by a key of the environment, lifted by it.

PERSONAL_DATA_KEYS holds Fernet keys, newest first: the first veils, every one lifts, so that a key
is changed by writing the new one before the old one. Without a key nothing is taken at all.
Decision 0088.
"""

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

BEGINS = "gAAAAA"
"""How everything veiled begins: the version, then a time before the year 2106."""


class Unreadable(Exception):
    """None of the keys lifts it: the key is lost, or the bytes were changed."""


def sound(keys: list[str]) -> list[str]:
    """The same keys. ImproperlyConfigured where one of them is none: better at the start than
    when somebody sends what cannot be kept."""
    try:
        for key in keys:
            Fernet(key)
    except ValueError:
        raise ImproperlyConfigured(
            "PERSONAL_DATA_KEYS holds something that is no key (see .env.example)."
        ) from None
    return keys


def can_veil() -> bool:
    """Whether there is a key, so that personal data may be taken."""
    return bool(settings.PERSONAL_DATA_KEYS)


def veil(text: str) -> str:
    """The text as nobody reads it without the key."""
    return _keys().encrypt(text.encode()).decode()


def lift(veiled: str) -> str:
    """The text again. Raises Unreadable."""
    try:
        return _keys().decrypt(veiled.encode()).decode()
    except (InvalidToken, ValueError) as fault:
        raise Unreadable from fault


def _keys() -> MultiFernet:
    return MultiFernet([Fernet(key) for key in settings.PERSONAL_DATA_KEYS])
