"""From frozen rows to the words of a paper, and from the words to the file."""

from itertools import groupby

from django.conf import settings
from django.urls import reverse

from cchc_portal.kit.pdf import render_pdf
from reports.models import Edition, EditionResult
from reports.paper_parts import Check, Issuer, Signature
from reports.papers import AnnexPaper, EditionPaper, ResultRow, UnrankedRow
from reports.rules.issuers import office_of, whose_results
from reports.seal import short_code
from reports.wording import (
    INDEX,
    ONE_STOP,
    Matter,
    annex_title,
    class_limits,
    decision,
    notes_under,
)
from scoring.rules.kinds import PeriodKind
from scoring.rules.points import percent, shown
from scoring.rules.ranking import TieRule

POINT_PLACES = 2
MATTERS = {PeriodKind.INDEX: INDEX, PeriodKind.MODEL: ONE_STOP}


def edition_pdf(edition: Edition) -> bytes:
    """The decision and its annexes, drawn from the frozen rows of the edition and nothing else."""
    paper = edition_paper(edition)
    return render_pdf(
        "reports/pdf/edition.html", {"paper": paper}, title=paper.title, author=edition.issuer_name
    )


def edition_paper(edition: Edition) -> EditionPaper:
    """What the paper says, word for word. Two queries: the edition's page and its rows."""
    kind = edition.period.assessor.kind
    office = office_of(edition.issuer_name, kind)
    _, _, symbol = edition.decision_number.partition("/")
    issuer = Issuer(
        name=edition.issuer_name,
        superior=edition.superior_name,
        head_in_full=office.head_in_full,
        symbol=symbol or office.symbol,
        place=edition.place,
    )
    matter = MATTERS[PeriodKind(edition.period.kind)]
    results = list(edition.results.order_by("position"))
    annexes = _annexes(edition, matter, results)
    names = [result.unit_name for result in results] if matter is ONE_STOP else []
    draft = decision(
        matter,
        issuer=issuer,
        year=edition.year,
        annexes=annexes,
        proposer=office.drafter,
        limits=class_limits(edition.band_floors, edition.band_labels),
        whose=whose_results(names, edition.issuer_name),
    )
    return EditionPaper(
        issuer=issuer,
        subject=draft.subject,
        year=edition.year,
        bases=draft.bases,
        articles=draft.articles,
        recipients=draft.recipients,
        signature=Signature(
            authority=edition.signer_authority,
            head=office.head,
            position=edition.signer_position,
            rank=edition.signer_rank,
            name=edition.signer_name,
        ),
        annexes=annexes,
        number=edition.decision_number,
        decided_on=edition.decided_on,
        edition=f"Bản công bố số {edition.number}",
        made_up=edition.made_up,
        check=_check(edition),
    )


def _annexes(
    edition: Edition, matter: Matter, results: list[EditionResult]
) -> tuple[AnnexPaper, ...]:
    blocks = groupby(results, key=lambda result: (result.block_position, result.block_name))
    return tuple(_annex(edition, matter, name, list(results)) for (_, name), results in blocks)


def _annex(
    edition: Edition, matter: Matter, block: str, results: list[EditionResult]
) -> AnnexPaper:
    rows = tuple(_row(result, edition.places) for result in results if result.rank)
    return AnnexPaper(
        title=annex_title(matter, edition.year),
        block=block,
        rows=rows,
        unranked=tuple(
            UnrankedRow(result.unit_name, result.unranked_reason)
            for result in results
            if not result.rank
        ),
        notes=notes_under(
            rows,
            scale_total=edition.scale_total,
            ranks_skip=edition.tie_rule == TieRule.SKIP,
        ),
        percent_heading=matter.percent_heading,
    )


def _row(result: EditionResult, places: int) -> ResultRow:
    return ResultRow(
        unit=result.unit_name,
        points=shown(result.points, POINT_PLACES),
        maximum=result.maximum,
        percent=shown(result.percent, places),
        rank=result.rank,
        band=result.band,
        satisfaction=shown(percent(result.satisfied, result.rated)) if result.rated else None,
    )


def _check(edition: Edition) -> Check | None:
    """Where the paper can be compared with the portal, if the portal knows its own address."""
    if not settings.PORTAL_ADDRESS:
        return None
    page = reverse("reports:edition", args=[edition.pk])
    return Check(
        code=short_code(edition),
        page=f"{settings.PORTAL_ADDRESS.removeprefix('https://').removeprefix('http://')}{page}",
        address=f"{settings.PORTAL_ADDRESS}{page}",
    )
