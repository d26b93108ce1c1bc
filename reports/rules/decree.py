"""How a State paper writes numbers, days, lists and signatures.

Source: Nghị định 30/2020/NĐ-CP, Phụ lục I.
"""

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

BLANK = "\N{NO-BREAK SPACE}" * 8
GAP = "\N{NO-BREAK SPACE}"

# The letters that number a điểm: đ has its own place, f, j, w, z have none.
LETTERS = "abcdđeghiklmnopqrstuvxy"

ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


AUTHORITIES = {
    "": "Ký trực tiếp",
    "Q.": "Quyền cấp trưởng",
    "KT.": "Ký thay người đứng đầu",
    "TL.": "Ký thừa lệnh",
    "TUQ.": "Ký thừa ủy quyền",
    "TM.": "Thay mặt tập thể",
}
"""The marks before the head's position, and what they mean to people."""


DEPUTIES = ("phó ", "thứ trưởng")
"""How the post of a deputy begins."""

RANK = re.compile(
    r"(?:(?:thiếu|trung|thượng|đại) (?:úy|uý|tá|tướng)|(?:hạ|trung|thượng) sĩ|binh (?:nhì|nhất)) +",
    re.IGNORECASE,
)
"""How a rank begins what somebody is called."""

COMPOUNDS = frozenset(
    (
        "an ninh", "bộ phận", "cải cách", "cam kết", "cảnh sát", "cấp huyện", "cấp tỉnh", "cấp xã",
        "chấm điểm", "chỉ số", "công an", "công bố", "cứu hộ", "cứu nạn", "đánh giá", "địa phương",
        "đơn vị", "giải quyết", "hành chính", "kết quả", "mô hình", "một cửa", "nhân dân",
        "nhiệm vụ", "phát sinh", "phê duyệt", "thành phố", "thị xã", "thủ tục", "trực tiếp",
        "trực thuộc", "xác định", "xếp hạng",
    )
)  # fmt: skip
"""Words of two syllables that the end of a title line must not cut in two."""


def two_digits(number: int) -> str:
    """A whole number as papers write it: 6 becomes "06", 41 stays "41"."""
    return f"{number:02d}"


def day_in_words(day: date) -> str:
    """ "ngày 09 tháng 6 năm 2022": days under 10 and the months 1 and 2 take a leading zero."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def open_day(year: int) -> str:
    """The same words with day and month left to be filled in, for a draft."""
    return f"ngày {BLANK}tháng {BLANK}năm {year}"


def document_number(number: str, symbol: str) -> str:
    """Number and symbol in one: "7" and "QĐ-CAT-PV01" give "07/QĐ-CAT-PV01".

    A number that already carries its symbol keeps it. Numbers under 10 take a leading zero.
    """
    figures, _, own_symbol = "".join(number.split()).partition("/")
    if figures.isdecimal() and len(figures) == 1:
        figures = f"0{figures}"
    return f"{figures}/{own_symbol or symbol}" if own_symbol or symbol else figures


def letter(position: int) -> str:
    """The letter of a điểm, counted from 1: a, b, c, d, đ, e, g …; ValueError beyond y."""
    if not 1 <= position <= len(LETTERS):
        raise ValueError(f"no letter for item {position}")
    return LETTERS[position - 1]


def roman(number: int) -> str:
    """The Roman figure of a chapter or an annex; ValueError below 1."""
    if number < 1:
        raise ValueError(f"no Roman figure for {number}")
    figures = ""
    for value, sign in ROMAN:
        count, number = divmod(number, value)
        figures += sign * count
    return figures


def annex_label(position: int, count: int) -> str:
    """ "Phụ lục II" among several; a single annex has no number."""
    return f"Phụ lục {roman(position)}" if count > 1 else "Phụ lục"


def most_places(figures: Iterable[Decimal]) -> int:
    """The decimals a column needs so that none of its figures loses one: 2 for 95.50 and 91."""
    exponents = (value.as_tuple().exponent for value in figures)
    return max((0, *(-exponent for exponent in exponents if isinstance(exponent, int))))


def trimmed(value: Decimal) -> Decimal:
    """The same figure without idle zeros: 100.00 becomes 100, 97.50 becomes 97.5."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def capitalised(text: str) -> str:
    """The text as a sentence begins; only its first letter changes."""
    return f"{text[:1].upper()}{text[1:]}"


def uncapitalised(text: str) -> str:
    """The text as it stands inside a sentence; only its first letter changes."""
    return f"{text[:1].lower()}{text[1:]}"


def listed(lines: Iterable[str]) -> tuple[str, ...]:
    """Each line of a list closed by ";", the last one by "."."""
    bare = [line.rstrip(" ;.") for line in lines]
    return tuple(f"{line};" for line in bare[:-1]) + tuple(f"{line}." for line in bare[-1:])


def finished(text: str) -> str:
    """The last words of a paper, closed by "./."."""
    return f"{text.rstrip(' ./;')}./."


def authority_of(post: str) -> str:
    """The mark before the head's position for whoever holds this post: a deputy signs for the head.

    Source: Phụ lục I Nghị định 30/2020/NĐ-CP, mục II.7.
    """
    return "KT." if post.strip().lower().startswith(DEPUTIES) else ""


class Called(NamedTuple):
    """Whom a paper names: the rank, where one stands first, and the name."""

    rank: str
    name: str


def called(words: str) -> Called:
    """Rank and name apart: "Thượng tá Trần Thị Khánh".

    Source: Điều 21 Luật Công an nhân dân năm 2018, which names the ranks.
    """
    found = RANK.match(words)
    return Called(found[0].strip(), words[found.end() :]) if found else Called("", words)


def signature_lines(authority: str, head: str, position: str) -> tuple[str, ...]:
    """The lines above the signature, in capitals: "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC".

    authority: empty for the head, a mark of AUTHORITIES, or a whole line such as "KT. Giám đốc";
    head: position of the head of the body, or the collective for TM.; position: the signer's own.
    """
    mark, _, given = authority.strip().partition(" ")
    if not mark:
        return (position.upper(),)
    above = f"{mark.rstrip('.')}. {given or head}".upper()
    return (above,) if mark.rstrip(".").upper() == "Q" else (above, position.upper())


def balanced(text: str, width: int) -> tuple[str, ...]:
    """A centred title in the fewest lines of at most `width` signs, as even as they can be.

    A line is longer only where one word is. Figures ("năm 2022"), names ("Hà Tĩnh") and COMPOUNDS
    stay whole.
    """
    words = _words(text)
    fewest = len(_filled(words, width))
    limit = next(limit for limit in range(len(text) + 1) if len(_filled(words, limit)) <= fewest)
    return tuple(_filled(words, limit))


def _words(text: str) -> list[str]:
    syllables = text.split()
    words = syllables[:1]
    for before, syllable in pairwise(syllables):
        named = before.istitle() and syllable.istitle()
        compound = f"{before} {syllable}".lower().rstrip(",;.") in COMPOUNDS
        if syllable[0].isdigit() or named or compound:
            words[-1] += f" {syllable}"
        else:
            words.append(syllable)
    return words


def _filled(words: list[str], width: int) -> list[str]:
    lines = words[:1]
    for word in words[1:]:
        if len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines
