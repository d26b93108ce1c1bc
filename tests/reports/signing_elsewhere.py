"""Signing by a token in a process of its own, which dies while the token is at work."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import django
from django.conf import settings
from django.db import connection


def die_signing(edition: int, user: int) -> int:
    """How the process ended that signed the edition, on the database of the tests."""
    address = urlsplit(os.environ["DATABASE_URL"])
    database = address._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
    said = {
        "DATABASE_URL": database,
        "DJANGO_SETTINGS_MODULE": "cchc_portal.settings.test",
        "PYTHONWARNINGS": "ignore",
    }
    token = settings.SIGNING_TOKEN
    return subprocess.run(
        [sys.executable, "-m", "tests.reports.signing_elsewhere", str(edition), str(user)]
        + [token.module, token.label, token.key_label, token.pin],
        cwd=settings.BASE_DIR,
        env=os.environ | said,
        stdin=subprocess.DEVNULL,
        check=False,
        timeout=60,
    ).returncode


def files_kept() -> set[Path]:
    """Every file of the cabinets."""
    return {one for one in Path(settings.MEDIA_ROOT).rglob("*") if one.is_file()}


def _sign(edition: str, user: str, module: str, label: str, key_label: str, pin: str) -> None:
    from pyhanko.sign.pkcs11 import PKCS11Signer

    from cchc_portal.kit.token_named import TokenNamed
    from reports.tasks import sign_edition

    at_work = PKCS11Signer.async_sign_raw

    async def die_at_the_last(self, data, digest_algorithm, dry_run=False):
        signed = await at_work(self, data, digest_algorithm, dry_run)
        if not dry_run:
            os.kill(os.getpid(), signal.SIGKILL)
        return signed

    PKCS11Signer.async_sign_raw = die_at_the_last
    settings.SIGNING_TOKEN = TokenNamed(module, label=label, key_label=key_label, pin=pin)
    sign_edition(int(edition), int(user))


if __name__ == "__main__":
    django.setup()
    _sign(*sys.argv[1:])
