"""Whether a file is one of ours and signatures, and nothing else; by whom they are, and when.

A stranger's file is read here: `kit/confined.py` runs `examine`, which may hang, grow or crash.

That our bytes come first and a valid signature covers the whole file proves nothing: between the
two, a later revision may have emptied a page. So every object of ours that a later revision writes
anew is looked at; why so: docs/decisions/0076-signed-files.md.
"""

import json
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from asn1crypto import pem, x509
from pyhanko.pdf_utils.generic import ArrayObject, DictionaryObject, PdfObject, Reference
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import (
    EmbeddedPdfSignature,
    SignatureCoverageLevel,
    validate_pdf_signature,
)
from pyhanko_certvalidator import ValidationContext

from cchc_portal.kit.aside import aside
from cchc_portal.kit.signed_faults import Fault

OF_THE_CATALOG = frozenset({"/AcroForm", "/DSS", "/Extensions", "/Perms", "/Version"})
OF_A_PAGE = frozenset({"/Annots"})
OF_THE_FORM = frozenset({"/Fields", "/SigFlags", "/DR", "/DA"})


class Refused(Exception):
    """The file is not what it should be; `fault` says why."""

    def __init__(self, fault: Fault):
        super().__init__(fault)
        self.fault = fault


def examine(file: BinaryIO, length: str, roots: str = "") -> bytes:
    """What is known of a file whose first `length` bytes are ours, as JSON: `fault` (empty where
    there is none) and `signatures`, oldest first. `roots`: a PEM file of certificates to trust."""
    try:
        found = _examined(file.read(), int(length), roots)
        return json.dumps({"fault": "", "signatures": found}, ensure_ascii=False).encode()
    except Refused as refused:
        return json.dumps({"fault": refused.fault, "signatures": []}).encode()


def _examined(content: bytes, length: int, roots: str) -> list[dict[str, Any]]:
    try:
        ours = PdfFileReader(BytesIO(content[:length]))
        whole = PdfFileReader(BytesIO(content))
        _check_nothing_but_signatures(ours, whole)
        signatures = sorted(whole.embedded_signatures, key=lambda one: one.signed_revision)
    except Refused:
        raise
    except Exception as fault:  # whatever a library says of a stranger's file, it is not read
        raise Refused(Fault.UNREADABLE) from fault
    if not signatures:
        raise Refused(Fault.UNSIGNED)
    trusted = _context(roots)
    found = [_told(one, trusted) for one in signatures]
    if signatures[-1].coverage != SignatureCoverageLevel.ENTIRE_FILE:
        raise Refused(Fault.UNCOVERED)
    return found


def _told(signature: EmbeddedPdfSignature, trusted: ValidationContext) -> dict[str, Any]:
    try:
        status = aside(validate_pdf_signature, signature, trusted, skip_diff=True)
    except Exception as fault:
        raise Refused(Fault.BROKEN) from fault
    if not (status.intact and status.valid):
        raise Refused(Fault.BROKEN)
    if status.coverage < SignatureCoverageLevel.ENTIRE_REVISION:
        raise Refused(Fault.UNCOVERED)
    names, issuer = signature.signer_cert.subject.native, signature.signer_cert.issuer.native
    stamped = getattr(status, "timestamp_validity", None)
    said = signature.self_reported_timestamp
    at = stamped.timestamp if stamped else said
    return {
        "name": _text(names.get("common_name", "")),
        "organisation": _text(names.get("organization_name", "")),
        "issuer": _text(issuer.get("common_name") or issuer.get("organization_name") or ""),
        "at": at.isoformat() if at else "",
        "stamped": bool(stamped),
        "trusted": bool(status.trusted),
    }


def _text(name: Any) -> str:
    """A name of a certificate; several of a kind are joined."""
    return ", ".join(map(str, name)) if isinstance(name, list) else str(name)


def _context(roots: str) -> ValidationContext:
    """What is trusted: the certificates given, and no other; nothing is fetched."""
    return ValidationContext(
        trust_roots=list(_certificates(roots)), allow_fetching=False, revocation_mode="soft-fail"
    )


def _certificates(path: str) -> Iterable[x509.Certificate]:
    if path:
        for _, _, der in pem.unarmor(Path(path).read_bytes(), multiple=True):
            yield x509.Certificate.load(der)


