"""Who marks a second time, who decides between the two, and from whom the first mark is kept.

Until the second mark is given, the first is kept from everybody who verifies and did not write it:
the figure, the reason and the name, at every door (docs/decisions/0051). What is asked of dossiers
in general stands in access.py.
"""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet

from cchc_portal.kit.errors import MoveRefused
from scoring.access import require_impartial
from scoring.models import Dossier, Period, Score, SecondMark
from scoring.models.second_mark_reads import accepted_among
from scoring.rules.history import OF_THE_ASSESSOR
from scoring.rules.second_mark import GIVEN, UNDONE
from units.models import User

OWN_MARK = "Đồng chí đã thẩm định dòng này nên không chấm lần hai, không quyết định."
OWN_SECOND = "Đồng chí đã chấm lần hai dòng này; người thứ ba quyết định."
KEPT = (
    "Hồ sơ này có dòng đang chấm lần hai mà đồng chí có thể được giao chấm, nên trang này chưa xem "
    "được. Trang mở lại khi chấm xong."
)
KEPT_ROW = (
    "Dòng này đang chấm lần hai mà đồng chí có thể được giao chấm, nên trang này chưa xem được."
)
IN_HAND = (
    "Đồng chí đang giữ một dòng chấm lần hai của kỳ này, nên trang này chưa xem được. Trang mở "
    "lại khi đồng chí chấm xong."
)
UNDER_WAY = "Dòng này đang chấm lần hai, đồng chí chưa ghi được kết quả thẩm định."
BOUND = "Dòng này đã chấm lần hai nên kết quả thẩm định không sửa, không lấy lại được nữa."


def hide(scores: Iterable[Score], reader: User) -> list[Score]:
    """The same scores; of those whose first mark is kept from the reader the verdict is blank, as
    if there were none. One query for whoever verifies somewhere, else none."""
    scores = list(scores)
    kept = SecondMark.objects.hidden_from(reader).filter(score__in=[one.pk for one in scores])
    keys = set(kept.values_list("score", flat=True))
    for one in scores:
        if one.pk in keys and one.settled:
            blank(one)
    return scores


def blank(score: Score) -> Score:
    """Takes the verdict out of what is shown. The row in the database stays as it is."""
    score.hidden = True
    score.verified_answer = score.verified_points = score.approved_points = None
    score.not_applicable, score.verified_reason, score.verified_source = False, "", ""
    score.updated_by = score.usual_reason = None
    return score


def told_of_acts(events: QuerySet, reader: User, scores: str) -> QuerySet:
    """The same events without acts that may tell a first mark that is kept from the reader."""
    kept = SecondMark.objects.hidden_from(reader).values("score")
    return events.exclude(accepted_among(kept, scores))


def keeps_something(reader: User, dossier: Dossier) -> bool:
    """Whether a first mark of the dossier is kept from the reader. One query, or none."""
    return SecondMark.objects.hidden_from(reader).filter(score__dossier=dossier).exists()


def dossiers_kept_from(reader: User, period: Period) -> set[int]:
    """Keys of the period's dossiers of which some first mark is kept. One query, or none."""
    kept = SecondMark.objects.hidden_from(reader).of_period(period).order_by()
    return set(kept.values_list("score__dossier", flat=True))


def require_nothing_kept(reader: User, dossier: Dossier) -> None:
    """PermissionDenied where a page would give away, as a sum, what is kept from the reader."""
    if keeps_something(reader, dossier):
        raise PermissionDenied(KEPT)


def is_kept(reader: User, score: Score) -> bool:
    """Whether the first mark of this row, also one that was taken back, is kept from the reader."""
    return SecondMark.objects.hidden_from(reader).filter(score=score).exists()


def require_not_kept(reader: User, score: Score) -> None:
    """PermissionDenied where it is."""
    if is_kept(reader, score):
        raise PermissionDenied(KEPT_ROW)


def require_empty_hands(reader: User, period: Period) -> None:
    """PermissionDenied at the tables of the period while the reader has a mark of it in hand."""
    if SecondMark.objects.held_by(reader).of_period(period).exists():
        raise PermissionDenied(IN_HAND)


def why_bound(user: User, score: Score) -> str:
    """Why the person cannot write the verdict on the score, as a sentence: the second mark is
    given, or the first is kept from them; empty while they can. One query."""
    mark = score.second_marks.filter(state__in=(*UNDONE, *GIVEN)).first()
    if mark is None:
        return ""
    if mark.state in GIVEN:
        return BOUND
    if not (score.settled or score.hidden):
        return ""  # the first was taken back: anybody of the desk may give it anew
    return "" if has_judged(user, score) else UNDER_WAY


def require_unbound(user: User, score: Score) -> None:
    """The same, refused: MoveRefused. For whoever writes a verdict, the score held."""
    if refusal := why_bound(user, score):
        raise MoveRefused(refusal)


def marked_among(scores: Iterable[Score]) -> set[int]:
    """Keys of those that are being marked a second time, or have been. One query."""
    marks = SecondMark.objects.filter(score__in=[one.pk for one in scores])
    return set(marks.filter(state__in=(*UNDONE, *GIVEN)).values_list("score", flat=True))


def has_judged(user: User, score: Score) -> bool:
    """Whether the person ever wrote a verdict on the score, or took one back."""
    return score.changes.filter(column__in=OF_THE_ASSESSOR, changed_by=user).exists()


def require_second(user: User, mark: SecondMark) -> None:
    """PermissionDenied unless the person may give the second mark, whatever the hour.

    They verify at the desk of the row, are no party and gave no verdict on it. That the row is
    assigned to somebody is no hindrance: it is somebody else who is wanted.
    """
    require_impartial(user, mark.score.dossier, mark.score)
    if has_judged(user, mark.score):
        raise PermissionDenied(OWN_MARK)


def require_third(user: User, mark: SecondMark) -> None:
    """PermissionDenied unless the person may decide between the two marks, whatever the hour."""
    require_second(user, mark)
    if mark.second_by_id == user.pk:
        raise PermissionDenied(OWN_SECOND)
