"""The last day that follows from a term told in words: "quý III", "tháng 9 năm 2022"."""

import re
from calendar import monthrange
from datetime import date

QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
TERM = re.compile(
    r"\b(?P<span>quý|tháng)\s*(?P<which>iv|i{1,3}|\d{1,2})\b(?:\s*(?:năm|[/-])\s*(?P<year>\d{4}))?",
    re.IGNORECASE,
)


def deadline(due_on: date | None, due_text: str, year: int) -> date | None:
    """The day itself, or the end of the last quarter or month that the words name.

    Without a year of its own a quarter is one of the commitment's `year`. None where the words
    name neither ("thường xuyên", "theo yêu cầu").
    """
    if due_on is not None:
        return due_on
    ends = [end for term in TERM.finditer(due_text) if (end := _end_of(term, year))]
    return ends[-1] if ends else None


def _end_of(term: re.Match[str], year: int) -> date | None:
    which = term["which"].lower()
    number = QUARTERS.get(which) or (int(which) if which.isdecimal() else 0)
    month = number * 3 if term["span"].lower() == "quý" else number
    at = int(term["year"] or year)
    if not 1 <= month <= 12 or not 1900 <= at <= 2200:
        return None
    return date(at, month, monthrange(at, month)[1])
