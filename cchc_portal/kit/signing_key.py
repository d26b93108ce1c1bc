"""The key by which the portal signs, as the environment names it; what it says of itself."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from django.conf import settings
from pyhanko.sign.signers import Signer, SimpleSigner

from cchc_portal.kit.key_for_show import key_for_show
from cchc_portal.kit.token_named import KeyFault


@contextmanager
def opened_key() -> Iterator[Signer]:
    """The key, ready to sign until the block ends. Raises KeyFault."""
    if settings.SIGNING_TOKEN:
        # Loaded where there is a token: the library opens a module of whoever made it.
        from cchc_portal.kit.signing_token import token_key

        with token_key(settings.SIGNING_TOKEN) as key:
            yield key
        return
    path = Path(settings.SIGNING_PKCS12)
    if settings.SIGNING_KEY_IS_FOR_SHOW:
        key_for_show(path)
    yield _opened(path, settings.SIGNING_PKCS12_PASSWORD)


def name_of(key: Signer) -> str:
    """Whose it is, as its certificate says."""
    return str(key.signing_cert.subject.native.get("common_name", ""))


@cache
def _opened(path: Path, password: str) -> SimpleSigner:
    try:
        content = path.read_bytes()
    except OSError as fault:
        raise KeyFault("Không đọc được tệp khóa ký số (PKCS#12).") from fault
    try:
        return SimpleSigner.load_pkcs12_data(content, [], password.encode() or None)
    except ValueError as fault:
        raise KeyFault(
            "Không mở được tệp khóa ký số (PKCS#12): tệp hỏng hoặc sai mật khẩu."
        ) from fault
