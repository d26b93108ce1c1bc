"""How much is marked twice, and the draw of what is."""

from collections.abc import Iterable
from decimal import Decimal

from django.db import transaction
from django.db.models import Count

from cchc_portal.kit.errors import MoveRefused
from cchc_portal.kit.numerals import as_fraction, exactly, grouped
from scoring.models import Dossier, Period, Score, SecondMark, SecondMarking
from scoring.models.explanation import Explanation
from scoring.rules.kinds import Source
from scoring.rules.second_mark import Cause, Marked, drawn
from scoring.rules.workflow import (
    MARK_TWICE,
    NOT_YET_ASSESSING,
    SUBMITTED_ONCE,
    ExplanationState,
    PeriodState,
)
from scoring.services.preparation import must_be_unchanged, note
from units.access import require
from units.models import User
from units.permissions import Permission


@transaction.atomic
def arrange(
    period: Period, *, by: User, share: Decimal, tolerance: Decimal, seen: int
) -> SecondMarking:
    """The organiser sets how much is marked twice and what is within tolerance, until the first
    draw. The seed is made the first time and stays.

    `seen` is the version that was on the screen, 0 where there was none. Raises PermissionDenied,
    MoveRefused, ChangedMeanwhile.
    """
    held = Period.objects.hold(period.pk)
    require(by, Permission.RUN_PERIOD, at=held.assessor_id)
    if held.state not in (*NOT_YET_ASSESSING, PeriodState.OPEN):
        state = PeriodState(held.state).label.lower()
        raise MoveRefused(f"Kỳ đánh giá đang ở trạng thái “{state}” nên không đặt được nữa.")
    marking = SecondMarking.objects.filter(period=held).first()
    must_be_unchanged(seen, marking.version if marking else 0)
    if marking and marking.marks.exists():
        raise MoveRefused("Đã rút dòng chấm lần hai nên tỷ lệ và ngưỡng không sửa được nữa.")
    marking = marking or SecondMarking(period=held, version=0)
    marking.share, marking.tolerance = share, tolerance
    marking.version += 1
    marking.save()
    told = f"rút thăm {exactly(share)} %, ngưỡng {exactly(tolerance)} % điểm tối đa"
    note(held, MARK_TWICE, f"{told}, mã kiểm tra {marking.commitment}", by=by)
    return marking


def copy(new: Period, old: Period, *, by: User) -> None:
    """The same share and tolerance, from a seed of its own. For the service that copies a period,
    inside its transaction."""
    if marking := SecondMarking.objects.filter(period=old).first():
        arrange(new, by=by, share=marking.share, tolerance=marking.tolerance, seen=0)


@transaction.atomic
def draw(period: Period, *, by: User) -> int:
    """Draws among all verdicts that stand now; how many were drawn that were not before.

    It may be drawn as often as one likes: a verdict's lot is always the same. Raises
    PermissionDenied, MoveRefused.
    """
    held = Period.objects.hold(period.pk)
    require(by, Permission.RUN_PERIOD, at=held.assessor_id)
    if held.state != PeriodState.OPEN:
        state = PeriodState(held.state).label.lower()
        raise MoveRefused(f"Kỳ đánh giá đang ở trạng thái “{state}” nên không rút được.")
    marking = SecondMarking.objects.filter(period=held).first()
    if marking is None:
        raise MoveRefused("Kỳ chưa đặt tỷ lệ chấm lần hai.")
    number = sum(_draw(marking, block) for block in held.blocks.values_list("pk", flat=True))
    note(held, MARK_TWICE, f"rút thêm {grouped(number)} dòng", by=by)
    return number


def draw_from(dossier: Dossier) -> int:
    """Draws among the verdicts of one dossier, whose verification is about to end; how many are
    new. For the service that ends it, inside its transaction, the period held."""
    marking = SecondMarking.objects.filter(period=dossier.period_id).first()
    return _draw(marking, dossier.block_id, of=dossier) if marking else 0


def _draw(marking: SecondMarking, block: int, *, of: Dossier | None = None) -> int:
    """Four queries, however many verdicts. A row of which the unit's reply was decided, or waits
    to be, has its second look already; a figure from outside is nobody's judgement."""
    settled = Score.objects.filter(
        dossier__block=block, dossier__state__in=SUBMITTED_ONCE, criterion__source=Source.SELF
    )
    found = drawn(marking.seed, marking.share, _marked(settled.settled().order_by()))
    mine = settled.filter(pk__in=found)
    if of is not None:
        mine = mine.filter(dossier=of)
    replied = Explanation.objects.filter(
        state__in=(ExplanationState.SENT, ExplanationState.DECIDED)
    ).values("score")
    had = SecondMark.objects.standing().filter(marking=marking).values("score")
    new = mine.exclude(pk__in=had).exclude(pk__in=replied).order_by("pk")
    made = [
        SecondMark(marking=marking, score_id=pk, maximum=maximum, cause=Cause(found[pk]))
        for pk, maximum in new.values_list("pk", "maximum")
    ]
    SecondMark.objects.bulk_create(made)
    return len(made)


def _marked(settled) -> Iterable[Marked]:
    rows = settled.values_list(
        "pk", "dossier__unit__code", "criterion__code", "maximum", "verified_points"
    )
    for pk, unit, component, maximum, points in rows:
        share = None if points is None or not maximum else points / as_fraction(maximum)
        yield Marked(pk, unit, component, share)


def counts_of(period: Period) -> dict[str, int]:
    """State → how many second marks of the period are in it. One query."""
    marks = SecondMark.objects.of_period(period).order_by().values_list("state")
    return dict(marks.annotate(number=Count("pk")))
