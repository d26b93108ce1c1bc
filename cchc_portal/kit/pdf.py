"""From a template to a PDF for the archive: no network, fonts of our own, tagged PDF/A-3a.

Why this renderer, this font and this variant: docs/decisions/0011-papers.md.
"""

import gc
import logging
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.template.loader import render_to_string
from fontTools.ttLib import TTFont
from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from cchc_portal.kit.paper_numbers import unbroken_in_paper

VARIANT = "pdf/a-3a"
STATIC = Path(__file__).resolve().parents[2] / "static"
FONTS = STATIC / "fonts" / "paper"
STAND_IN = "?"

logger = logging.getLogger(__name__)


class OutsideAddress(FatalURLFetchingError):
    """A paper asked for something that is not one of our own static files."""


class OwnFiles(URLFetcher):
    """Reads files under static/ and nothing else; a paper that asks for more is not drawn."""

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        address = urlsplit(url)
        path = Path(unquote(address.path)).resolve()
        if address.scheme != "file" or not path.is_relative_to(STATIC) or not path.is_file():
            raise OutsideAddress(f"papers are drawn from {STATIC} only, not from {url}")
        kind = "text/css" if path.suffix == ".css" else "application/octet-stream"
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})


@cache
def drawable() -> frozenset[str]:
    """Every sign that all faces of the paper font can draw."""
    return frozenset.intersection(*(_signs_of(path) for path in FONTS.glob("*.ttf")))


def _signs_of(path: Path) -> frozenset[str]:
    with TTFont(path, lazy=True) as face:
        return frozenset(map(chr, face.getBestCmap()))


def in_our_letters(text: str) -> str:
    """The text composed (NFC), without invisible signs, and with "?" for any sign the font lacks.

    Without this one foreign sign would bring a second font family into the file, in silence.
    """
    composed = unicodedata.normalize("NFC", text)
    signs = set(composed) - set("\n\t\r")
    invisible = {sign for sign in signs if unicodedata.category(sign).startswith("C")}
    foreign = signs - invisible - drawable()
    if foreign:
        logger.warning(
            "The paper font lacks, and a paper shows as ?: %s", " ".join(sorted(foreign))
        )
    return composed.translate(
        {ord(sign): None for sign in invisible} | {ord(sign): STAND_IN for sign in foreign}
    )


@contextmanager
def no_collector() -> Iterator[None]:
    """While a long paper is drawn nothing looks for rings of garbage: the walk over the boxes of
    the table, again and again, costs a quarter of the time."""
    gc.collect()
    gc.freeze()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.unfreeze()
        gc.collect()


def render_pdf(
    template: str,
    context: Mapping[str, Any],
    *,
    title: str,
    author: str = "",
    variant: str = VARIANT,
) -> bytes:
    """The PDF of a template that extends `reports/pdf/base.html`.

    The template sees `context`, `title` and `author`; addresses in it are relative to static/.
    `variant`: what kind of PDF. Raises OutsideAddress when the template or its style asks for
    anything that is not ours.
    """
    words = render_to_string(template, {**context, "title": title, "author": author})
    page = unbroken_in_paper(in_our_letters(words))
    fonts = FontConfiguration()
    paper = HTML(string=page, base_url=f"{STATIC.as_uri()}/", url_fetcher=OwnFiles())
    return paper.write_pdf(font_config=fonts, pdf_variant=variant)
