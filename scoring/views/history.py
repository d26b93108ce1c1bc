"""Every change of one component: who, when, through which door, from what, to what."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cchc_portal.kit.differences import Stretch, side_by_side
from cchc_portal.kit.htmx import fragment
from scoring.access import may_hold_pen
from scoring.models import Score, ScoreChange
from scoring.reply_access import sees_verdicts
from scoring.rules.answers import parse_rule
from scoring.rules.history import LABELS, OF_THE_ASSESSOR, OF_THE_UNIT, Told, told
from scoring.second_access import is_kept
from scoring.views.self_assessment import visible_score

ORDER = tuple(LABELS)


@dataclass(frozen=True)
class Line:
    """One content of an entry, long texts cut into what differs and what does not."""

    told: Told
    before: list[Stretch] = field(default_factory=list)
    after: list[Stretch] = field(default_factory=list)


@dataclass(frozen=True)
class Entry:
    """What one person changed at one moment."""

    by: str
    happened_at: datetime
    door: str
    lines: tuple[Line, ...]


@require_safe
def score_history(request: HttpRequest, pk: int) -> HttpResponse:
    """The log of a component, newest first; into the row, or as a page of its own."""
    score = visible_score(request, pk)
    context = {
        "score": score,
        "dossier": score.dossier,
        "entries": _entries(score, _changes(request, score)),
        "made_up": score.dossier.period.made_up,
    }
    if request.htmx:
        return fragment(request, "scoring/_score_history.html", context)
    return render(request, "scoring/score_history.html", context)


def _changes(request: HttpRequest, score: Score) -> Iterable[ScoreChange]:
    """What the person may see of it: the unit reads the verdicts once it is told of them."""
    changes = score.changes.select_related("changed_by")
    if not may_hold_pen(request.user, score.dossier):
        changes = changes.exclude(column__in=OF_THE_UNIT)
    if sees_verdicts(request.user, score.dossier) and not is_kept(request.user, score):
        return changes
    return changes.exclude(column__in=OF_THE_ASSESSOR)


def _entries(score: Score, changes: Iterable[ScoreChange]) -> list[Entry]:
    rule = parse_rule(score.criterion.rule)
    entries = []
    for _, group in groupby(
        changes, key=lambda one: (one.transaction, one.changed_by_id, one.door)
    ):
        together = sorted(group, key=lambda change: ORDER.index(change.column))
        lines = [told(one.column, one.before, one.after, rule) for one in together]
        first = together[0]
        entries.append(
            Entry(
                by=str(first.changed_by),
                happened_at=first.changed_at,
                door=first.get_door_display(),
                lines=tuple(_line(line) for line in lines),
            )
        )
    return entries


def _line(line: Told) -> Line:
    if not line.long:
        return Line(line)
    before, after = side_by_side(line.before, line.after)
    return Line(line, before, after)
