"""Reported figures taken into the self-assessment of many rows in one act.

Only where nothing was typed by people, which is looked at again under the lock: so no version of
a row need be shown. Rows are held as in services/scores.py, dossiers before scores, by key.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from cchc_portal.kit.errors import MoveRefused
from cchc_portal.kit.numerals import grouped
from scoring import access
from scoring.models import Block, Criterion, Dossier, DossierEvent, Draft, Score, ScoreChange
from scoring.rules.drawn import Standing, standing
from scoring.rules.kinds import Door
from scoring.rules.workflow import DRAW, DossierState
from scoring.services.drawn_figures import Drawn, offered
from scoring.services.preparation import note
from scoring.services.scores import write_said
from units.access import require
from units.models import User
from units.permissions import Permission

NOTHING = "Không có dòng nào còn trống mà đã có số liệu chốt, nên không lấy thêm được."
SENT_BACK = "Hồ sơ bị trả lại: đơn vị tự sửa các dòng bị trả lại."


@dataclass(frozen=True)
class Line:
    """One row: what the reports offer it, how it stands to that, and why nobody writes it."""

    score: Score
    drawn: Drawn | None
    standing: Standing
    closed: str


def rows_of_block(block: Block) -> QuerySet:
    """The rows of a block that reported figures may answer, of the units that are assessed."""
    nodes = Criterion.objects.drawn().filter(criteria_set__block=block)
    rows = Score.objects.filter(dossier__block=block, criterion__in=nodes)
    return rows.exclude(dossier__state=DossierState.ABSENT)


def rows_of_dossier(dossier: Dossier) -> QuerySet:
    """Those of one unit."""
    nodes = Criterion.objects.drawn().filter(criteria_set__block=dossier.block_id)
    return Score.objects.filter(dossier=dossier, criterion__in=nodes)


def lines(rows: QuerySet) -> list[Line]:
    """How the rows stand, by criterion and unit. Four queries, however many rows."""
    found = rows.select_related("criterion", "dossier__unit", "dossier__period").order_by(
        "criterion__position", "dossier__unit__position", "dossier__unit__code"
    )
    return _stood(list(found))


@transaction.atomic
def fill_block(block: Block, *, by: User) -> int:
    """The organiser takes what is closed into every empty row of the block; how many were written.

    The period's log and those of the dossiers tell it. Raises PermissionDenied, MoveRefused.
    """
    require(by, Permission.RUN_PERIOD, at=block.period.assessor_id)
    taken = _fill(rows_of_block(block), by=by)
    units = len({line.score.dossier_id for line in taken})
    told = f"{block.name}: {grouped(len(taken))} dòng của {grouped(units)} đơn vị"
    note(block.period, DRAW, told, by=by)
    return len(taken)


@transaction.atomic
def fill_dossier(dossier: Dossier, *, by: User) -> int:
    """The unit does so in its own dossier. Raises PermissionDenied, MoveRefused."""
    held = Dossier.objects.hold(dossier.pk)
    access.require_fill(by, held, today=timezone.localdate())
    return len(_fill(rows_of_dossier(held), by=by))


def _fill(rows: QuerySet, *, by: User) -> list[Line]:
    papers = Dossier.objects.filter(pk__in=rows.values("dossier"))
    by_key = {paper.pk: paper for paper in papers.for_page().held()}
    held = list(rows.select_related("criterion").held())
    for score in held:
        score.dossier = by_key[score.dossier_id]
    taken = [line for line in _stood(held) if line.standing == Standing.TAKES]
    if not taken:
        raise MoveRefused(NOTHING)
    for line in taken:
        write_said(
            line.score,
            line.drawn.answer,
            by=by,
            note=line.drawn.words,
            seen_version=line.score.version,
            door=Door.REPORTED,
        )
    _tell(taken, by=by)
    return taken


def _stood(scores: Sequence[Score]) -> list[Line]:
    """The scores need criterion, dossier and period, and are of one period."""
    if not scores:
        return []
    keys, today = [one.pk for one in scores], timezone.localdate()
    made = offered(scores, scores[0].dossier.period)
    changes = ScoreChange.objects.typed_by_the_unit().filter(score__in=keys).order_by()
    by_people = set(changes.values_list("score", flat=True).distinct())
    by_people |= set(Draft.objects.filter(score__in=keys).values_list("score", flat=True))
    found = []
    for one in scores:
        drawn, closed = made.get(one.pk), _why_closed(one.dossier, today)
        how = standing(
            offered=drawn is not None and drawn.answer is not None,
            answered=one.answered,
            same=drawn is not None and drawn.is_said_by(one),
            by_people=one.pk in by_people,
            closed=bool(closed),
        )
        found.append(Line(one, drawn, how, closed))
    return found


def _why_closed(dossier: Dossier, today: date) -> str:
    if dossier.state == DossierState.RETURNED:
        return SENT_BACK
    return access.why_pen_is_closed(dossier, today=today)


def _tell(taken: Sequence[Line], *, by: User) -> None:
    """A line in the log of each dossier: which components, which answers."""
    rows: dict[int, list[str]] = {}
    for line in taken:
        told = f"{line.score.criterion.code} ({line.drawn.answer_words})"
        rows.setdefault(line.score.dossier_id, []).append(told)
    DossierEvent.objects.bulk_create(
        DossierEvent(
            dossier_id=dossier, verb=DRAW, comment=f"{len(said)} dòng: {', '.join(said)}", by=by
        )
        for dossier, said in rows.items()
    )
