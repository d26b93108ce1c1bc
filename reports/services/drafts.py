"""The draft of a long decision, asked for before it is published. Nothing is written: what is to be
drawn and what was drawn are kept for a while for the one person who asked. Decision 0099."""

from cchc_portal.kit.digest import digest
from reports import printed
from reports.models.marks import mark_of_period
from reports.papers.editions import draft_paper
from reports.papers.long_papers import ONE_PASS_AT_MOST
from reports.printed import DRAFT, Printed
from reports.rules.paper_state import PaperState
from reports.services.previews import Preview
from reports.tasks import render_draft
from scoring.models import Period
from units.models import User

SAID = (
    "issuer_name",
    "superior_name",
    "decided_on",
    "place",
    "signer_authority",
    "signer_position",
    "signer_rank",
    "signer_name",
    "reason",
)
"""What of a decision stands on its draft, or says by which names the units go there."""


def is_long(preview: Preview) -> bool:
    """Whether its draft is too long to be drawn while somebody waits at a page."""
    return len(preview.results) > ONE_PASS_AT_MOST


def ask(preview: Preview, *, by: User, typed: dict[str, str]) -> None:
    """Sends the draft of exactly these figures and this decision to the press, unless it is on its
    way there; another one that is on its way is given up.

    `preview` with its mark; `typed`: the fields its decision was read from, for who asks again.
    """
    period, edition = preview.edition.period, preview.edition
    seen = f"{preview.mark}-{digest([getattr(edition, name) for name in SAID])}"
    last = kept(by, period)
    if (last.state, last.seen) == (PaperState.WAITING, seen):
        return
    now = Printed(PaperState.WAITING, seen=seen, typed=tuple(typed.items()))
    paper = draft_paper(edition, preview.results)
    printed.keep_order(by.pk, period.pk, paper, printed.draft_order(seen))
    printed.keep(by.pk, period.pk, now, DRAFT)
    render_draft.delay_on_commit(by.pk, period.pk, seen, edition.issuer_name)


def kept(user: User, period: Period) -> Printed:
    """What became of the draft this person asked for."""
    return printed.kept(user.pk, period.pk, DRAFT)


def has_changed(drawn: Printed, period: Period) -> bool:
    """Whether the figures are no longer those of the draft, if there is one. One query."""
    return bool(drawn.seen) and drawn.seen.partition("-")[0] != mark_of_period(period.pk)
