"""The key by which the portal signs, as the environment names it; what it says of itself."""

from functools import cache
from pathlib import Path

from django.conf import settings
from pyhanko.sign.signers import SimpleSigner

from cchc_portal.kit.key_for_show import key_for_show


class KeyFault(Exception):
    """The key cannot be used: its file is missing, or its password does not open it."""


def opened_key() -> SimpleSigner:
    """The key, ready to sign. Raises KeyFault."""
    path = Path(settings.SIGNING_PKCS12)
    if settings.SIGNING_KEY_IS_FOR_SHOW:
        key_for_show(path)
    return _opened(path, settings.SIGNING_PKCS12_PASSWORD)


def name_of(key: SimpleSigner) -> str:
    """Whose it is, as its certificate says."""
    return str(key.signing_cert.subject.native.get("common_name", ""))


@cache
def _opened(path: Path, password: str) -> SimpleSigner:
    try:
        content = path.read_bytes()
        return SimpleSigner.load_pkcs12_data(content, [], password.encode() or None)
    except (OSError, ValueError) as fault:
        raise KeyFault(str(fault)) from fault
