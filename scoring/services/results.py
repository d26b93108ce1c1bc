"""Results as other programs take them: of a period on the portal, or of an imported table."""

from cchc_portal.kit.errors import MoveRefused
from scoring.models import Period, PublishedTable
from scoring.rules.published_reading import tidy
from scoring.rules.published_standing import PublishedStanding, blocks_of
from scoring.rules.ranking import TieRule
from scoring.rules.result_file import ResultLine, settled
from scoring.services.published_tables import lines_of
from scoring.services.standings import BlockStanding, UnitStanding, standings
from units.models import Unit

Results = Period | PublishedTable


def find(assessor: Unit, year: int, title: str | None = None) -> Results:
    """The one period or table of the assessor, the year and, where it is said, the title.

    A period counts once it has been opened. Raises MoveRefused where there is none, or several.
    """
    found: list[Results] = [
        *Period.objects.assessing().filter(assessor=assessor, year=year).order_by("opens_on", "pk"),
        *PublishedTable.objects.of(assessor, year),
    ]
    fitting = [one for one in found if title is None or tidy(one.title) == tidy(title)]
    titles = "; ".join(f"“{one.title}”" for one in found)
    if len(fitting) == 1:
        return fitting[0]
    if not found:
        raise MoveRefused(f"{assessor.name} chưa có kết quả nào của năm {year}.")
    if not fitting:
        raise MoveRefused(f"Năm {year} không có kết quả tên “{title}”; hiện có: {titles}.")
    raise MoveRefused(f"Năm {year} có {len(fitting)} kết quả, cần nêu tên (--title): {titles}.")


def lines(results: Results) -> list[ResultLine]:
    """Best first inside each block, as our rules compute it from the points; no figure printed
    elsewhere is passed on.

    Units without a figure (not verified, or unknown in the table) stand last in their block, with
    neither points nor rank. Blocks come in the order of the period, or of the file; equals in the
    order of units, or of the file.
    """
    if isinstance(results, Period):
        return [line for table in standings(results) for line in lines_of_block(table)]
    blocks = blocks_of(lines_of(results), results.scale, TieRule(results.tie_rule), results.places)
    return [_of_row(block.name, row) for block in blocks for row in block.rows]


def lines_of_block(table: BlockStanding) -> list[ResultLine]:
    """The same of one block whose table has been made, on the side it was made for."""
    return [_of_unit(table.block.name, row) for row in table.rows]


def _of_unit(block: str, row: UnitStanding) -> ResultLine:
    if row.placing is None:
        return ResultLine(block, None, row.name, None, None, None, None)
    return ResultLine(
        block=block,
        rank=row.placing.rank,
        unit=row.name,
        points=settled(row.points),
        max_points=settled(row.maximum),
        percent=row.placing.percent,
        classification=row.placing.band,
    )


def _of_row(block: str, row: PublishedStanding) -> ResultLine:
    line, placing = row.line, row.placing
    known = placing is not None
    return ResultLine(
        block=block,
        rank=placing.rank if placing else None,
        unit=line.unit,
        points=settled(line.points) if line.points is not None else None,
        max_points=settled(line.maximum) if known else None,
        percent=placing.percent if placing else None,
        classification=placing.band if placing else None,
    )
