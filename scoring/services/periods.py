"""A period from its draft to its publication, one function for each thing that happens to it."""

from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from cchc_portal.kit.errors import MoveRefused
from cchc_portal.kit.workflow import Move
from scoring import tasks
from scoring.models import BlockUnit, Dossier, Period, PeriodEvent, Score
from scoring.rules.kinds import Preparation
from scoring.rules.workflow import PERIOD, DossierState, PeriodVerb
from scoring.services import blocks, criteria, ownership, second_draws
from scoring.services.locking import holds
from scoring.services.preparation import hold_in_preparation, must_be_unchanged, note, refusing
from scoring.services.readiness import in_the_way, obstacles
from units.access import may, require
from units.models import Unit, User
from units.permissions import Permission

UNITS_AT_ONCE = 100
SAME_TITLE = (
    "period_title_once_a_year",
    "Cơ quan này đã có kỳ đánh giá cùng tên trong năm.",
)
RULES = (
    "kind",
    "places",
    "tie_rule",
    "scale_total",
    "band_floors",
    "band_labels",
    "reply_rounds",
    "reply_length",
    "reply_days",
    "made_up",
)


@transaction.atomic
def draft(*, assessor: Unit, by: User, **columns: Any) -> Period:
    """A new period of the assessor, to be prepared.

    `columns`: year, title, the dates, and any of `RULES` that differ from the usual. Raises
    PermissionDenied, or MoveRefused where the title is taken in that year.
    """
    require(by, Permission.RUN_PERIOD, at=assessor)
    with refusing(*SAME_TITLE):
        period = Period.objects.create(assessor=assessor, **columns)
    note(period, Preparation.DRAFT, "", by=by)
    return period


@transaction.atomic
def edit(period: Period, *, by: User, seen: int, **columns: Any) -> Period:
    """Changes title, year, dates, scale or class limits while the period is being prepared.

    `seen` is the version that was on the screen. Raises PermissionDenied, MoveRefused (opened;
    same title), ChangedMeanwhile.
    """
    held = hold_in_preparation(period.pk, by=by)
    must_be_unchanged(seen, held.version)
    changed = [name for name, value in columns.items() if getattr(held, name) != value]
    for name in changed:
        setattr(held, name, columns[name])
    held.version += 1
    with refusing(*SAME_TITLE):
        held.save(update_fields=[*changed, "version"])
    labels = [str(Period._meta.get_field(name).verbose_name) for name in changed]
    note(held, Preparation.EDIT, ", ".join(labels), by=by)
    return held


@transaction.atomic
def copy(period: Period, *, by: User, **columns: Any) -> Period:
    """A new period after an earlier one: its rules, its blocks, their criteria as they were used.

    `columns`: year, title and dates of the new one. Units are chosen anew by kind and function as
    they are on the new day; what had been added or left out by hand stays so, as far as the units
    still exist. As much is marked twice, drawn from a new seed. Raises PermissionDenied, or
    MoveRefused where the title is taken.
    """
    same = {name: getattr(period, name) for name in RULES}
    new = draft(assessor=period.assessor, by=by, **(same | columns))
    for block in period.blocks.select_related("criteria_set", "period").order_by("position"):
        twin = blocks.add(
            new,
            by=by,
            name=block.name,
            kinds=block.kinds,
            handles_procedures=block.handles_procedures,
        )
        if hasattr(block, "criteria_set"):
            criteria.copy_into(twin, block.criteria_set, by=by)
            ownership.copy(twin, block, by=by)
        blocks.choose_like(twin, block, by=by)
    second_draws.copy(new, period, by=by)
    return new


@transaction.atomic
def open(period: Period, *, by: User) -> Period:
    """Freezes the period and makes the dossiers of its units.

    A small period is open when this returns; a large one is `opening` and a worker makes its
    dossiers after commit. Raises PermissionDenied, or MoveRefused with what is in the way.
    """
    held = _hold_for(PeriodVerb.OPEN, period, by=by)
    if found := obstacles(held):
        raise MoveRefused(f"Chưa mở được: {in_the_way([one.sentence for one in found])}")
    _move(held, PeriodVerb.OPEN, by=by)
    if BlockUnit.objects.filter(period=held).count() > UNITS_AT_ONCE:
        tasks.fill_period.delay_on_commit(held.pk)
    else:
        tasks.fill_period(held.pk)
    held.refresh_from_db(fields=["state"])
    return held


