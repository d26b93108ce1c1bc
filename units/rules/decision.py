"""The paper on which something happens to a unit. Pure."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Decision:
    """Its number and day, and the day from which it has effect."""

    number: str
    decided_on: date
    effective_on: date
