"""Whose points of a dossier a person reads before it is published."""

from scoring.models import Dossier
from scoring.reply_access import sees_verdicts
from scoring.rules.kinds import Side
from scoring.rules.workflow import DossierState
from scoring.second_access import keeps_something
from units.models import User


def sides_told(user: User, dossier: Dossier) -> list[Side]:
    """The unit's own, and the verdicts once they are told; not while the person may be asked to
    give one of them a second time."""
    told = sees_verdicts(user, dossier) and not keeps_something(user, dossier)
    return [Side.SELF, Side.VERIFIED] if told else [Side.SELF]


def usual_side(dossier: Dossier, told: list[Side]) -> Side:
    """Where nothing else is asked for: the verdicts once they are told and whole."""
    return told[-1] if dossier.state == DossierState.VERIFIED else Side.SELF
