"""Asking for the command view as a paper. Nothing is written: the paper is kept for an hour."""

from reports import printed
from reports.printed import Printed
from reports.rules.paper_state import PaperState
from reports.tasks import render_command
from scoring.models import Period
from units.models import User


def ask(user: User, period: Period) -> None:
    """Sends the errand to the press, unless one of this person is on its way there."""
    if printed.kept(user.pk, period.pk).state == PaperState.WAITING:
        return
    printed.keep(user.pk, period.pk, Printed(PaperState.WAITING))
    render_command.delay_on_commit(user.pk, period.pk)


def kept(user: User, period: Period) -> Printed:
    """What became of the paper this person asked for."""
    return printed.kept(user.pk, period.pk)
