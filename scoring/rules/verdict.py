"""What the assessor finds of one component, against what the unit said. Pure."""

from dataclasses import dataclass
from fractions import Fraction

from scoring.rules.kinds import Source


@dataclass(frozen=True)
class Finding:
    """Exact points, or that the component does not apply; neither while nothing is said."""

    points: Fraction | None = None
    not_applicable: bool = False


def needs_reason(source: str, *, said: Finding, found: Finding) -> bool:
    """Whether a finding must carry a reason.

    Wherever it differs from what the unit said; and always where the unit does not assess itself:
    there the reason is where the figure comes from.
    """
    return source != Source.SELF or said != found


def difference(*, said: Finding, found: Finding) -> Fraction | None:
    """Found less said, exact; None where either side has no points."""
    if said.points is None or found.points is None:
        return None
    return found.points - said.points
