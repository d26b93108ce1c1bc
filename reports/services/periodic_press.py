"""Periodic reports as papers: drawn at once, or by a worker where the units are very many.

Nothing is written: such a paper is kept for an hour for the one person who asked."""

from cchc_portal.kit.digest import digest
from reports import printed
from reports.models import PeriodicReport, SentReport
from reports.papers.periodic import drawn, report_paper
from reports.printed import PERIODIC, Printed
from reports.rules.paper_state import PaperState
from reports.rules.periodic import Content
from reports.rules.unit_annex import annex_of
from reports.tasks import render_periodic
from units.models import User

CELLS_AT_ONCE = 1200
"""So many figures of units are drawn while somebody waits at a page: about two seconds."""


def paper_of(
    report: PeriodicReport, content: Content, sent: SentReport | None, *, by: User, again: bool
) -> Printed:
    """The paper of exactly this content: drawn, on its way, or failed; sent off where nobody has
    asked yet, or, where it failed, `again`."""
    paper = report_paper(report, content, sent)
    if not is_long(content):
        return Printed(PaperState.DONE, drawn(paper))
    seen = sent.digest if sent else digest(content)
    found = printed.kept(by.pk, report.pk, PERIODIC)
    if found.seen == seen and (found.state != PaperState.FAILED or not again):
        return found
    found = Printed(PaperState.WAITING, seen=seen)
    printed.keep_order(by.pk, report.pk, paper, PERIODIC)
    printed.keep(by.pk, report.pk, found, PERIODIC)
    render_periodic.delay_on_commit(by.pk, report.pk, seen)
    return found


def is_long(content: Content) -> bool:
    """Whether its annex of units is too long to be drawn while somebody waits."""
    units = annex_of(content["units"])
    return len(units.rows) * len(units.indicators) > CELLS_AT_ONCE
