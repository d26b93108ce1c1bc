"""A token in software, with keys whose certificates an office of certificates gave out."""

import ctypes
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pkcs11
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, load_der_public_key
from cryptography.x509.oid import NameOID
from django.conf import settings
from pkcs11 import Attribute, KeyType, ObjectClass
from pkcs11.util.ec import encode_ec_public_key, encode_named_curve_parameters
from pkcs11.util.rsa import encode_rsa_public_key

from cchc_portal.kit.token_named import TokenNamed
from tests import softhsm

LABEL, PIN = "Con dấu thử", "246813"
NAME, OFFICE = "Trần Văn Dũng", "Tổ chức chứng thực thử"
IDS = {"rsa": b"\x01", "ec": b"\x02"}


class Token(NamedTuple):
    """Where it is, and the certificate (PEM) of whoever vouches for its keys."""

    named: TokenNamed
    roots: Path


def the_token() -> Token:
    """The token of this process. Skips the test where no machine of this kind has one."""
    if not softhsm.module():
        pytest.skip(softhsm.MISSING)
    return _made()


@contextmanager
def the_pin_changed_to(other: str) -> Iterator[None]:
    """As if whoever holds the token had given it this PIN, until the block ends."""
    token = pkcs11.lib(the_token().named.module).get_token(token_label=LABEL)
    with token.open(rw=True, user_pin=PIN) as session:
        session.set_pin(PIN, other)
    yield
    with token.open(rw=True, user_pin=other) as session:
        session.set_pin(other, PIN)


@cache
def _made() -> Token:
    home = settings.TEST_VAR / f"token-{os.environ['CCHC_TEST_LANE']}"
    shutil.rmtree(home, ignore_errors=True)
    (home / "tokens").mkdir(parents=True)
    written = f"directories.tokendir = {home / 'tokens'}\nobjectstore.backend = file\n"
    (home / "softhsm2.conf").write_text(f"{written}log.level = ERROR\n", encoding="ascii")
    os.environ["SOFTHSM2_CONF"] = str(home / "softhsm2.conf")
    module = softhsm.module()
    for label in ("Thiết bị khác", LABEL):
        _begin(module, label)
    token = pkcs11.lib(str(module)).get_token(token_label=LABEL)
    with token.open(rw=True, so_pin="1357") as session:
        session.init_pin(PIN)
    authority = ec.generate_private_key(ec.SECP256R1())
    root = _certificate(OFFICE, OFFICE, authority.public_key(), authority)
    with token.open(rw=True, user_pin=PIN) as session:
        public, _ = session.generate_keypair(
            KeyType.RSA, 2048, id=IDS["rsa"], label="khóa rsa", store=True
        )
        _keep(session, "chứng thư rsa", IDS["rsa"], encode_rsa_public_key(public), authority)
        curve = session.create_domain_parameters(
            KeyType.EC,
            {Attribute.EC_PARAMS: encode_named_curve_parameters("secp256r1")},
            local=True,
        )
        public, _ = curve.generate_keypair(id=IDS["ec"], label="khóa ec", store=True)
        _keep(session, "chứng thư ec", IDS["ec"], encode_ec_public_key(public), authority)
        _store(session, "tổ chức chứng thực", b"\x09", root)
    (home / "roots.pem").write_bytes(root.public_bytes(Encoding.PEM))
    named = TokenNamed(str(module), label=LABEL, key_label="khóa rsa", pin=PIN)
    return Token(named, home / "roots.pem")


def _begin(module: Path, label: str) -> None:
    """An empty token of this name, in the slot that is still free; the library in use cannot."""
    library, name = ctypes.CDLL(str(module)), label.encode().ljust(32)
    count = ctypes.c_ulong(8)
    slots = (ctypes.c_ulong * count.value)()
    assert library.C_Initialize(None) == 0
    assert library.C_GetSlotList(1, slots, ctypes.byref(count)) == 0
    free = ctypes.c_ulong(slots[count.value - 1])
    assert library.C_InitToken(free, b"1357", ctypes.c_ulong(4), name) == 0
    assert library.C_Finalize(None) == 0


def _keep(session, label: str, its_id: bytes, public: bytes, authority) -> None:
    certificate = _certificate(NAME, OFFICE, load_der_public_key(public), authority)
    _store(session, label, its_id, certificate)


def _store(session, label: str, its_id: bytes, certificate: x509.Certificate) -> None:
    session.create_object(
        {
            Attribute.CLASS: ObjectClass.CERTIFICATE,
            Attribute.CERTIFICATE_TYPE: pkcs11.CertificateType.X_509,
            Attribute.TOKEN: True,
            Attribute.LABEL: label,
            Attribute.ID: its_id,
            Attribute.SUBJECT: certificate.subject.public_bytes(),
            Attribute.VALUE: certificate.public_bytes(Encoding.DER),
        }
    )


def _certificate(name: str, issuer: str, public, authority) -> x509.Certificate:
    now, vouches = datetime.now(UTC), name == issuer
    usage = dict.fromkeys(
        (
            "key_encipherment",
            "data_encipherment",
            "key_agreement",
            "crl_sign",
            "encipher_only",
            "decipher_only",
        ),
        False,
    )
    return (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, issuer)]))
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=30))
        .add_extension(x509.BasicConstraints(ca=vouches, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(
                digital_signature=not vouches,
                content_commitment=not vouches,
                key_cert_sign=vouches,
                **usage,
            ),
            critical=True,
        )
        .sign(authority, hashes.SHA256())
    )
