"""A key that never leaves its token: found, opened by its PIN, lent while something is signed.

The token is asked anew each time, for it may be taken out and put in. A PIN that was refused is
not tried again: tokens lock themselves after a few wrong ones. Decision 0098.
"""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from time import sleep

import pkcs11
from asn1crypto.x509 import Certificate
from django.core.cache import caches
from django.utils.connection import ConnectionProxy
from django.utils.crypto import salted_hmac
from pkcs11 import Attribute, KeyType, Mechanism, ObjectClass, TokenFlag
from pyhanko.sign.pkcs11 import PKCS11Signer
from pyhanko.sign.signers import Signer

from cchc_portal.kit.token_named import KeyFault, TokenNamed

NO_MODULE = "Không mở được thư viện (PKCS#11) của thiết bị ký số."
NO_TOKEN = "Không thấy thiết bị ký số; đề nghị kiểm tra thiết bị đã được cắm và đúng tên."
SEVERAL_TOKENS = "Có nhiều thiết bị ký số; đề nghị khai báo tên thiết bị hoặc số khe cắm."
WRONG_PIN = (
    "Mã PIN của thiết bị ký số không đúng. Cổng không thử lại mã này, để thiết bị không bị khóa."
)
LAST_TRY = (
    "Thiết bị ký số chỉ còn một lần nhập mã PIN; cổng không thử, đề nghị người giữ thiết bị mở."
)
LOCKED = "Thiết bị ký số đã bị khóa mã PIN hoặc mã PIN đã hết hạn; đề nghị mở khóa thiết bị."
NO_KEY = "Không thấy khóa ký được khai báo trên thiết bị ký số, hoặc có nhiều khóa như vậy."
NO_CERTIFICATE = "Không thấy chứng thư số của khóa ký trên thiết bị ký số, hoặc có nhiều chứng thư."
KIND_UNKNOWN = "Loại khóa trên thiết bị ký số chưa dùng được; cổng ký bằng khóa RSA hoặc ECDSA."
BROKE_OFF = "Thiết bị ký số ngừng trả lời khi đang dùng; đề nghị kiểm tra thiết bị rồi ký lại."

TRIED_AGAIN_AFTER = 24 * 3600
"""Seconds for which a refused PIN is remembered, unless another one is given."""
TRYING_TAKES = 30
"""Seconds after which whoever tries a PIN is given up; until then nobody else tries the same."""
LOOKED_AGAIN_AFTER = 0.1
store = ConnectionProxy(caches, "strict")
"""Which PINs were refused: without it none is tried, for a token locks itself after a few."""
HASHED_BY_THE_TOKEN = {
    KeyType.RSA: Mechanism.SHA256_RSA_PKCS,
    KeyType.EC: Mechanism.ECDSA_SHA256,
}


@contextmanager
def token_key(named: TokenNamed) -> Iterator[Signer]:
    """The key on the token, ready to sign until the block ends. Raises KeyFault."""
    pin = named.opened_by()
    try:
        with closing(_session(_token(named), pin)) as session:
            yield _signer(session, named, pin)
    except pkcs11.PKCS11Error as fault:
        raise KeyFault(f"{BROKE_OFF} ({type(fault).__name__})") from fault


def _token(named: TokenNamed) -> pkcs11.Token:
    try:
        module = pkcs11.lib(named.module)
    except pkcs11.PKCS11Error as fault:
        raise KeyFault(NO_MODULE) from fault
    found = [
        slot.get_token()
        for slot in module.get_slots(token_present=True)
        if named.slot in (None, slot.slot_id)
    ]
    fitting = [one for one in found if TokenFlag.TOKEN_INITIALIZED in one.flags]
    if named.label:
        fitting = [one for one in fitting if one.label == named.label]
    if len(fitting) != 1:
        raise KeyFault(SEVERAL_TOKENS if fitting else NO_TOKEN)
    return fitting[0]


def _session(token: pkcs11.Token, pin: str) -> pkcs11.Session:
    tried = salted_hmac("signing-token", f"{token.serial!r} {pin}").hexdigest()
    claim = f"pin-tried-{tried}"
    while not store.add(claim, True, TRYING_TAKES):  # whether it is refused is not known yet
        sleep(LOOKED_AGAIN_AFTER)
    try:
        return _opened(token, pin, refused=f"pin-refused-{tried}")
    finally:
        store.delete(claim)


def _opened(token: pkcs11.Token, pin: str, *, refused: str) -> pkcs11.Session:
    if TokenFlag.USER_PIN_LOCKED in token.flags:
        raise KeyFault(LOCKED)
    if store.get(refused):
        raise KeyFault(WRONG_PIN)
    if TokenFlag.USER_PIN_FINAL_TRY in token.flags:
        raise KeyFault(LAST_TRY)
    try:
        return token.open(user_pin=pin)
    except (pkcs11.PinIncorrect, pkcs11.PinInvalid, pkcs11.PinLenRange):
        store.set(refused, True, TRIED_AGAIN_AFTER)
        raise KeyFault(WRONG_PIN) from None
    except (pkcs11.PinLocked, pkcs11.PinExpired, pkcs11.UserPinNotInitialized):
        raise KeyFault(LOCKED) from None


def _signer(session: pkcs11.Session, named: TokenNamed, pin: str) -> Signer:
    key = _only(session, ObjectClass.PRIVATE_KEY, named.key_label, named.key_id, NO_KEY)
    own = named.certificate_label
    found = _only(session, ObjectClass.CERTIFICATE, own, b"" if own else key.id, NO_CERTIFICATE)
    certificate = Certificate.load(found[Attribute.VALUE])
    hashing = HASHED_BY_THE_TOKEN.get(key.key_type)
    if hashing is None:
        raise KeyFault(KIND_UNKNOWN)
    return PKCS11Signer(
        session,
        signing_cert=certificate,
        ca_chain=_issuers(session, certificate),
        key_label=key.label or None,
        key_id=key.id or None,
        use_raw_mechanism=hashing not in session.token.slot.get_mechanisms(),
        base_sign_kwargs={"pin": pin} if _asks_each_time(key) else None,
    )


def _asks_each_time(key: pkcs11.PrivateKey) -> bool:
    """Whether the key wants the PIN at every signature, as those of high assurance do."""
    try:
        return bool(key[Attribute.ALWAYS_AUTHENTICATE])
    except pkcs11.AttributeTypeInvalid:
        return False


def _only(
    session: pkcs11.Session, kind: ObjectClass, label: str, its_id: bytes, fault: str
) -> pkcs11.Object:
    wanted = {Attribute.CLASS: kind}
    if kind == ObjectClass.PRIVATE_KEY:
        wanted[Attribute.SIGN] = True
    if label:
        wanted[Attribute.LABEL] = label
    if its_id:
        wanted[Attribute.ID] = its_id
    found = list(session.get_objects(wanted))
    if len(found) != 1:
        raise KeyFault(fault)
    return found[0]


def _issuers(session: pkcs11.Session, certificate: Certificate) -> list[Certificate]:
    """Whoever vouches for the certificate, as far as the token holds them, nearest first."""
    held = [
        Certificate.load(one[Attribute.VALUE])
        for one in session.get_objects({Attribute.CLASS: ObjectClass.CERTIFICATE})
    ]
    chain: list[Certificate] = []
    last = certificate
    while last.issuer != last.subject:
        above = next((one for one in held if one.subject == last.issuer), None)
        if above is None or above in chain:
            break
        chain.append(above)
        last = above
    return chain
