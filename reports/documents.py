"""From frozen rows to the words of a paper, and from the words to the file."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from statistics import median

from django.conf import settings
from django.urls import reverse

from cchc_portal.kit.pdf import render_pdf
from reports.correction_annex import CorrectionAnnex
from reports.models import Edition, EditionResult
from reports.paper_parts import Check, Issuer, Signature
from reports.papers import AnnexPaper, EditionPaper, ResultRow, UnrankedRow
from reports.rules.decree import day_in_words
from reports.rules.differences import differences
from reports.rules.issuers import Office, office_of, whose_results
from reports.seal import short_code
from reports.sheets import AreaRow, ResultSheetPaper, Standing
from reports.wording import (
    INDEX,
    ONE_STOP,
    Matter,
    Replaced,
    annex_title,
    class_limits,
    decision,
    notes_under,
)
from reports.year_chart import YearFigure
from scoring.rules.kinds import PeriodKind
from scoring.rules.next_class import next_class
from scoring.rules.points import percent, shown
from scoring.rules.ranking import TieRule

POINT_PLACES = 2
YEARS_SHOWN = 5
MATTERS = {PeriodKind.INDEX: INDEX, PeriodKind.MODEL: ONE_STOP}


def edition_pdf(edition: Edition) -> bytes:
    """The decision and its annexes, drawn from the frozen rows of the edition and nothing else."""
    paper = edition_paper(edition)
    return render_pdf(
        "reports/pdf/edition.html", {"paper": paper}, title=paper.title, author=edition.issuer_name
    )


def edition_paper(edition: Edition) -> EditionPaper:
    """What the paper says, word for word. One query beside the edition's page: its rows; for a
    correction another, the rows before it."""
    office = _office(edition)
    issuer = _issuer(edition, office)
    matter = MATTERS[PeriodKind(edition.kind)]
    results = list(edition.results.order_by("position"))
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
        replaced=Replaced(_decision_words(corrected), edition.reason) if corrected else None,
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
        edition=_number(edition),
        made_up=edition.made_up,
        check=_check(edition),
        changes=_changes(corrected, results) if corrected else None,
    )


def sheet_pdf(result: EditionResult) -> bytes:
    """The result sheet of one ranked unit, drawn from frozen rows and nothing else."""
    paper = sheet_paper(result)
    return render_pdf(
        "reports/pdf/result_sheet.html",
        {"paper": paper},
        title=paper.title,
        author=result.edition.issuer_name,
    )


def sheet_paper(result: EditionResult) -> ResultSheetPaper:
    """What the sheet says. Two queries: the block, and the years before.

    The line needs its edition, period and assessor (`select_related`), and a rank.
    """
    edition = result.edition
    matter = MATTERS[PeriodKind(edition.kind)]
    block = list(edition.results.filter(block_position=result.block_position, rank__isnull=False))
    return ResultSheetPaper(
        issuer=_issuer(edition, _office(edition)),
        subject=f"{matter.subject} năm {edition.year} của {result.unit_name}",
        standing=_standing(result, block, matter),
        areas=tuple(_area_row(area, block, edition.places) for area in result.areas),
        total=_row_of(
            "Cộng",
            result.points,
            Fraction(result.maximum),
            [percent(other.points, other.maximum) for other in block],
            edition.places,
        ),
        losses=(),
        source=(
            f"Phiếu lấy từ {_number(edition)} kèm theo {_decision_words(edition)}; "
            "là tài liệu kèm theo, không thay Quyết định."
        ),
        years=_years(result),
        limits=edition.scale.bands,
        edition=_number(edition),
        made_up=edition.made_up,
        check=_check(edition),
    )


def _changes(corrected: Edition, results: list[EditionResult]) -> CorrectionAnnex:
    return CorrectionAnnex(
        decision=_decision_words(corrected),
        rows=tuple(differences(corrected.results.order_by("position"), results)),
    )


def _decision_words(edition: Edition) -> str:
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
    return ResultRow(
        unit=result.unit_name,
        points=shown(result.points, POINT_PLACES),
        maximum=result.maximum,
        percent=shown(result.percent, places),
        rank=result.rank,
        band=result.band,
        satisfaction=shown(percent(result.satisfied, result.rated)) if result.rated else None,
    )


def _standing(result: EditionResult, block: list[EditionResult], matter: Matter) -> Standing:
    edition = result.edition
    above = next_class(result.points, result.maximum, result.percent, edition.scale.bands)
    return Standing(
        measure=matter.short,
        percent=shown(result.percent, edition.places),
        band=result.band,
        rank=result.rank,
        ranked=len(block),
        block=result.block_name,
        points=shown(result.points, POINT_PLACES),
        maximum=result.maximum,
        tied=sum(1 for other in block if other.rank == result.rank) > 1,
        next_band=above.label if above else "",
        missing=above.missing if above else None,
        satisfaction=shown(result.satisfaction) if result.rated else None,
        ratings=result.rated,
    )


def _area_row(area: Mapping[str, str], block: list[EditionResult], places: int) -> AreaRow:
    same = [other for result in block for other in result.areas if other["code"] == area["code"]]
    return _row_of(
        area["title"],
        Fraction(area["points"]),
        Fraction(area["maximum"]),
        [percent(Fraction(other["points"]), Fraction(other["maximum"])) for other in same],
        places,
    )


def _row_of(
    title: str, points: Fraction, maximum: Fraction, others: list[Fraction], places: int
) -> AreaRow:
    """`lost` is the difference of what is printed, so that the line adds up for its reader."""
    printed, whole = shown(points, POINT_PLACES), shown(maximum, POINT_PLACES)
    return AreaRow(
        title=title,
        maximum=whole,
        points=printed,
        percent=shown(percent(points, maximum), places),
        lost=max(whole - printed, Decimal(0)),
        median=shown(median(others), places),
    )


def _years(result: EditionResult) -> tuple[YearFigure, ...]:
    """This year and those before it that were published, oldest first, gaps told as gaps."""
    edition = result.edition
    known = {edition.year: shown(result.percent, edition.places)}
    first = edition.year - YEARS_SHOWN + 1
    for earlier in EditionResult.objects.before(result).filter(edition__year__gte=first):
        known.setdefault(earlier.edition.year, shown(earlier.percent, earlier.edition.places))
    return tuple(YearFigure(year, known.get(year)) for year in range(min(known), edition.year + 1))


def _office(edition: Edition) -> Office:
    return office_of(edition.issuer_name, edition.period.assessor.kind, edition.superior_name)


def _issuer(edition: Edition, office: Office) -> Issuer:
    _, _, symbol = edition.decision_number.partition("/")
    return Issuer(
        name=edition.issuer_name,
        superior=edition.superior_name,
        head_in_full=office.head_in_full,
        symbol=symbol or office.symbol,
        place=edition.place,
    )


def _number(edition: Edition) -> str:
    return f"Bản công bố số {edition.number}"


def _check(edition: Edition) -> Check | None:
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
