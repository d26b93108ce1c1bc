"""The years of a unit through mergers: what was published about it and about those it comes from.

Reads only. Which line follows which is the rule's (reports/rules/lineage.py).
"""

from reports.models import Edition, EditionResult
from reports.rules.lineage import Line, Passing, YearOf, lines_of
from reports.rules.rated import together
from reports.rules.shares import Row
from scoring.models import PublishedRow
from scoring.rules.kinds import PeriodKind
from units.models import Unit
from units.models.tree import origins


def years_of(edition: Edition, row: Row) -> list[Line]:
    """The years of a unit of an edition and of those it comes from, own line first. Three
    queries."""
    passings, years = _told_of(row.unit, edition.kind)
    return lines_of(row.unit, row.name, edition.period.assessor_id, passings, years)


def years_of_unit(unit: Unit) -> list[Line]:
    """The years of the index of a unit and of those it comes from, as whoever published last about
    it sees them; nothing where nothing was ever published. Three queries."""
    passings, years = _told_of(unit.pk, PeriodKind.INDEX)
    if not years:
        return []
    newest = max(years, key=lambda one: (one.unit == unit.pk, one.year, not one.from_paper))
    return lines_of(unit.pk, unit.name, newest.assessor, passings, years)


def _told_of(unit: int, kind: str) -> tuple[list[Passing], list[YearOf]]:
    told = origins([unit])
    units = {unit, *(one.predecessor for one in told)}
    years = [_year(line) for line in EditionResult.objects.of_units(units, kind)]
    if kind == PeriodKind.INDEX:
        years += [_printed(printed) for printed in PublishedRow.objects.of_units(units)]
    return [Passing(one.predecessor, one.successor, one.happened_on) for one in told], years


def _year(line: EditionResult) -> YearOf:
    edition = line.edition
    return YearOf(
        year=edition.year,
        unit=line.unit_id,
        unit_name=line.unit_name,
        percent=line.percent,
        places=edition.places,
        rank=line.rank,
        band=line.band,
        assessor=edition.period.assessor_id,
        assessor_name=edition.period.assessor.name,
        source=edition.pk,
        source_name=f"Quyết định số {edition.decision_number}",
        line=line.pk,
        block=line.block_name,
        labels=tuple(edition.band_labels),
        ratings=together([line]),
        made_up=edition.made_up,
    )


def _printed(row: PublishedRow) -> YearOf:
    table = row.table
    return YearOf(
        year=table.year,
        unit=row.unit_id,
        unit_name=row.unit_name,
        percent=row.printed_percent,
        places=table.places,
        rank=row.printed_rank,
        band=row.printed_band,
        assessor=table.assessor_id,
        assessor_name=table.assessor.name,
        source=table.pk,
        from_paper=True,
        source_name=table.source_name,
        block=row.block,
        labels=tuple(table.band_labels),
    )
