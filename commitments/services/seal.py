"""What a head signed: the content put together, its digest, and whether it still holds."""

from cchc_portal.kit.digest import digest
from commitments.models import Commitment
from commitments.rules.terms import signed_content

HEADING = ("year", "title", "place", "agreed_on", "unit_name", "received_by_name", "made_up")
SIGNER = ("signer", "signer_post", "signed_at")


def digest_of(commitment: Commitment) -> str:
    """SHA-256 over heading, signatory and tasks in their order, by the layout it was signed under.

    Of an annex also over the digest of what it changes. Reads `tasks.all()`.
    """
    heading = {column: getattr(commitment, column) for column in HEADING}
    heading["unit_code"] = commitment.unit.code
    heading["received_by_code"] = commitment.received_by.code
    if commitment.amends_id:
        heading |= {"amends": commitment.amends.digest, "number": commitment.number}
    signer = {column: getattr(commitment, column) for column in SIGNER}
    signer["signed_by"] = commitment.signed_by_id
    tasks = [task.signed for task in commitment.tasks.all()]
    return digest(signed_content(heading, signer, tasks, commitment.layout))


def holds(commitment: Commitment) -> bool:
    """Whether what lies in the database is, to the letter, what was signed."""
    return digest_of(commitment) == commitment.digest
