"""The seal of an edition: what exactly is sealed, its digest, and whether it still holds."""

from collections.abc import Iterable

from cchc_portal.kit.digest import digest
from reports.models import Edition, EditionResult

DECISION = (
    "number",
    "title",
    "year",
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
    "places",
    "tie_rule",
    "scale_total",
    "band_floors",
    "band_labels",
)
LINE = (
    "position",
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


def digest_of(edition: Edition, results: Iterable[EditionResult]) -> str:
    """SHA-256 over decision, rules and every line in order. The file of the paper is not in it."""
    decision = {column: getattr(edition, column) for column in DECISION}
    lines = [
        {column: getattr(result, column) for column in LINE}
        for result in sorted(results, key=lambda result: result.position)
    ]
    return digest({"decision": decision, "results": lines})


def holds(edition: Edition, results: Iterable[EditionResult]) -> bool:
    """Whether the stored lines still give the digest taken on the day of publication."""
    return digest_of(edition, results) == edition.digest


def short_code(edition: Edition) -> str:
    """The first twelve digits of the digest in groups of four, for paper and conversation."""
    head = edition.digest[:12].upper()
    return "-".join(head[start : start + 4] for start in (0, 4, 8))
