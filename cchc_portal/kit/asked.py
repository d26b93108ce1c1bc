"""A number out of an address or a hidden field, where anything may have been written by hand."""

DIGITS = 18
"""As many as every key and every version of the database holds."""


def number(written: str | None, *, digits: int = DIGITS) -> int | None:
    """The natural number that was written, in ASCII digits; None where it is none, or longer."""
    if written and len(written) <= digits and written.isascii() and written.isdecimal():
        return int(written)
    return None
