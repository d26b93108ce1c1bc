"""The draft of a long decision, asked for before it is published. Nothing is written: what is to be
drawn and what was drawn are kept for a while for the one person who asked. Decision 0099."""

from reports import printed
from reports.documents import draft_paper
from reports.long_papers import ONE_PASS_AT_MOST
from reports.printed import DRAFT, Printed
from reports.rules.paper_state import PaperState
from reports.services.previews import Preview
from reports.tasks import render_draft
from scoring.models import Period
from units.models import User


def is_long(preview: Preview) -> bool:
    """Whether its draft is too long to be drawn while somebody waits at a page."""
    return len(preview.results) > ONE_PASS_AT_MOST


def ask(preview: Preview, *, by: User) -> None:
    """Sends the draft of exactly these figures to the press, unless one of this person is on its
    way there."""
    period = preview.edition.period
    if kept(by, period).state == PaperState.WAITING:
        return
    printed.keep_order(by.pk, period.pk, draft_paper(preview.edition, preview.results), DRAFT)
    printed.keep(by.pk, period.pk, Printed(PaperState.WAITING, seen=preview.seen), DRAFT)
    render_draft.delay_on_commit(by.pk, period.pk, preview.edition.issuer_name)


def kept(user: User, period: Period) -> Printed:
    """What became of the draft this person asked for."""
    return printed.kept(user.pk, period.pk, DRAFT)
