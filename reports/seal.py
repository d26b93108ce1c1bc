"""The seal of an edition: what exactly is sealed, its digest, and whether everything still fits.

The plain document and its canonical bytes are described in docs/seal.md, for programs that are not
ours. What changes there gets a new number of the form.
"""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from cchc_portal.kit.digest import digest
from reports.models import Edition, EditionResult, ResultDetail
from reports.rules.sealed import first_fault
from reports.rules.sealed_detail import first_fault_of_detail

FORM = 4
"""Of what is sealed from now on. Form 1 had no details behind its lines, form 2 did not say how
many people rated, form 3 not in which campaign."""

DECISION = (
    "period_id",
    "number",
    "title",
    "year",
    "kind",
    "data_from",
    "data_until",
    "decision_number",
    "decided_on",
    "place",
    "superior_name",
    "issuer_name",
    "signer_authority",
    "signer_position",
    "signer_rank",
    "signer_name",
    "made_up",
    "reason",
    "published_at",
    "published_by_id",
)
RULES = ("places", "tie_rule", "scale_total", "band_floors", "band_labels")
LINE = (
    "position",
    "unit_id",
    "unit_code",
    "unit_name",
    "block_position",
    "block_name",
    "points",
    "maximum",
    "percent",
    "rank",
    "band",
    "areas",
    "satisfied",
    "rated",
    "unranked_reason",
)


def document(edition: Edition, results: Iterable[EditionResult]) -> dict[str, Any]:
    """Everything that is sealed, in texts, whole numbers and lists: decision, rules, criteria,
    every line in order, and the digests of the edition before and of the one corrected.

    The file of the paper is not in it. The edition needs `previous` and `corrects` at hand.
    """
    return {
        "form": edition.form,
        "previous": _digest_or_none(edition.previous),
        "corrects": _digest_or_none(edition.corrects),
        "decision": _columns(edition, DECISION),
        "rules": _columns(edition, RULES),
        "criteria": edition.criteria,
        "results": [
            _line(edition, result) for result in sorted(results, key=lambda line: line.position)
        ],
    }


def _line(edition: Edition, result: EditionResult) -> dict[str, Any]:
    said = _columns(result, LINE)
    if edition.form >= 2:
        said["detail"] = result.detail_digest or None
    if edition.form >= 3:
        said["people"] = result.people
    if edition.form >= 4:
        said["survey"] = result.survey or None
    return said


def digest_of(edition: Edition, results: Iterable[EditionResult]) -> str:
    """SHA-256 over the canonical bytes of the document."""
    return digest(document(edition, results))


def holds(edition: Edition, results: Iterable[EditionResult]) -> bool:
    """Whether what is stored still gives the digest taken on the day of publication."""
    return digest_of(edition, results) == edition.digest


def fault_of(edition: Edition, results: Iterable[EditionResult]) -> str:
    """The first thing that does not fit, as a clause, or "": its figures by its rules, its place in
    the chain, what it corrects, and last its digest. One query, for the edition before."""
    results = list(results)
    said = document(edition, results)
    if edition.form < 3 and any(line.people is not None for line in results):
        return "có số người đánh giá mà dạng niêm phong này không ghi"
    if edition.form < 4 and any(line.survey for line in results):
        return "có đợt đo lường mà dạng niêm phong này không ghi"
    if fault := first_fault(said) or _fault_of_links(edition):
        return fault
    if digest(said) != edition.digest:
        return "nội dung không còn khớp với mã niêm phong (tên, quyết định, tiêu chí hoặc số liệu)"
    return ""


def detail_digest(detail: ResultDetail) -> str:
    """SHA-256 over the bytes of its text."""
    return hashlib.sha256(detail.text.encode()).hexdigest()


def fault_of_detail(detail: ResultDetail) -> str:
    """The first thing that does not fit in the details behind a line, as a clause, or "": its
    digest, then what its components come to. The detail needs its line and edition at hand."""
    line, edition = detail.result, detail.result.edition
    if detail_digest(detail) != line.detail_digest:
        return f"{line.unit_name}: chi tiết không khớp với mã trong bản công bố"
    said = _line(edition, line)
    return first_fault_of_detail(said, detail.document["components"], edition.criteria)


def fault_of_details(edition: Edition) -> str:
    """The same for every line of the edition: also that each ranked one has its details. Two
    queries."""
    if edition.form == 1:
        return ""
    kept = ResultDetail.objects.filter(result__edition=edition).select_related("result")
    found = set()
    for detail in kept.order_by("result__position").iterator(chunk_size=200):
        detail.result.edition = edition
        if fault := fault_of_detail(detail):
            return fault
        found.add(detail.pk)
    ranked = edition.results.filter(rank__isnull=False)
    missing = ranked.exclude(pk__in=found).first()
    return f"{missing.unit_name}: không có chi tiết" if missing else ""


def short_code(edition: Edition) -> str:
    """The first twelve digits of the digest in groups of four, for paper and conversation."""
    head = edition.digest[:12].upper()
    return "-".join(head[start : start + 4] for start in (0, 4, 8))


def plain(value: Any) -> Any:
    """A value as text, whole number, truth or nothing: fractions in lowest terms, decimals without
    idle zeros, days and moments (UTC) as ISO 8601 writes them."""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, str):
        return str(value)
    if isinstance(value, Sequence):
        return [plain(item) for item in value]
    return value


def _columns(row: Edition | EditionResult, names: Iterable[str]) -> dict[str, Any]:
    return {name.removesuffix("_id"): plain(getattr(row, name)) for name in names}


def _digest_or_none(edition: Edition | None) -> str | None:
    return edition.digest if edition else None


def _fault_of_links(edition: Edition) -> str:
    before = Edition.objects.filter(pk__lt=edition.pk).order_by("-pk").values_list("pk", flat=True)
    if edition.previous_id != before.first():
        return "mắt xích không nối với bản công bố ngay trước"
    corrected = edition.corrects
    if corrected and (corrected.period_id, corrected.number + 1) != (
        edition.period_id,
        edition.number,
    ):
        return "bản được đính chính không phải bản liền trước của kỳ này"
    return ""
