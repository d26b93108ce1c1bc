"""The result sheet of one unit: for the public its line, for the unit what the line is made of."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from statistics import median
from typing import Any

from cchc_portal.kit.numerals import exactly
from cchc_portal.kit.pdf import render_pdf
from reports.charts.years import YearFigure
from reports.models import Edition, EditionResult, ResultDetail
from reports.papers.editions import (
    MATTERS,
    POINT_PLACES,
    check_of,
    decision_words,
    issuer_of,
    number_words,
    office_for,
)
from reports.papers.sheets import AreaRow, Earlier, LossRow, ResultSheetPaper, Standing
from reports.papers.wording import Matter
from reports.rules.losses import Loss, for_paper, losses, own_points, remarks
from reports.rules.sealed_detail import nodes_of
from scoring.models import PublishedRow
from scoring.rules.kinds import PeriodKind
from scoring.rules.next_class import next_class
from scoring.rules.points import percent, shown

YEARS_SHOWN = 5
NOT_PUBLIC = " Phiếu chi tiết dùng cho đơn vị và cơ quan cấp trên, không niêm yết công khai."


@dataclass(frozen=True)
class RankedBlock:
    """The ranked units of a block as far as a sheet speaks of them: how many at each rank, and the
    exact median of what they reached in all and, by code, in each area."""

    ranks: Counter[int]
    whole: Fraction
    areas: Mapping[str, Fraction]


def ranked_block(edition: Edition, position: int) -> RankedBlock:
    """One block of an edition that has ranked units. One query."""
    ranked = edition.results.filter(block_position=position, rank__isnull=False)
    ranks: Counter[int] = Counter()
    reached: list[Fraction] = []
    by_area: defaultdict[str, list[Fraction]] = defaultdict(list)
    for rank, points, maximum, areas in ranked.values_list("rank", "points", "maximum", "areas"):
        ranks[rank] += 1
        reached.append(percent(points, maximum))
        for area in areas:
            share = percent(Fraction(area["points"]), Fraction(area["maximum"]))
            by_area[area["code"]].append(share)
    return RankedBlock(
        ranks, median(reached), {code: median(shares) for code, shares in by_area.items()}
    )


def sheet_pdf(
    result: EditionResult, detail: ResultDetail | None = None, block: RankedBlock | None = None
) -> bytes:
    """The result sheet of one ranked unit, drawn from frozen rows and nothing else; with its
    details also what it lost, why, and what became of its objections. `block`: its block, where
    several sheets of one are drawn."""
    paper = sheet_paper(result, detail, block=block)
    return render_pdf(
        "reports/pdf/result_sheet.html",
        {"paper": paper},
        title=paper.title,
        author=result.edition.issuer_name,
    )


def sheet_paper(
    result: EditionResult,
    detail: ResultDetail | None = None,
    *,
    every: bool = False,
    block: RankedBlock | None = None,
) -> ResultSheetPaper:
    """What the sheet says; `every`: all losses, as a page has room for them. Four queries: the
    block, the years before on the portal, those brought in from papers, the block of then.

    The line needs its edition, period and assessor (`select_related`), and a rank.
    """
    edition = result.edition
    matter = MATTERS[PeriodKind(edition.kind)]
    block = block or ranked_block(edition, result.block_position)
    earlier = list(EditionResult.objects.before(result))
    inside = _inside(result, detail, every=every)
    return ResultSheetPaper(
        issuer=issuer_of(edition, office_for(edition)),
        subject=f"{matter.subject} năm {edition.year} của {result.unit_name}",
        standing=_standing(result, block, matter, earlier),
        areas=tuple(
            _area_row(area, block.areas[area["code"]], edition.places, inside.own.get(area["code"]))
            for area in result.areas
        ),
        total=_row_of(
            "Cộng",
            result.points,
            Fraction(result.maximum),
            block.whole,
            edition.places,
        ),
        losses=inside.losses,
        lost_by_them=inside.lost,
        losses_rest=inside.rest,
        remarks=inside.remarks,
        source=(
            f"Phiếu lấy từ {number_words(edition)} kèm theo {decision_words(edition)}; "
            f"là tài liệu kèm theo, không thay Quyết định.{NOT_PUBLIC if detail else ''}"
        ),
        years=_years(result, earlier),
        limits=edition.scale.bands,
        edition=number_words(edition),
        made_up=edition.made_up,
        check=check_of(edition),
    )


@dataclass(frozen=True)
class _Inside:
    """What only the details tell; nothing of it without them."""

    losses: tuple[LossRow, ...] = ()
    lost: Decimal | None = None
    rest: str = ""
    remarks: tuple[str, ...] = ()
    own: Mapping[str, Fraction] = field(default_factory=dict)


def _inside(result: EditionResult, detail: ResultDetail | None, *, every: bool) -> _Inside:
    if detail is None:
        return _Inside()
    components: Sequence[Mapping[str, Any]] = detail.document["components"]
    nodes = nodes_of(result.block_position, result.edition.criteria)
    found = losses(components, nodes)
    chosen, left = (found, []) if every else for_paper(found)
    return _Inside(
        losses=tuple(_loss_row(loss) for loss in chosen),
        lost=_sum(chosen),
        rest=_rest(left),
        remarks=tuple(remarks(components)),
        own=own_points(components, nodes),
    )


def _loss_row(loss: Loss) -> LossRow:
    return LossRow(loss.code, loss.title, shown(loss.lost, POINT_PLACES), loss.reason)


def _sum(found: Sequence[Loss]) -> Decimal:
    return shown(sum((loss.lost for loss in found), Fraction(0)), POINT_PLACES)


def _rest(left: Sequence[Loss]) -> str:
    if not left:
        return ""
    points = exactly(_sum(left), 2)
    return f"{len(left)} dòng còn lại, như đơn vị tự chấm, mất {points} điểm, xem trên Cổng"


def _standing(
    result: EditionResult, block: RankedBlock, matter: Matter, earlier: list[EditionResult]
) -> Standing:
    edition = result.edition
    ends = result.satisfaction_interval
    above = next_class(result.points, result.maximum, result.percent, edition.scale.bands)
    return Standing(
        measure=matter.short,
        percent=shown(result.percent, edition.places),
        band=result.band,
        rank=result.rank,
        ranked=block.ranks.total(),
        block=result.block_name,
        points=shown(result.points, POINT_PLACES),
        maximum=result.maximum,
        tied=block.ranks[result.rank] > 1,
        next_band=above.label if above else "",
        missing=above.missing if above else None,
        satisfaction=shown(result.satisfaction) if result.rated else None,
        ratings=result.rated,
        sure_from=shown(ends[0]) if ends else None,
        sure_to=shown(ends[1]) if ends else None,
        earlier=_earlier(earlier[0]) if earlier else None,
    )


def _earlier(line: EditionResult) -> Earlier:
    then = line.edition
    block = then.results.filter(block_position=line.block_position, rank__isnull=False)
    return Earlier(then.year, shown(line.percent, then.places), line.rank, block.count())


def _area_row(
    area: Mapping[str, str], middle: Fraction, places: int, own: Fraction | None
) -> AreaRow:
    return _row_of(
        area["title"],
        Fraction(area["points"]),
        Fraction(area["maximum"]),
        middle,
        places,
        own,
    )


def _row_of(
    title: str,
    points: Fraction,
    maximum: Fraction,
    middle: Fraction,
    places: int,
    own: Fraction | None = None,
) -> AreaRow:
    """`lost` is the difference of what is printed, so that the line adds up for its reader."""
    printed, whole = shown(points, POINT_PLACES), shown(maximum, POINT_PLACES)
    return AreaRow(
        title=title,
        maximum=whole,
        points=printed,
        percent=shown(percent(points, maximum), places),
        lost=max(whole - printed, Decimal(0)),
        self_points=None if own is None else shown(own, POINT_PLACES),
        median=shown(middle, places),
    )


def _years(result: EditionResult, earlier: list[EditionResult]) -> tuple[YearFigure, ...]:
    """This year and those before it that were published, on the portal or on a paper brought in,
    oldest first, gaps told as gaps."""
    edition = result.edition
    known = {edition.year: shown(result.percent, edition.places)}
    first = edition.year - YEARS_SHOWN + 1
    for line in earlier:
        if line.edition.year >= first:
            known.setdefault(line.edition.year, shown(line.percent, line.edition.places))
    if edition.kind == PeriodKind.INDEX:
        for row in PublishedRow.objects.before(result.unit_id, edition.period, first=first):
            known.setdefault(row.table.year, shown(row.printed_percent, row.table.places))
    return tuple(YearFigure(year, known.get(year)) for year in range(min(known), edition.year + 1))
