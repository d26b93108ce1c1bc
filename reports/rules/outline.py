"""The outline of a periodic report: its parts and sections, and which figures stand in which.

Source of the usual one: parts asked for by Công văn 581/BNV-CCHC; areas of Nghị quyết 76/NQ-CP.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TypeVar

from commitments.rules.areas import ReformArea
from reports.rules.found import plain

MOST_SECTIONS = 30
LONGEST_KEY = 60
RESULTS = "Kết quả công tác cải cách hành chính"
JUDGEMENT = "Đánh giá chung"
NEXT = "Nhiệm vụ trọng tâm kỳ tới"
ASKED = "Đề xuất, kiến nghị"


@dataclass(frozen=True)
class Heading:
    """A section: `key` joins it to the same section of other reports, `part` is the heading above
    it, `codes` are indicators, or what their codes begin with."""

    key: str
    part: str
    title: str
    codes: tuple[str, ...] = ()


def _of(area: ReformArea, *codes: str) -> Heading:
    return Heading(str(area), RESULTS, area.label, codes)


USUAL = (
    _of(ReformArea.DIRECTION, "VB", "KT"),
    _of(ReformArea.INSTITUTIONS),
    _of(ReformArea.PROCEDURES, "TTHC", "HS", "MC", "PA"),
    _of(ReformArea.APPARATUS),
    _of(ReformArea.CIVIL_SERVICE, "TH"),
    _of(ReformArea.FINANCE),
    _of(ReformArea.DIGITAL, "CC", "HS-04", "HS-06"),
    Heading("achieved", JUDGEMENT, "Kết quả nổi bật"),
    Heading("shortcomings", JUDGEMENT, "Tồn tại, hạn chế"),
    Heading("causes", JUDGEMENT, "Nguyên nhân"),
    Heading("next", NEXT, NEXT),
    Heading("proposals", ASKED, ASKED),
)


S = TypeVar("S")


def by_part(sections: Iterable[S], *, part: Callable[[S], str]) -> list[tuple[str, list[S]]]:
    """The sections under the headings of their parts, in their order; `part`: that of a section."""
    return [(heading, list(found)) for heading, found in groupby(sections, key=part)]


def stands_alone(part: str, titles: Sequence[str]) -> bool:
    """Whether a part is one section of the same name, so that the name is written once."""
    return list(titles) == [part]


def picks(codes: Iterable[str], code: str) -> bool:
    """Whether an indicator belongs to a section: by its own code, or by what it begins with."""
    return any(code == one or code.startswith(f"{one}-") for one in codes)


def key_of(title: str, taken: Iterable[str]) -> str:
    """A key for a new section: the same title gives the same key next time."""
    letters = "".join(plain(letter) for letter in title)
    key = base = re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[: LONGEST_KEY - 3] or "muc"
    number = 1
    while key in set(taken):
        number += 1
        key = f"{base}-{number}"
    return key
