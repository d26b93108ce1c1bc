"""How a lost point reads as a task, and a task as a figure. Pure."""

from fractions import Fraction

from cchc_portal.kit.numerals import written
from commitments.rules.areas import ReformArea
from commitments.rules.progress import Rate
from commitments.rules.terms import TaskTerms

LONGEST_TITLE = 500
LONGEST_CRITERION = 120
LONGEST_ORIGIN = 300

SOURCE = "Lấy từ kết quả thực hiện cam kết"
"""How a figure taken from a commitment begins, in a note and as a source."""

SIGNS = (
    ("chỉ đạo", ReformArea.DIRECTION),
    ("thể chế", ReformArea.INSTITUTIONS),
    ("thủ tục", ReformArea.PROCEDURES),
    ("bộ máy", ReformArea.APPARATUS),
    ("công vụ", ReformArea.CIVIL_SERVICE),
    ("cán bộ", ReformArea.CIVIL_SERVICE),
    ("tài chính", ReformArea.FINANCE),
    ("chính quyền", ReformArea.DIGITAL),
    ("điện tử", ReformArea.DIGITAL),
    ("chuyển đổi số", ReformArea.DIGITAL),
    ("hiện đại hóa", ReformArea.DIGITAL),
    ("hồ sơ", ReformArea.PROCEDURES),
    ("một cửa", ReformArea.PROCEDURES),
)
"""Words in the title of a criterion or its area, and the area of reform they speak of."""


def area_of(*titles: str) -> ReformArea:
    """The area of reform that the first telling title is about; direction where none tells."""
    for title in titles:
        for sign, area in SIGNS:
            if sign in title.lower():
                return area
    return ReformArea.DIRECTION


def terms_of(code: str, title: str, area_title: str) -> TaskTerms:
    """The task by which a lost point is won back, to be made exact by whoever writes the draft."""
    return TaskTerms(
        area=area_of(area_title, title),
        title=cut(f"Khắc phục điểm mất: {title}", LONGEST_TITLE),
        due_text="trong năm",
        criterion=cut(f"{code} {title}", LONGEST_CRITERION),
    )


def serves(criterion: str, code: str) -> bool:
    """Whether a task that names this criterion serves the component with this code."""
    return criterion.strip().rstrip(".").split(" ", 1)[0].rstrip(".:") == code


def origin_of(code: str, lost: Fraction, where: str) -> str:
    """ "từ điểm mất ở tiêu chí 1.2.3 (công bố số 12/QĐ-CAT): 0,50 điểm"."""
    return cut(f"từ điểm mất ở tiêu chí {code} ({where}): {written(lost, 2)} điểm", LONGEST_ORIGIN)


def source_of(rate: Rate, year: int) -> str:
    """ "Lấy từ kết quả thực hiện cam kết năm 2022: 5/6 nhiệm vụ"."""
    return f"{SOURCE} năm {year}: {rate.done}/{rate.all} nhiệm vụ"


def retold(note: str, source: str) -> str:
    """The note with the source as its first line, in place of one that said so before."""
    lines = [line for line in note.splitlines() if not line.startswith(SOURCE)]
    return "\n".join([source, *lines]).strip()


def cut(words: str, most: int) -> str:
    """The words, or as many letters of them as there is room for."""
    return words if len(words) <= most else f"{words[: most - 1]}…"
