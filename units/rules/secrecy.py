"""Whether a paper bears a mark of State secrecy: MẬT, TỐI MẬT, TUYỆT MẬT. Pure.

The marks of Luật Bảo vệ bí mật nhà nước 2018 are stamped in capitals. So only capitals count in a
text, and the many words that hold the syllable (bảo mật, mật khẩu, mật ong) raise no alarm.
"""

import re
import unicodedata

BEFORE = ("BẢO", "BÍ", "CƠ", "THÂN", "ĐỘ", "KHÔNG", "TÚI", "SỎI", "ỐNG", "RỈ", "NGỌT", "VĂN", "THỊ")
AFTER = ("KHẨU", "MÃ", "ĐỘ", "ONG", "MÍA", "GẤU", "THIẾT", "THÁM", "VỤ")
"""Words beside which the syllable is part of another word, or of a person's name."""

_SPREAD = re.compile(r"\bM[ \u00a0]+Ậ[ \u00a0]+T\b")
_GRADE = re.compile(r"^\W*(?:mức )?độ mật\s*:\s*(tuyệt mật|tối mật|mật)\W*$", re.IGNORECASE)
_WORD = re.compile(r"\w+")
_SIGNS = re.compile(r"[\W_]+")


def mark_in(text: str) -> str:
    """The mark a text bears, "TỐI MẬT"; empty where it bears none."""
    last = ""
    for line in _SPREAD.sub("MẬT", unicodedata.normalize("NFC", text)).splitlines():
        if grade := _GRADE.match(line):
            return grade[1].upper()
        words = _WORD.findall(line)
        for at, word in enumerate(words):
            if word != "MẬT":
                continue
            alone = len(words) == 1
            before = words[at - 1] if at else "" if alone else last
            after = words[at + 1] if at + 1 < len(words) else ""
            if before in ("TUYỆT", "TỐI"):
                return f"{before} MẬT"
            if before not in BEFORE and after not in AFTER:
                return "MẬT"
        last = words[-1] if words else last
    return ""


def mark_in_name(name: str) -> str:
    """The mark a file's name bears; here the two higher ones count in small letters too."""
    plain = _SIGNS.sub(" ", unicodedata.normalize("NFC", name)).strip()
    for small, bare, mark in (
        ("tuyệt mật", "TUYET MAT", "TUYỆT MẬT"),
        ("tối mật", "TOI MAT", "TỐI MẬT"),
    ):
        if small in plain.lower() or re.search(rf"\b{bare}\b", plain):
            return mark
    return mark_in(plain)
