"""Papers too long for one pass: how they are cut, how a part is drawn, how the parts are joined."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from io import BytesIO
from tempfile import TemporaryFile
from typing import IO
from zipfile import ZIP_STORED, ZipFile

from pikepdf import Pdf

from cchc_portal.kit.pdf import no_collector, render_pdf
from cchc_portal.kit.pdf_files import enclose
from cchc_portal.kit.pdf_join import bookmarked_pages, lay_numbers, open_joined, page_labels
from reports.models import Edition, EditionResult, PressPart
from reports.papers.decision import AnnexPart, EditionPaper
from reports.papers.editions import edition_paper, enclosures_of
from reports.papers.unit_sheet import RankedBlock, ranked_block, sheet_pdf
from reports.rules.slices import Slice, even, packed

ONE_PASS_AT_MOST = 660
"""Lines of a decision that are drawn in one pass: some seconds, 200 MB."""
LINES_A_PART = 660
"""Fewer would pay the start of a paper too often, more would take too much memory (0078)."""
SHEETS_A_PART = 10
"""25 hold 325 MB until the collector of rings comes; ten hold 245 and take no longer (0078)."""


def is_long(edition: Edition) -> bool:
    """Whether its decision is drawn in parts. One query."""
    return edition.results.count() > ONE_PASS_AT_MOST


def parts_of_paper(edition: Edition) -> list[list[Slice]]:
    """What each part of the decision holds; the first also the decision itself. Two queries."""
    return _cut(edition_paper(edition))


def parts_of_sheets(edition: Edition) -> list[tuple[int, int]]:
    """From which ranked line to which each part goes, counted from 0. One query."""
    count = _ranked(edition).count()
    return even(count, SHEETS_A_PART) if count else []


def draw_part_of_paper(edition: Edition, part: PressPart) -> bytes:
    """The PDF of some lines, without page numbers."""
    return _drawn(
        edition_paper(edition),
        [Slice(*lines) for lines in part.holds],
        opens=part.position == 1,
        closes=not part.run.parts.filter(position__gt=part.position).exists(),
        author=edition.issuer_name,
    )


def draw_part_of_sheets(edition: Edition, part: PressPart) -> bytes:
    """The sheets of some units in one file (ZIP), as everybody may see them."""
    first, last = part.holds
    blocks: dict[int, RankedBlock] = {}
    out = BytesIO()
    with ZipFile(out, "w", ZIP_STORED) as bundle:
        for line in _ranked(edition)[first:last]:
            line.edition, at = edition, line.block_position
            if at not in blocks:
                blocks[at] = ranked_block(edition, at)
            bundle.writestr(_name(line), sheet_pdf(line, block=blocks[at]))
    return out.getvalue()


def draw_draft(paper: EditionPaper, author: str, tell: Callable[[int, int], None]) -> bytes:
    """A draft, part by part in one go, so that it shows the figures of one moment; `tell` hears how
    many parts are done, of how many. Nothing is enclosed and nothing is kept."""
    parts = _cut(paper)
    tell(0, len(parts))
    with ExitStack() as held:
        files = []
        for number, slices in enumerate(parts, start=1):
            with no_collector():
                drawn = _drawn(
                    paper, slices, opens=number == 1, closes=number == len(parts), author=author
                )
            files.append(held.enter_context(TemporaryFile()))
            files[-1].write(drawn)
            files[-1].seek(0)
            tell(number, len(parts))
        out = BytesIO()
        _numbered(files, held).save(out, deterministic_id=True)
        return out.getvalue()


def join_paper(edition: Edition, parts: Sequence[IO[bytes]], out: IO[bytes]) -> None:
    """The decision out of its parts: numbers laid over, the data enclosed."""
    with ExitStack() as held:
        whole = _numbered(parts, held)
        enclose(whole, enclosures_of(edition))
        whole.save(out, deterministic_id=True)


def join_sheets(parts: Iterable[IO[bytes]], out: IO[bytes]) -> None:
    """One file of all sheets."""
    with ZipFile(out, "w", ZIP_STORED) as bundle:
        for part in parts:
            with ZipFile(part) as some:
                for name in some.namelist():
                    bundle.writestr(name, some.read(name))


def _cut(paper: EditionPaper) -> list[list[Slice]]:
    return packed([annex.unit_count for annex in paper.annexes], LINES_A_PART)


def _drawn(
    paper: EditionPaper, slices: list[Slice], *, opens: bool, closes: bool, author: str
) -> bytes:
    numbered = paper.numbered_annexes
    context = {
        "paper": paper,
        "parts": [AnnexPart(numbered[one.annex], one.first, one.last) for one in slices],
        "opens": opens,
        "closes": closes,
    }
    return render_pdf("reports/pdf/edition_part.html", context, title=paper.title, author=author)


def _numbered(parts: Sequence[IO[bytes]], held: ExitStack) -> Pdf:
    whole = open_joined(parts, held)
    labels = page_labels(len(whole.pages), bookmarked_pages(whole))
    lay_numbers(whole, labels, held)
    return whole


def _ranked(edition: Edition):
    return edition.results.filter(rank__isnull=False).order_by("position")


def _name(line: EditionResult) -> str:
    return f"khoi-{line.block_position:02}/{line.position:04}-{line.unit_code.lower()}.pdf"
