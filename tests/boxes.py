"""Pages as they read, without the boxes that keep numbers of papers on one line."""

import re

BOX = re.compile(r'<span class="nowrap">([^<]*)</span>')


def unboxed(page: str) -> str:
    """The page with the words of such boxes and not the boxes."""
    return BOX.sub(r"\1", page)
