"""The lines that tell a change of a score: which columns differ, and what of each is kept."""

import json
from collections.abc import Mapping
from datetime import datetime
from fractions import Fraction
from typing import Any

from scoring.models import Score, ScoreChange, UsualReason
from scoring.rules.kinds import Door
from units.models import User

LINE = ("score", "column", "before", "after", "changed_by", "changed_at", "door")
"""Columns of a line that are written; the others have defaults in the database."""


def differing(score: Score, columns: Mapping[str, Any]) -> dict[str, Any]:
    """Those of the columns that the score does not hold already."""
    return {name: value for name, value in columns.items() if getattr(score, name) != value}


def lines_of(
    score: Score, changed: Mapping[str, Any], *, by: User, at: datetime, door: Door
) -> list[ScoreChange]:
    """A line for each column, unsaved; the score still holds what it was before."""
    return [
        ScoreChange(
            score=score,
            column=column,
            before=_as_text(getattr(score, column)),
            after=_as_text(value),
            changed_by=by,
            changed_at=at,
            door=door,
        )
        for column, value in changed.items()
    ]


def _as_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str | Fraction | UsualReason):
        return str(value)
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
