"""A key that signs papers on one machine for show, and says so in its own name."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import NoEncryption, pkcs12
from cryptography.x509.oid import NameOID

NAME = "KHÓA MINH HỌA, không có giá trị pháp lý"
LASTS = timedelta(days=3650)


def key_for_show(path: Path) -> Path:
    """The file of the key (PKCS#12, no password), made where it is not there yet."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_name(f"{path.name}.{os.getpid()}")
        beside.write_bytes(self_signed(NAME))
        beside.chmod(0o600)
        beside.replace(path)
    return path


def self_signed(name: str, *, organisation: str = "") -> bytes:
    """A new key and a certificate that vouches for itself, as PKCS#12 without a password."""
    key = ec.generate_private_key(ec.SECP256R1())
    said = [x509.NameAttribute(NameOID.COMMON_NAME, name)]
    if organisation:
        said.append(x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation))
    subject, now = x509.Name(said), datetime.now(UTC)
    usage = x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + LASTS)
        .add_extension(usage, critical=True)
        .sign(key, hashes.SHA256())
    )
    return pkcs12.serialize_key_and_certificates(b"cchc", key, certificate, None, NoEncryption())
