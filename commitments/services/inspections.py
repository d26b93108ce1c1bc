"""An inspection from its decision to the end of the following up."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from cchc_portal.kit.errors import MoveRefused
from cchc_portal.kit.workflow import Move
from commitments import inspection_access as access
from commitments.models import Inspection
from commitments.models.superiors import placed_in
from commitments.rules.inspection import (
    INSPECTION,
    Duty,
    InspectionVerb,
    MendState,
    PointOutcome,
)
from commitments.services.inspection_openings import refuse_before
from commitments.services.inspection_plans import refuse_other_year, refuse_unfit
from commitments.services.inspection_rows import (
    hold,
    hold_drawing_up,
    kept,
    refuse_unless_same,
    refuse_unless_seen,
    tell,
)
from commitments.services.plans import Paper
from units.models import User


@dataclass(frozen=True)
class Minutes:
    """What the minutes say beside checklist and findings: the day, where, who stood for the
    inspected unit, the team's general view."""

    day: date
    place: str
    host: str
    host_post: str
    overview: str


@transaction.atomic
def decide(
    inspection: Inspection,
    *,
    seen: int,
    number: str,
    day: date,
    starts_on: date,
    ends_on: date,
    by: User,
) -> Inspection:
    """The decision, and the days it sets. Also MoveRefused: a plan that is not issued, no head of
    the team, days in disorder, a unit that stands elsewhere by then."""
    held, move = _ask(inspection, InspectionVerb.DECIDE, seen=seen, by=by)
    if held.plan and not held.plan.issued:
        raise MoveRefused("Kế hoạch kiểm tra chưa ban hành nên chưa ra quyết định được.")
    if not held.team.filter(duty=Duty.HEAD).exists():
        raise MoveRefused("Đoàn kiểm tra chưa có trưởng đoàn.")
    said = _decision(held, number, day, starts_on, ends_on)
    return _move(held, move, by=by, comment=_told(said), **said)


@transaction.atomic
def amend(
    inspection: Inspection,
    *,
    seen: int,
    comment: str,
    number: str,
    day: date,
    starts_on: date,
    ends_on: date,
    by: User,
) -> Inspection:
    """A decision that was mistyped is put right, for a reason; what had begun begins once more, and
    what was written stays. The log keeps the decision before. Also MoveRefused as `decide`."""
    held, move = _ask(inspection, InspectionVerb.AMEND, seen=seen, by=by, comment=comment)
    columns = ("decision_number", "decided_on", "starts_on", "ends_on")
    before = {name: getattr(held, name) for name in columns}
    said = _decision(held, number, day, starts_on, ends_on)
    told = f"{_told(before)} → {_told(said)}. {comment}"
    return _move(held, move, by=by, comment=told, **said)


@transaction.atomic
def begin(inspection: Inspection, *, seen: int, by: User) -> Inspection:
    """The team has come. Also MoveRefused: before its first day, or with nothing to look at."""
    held, move = _ask(inspection, InspectionVerb.BEGIN, seen=seen, by=by)
    if held.starts_on > timezone.localdate():
        raise MoveRefused("Chưa đến ngày bắt đầu kiểm tra theo quyết định.")
    if not held.checklist.exists():
        raise MoveRefused("Chưa có nội dung kiểm tra nào.")
    return _move(held, move, by=by)


@transaction.atomic
def minute(inspection: Inspection, *, seen: int, minutes: Minutes, by: User) -> Inspection:
    """The minutes are drawn up as the findings are; the inspected unit reads them. Also
    MoveRefused: points without a result, no secretary, a day before the first or to come."""
    held, move = _ask(inspection, InspectionVerb.MINUTE, seen=seen, by=by)
    if left := held.checklist.filter(outcome="").count():
        raise MoveRefused(f"Còn {left} nội dung kiểm tra chưa ghi kết quả.")
    if not held.team.filter(duty=Duty.SECRETARY).exists():
        raise MoveRefused("Đoàn kiểm tra chưa có thư ký để ghi biên bản.")
    if not held.starts_on <= minutes.day <= timezone.localdate():
        raise MoveRefused("Ngày lập biên bản phải từ ngày bắt đầu kiểm tra đến hôm nay.")
    said = asdict(minutes)
    said["minuted_on"] = said.pop("day")
    return _move(held, move, by=by, comment=f"Ngày {minutes.day:%d/%m/%Y}", **said)


def doubts(inspection: Inspection) -> list[str]:
    """What does not fit together in what was found, to be looked at before the minutes: a point
    that is met and carries a shortcoming, one that is not met without any. Two queries."""
    points = inspection.checklist.order_by("position")
    numbers = {pk: at for at, pk in enumerate(points.values_list("pk", flat=True), start=1)}
    found = Exists(inspection.findings.shortcomings().filter(point=OuterRef("pk")))
    met, bare = [], []
    for pk, outcome, wanting in points.annotate(wanting=found).values_list(
        "pk", "outcome", "wanting"
    ):
        if wanting and outcome == PointOutcome.MET:
            met.append(str(numbers[pk]))
        if not wanting and outcome == PointOutcome.NOT_MET:
            bare.append(str(numbers[pk]))
    said = []
    if met:
        said.append(f"Nội dung số {', '.join(met)} ghi “Đạt” nhưng có tồn tại, hạn chế.")
    if bare:
        said.append(f"Nội dung số {', '.join(bare)} ghi “Chưa đạt” nhưng chưa có tồn tại, hạn chế.")
    return said


