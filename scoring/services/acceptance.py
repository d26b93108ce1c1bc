"""What a verifier accepts in one act: rows of low risk, of one unit or of one component.

Each row is asked what a single verdict is asked (services/scores.py): person, period, state,
version; and that it still waits and is still of low risk. A row that is not is named and left as it
is, the others are written. Dossiers are held before scores, each kind by key.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from cchc_portal.kit import one_row
from cchc_portal.kit.errors import MoveRefused
from cchc_portal.kit.numerals import written
from scoring import access
from scoring.models import Criterion, Dossier, DossierEvent, Score
from scoring.rules.kinds import Door
from scoring.rules.risk import Grade
from scoring.rules.workflow import ACCEPT
from scoring.second_access import UNDER_WAY, marked_among
from scoring.services.lines import LINE, differing, lines_of
from scoring.services.preparation import note
from scoring.services.risks import risks_of
from scoring.services.scores import NO_GROUND
from scoring.services.verdicts import as_self_assessed
from units.models import User

NOT_YOURS = "không thuộc phần việc thẩm định của đồng chí"
CHANGED = "vừa được người khác thay đổi"
GONE = "Các dòng đã chọn không còn ở đây, đề nghị tải lại trang."


@dataclass(frozen=True)
class Accepted:
    """What came of one act: the scores that were taken, and those left, each with its reason."""

    taken: tuple[Score, ...]
    left: tuple[tuple[Score, str], ...]


@transaction.atomic
def accept_in_dossier(dossier: Dossier, seen: Mapping[int, int], *, by: User) -> Accepted:
    """Rows of one unit. `seen`: score key → the version that was on the screen.

    The dossier's log keeps the list. Raises MoveRefused where none of them is there.
    """
    done = _accept(Score.objects.filter(dossier=dossier), seen, by=by)
    _tell(done.taken, by=by)
    return done


@transaction.atomic
def accept_across(component: Criterion, seen: Mapping[int, int], *, by: User) -> Accepted:
    """One component of many units; otherwise the same.

    The period's log keeps the list of units, each dossier's log its own row.
    """
    done = _accept(Score.objects.filter(criterion=component), seen, by=by)
    if done.taken:
        units = "; ".join(
            f"{score.dossier.unit} ({written(score.self_points, 2)})" for score in done.taken
        )
        told = f"{_begins(component)}{len(done.taken)} đơn vị: {units}"
        note(done.taken[0].dossier.period, ACCEPT, told, by=by)
    many = f", cùng lúc ở {len(done.taken)} đơn vị" if len(done.taken) > 1 else ""
    _tell(done.taken, by=by, also=many)
    return done


def acts_across(component: Criterion) -> QuerySet:
    """The lines of the period's log that `accept_across` wrote of the component."""
    events = component.criteria_set.block.period.events
    return events.filter(verb=ACCEPT, comment__startswith=_begins(component))


def _begins(component: Criterion) -> str:
    """The same code and title may stand in the criteria of several blocks."""
    return f"{component}, {component.criteria_set.block.name}, "


def _accept(rows: QuerySet, seen: Mapping[int, int], *, by: User) -> Accepted:
    chosen = rows.filter(pk__in=seen)
    dossiers = Dossier.objects.filter(pk__in=chosen.values("dossier")).for_page().held()
    papers = {dossier.pk: dossier for dossier in dossiers}
    held = list(
        chosen.select_related("criterion", "updated_by").prefetch_related("evidence").held()
    )
    if not held:
        raise MoveRefused(GONE)
    for score in held:
        score.dossier = papers[score.dossier_id]
    mine = set(Score.objects.judged_by(by).filter(pk__in=seen).values_list("pk", flat=True))
    marked = marked_among(held)
    known = risks_of(held, held[0].dossier.period)
    taken, left = [], []
    for score in held:
        refusal = "" if score.pk in mine else NOT_YOURS
        refusal = refusal or access.why_not_at_the_desk(score.dossier)
        if score.pk in marked and score.settled:
            refusal = refusal or UNDER_WAY
        refusal = refusal or _why_moved(score, seen[score.pk])
        risk = known[score.pk].risk
        if not refusal and risk.grade != Grade.LOW:
            refusal = "; ".join(reason.sentence for reason in risk.reasons)
        if refusal:
            left.append((score, refusal))
        else:
            taken.append(score)
    _write(taken, by=by)
    return Accepted(tuple(taken), tuple(left))


def _why_moved(score: Score, seen: int) -> str:
    """What happened to the row since it was looked at; empty where nothing did."""
    if score.settled:
        return f"đã có kết quả thẩm định của {score.updated_by}"
    return "" if score.version == seen else CHANGED


def _write(taken: list[Score], *, by: User) -> None:
    """Two statements, however many rows: the lines, the verdicts."""
    if not taken:
        return
    now, lines = timezone.now(), []
    for score in taken:
        changed = differing(score, as_self_assessed(score) | NO_GROUND)
        lines += lines_of(score, changed, by=by, at=now, door=Door.PAGE)
    one_row.run(one_row.adding(lines, LINE))
    Score.objects.filter(pk__in=[score.pk for score in taken]).accept(by=by, at=now)


def _tell(taken: Iterable[Score], *, by: User, also: str = "") -> None:
    """A line in the log of each dossier: which components, how many points."""
    rows: dict[int, list[Score]] = {}
    for score in taken:
        rows.setdefault(score.dossier_id, []).append(score)
    DossierEvent.objects.bulk_create(
        DossierEvent(dossier_id=dossier, verb=ACCEPT, comment=_listed(scores) + also, by=by)
        for dossier, scores in rows.items()
    )


def _listed(scores: list[Score]) -> str:
    """ "2 dòng, 7,50 điểm: 1.1.1 (5,00), 1.1.2 (2,50)"."""
    ordered = sorted(scores, key=lambda score: score.criterion.position)
    total = sum((score.self_points for score in ordered), Fraction(0))
    codes = ", ".join(
        f"{score.criterion.code} ({written(score.self_points, 2)})" for score in ordered
    )
    return f"{len(ordered)} dòng, {written(total, 2)} điểm: {codes}"
