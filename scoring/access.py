"""Who may write in a dossier, who may judge it, and whether it is the hour for it.

One question over person, unit, criterion, period and state. Every refusal is a sentence for the
person. Every write of the verification asks `require_verify`.
"""

from datetime import date

from django.core.exceptions import PermissionDenied

from cchc_portal.kit.errors import MoveRefused
from cchc_portal.kit.workflow import Move
from scoring.models import (
    Assignment,
    Dossier,
    Ownership,
    ReturnRemark,
    Score,
)
from scoring.parties import why_not_a_judge
from scoring.rules.desks import desk_for
from scoring.rules.workflow import (
    ASSESSOR,
    DOSSIER,
    DossierState,
    DossierVerb,
    PeriodState,
)
from units.access import may, require, units_where
from units.models import Unit, User
from units.permissions import Permission


def desk_of(move: Move, dossier: Dossier) -> int:
    """Key of the unit at whose desk the move is made: the dossier's own, or its assessor."""
    return dossier.period.assessor_id if move.desk == ASSESSOR else dossier.unit_id


def why_pen_is_closed(dossier: Dossier, *, today: date) -> str:
    """Why the unit cannot write in the dossier now, as a sentence; empty while it can."""
    if refusal := why_period_is_closed(dossier):
        return refusal
    if not dossier.fillable:
        return f"Hồ sơ đang ở trạng thái {in_words(dossier)} nên không sửa được."
    opens_on = dossier.period.opens_on
    if today < opens_on:
        return f"Chưa đến ngày mở tự đánh giá ({opens_on:%d/%m/%Y}) nên chưa sửa được hồ sơ."
    if today > dossier.last_day:
        return f"Đã hết hạn ngày {dossier.last_day:%d/%m/%Y} nên không sửa được hồ sơ."
    return ""


def why_period_is_closed(dossier: Dossier) -> str:
    """Why nothing in the period can change now, as a sentence; empty while it is open."""
    if dossier.period.state == PeriodState.OPEN:
        return ""
    state = PeriodState(dossier.period.state).label.lower()
    return f"Kỳ đánh giá đang ở trạng thái “{state}” nên không sửa được hồ sơ."


def why_not_extendable(dossier: Dossier) -> str:
    """Why the unit cannot be given more time now, as a sentence; empty while it can."""
    if refusal := why_period_is_closed(dossier):
        return refusal
    if not dossier.fillable:
        return f"Hồ sơ đang ở trạng thái {in_words(dossier)} nên không gia hạn."
    return ""


def may_extend(user: User, dossier: Dossier) -> bool:
    """Whether the person may give the unit more time now."""
    allowed = may(user, Permission.RUN_PERIOD, at=dossier.period.assessor_id)
    return allowed and not why_not_extendable(dossier)


def may_fill(user: User, dossier: Dossier, *, today: date) -> bool:
    """Whether the person may write in the dossier now."""
    allowed = may(user, Permission.FILL_DOSSIER, at=dossier.unit_id)
    return allowed and not why_pen_is_closed(dossier, today=today)


def may_hold_pen(user: User, dossier: Dossier) -> bool:
    """Whether the person writes for the dossier's unit, whatever the hour."""
    return may(user, Permission.FILL_DOSSIER, at=dossier.unit_id)


def require_pen(user: User, dossier: Dossier) -> None:
    """PermissionDenied unless the person writes for the dossier's unit, whatever the hour."""
    require(user, Permission.FILL_DOSSIER, at=dossier.unit_id)


def require_fill(user: User, dossier: Dossier, *, today: date) -> None:
    """PermissionDenied for the wrong person, MoveRefused for the wrong time."""
    require_pen(user, dossier)
    if refusal := why_pen_is_closed(dossier, today=today):
        raise MoveRefused(refusal)


def rows_sent_back(dossier: Dossier) -> set[int]:
    """Keys of the scores that a return named; empty where it named none or there is no return.

    One query while the dossier is returned, none otherwise.
    """
    if dossier.state != DossierState.RETURNED:
        return set()
    return set(ReturnRemark.objects.standing(dossier).values_list("score", flat=True))


def why_held_back(dossier: Dossier, row: Score | None = None) -> str:
    """Why a returned dossier is closed at this row, as a sentence; empty where it is open.

    Where the assessor named components, only they and their evidence are open; where none was
    named, everything is. Without a row the question is about the words of the dossier itself.
    """
    return why_not_among(rows_sent_back(dossier), row)


def why_not_among(named: set[int], row: Score | None) -> str:
    """The same, for many rows: `named` are the rows that were sent back."""
    if not named or row is not None and row.pk in named:
        return ""
    what = "phần khó khăn, kiến nghị" if row is None else "dòng này"
    return (
        f"Cơ quan thẩm định chỉ trả lại {len(named)} dòng để sửa; {what} không bị trả lại "
        "nên không sửa được."
    )


def require_not_held_back(dossier: Dossier, row: Score | None = None) -> None:
    """MoveRefused where a return left this row, or the words of the dossier, closed."""
    if refusal := why_held_back(dossier, row):
        raise MoveRefused(refusal)


def desk_of_row(dossier: Dossier, row: Score | None) -> int:
    """Key of the unit that verifies the row: the owner of its criterion, else the assessor. So does
    the assessor where the dossier is the owner's own.

    Without a row the question is about the dossier as a whole. One query.
    """
    if row is None:
        return dossier.period.assessor_id
    owners = Ownership.objects.filter(criterion=row.criterion.parent_id)
    owner = owners.values_list("unit", flat=True).first()
    return desk_for(owner, unit=dossier.unit_id, assessor=dossier.period.assessor_id)


