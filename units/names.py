"""How a name or a code is written before it is stored: composed letters, single spaces."""

import re
import unicodedata

# Signs nobody sees that keyboards, spreadsheets and web pages leave in a text.
INVISIBLE = dict.fromkeys((0x00AD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF))

LONGEST_FILE_NAME = 200

TIDY = r"^\S+( \S+)*$"
"""What a stored name looks like to the database, besides being NFC."""


def tidy(text: str) -> str:
    """NFC, single spaces, no invisible signs: "Công  an" with a separate accent is one name.

    Where the tone mark stands (hòa, hoà) is left as the decision wrote it; search ignores it.
    """
    composed = unicodedata.normalize("NFC", text.translate(INVISIBLE))
    return " ".join(re.split(r"\s+", composed)).strip()


def shown_name(name: str) -> str:
    """The name a person gave a file, readable and not too long."""
    readable = tidy("".join(letter for letter in name if letter.isprintable()))
    return readable[-LONGEST_FILE_NAME:] or "tệp"
