"""Words of a cell: what a sheet of a workbook cannot hold is left out. Pure."""

import re

NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def clean(words: str) -> str:
    """Without signs that would make the file unreadable."""
    return NOT_XML.sub(" ", words)
