"""Numbers of papers ("3412/QĐ-CAT-PV01") stand on one line wherever they are drawn.

Only the drawing is touched: a box around the letters. What is stored, sealed, searched and copied
keeps its plain hyphens, for a number with other signs in it would be found by nobody.
"""

import re

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

LONGEST = 40
"""A longer one may break: on a narrow page it would stand out of its cell."""

_NUMBER = r"(?<![\w/])\d+\w?(?:/\d{4})?/[A-ZĐ]\w*(?:[-\u2013/]\w+)*"
_OUTSIDE = r"(?![^<>]*(?:>|</(?:text|title)))"
_DRAWN = re.compile(_NUMBER + _OUTSIDE)
"""Not within a tag, nor in the words of a drawing, where there are no boxes."""


def unbroken(text: object) -> SafeString:
    """The text for a page, escaped if it is not yet, each number of a paper in a box of its own."""
    return mark_safe(_DRAWN.sub(_boxed, conditional_escape("" if text is None else text)))


def unbroken_in_paper(page: str) -> str:
    """The HTML of a whole paper with its numbers in boxes; its head is left alone."""
    head, body, rest = page.partition("<body")
    return head + body + _DRAWN.sub(_boxed, rest)


def _boxed(found: re.Match[str]) -> str:
    number = found[0]
    return number if len(number) > LONGEST else f'<span class="nowrap">{number}</span>'
