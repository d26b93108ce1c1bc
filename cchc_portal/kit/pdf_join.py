"""Parts of a long paper become one: pages, tags, bookmarks, and page numbers laid over.

Parts know nothing of each other and are drawn without page numbers. What does not come along with
pages by itself, and in which order it must be taken: docs/decisions/0078-papers-in-parts.md.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import ExitStack
from io import BytesIO
from pathlib import Path
from typing import IO

from pikepdf import Dictionary, Name, Object, OutlineItem, Page, Pdf, Stream

from cchc_portal.kit.pdf import render_pdf

NUMBERS = "reports/pdf/page_numbers.html"
WITHOUT_TAGS = "pdf/a-3b"


def open_joined(parts: Sequence[Path | IO[bytes]], held: ExitStack) -> Pdf:
    """All parts in the first one, which gives marks, title and language. It stays open until `held`
    is closed; the others are let go one by one, so that the tags of one alone are held twice."""
    whole = held.enter_context(Pdf.open(parts[0]))
    for number, part in enumerate(parts[1:], start=2):
        before = _next_key(whole)
        with Pdf.open(part) as source:
            _take_in(whole, source, number)
            _take_streams(whole, range(before, _next_key(whole)))
    return whole


def bookmarked_pages(paper: Pdf) -> list[int]:
    """The pages on which a bookmark of the first level stands, counted from 0."""
    return [index for _, index in _bookmarks(paper)]


def page_labels(count: int, starts: Collection[int]) -> list[int | None]:
    """The number that each page bears: anew from every start, whose own page bears none.

    `starts`: pages that begin a count, from 0; the first page always does.
    """
    labels: list[int | None] = []
    since = 0
    for page in range(count):
        since = 0 if page in starts else since + bool(page)
        labels.append(since + 1 if since else None)
    return labels


def lay_numbers(paper: Pdf, labels: Sequence[int | None], held: ExitStack) -> None:
    """Each page bears its number where the decree wants it, told to readers as no part of the text.

    Numbers are drawn once and laid over every page that bears them.
    """
    highest = max((label for label in labels if label), default=0)
    if not highest:
        return
    drawn = render_pdf(
        NUMBERS,
        {"pages": range(highest), "paper": {"foot": "", "draft": False}},
        title="",
        variant=WITHOUT_TAGS,
    )
    numbers = held.enter_context(Pdf.open(BytesIO(drawn)))
    forms: dict[int, Object] = {}
    for page, label in zip(paper.pages, labels, strict=True):
        if label is None:
            continue
        if label not in forms:
            form = numbers.pages[label - 1].as_form_xobject()
            forms[label] = paper.copy_foreign(numbers.make_indirect(form))
        name = page.add_resource(forms[label], Name.XObject, name=Name(f"/PageNumber{label}"))
        page.contents_add(f"/Artifact BMC q {name} Do Q EMC".encode(), prepend=True)


def _take_in(whole: Pdf, part: Pdf, number: int) -> None:
    tags = whole.Root.StructTreeRoot
    offset = 1 + max((key for key, _ in _pairs(tags)), default=-1)
    bookmarks, before = _bookmarks(part), len(whole.pages)
    _rename_headers(part, number)
    for page in part.pages:
        if Name.StructParents in page:
            page.StructParents += offset
    whole.pages.extend(part.pages)
    _take_tags(whole, part, offset)
    with whole.open_outline() as outline:
        outline.root.extend(OutlineItem(title, before + index) for title, index in bookmarks)


def _next_key(paper: Pdf) -> int:
    """Behind every object that the paper has; the empty one that tells it is not saved."""
    return paper.make_indirect(Dictionary()).objgen[0]


def _take_streams(whole: Pdf, keys: Iterable[int]) -> None:
    """What is drawn, read now: it would be fetched from the part while the whole is saved."""
    for key in keys:
        taken = whole.get_object(key, 0)
        if isinstance(taken, Stream):
            filters, parameters = taken.get("/Filter"), taken.get("/DecodeParms")
            taken.write(taken.read_raw_bytes(), filter=filters, decode_parms=parameters)


def _take_tags(whole: Pdf, part: Pdf, offset: int) -> None:
    """After the pages: a tag names its page, and would name none before."""
    tags, theirs = whole.Root.StructTreeRoot, part.Root.StructTreeRoot
    (document,) = tags.K
    (their_document,) = theirs.K
    for child in their_document.K:
        taken = whole.copy_foreign(child)
        taken.P = document
        document.K.append(taken)
    for key, leaves in _pairs(theirs):
        held = leaves if leaves.is_indirect else part.make_indirect(leaves)
        tags.ParentTree.Nums.append(key + offset)
        tags.ParentTree.Nums.append(whole.copy_foreign(held))


def _rename_headers(part: Pdf, number: int) -> None:
    """Cells name their headings by keys that every part begins anew."""
    for tag in _cells(part):
        if Name.ID in tag:
            tag.ID = f"{number}-{tag.ID}"
        attributes = tag.get("/A")
        if isinstance(attributes, Dictionary) and len(attributes.get("/Headers", ())):
            attributes.Headers = [f"{number}-{key}" for key in attributes.Headers]


def _cells(part: Pdf) -> Iterator[Object]:
    for item in part.objects:
        if isinstance(item, Dictionary) and item.get("/S") in (Name.TH, Name.TD):
            yield item


def _bookmarks(paper: Pdf) -> list[tuple[str, int]]:
    with paper.open_outline() as outline:
        return [(item.title, _page_of(item)) for item in outline.root]


def _page_of(item: OutlineItem) -> int:
    return Page(item.destination[0]).index


def _pairs(tags: Object) -> Iterator[tuple[int, Object]]:
    """Key and leaves of every page in the tree of tags."""
    flat = list(tags.ParentTree.Nums)
    yield from zip(map(int, flat[::2]), flat[1::2], strict=True)
