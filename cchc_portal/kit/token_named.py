"""The token (PKCS#11) that the environment names, and what can be wrong with a key; light, for
settings and pages that sign nothing themselves. Decision 0098."""

from dataclasses import dataclass, field
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


class KeyFault(Exception):
    """The key cannot be used. Carries a sentence for the user, in which no secret stands."""

    def __init__(self, sentence: str):
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True)
class TokenNamed:
    """Where a key lies on a token, by what it is found, and by what it is opened.

    What is empty (None) is not asked for; then there must be one such thing alone.
    """

    module: str
    label: str = ""
    slot: int | None = None
    key_label: str = ""
    key_id: bytes = b""
    certificate_label: str = ""
    pin_file: str = ""
    pin: str = field(default="", repr=False)

    def opened_by(self) -> str:
        """The PIN. Raises KeyFault where it was not given, or its file cannot be read."""
        if self.pin:
            return self.pin
        if not self.pin_file:
            raise KeyFault("Chưa khai báo mã PIN của thiết bị ký số.")
        try:
            pin = Path(self.pin_file).read_text(encoding="utf-8").strip()
        except (OSError, ValueError):
            raise KeyFault("Không đọc được tệp chứa mã PIN của thiết bị ký số.") from None
        if not pin:
            raise KeyFault("Tệp chứa mã PIN của thiết bị ký số để trống.")
        return pin


def token_named(module: str, *, slot: str, key_id: str, **said: str) -> TokenNamed | None:
    """What the environment says, or None where it names no module.

    ImproperlyConfigured where a number is none: better at the start than when somebody signs.
    """
    if not module:
        return None
    try:
        number = int(slot, 0) if slot else None
        return TokenNamed(module, slot=number, key_id=bytes.fromhex(key_id), **said)
    except ValueError:
        raise ImproperlyConfigured(
            "SIGNING_PKCS11_SLOT is a number and SIGNING_PKCS11_KEY_ID is hexadecimal"
            " (see .env.example)."
        ) from None
