"""What the unit's reports offer to a row of its dossier, as the row says it."""

from typing import Any

from scoring.models import Score
from scoring.services import drawn_figures


def hint_of(score: Score, *, open_to_them: bool, script: bool) -> dict[str, Any]:
    """What was reported, and how the row stands to it. One query. `open_to_them`: the reader writes
    the row; `script`: by a press in the row. The score needs criterion, dossier and period."""
    drawn = drawn_figures.offered_to(score)
    same = drawn is not None and drawn.is_said_by(score)
    return {
        "score": score,
        "drawn": drawn,
        "year": score.dossier.period.year,
        "same": same,
        "differs": drawn is not None and drawn.differs_from(score),
        "wants_reason": drawn is not None and drawn.wants_reason_of(score),
        "takes": open_to_them and drawn is not None and drawn.answer is not None and not same,
        "script": script,
    }
