"""The addresses of a unit's cabinet and of the documents in it, and who comes through."""

from tests.house.registry import Address, seats
from tests.scoring.dossier_addresses import SEES
from units.models import Document
from units.permissions import Permission

OPENS = seats(Permission.SEE_UNIT, "here")
FILES = seats(Permission.FILL_DOSSIER, "here") | seats(Permission.DRAFT_COMMITMENT, "here")
POST = ("post",)
FORM = ("get", "post")


def _of_unit(world) -> tuple[int]:
    return (world.dossier.unit_id,)


def _of_document(world) -> tuple[int]:
    return (Document.objects.get(unit=world.dossier.unit_id).pk,)


def _to_files(name: str, args, methods=POST) -> Address:
    """For whoever writes for the unit. Those above it see that there is one: 403."""
    return Address(f"scoring:{name}", passed=FILES, refused=SEES, args=args, methods=methods)


def _to_readers(name: str, args=_of_document) -> Address:
    """The document proves a component: whoever sees the dossier sees it."""
    return Address(f"scoring:{name}", passed=SEES, args=args)


CABINETS = [
    Address("scoring:cabinet", passed=OPENS, refused=SEES, args=_of_unit),
    _to_files("cabinet-file", _of_unit),
    _to_files("cabinet-note", _of_unit),
    _to_files("document-edit", _of_document, FORM),
    _to_files("document-withdraw", _of_document, FORM),
    _to_readers("document"),
    _to_readers("document-file"),
    _to_readers("document-thumbnail"),
    _to_readers("document-page", lambda world: (*_of_document(world), 1)),
]
