"""Files that travel inside a paper: the data it was drawn from, for programs and archives."""

from collections.abc import Iterable
from datetime import datetime
from io import BytesIO
from typing import NamedTuple

from pikepdf import Array, AttachedFileSpec, Name, Pdf
from pikepdf.models.metadata import encode_pdf_date


class Enclosure(NamedTuple):
    """A file inside a paper: its name, bytes, kind (MIME), what it is, and of when."""

    name: str
    content: bytes
    kind: str
    meaning: str
    made_at: datetime


def enclose(paper: Pdf, enclosures: Iterable[Enclosure]) -> None:
    """Puts the files into the paper as the data behind it (PDF/A-3: relationship Data, array AF).

    The same files give the same bytes: their day is the one they say.
    """
    for one in enclosures:
        moment = encode_pdf_date(one.made_at)
        paper.attachments[one.name] = AttachedFileSpec(
            paper,
            one.content,
            filename=one.name,
            description=one.meaning,
            mime_type=one.kind,
            creation_date=moment,
            mod_date=moment,
            relationship=Name.Data,
        )
    paper.Root.AF = Array([spec.obj for spec in paper.attachments.values()])


def enclosed(drawn: bytes, enclosures: Iterable[Enclosure]) -> bytes:
    """The same paper with the files in it."""
    out = BytesIO()
    with Pdf.open(BytesIO(drawn)) as paper:
        enclose(paper, enclosures)
        paper.save(out, deterministic_id=True)
    return out.getvalue()
