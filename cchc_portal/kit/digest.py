"""What exactly was signed or sealed: canonical bytes, of which no two texts have the same.

Every field is written as its kind, its length in bytes and its bytes, so that ("1", "23") and
("12", "3") differ. Text is NFC; decimals are written plainly; fractions in lowest terms.
"""

import hashlib
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from operator import itemgetter


def canonical(value: object) -> bytes:
    """Canonical bytes of nested mappings, sequences, texts, numbers, dates and None.

    Raises TypeError for a float, which has no place in a sealed figure, or any unknown kind.
    """
    if type(value) is str:  # first: an edition holds two hundred thousand texts
        return _text(value)
    if isinstance(value, Mapping):
        parts = []
        for key, item in sorted([(str(key), item) for key, item in value.items()], key=_first):
            parts.append(_text(key))
            parts.append(_text(item) if type(item) is str else canonical(item))
        return _framed("m", b"".join(parts))
    if isinstance(value, str):
        return _text(str(value))
    if isinstance(value, Sequence):
        return _framed("l", b"".join([canonical(item) for item in value]))
    return _framed(*_scalar(value))


def digest(value: object) -> str:
    """SHA-256 of the canonical bytes, in 64 hexadecimal digits."""
    return hashlib.sha256(canonical(value)).hexdigest()


_first = itemgetter(0)


def _text(value: str) -> bytes:
    plain = value if value.isascii() else unicodedata.normalize("NFC", value)
    body = plain.encode()
    return b"s%d:%s" % (len(body), body)


def _scalar(value: object) -> tuple[str, bytes]:
    if value is None:
        return "n", b""
    if isinstance(value, bool):
        return "b", b"1" if value else b"0"
    if isinstance(value, int | Decimal | Fraction):
        return "q", str(Fraction(value)).encode()
    if isinstance(value, datetime):
        return "t", value.isoformat().encode()
    if isinstance(value, date):
        return "d", value.isoformat().encode()
    raise TypeError(f"Cannot seal a {type(value).__name__}.")


def _framed(kind: str, body: bytes) -> bytes:
    return b"%s%d:%s" % (kind.encode(), len(body), body)