@transaction.atomic
def take_back(inspection: Inspection, *, seen: int, comment: str, by: User) -> Inspection:
    """The minutes are opened again. Also MoveRefused: demands are drawn up already."""
    held, move = _ask(inspection, InspectionVerb.TAKE_BACK, seen=seen, by=by, comment=comment)
    if held.tasks.exists():
        raise MoveRefused("Đã có yêu cầu khắc phục; đề nghị bỏ trước khi mở lại biên bản.")
    return _move(held, move, by=by, comment=comment, minuted_on=None)


@transaction.atomic
def write_conclusion(inspection: Inspection, *, seen: str, text: str, by: User) -> Inspection:
    """The draft of the conclusion; `seen`: the seal of the words before, which the log keeps."""
    held = hold_drawing_up(inspection, by=by)
    before = held.conclusion
    if before == text:
        return held
    refuse_unless_same(held.conclusion_seal, seen)
    held.conclusion = text
    held.version += 1
    held.save(update_fields=["conclusion", "version"])
    tell(held, InspectionVerb.WRITE_CONCLUSION, by=by, comment=kept(before))
    return held


@transaction.atomic
def conclude(inspection: Inspection, *, seen: int, paper: Paper, by: User) -> Inspection:
    """The head signs the conclusion as it was on the screen; its demands bind. Also MoveRefused: no
    words, a shortcoming without a demand, a day before the minutes or to come, a demand due before
    it."""
    held, move = _ask(inspection, InspectionVerb.CONCLUDE, seen=seen, by=by)
    if not held.conclusion.strip():
        raise MoveRefused("Dự thảo kết luận chưa có nội dung.")
    bare = held.findings.shortcomings().filter(tasks=None).order_by("number")
    if numbers := [str(number) for number in bare.values_list("number", flat=True)]:
        raise MoveRefused(f"Tồn tại, hạn chế số {', '.join(numbers)} chưa có yêu cầu khắc phục.")
    if held.minuted_on is None or not held.minuted_on <= paper.day <= timezone.localdate():
        raise MoveRefused("Ngày kết luận phải từ ngày lập biên bản đến hôm nay.")
    if held.tasks.filter(due_on__lt=paper.day).exists():
        raise MoveRefused("Có yêu cầu khắc phục mà thời hạn trước ngày kết luận.")
    said = {
        "conclusion_number": paper.number,
        "concluded_on": paper.day,
        "signer": str(by),
        "signer_post": by.post,
        "signed_at": timezone.now(),
        "signed_by": by,
    }
    told = f"Số {paper.number} ngày {paper.day:%d/%m/%Y}"
    return _move(held, move, by=by, comment=told, **said)


@transaction.atomic
def close(inspection: Inspection, *, seen: int, by: User) -> Inspection:
    """Everything is mended. Also MoveRefused: a demand is open."""
    held, move = _ask(inspection, InspectionVerb.CLOSE, seen=seen, by=by)
    if left := held.tasks.exclude(state=MendState.ACCEPTED).count():
        raise MoveRefused(f"Còn {left} yêu cầu khắc phục chưa được xác nhận.")
    return _move(held, move, by=by)


@transaction.atomic
def cancel(inspection: Inspection, *, seen: int, comment: str, by: User) -> Inspection:
    """It does not take place, for a reason. Also MoveRefused: a line that is dropped instead."""
    held, move = _ask(inspection, InspectionVerb.CANCEL, seen=seen, by=by, comment=comment)
    if access.is_dropped(held):
        raise MoveRefused("Kế hoạch chưa ban hành; đề nghị bỏ cuộc kiểm tra khỏi kế hoạch.")
    return _move(held, move, by=by, comment=comment)


def _decision(
    held: Inspection, number: str, day: date, starts_on: date, ends_on: date
) -> dict[str, Any]:
    """The columns of a decision that may be. MoveRefused."""
    if day > timezone.localdate():
        raise MoveRefused("Ngày quyết định không thể sau ngày hôm nay.")
    if not day <= starts_on <= ends_on:
        raise MoveRefused("Các ngày phải theo thứ tự: quyết định, bắt đầu, kết thúc.")
    if held.plan:
        refuse_other_year(held.plan, starts_on)
    refuse_before(held.again_of, starts_on)
    days = replace(held.terms, starts_on=starts_on, ends_on=ends_on)
    refuse_unfit(held.unit, held.inspected, days)
    return {
        "year": starts_on.year,
        "placed_in": placed_in(held.inspected, starts_on, seen_by=held.unit),
        "decision_number": number,
        "decided_on": day,
        "starts_on": starts_on,
        "ends_on": ends_on,
    }


def _told(said: Mapping[str, Any]) -> str:
    days = f"{said['starts_on']:%d/%m/%Y}–{said['ends_on']:%d/%m/%Y}"
    return f"Số {said['decision_number']} ngày {said['decided_on']:%d/%m/%Y}; {days}"


def _ask(
    inspection: Inspection, verb: InspectionVerb, *, seen: int, by: User, comment: str = ""
) -> tuple[Inspection, Move]:
    """The inspection, locked, as this person saw it, and the move, if both allow it."""
    held = hold(inspection.pk)
    access.require_move(by, held, INSPECTION.move(verb))
    move = INSPECTION.check(verb, held.state, comment)
    refuse_unless_seen(held, seen)
    return held, move


def _move(
    held: Inspection, move: Move, *, by: User, comment: str = "", **columns: Any
) -> Inspection:
    source, held.state = held.state, move.target
    for column, value in columns.items():
        setattr(held, column, value)
    held.version += 1
    held.save()
    tell(held, move.verb, by=by, move=move, source=source, comment=comment)
    return held