def require_some_desk(user: User) -> None:
    """PermissionDenied unless the person verifies somewhere."""
    if not units_where(user, Permission.VERIFY_DOSSIER):
        raise PermissionDenied("Đồng chí chưa được giao thẩm định hồ sơ của cơ quan nào.")


def require_desk(user: User, dossier: Dossier) -> None:
    """PermissionDenied unless the person verifies something in the dossier and is not a party."""
    desks = units_where(user, Permission.VERIFY_DOSSIER)
    if dossier.period.assessor_id not in desks:
        owned = Ownership.objects.filter(criterion__criteria_set__block=dossier.block_id)
        if not owned.filter(unit__in=desks).exists():
            require(user, Permission.VERIFY_DOSSIER, at=dossier.period.assessor_id)
    if refusal := why_not_a_judge(user, dossier):
        raise PermissionDenied(refusal)


def require_judge(user: User, dossier: Dossier, row: Score | None = None) -> None:
    """PermissionDenied unless the person has a say over the row, whatever the hour.

    The person verifies at the desk to which the criterion belongs, is no party, and the row is not
    assigned to others. Without a row the question is about the whole dossier: the assessor's.
    """
    require_impartial(user, dossier, row)
    if row is None:
        given = Assignment.objects.of_whole(dossier)
    else:
        given = Assignment.objects.of_row(row, dossier, desk_of_row(dossier, row))
    officers = {one.officer_id: one.officer for one in given.select_related("officer")}
    if officers and user.pk not in officers:
        what = "Hồ sơ này" if row is None else "Dòng này"
        names = ", ".join(sorted(str(officer) for officer in officers.values()))
        raise PermissionDenied(f"{what} đã phân công cho {names} thẩm định.")


def why_not_judged(user: User, dossier: Dossier, row: Score) -> str:
    """Why the person has no say over the row, as a sentence; empty where they have."""
    try:
        require_judge(user, dossier, row)
    except PermissionDenied as refusal:
        return str(refusal)
    return ""


def require_impartial(user: User, dossier: Dossier, row: Score | None = None) -> None:
    """PermissionDenied unless the person verifies at the desk of the row and is not a party."""
    desk = desk_of_row(dossier, row)
    if not may(user, Permission.VERIFY_DOSSIER, at=desk):
        if row is not None and units_where(user, Permission.VERIFY_DOSSIER):
            owner = Unit.objects.get(pk=desk)
            raise PermissionDenied(
                f"Tiêu chí này do {owner} thẩm định; đồng chí không thẩm định ở đó."
            )
        require(user, Permission.VERIFY_DOSSIER, at=desk)
    if refusal := why_not_a_judge(user, dossier):
        raise PermissionDenied(refusal)


def require_verify(user: User, dossier: Dossier, row: Score | None = None) -> None:
    """May this person judge this unit in this criterion, in this period and state: all of it.

    PermissionDenied for the wrong person, unit or criterion; MoveRefused unless the period is open
    and the dossier lies at the desk. Without a row: the whole dossier, as a return asks.
    """
    require_judge(user, dossier, row)
    if refusal := why_not_at_the_desk(dossier):
        raise MoveRefused(refusal)


def why_not_at_the_desk(dossier: Dossier) -> str:
    """Why verdicts cannot be written now, as a sentence; empty while they can."""
    if refusal := why_period_is_closed(dossier):
        return refusal
    if dossier.state != DossierState.SUBMITTED:
        state = in_words(dossier)
        return f"Hồ sơ đang ở trạng thái {state} nên không ghi được kết quả thẩm định."
    return ""


def why_not_returnable(dossier: Dossier, *, today: date) -> str:
    """Why the dossier cannot be sent back now, as a sentence; empty while it can."""
    if refusal := why_not_at_the_desk(dossier):
        return refusal
    last_day = dossier.last_day_to_mend
    if today > last_day:
        return (
            f"Đã hết hạn thẩm định ngày {last_day:%d/%m/%Y}, đơn vị không còn thời gian sửa, "
            "nên không trả lại được."
        )
    return ""


WHOLE = (DossierVerb.RETURN, DossierVerb.VERIFY)
"""Moves of whoever verifies the whole dossier."""


def require_move(user: User, move: Move, dossier: Dossier) -> None:
    """PermissionDenied unless the person may make the move at its desk.

    At the assessor's desk nobody decides about their own unit or what they handed in; a dossier
    that is assigned is returned and ended by whom it was given to.
    """
    require(user, move.permission, at=desk_of(move, dossier))
    if move.verb in WHOLE:
        require_judge(user, dossier)
    elif move.desk == ASSESSOR and (refusal := why_not_a_judge(user, dossier)):
        raise PermissionDenied(refusal)


def open_moves(user: User, dossier: Dossier, *, today: date) -> list[Move]:
    """The moves this person could make now. At most two queries, two more once for a person."""
    if why_period_is_closed(dossier):
        return []
    moves = [
        move
        for move in DOSSIER.open_moves(dossier.state)
        if may(user, move.permission, at=desk_of(move, dossier))
        and (move.desk == ASSESSOR or not why_pen_is_closed(dossier, today=today))
    ]
    if any(move.desk == ASSESSOR for move in moves) and why_not_a_judge(user, dossier):
        return [move for move in moves if move.desk != ASSESSOR]
    if any(move.verb in WHOLE for move in moves):
        given = Assignment.objects.of_whole(dossier).values_list("officer", flat=True)
        if given and user.pk not in given:
            return [move for move in moves if move.verb not in WHOLE]
    return moves


def in_words(dossier: Dossier) -> str:
    """Its state, as a sentence quotes it."""
    return f"“{DossierState(dossier.state).label.lower()}”"