@transaction.atomic
def lock(period: Period, *, by: User) -> Period:
    """Closes the assessment: the verified points become the approved ones.

    Raises PermissionDenied, or MoveRefused with all that is in the way (services/locking.py). The
    dossiers are held too: a verification being taken back, or a reply being sent, at this moment
    waits, or is waited for.
    """
    held = _hold_for(PeriodVerb.LOCK, period, by=by)
    list(Dossier.objects.filter(period=held).order_by("pk").select_for_update().values_list("pk"))
    if found := holds(held, now=timezone.now()):
        raise MoveRefused(f"Chưa chốt được: {in_the_way([hold.whole for hold in found], '; ')}.")
    verified = _scores_of(held, DossierState.VERIFIED).exclude(verified_points=None)
    verified.update(approved_points=F("verified_points"))
    return _move(held, PeriodVerb.LOCK, by=by)


@transaction.atomic
def unlock(period: Period, *, by: User, comment: str) -> Period:
    """Takes the locking back, with a reason; nothing is approved any more.

    Raises PermissionDenied (neither head nor leader of the assessor), or MoveRefused (not locked,
    already published, no reason).
    """
    return _reopen(PeriodVerb.UNLOCK, period, by=by, comment=comment)


@transaction.atomic
def open_for_correction(period: Period, *, by: User, comment: str) -> Period:
    """A published period is assessed again, with a reason; what was published stays as it is.

    Nothing is approved until it is locked anew. Raises PermissionDenied (not the head of the
    assessor), or MoveRefused (not published, no reason).
    """
    return _reopen(PeriodVerb.CORRECT, period, by=by, comment=comment)


@transaction.atomic
def mark_published(period: Period, *, by: User) -> Period:
    """The results are public. For the service that publishes, inside its transaction.

    Raises PermissionDenied, or MoveRefused if the period is not locked.
    """
    held = _hold_for(PeriodVerb.PUBLISH, period, by=by)
    return _move(held, PeriodVerb.PUBLISH, by=by)


def open_moves(period: Period, user: User) -> list[Move]:
    """What this person may do with the period now. The start after opening is nobody's button."""
    return [
        move
        for move in PERIOD.open_moves(period.state)
        if move.verb != PeriodVerb.START and may(user, move.permission, at=period.assessor_id)
    ]


def progress(period: Period) -> tuple[int, int]:
    """How far the opening is: dossiers made, of how many units."""
    chosen = BlockUnit.objects.filter(period=period).count()
    return Dossier.objects.filter(period=period).count(), chosen


def _hold_for(verb: PeriodVerb, period: Period, *, by: User, comment: str = "") -> Period:
    held = Period.objects.hold(period.pk)
    require(by, PERIOD.move(verb).permission, at=held.assessor_id)
    PERIOD.check(verb, held.state, comment)
    return held


def _reopen(verb: PeriodVerb, period: Period, *, by: User, comment: str) -> Period:
    held = _hold_for(verb, period, by=by, comment=comment)
    approved = _scores_of(held, DossierState.VERIFIED).exclude(approved_points=None)
    approved.update(approved_points=None)
    return _move(held, verb, by=by, comment=comment)


def _move(held: Period, verb: PeriodVerb, *, by: User, comment: str = "") -> Period:
    move = PERIOD.move(verb)
    PeriodEvent.objects.create(
        period=held,
        verb=move.verb,
        source=held.state,
        target=move.target,
        comment=comment.strip(),
        by=by,
    )
    held.state = move.target
    held.save(update_fields=["state"])
    return held


def _scores_of(period: Period, state: DossierState):
    return Score.objects.filter(dossier__period=period, dossier__state=state)
