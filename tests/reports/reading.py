"""Reads a drawn paper back: its text page by page, its fonts, where its letters stand.

Whoever reads the text of a paper also has it held against the clauses for the archive.
"""

import re
from collections.abc import Iterator
from ctypes import create_string_buffer
from io import BytesIO
from typing import NamedTuple

import pikepdf
import pypdfium2
from pypdfium2 import raw

from tests.reports.archive import faults

MILLIMETRE = 72 / 25.4
PIXEL = 0.75  # points; the renderer sets type in pixels of the style sheet


class Letter(NamedTuple):
    """A printed letter and its box on the page, in millimetres from the left and from the top."""

    sign: str
    left: float
    top: float
    right: float
    bottom: float


class Type(NamedTuple):
    """How words are set: size in points, style as the font's name ends."""

    points: float
    style: str


class Font(NamedTuple):
    """A font in the file: its name with the marks of subset and style, whether it is whole."""

    name: str
    embedded: bool
    readable: bool


def pages(paper: bytes) -> list[str]:
    """The text of every page, lines as printed."""
    found = faults(paper)
    assert not found, found
    with pypdfium2.PdfDocument(paper) as document:
        return [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in document]


def text(paper: bytes) -> str:
    """All text with single spaces, as if it were one line."""
    return " ".join(" ".join(pages(paper)).split())


def letters(paper: bytes, number: int = 0) -> Iterator[Letter]:
    """The visible letters of a page, in reading order."""
    with pypdfium2.PdfDocument(paper) as document:
        page = document[number]
        shown, height = page.get_textpage(), page.get_height()
        for index in range(shown.count_chars()):
            sign = shown.get_text_range(index, 1)
            if sign.strip():
                left, bottom, right, top = shown.get_charbox(index)
                box = (left, height - top, right, height - bottom)
                yield Letter(sign, *(edge / MILLIMETRE for edge in box))


def type_of(paper: bytes, words: str, number: int = 0) -> Type:
    """The type in which the first letter of the words is set on a page."""
    with pypdfium2.PdfDocument(paper) as document:
        shown = document[number].get_textpage()
        index = shown.get_text_range().index(words)
        name = create_string_buffer(80)
        raw.FPDFText_GetFontInfo(shown, index, name, len(name), None)
        style = name.value.decode().partition("Portal-Tinos")[2]
        return Type(raw.FPDFText_GetFontSize(shown, index) * PIXEL, style)


def in_the_top_margin(paper: bytes) -> list[str]:
    """What stands above the text of each page."""
    with pypdfium2.PdfDocument(paper) as document:
        count = len(document)
    return [
        "".join(letter.sign for letter in letters(paper, page) if letter.bottom < 20)
        for page in range(count)
    ]


def families(paper: bytes) -> set[str]:
    """The font families in the file, without the marks of subset and style."""
    return {re.sub(r"(-Bold)?(-Italic)?$", "", font.name[7:]) for font in fonts(paper)}


def fonts(paper: bytes) -> list[Font]:
    """Every font that text is set in."""
    with pikepdf.open(BytesIO(paper)) as document:
        dictionaries = [item for item in document.objects if isinstance(item, pikepdf.Dictionary)]
        return [
            Font(
                name=str(item.BaseFont).removeprefix("/"),
                embedded="/FontFile2" in item.DescendantFonts[0].FontDescriptor,
                readable="/ToUnicode" in item,
            )
            for item in dictionaries
            if item.get("/Type") == "/Font" and item.get("/Subtype") == "/Type0"
        ]
