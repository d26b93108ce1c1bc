"""What becomes of a row that reported figures may answer, when they are taken for many at once."""

from cchc_portal.kit.worded import Worded

SOURCE = "Theo số liệu báo cáo"
"""How a note begins that tells where the figures come from."""


def own_words(note: str) -> str:
    """What a person wrote in the note: all but the line that names the source, which is no reason
    for another figure."""
    lines = [line for line in note.splitlines() if not line.startswith(SOURCE)]
    return "\n".join(lines).strip()


def retold(note: str, source: str) -> str:
    """The note with the source as its first line, in place of one that said so before."""
    return f"{source}\n{own_words(note)}".strip()


class Standing(Worded):
    """How a row stands to the reported figures. Only the first kind is written."""

    TAKES = "takes", "Lấy được"
    SAME = "same", "Đúng số liệu báo cáo"
    DIFFERS = "differs", "Khác số liệu báo cáo"
    TYPED = "typed", "Đơn vị đang tự ghi"
    MISSING = "missing", "Chưa có số liệu"
    CLOSED = "closed", "Không ghi được"


def standing(
    *, offered: bool, answered: bool, same: bool, by_people: bool, closed: bool
) -> Standing:
    """`offered`: the figures make an answer; `answered`: the unit has said something, `same`: just
    that; `by_people`: a person has typed in the row or left a draft beside it; `closed`: the
    dossier is not to be written.

    What people typed is never written over. What earlier figures filled may follow corrected ones.
    """
    if not offered:
        return Standing.MISSING
    if same:
        return Standing.SAME
    if answered and (by_people or closed):
        return Standing.DIFFERS
    if closed:
        return Standing.CLOSED
    return Standing.TYPED if by_people else Standing.TAKES
