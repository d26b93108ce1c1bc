"""From frozen rows to the words of a paper, and from the words to the file."""

from dataclasses import replace
from itertools import groupby

from django.conf import settings
from django.urls import reverse

from cchc_portal.kit.pdf import render_pdf
from cchc_portal.kit.pdf_files import Enclosure, enclosed
from reports.edition_data import csv_file, json_file
from reports.models import Edition, EditionResult
from reports.papers.correction_annex import CorrectionAnnex
from reports.papers.decision import AnnexPaper, EditionPaper, ResultRow, UnrankedRow
from reports.papers.parts import Check, Issuer, Signature
from reports.papers.wording import (
    INDEX,
    ONE_STOP,
    Matter,
    Replaced,
    annex_title,
    class_limits,
    decision,
    notes_under,
)
from reports.rules.decree import day_in_words
from reports.rules.differences import differences
from reports.rules.issuers import Office, office_of, whose_results
from reports.seal import short_code
from scoring.rules.kinds import PeriodKind
from scoring.rules.points import percent, shown
from scoring.rules.ranking import TieRule

POINT_PLACES = 2
YEARS_SHOWN = 5
MATTERS = {PeriodKind.INDEX: INDEX, PeriodKind.MODEL: ONE_STOP}


def edition_pdf(edition: Edition) -> bytes:
    """The decision and its annexes, drawn from the frozen rows of the edition and nothing else."""
    paper = edition_paper(edition)
    drawn = render_pdf(
        "reports/pdf/edition.html", {"paper": paper}, title=paper.title, author=edition.issuer_name
    )
    return enclosed(drawn, enclosures_of(edition))


def enclosures_of(edition: Edition) -> list[Enclosure]:
    """The data behind the decision, as anybody gets them from the portal: what is sealed (JSON)
    and one line a unit (CSV). One query."""
    results = list(edition.results.order_by("position"))
    name = f"ket-qua-{edition.year}-{edition.pk}-{edition.number}"
    return [
        Enclosure(
            f"{name}.json",
            json_file(edition, results).encode(),
            "application/json",
            "Nội dung được niêm phong và mã niêm phong",
            edition.published_at,
        ),
        Enclosure(
            f"{name}.csv",
            csv_file(edition, results).encode(),
            "text/csv",
            "Kết quả của từng đơn vị",
            edition.published_at,
        ),
    ]


def draft_paper(edition: Edition, results: list[EditionResult]) -> EditionPaper:
    """What the paper of an edition that is not published says: "DỰ THẢO" across it, number and day
    left open."""
    return replace(_paper(edition, results), draft=True, check=None, edition="")


def draft_pdf(edition: Edition, results: list[EditionResult]) -> bytes:
    """The same as a file, drawn in one pass."""
    paper = draft_paper(edition, results)
    return render_pdf(
        "reports/pdf/edition.html", {"paper": paper}, title=paper.title, author=edition.issuer_name
    )


def edition_paper(edition: Edition) -> EditionPaper:
    """What the paper says, word for word. One query beside the edition's page: its rows; for a
    correction another, the rows before it."""
    lines = edition.results.order_by("position")
    return _paper(edition, list(lines if edition.corrects else lines.defer("areas")))


def _paper(edition: Edition, results: list[EditionResult]) -> EditionPaper:
    office = office_for(edition)
    issuer = issuer_of(edition, office)
    matter = MATTERS[PeriodKind(edition.kind)]
    annexes = _annexes(edition, matter, results)
    names = [result.unit_name for result in results] if matter is ONE_STOP else []
    corrected = edition.corrects
    draft = decision(
        matter,
        issuer=issuer,
        year=edition.year,
        annexes=annexes,
        proposer=office.drafter,
        limits=class_limits(edition.band_floors, edition.band_labels),
        whose=whose_results(names, edition.issuer_name),
        replaced=Replaced(decision_words(corrected), edition.reason) if corrected else None,
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
        edition=number_words(edition),
        made_up=edition.made_up,
        check=check_of(edition),
        changes=_changes(corrected, results) if corrected else None,
    )


def _changes(corrected: Edition, results: list[EditionResult]) -> CorrectionAnnex:
    return CorrectionAnnex(
        decision=decision_words(corrected),
        rows=tuple(differences(corrected.results.order_by("position"), results)),
    )


def decision_words(edition: Edition) -> str:
    """Its decision by number and day."""
    return f"Quyết định số {edition.decision_number} {day_in_words(edition.decided_on)}"


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
    ends = result.satisfaction_interval or (None, None)
    return ResultRow(
        unit=result.unit_name,
        points=shown(result.points, POINT_PLACES),
        maximum=result.maximum,
        percent=shown(result.percent, places),
        rank=result.rank,
        band=result.band,
        satisfaction=shown(percent(result.satisfied, result.rated)) if result.rated else None,
        sure_from=None if ends[0] is None else shown(ends[0]),
        sure_to=None if ends[1] is None else shown(ends[1]),
        survey=result.survey,
    )


def office_for(edition: Edition) -> Office:
    """The office that issued it, by its name of the day."""
    return office_of(edition.issuer_name, edition.period.assessor.kind, edition.superior_name)


def issuer_of(edition: Edition, office: Office) -> Issuer:
    """Who issues papers of the edition."""
    _, _, symbol = edition.decision_number.partition("/")
    return Issuer(
        name=edition.issuer_name,
        superior=edition.superior_name,
        head_in_full=office.head_in_full,
        symbol=symbol or office.symbol,
        place=edition.place,
    )


def number_words(edition: Edition) -> str:
    """Which edition of its period it is, in words."""
    return f"Bản công bố số {edition.number}"


def check_of(edition: Edition) -> Check | None:
    """Where the paper can be compared with the portal, if the portal knows its own address."""
    if not settings.PORTAL_ADDRESS:
        return None
    code = short_code(edition)
    host = settings.PORTAL_ADDRESS.removeprefix("https://").removeprefix("http://")
    return Check(
        code=code,
        page=f"{host}{reverse('reports:checking')}",
        address=f"{settings.PORTAL_ADDRESS}{reverse('reports:check', args=[code])}",
    )
