"""The catalogue of criteria sets: versions are added, never changed."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass

from django.db import connection, transaction

from cchc_portal.kit.digest import digest
from cchc_portal.kit.worded import Worded
from scoring.models import CriteriaSet
from scoring.rules.criteria import CriteriaTree
from scoring.services.criteria import store


class Change(Worded):
    """What an import did with one set."""

    NEW = "new", "mới"
    NEXT = "next", "phiên bản mới"
    NONE = "none", "không đổi"


@dataclass(frozen=True)
class Outcome:
    """One set of the file: what became of it, and which version it is now."""

    tree: CriteriaTree
    change: Change
    version: int


@transaction.atomic
def import_sets(trees: Iterable[CriteriaTree]) -> list[Outcome]:
    """Adds each sound set to the catalogue where its content is not that of the newest version.

    All or nothing. What a set says is told by its digest, so importing a file twice changes
    nothing. Raises nothing of its own: soundness is the caller's question (`rules.criteria`).
    """
    # Two imports at once would both add the same version; the second waits here.
    with connection.cursor() as cursor:
        cursor.execute("lock table scoring_criteriaset in share row exclusive mode")
    newest = {owned.code: owned for owned in CriteriaSet.objects.newest()}
    return [_import_one(tree, newest.get(tree.code)) for tree in trees]


def digest_of(tree: CriteriaTree) -> str:
    """What the set says, whatever its version is called."""
    said = asdict(tree)
    del said["version"]
    return digest(said)


def _import_one(tree: CriteriaTree, newest: CriteriaSet | None) -> Outcome:
    said = digest_of(tree)
    if newest is not None and newest.digest == said:
        return Outcome(tree, Change.NONE, newest.version)
    version = newest.version + 1 if newest else 1
    store(tree, version=version, digest=said)
    return Outcome(tree, Change.NEXT if newest else Change.NEW, version)
