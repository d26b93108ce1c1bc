"""The one write of a score's columns, each change with its line in the log."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from cchc_portal.kit import one_row
from cchc_portal.kit.errors import ChangedMeanwhile
from scoring.models import Score
from scoring.rules.kinds import Door
from scoring.rules.second_mark import MarkState
from scoring.rules.stroke import Stroke
from scoring.services.lines import LINE, differing, lines_of
from units.models import User

SIGNATURE = ("pen", "stroke")


def write_columns(
    score: Score,
    columns: Mapping[str, Any],
    *,
    by: User,
    seen_version: int,
    also: Mapping[str, Any] | None = None,
    door: Door = Door.PAGE,
    stroke: Stroke | None = None,
) -> Score:
    """Writes the columns that differ, and with them `also`; a line in the log for each.

    For services that hold the score and have asked who, where and when. What is written already is
    not written again; a pen that goes on has seen its own last stroke. Raises ChangedMeanwhile.
    """
    changed = differing(score, columns)
    goes_on = stroke is not None and stroke.follows(score.last_stroke)
    if not changed:
        if goes_on:
            _sign(score, stroke)
            one_row.run(one_row.writing(score, SIGNATURE))
        return score
    if score.version != seen_version and not goes_on:
        raise ChangedMeanwhile
    changed |= differing(score, also or {})
    now = timezone.now()
    lines = lines_of(score, changed, by=by, at=now, door=door)
    for column, value in changed.items():
        setattr(score, column, value)
    score.version += 1
    score.updated_at, score.updated_by = now, by
    _sign(score, stroke)
    if "verified_points" in changed or "not_applicable" in changed:
        _let_second_marks_fall(score)
    written = (*changed, "version", "updated_at", "updated_by", *SIGNATURE)
    one_row.run(one_row.adding(lines, LINE), one_row.writing(score, written))
    return score


def _let_second_marks_fall(score: Score) -> None:
    """A second mark goes with the verdict it was about; one that only waits, waits for the next."""
    if not score.settled:
        score.second_marks.given().update(state=MarkState.FALLEN)


def _sign(score: Score, stroke: Stroke | None) -> None:
    """Who else writes has not seen what the pen wrote: the pen's mark goes."""
    score.pen = stroke.pen if stroke else None
    score.stroke = stroke.number if stroke else None