def _check_nothing_but_signatures(ours: PdfFileReader, whole: PdfFileReader) -> None:
    """Raises Refused unless later revisions add signatures to ours, and change nothing in it."""
    revisions = ours.total_revisions
    kept = [ours.xrefs.get_startxref_for_revision(number) for number in range(revisions)]
    if whole.total_revisions <= revisions:
        raise Refused(Fault.ALTERED if whole.total_revisions < revisions else Fault.UNSIGNED)
    # The chain of revisions must go through ours: a second file tied on would have one of its own.
    if [whole.xrefs.get_startxref_for_revision(number) for number in range(revisions)] != kept:
        raise Refused(Fault.ALTERED)
    if whole.root_ref != ours.root_ref or whole.encrypted:
        raise Refused(Fault.ALTERED)
    known = {
        ref.idnum
        for number in range(revisions)
        for ref in ours.xrefs.explicit_refs_in_revision(number)
    }
    pages = _pages(ours)
    for number in range(revisions, whole.total_revisions):
        later = whole.xrefs
        gone = {ref.idnum for ref in later.refs_freed_in_revision(number)} & known
        if gone or later.get_xref_data(number).hybrid is not None:
            raise Refused(Fault.ALTERED)
        for ref in later.explicit_refs_in_revision(number):
            key = (ref.idnum, ref.generation)
            if ref.idnum in known and not _may_change(ours, whole, key, pages):
                raise Refused(Fault.ALTERED)
    _check_form(whole)


def _pages(reader: PdfFileReader) -> set[tuple[int, int]]:
    count = int(reader.root["/Pages"]["/Count"])
    refs = (reader.find_page_for_modification(at)[0].reference for at in range(count))
    return {(ref.idnum, ref.generation) for ref in refs}


def _may_change(
    ours: PdfFileReader, whole: PdfFileReader, key: tuple[int, int], pages: set[tuple[int, int]]
) -> bool:
    """Whether an object of ours, written anew, says what it said, signatures apart."""
    before, after = _object(ours, key), _object(whole, key)
    root = ours.root_ref
    if key == (root.idnum, root.generation):
        return _same_but(before, after, OF_THE_CATALOG)
    if key in pages:
        old, new = ([] if "/Annots" not in one else _raw(one["/Annots"]) for one in (before, after))
        return _same_but(before, after, OF_A_PAGE) and _only_signatures_added(old, new)
    if key in _about(ours):
        return True
    return _bytes(before) == _bytes(after)


def _about(reader: PdfFileReader) -> set[tuple[int, int]]:
    """What tells of the file and is never drawn: its properties."""
    held = ((reader.trailer_view, "/Info"), (reader.root, "/Metadata"))
    refs = [place.raw_get(name).reference for place, name in held if name in place]
    return {(ref.idnum, ref.generation) for ref in refs}


def _same_but(before: PdfObject, after: PdfObject, apart: frozenset[str]) -> bool:
    if not isinstance(before, DictionaryObject) or not isinstance(after, DictionaryObject):
        return False
    names = (set(before) | set(after)) - apart
    return all(
        name in before
        and name in after
        and _bytes(before.raw_get(name)) == _bytes(after.raw_get(name))
        for name in names
    )


def _only_signatures_added(old: list[Any], new: list[Any]) -> bool:
    if list(map(_bytes, new[: len(old)])) != list(map(_bytes, old)):
        return False
    return all(_is_signature(one.get_object()) for one in new[len(old) :])


def _is_signature(annotation: Any) -> bool:
    if not isinstance(annotation, DictionaryObject) or annotation.get("/Subtype") != "/Widget":
        return False
    field = annotation if "/FT" in annotation else annotation["/Parent"]
    return field.get("/FT") == "/Sig" and "/A" not in annotation and "/AA" not in annotation


def _check_form(whole: PdfFileReader) -> None:
    """The form holds signatures and nothing that fills itself in."""
    if "/AcroForm" not in whole.root:
        return
    form = whole.root["/AcroForm"]
    if set(form) - OF_THE_FORM or not all(
        field.get_object().get("/FT") == "/Sig" for field in _raw(form["/Fields"])
    ):
        raise Refused(Fault.ALTERED)


def _raw(array: Any) -> list[Any]:
    """The items of an array as they are written: references stay references."""
    if not isinstance(array, ArrayObject):
        return []
    return [array.raw_get(at) for at in range(len(array))]


def _object(reader: PdfFileReader, key: tuple[int, int]) -> Any:
    return reader.get_object(Reference(*key, pdf=reader))


def _bytes(thing: PdfObject) -> bytes:
    written = BytesIO()
    thing.write_to_stream(written, None)
    return written.getvalue()
