"""What an analysis reads: blocks with the shares of their units, components, homes.

Reads only. Figures of a published edition come out of its frozen lines, figures of a period under
way out of the standings, so that they are those of the page the reader came from.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import groupby
from typing import Any, Protocol

from django.core.cache import cache
from django.db.models import Count

from reports.models import Edition, EditionResult, ResultDetail
from reports.rules.inside import below, shares_by
from reports.rules.sealed_detail import nodes_of
from reports.rules.shares import BlockHead, BlockRows, Row, Share
from reports.rules.tiles import Home, homes_of
from reports.services.kept_pages import MOST_LIVE
from scoring.models import Criterion, Dossier, Period
from scoring.rules.kinds import Level, Side
from scoring.rules.points import percent
from scoring.rules.result_summary import Summary, summary_of
from scoring.services.standings import BlockStanding, UnitStanding, standings, standings_of
from units.kinds import UnitKind
from units.models import UnitSpell, User
from units.models.tree import origins

Components = Sequence[Mapping[str, Any]]

SECONDS_KEPT = 24 * 60 * 60


class Source(Protocol):
    """Where the blocks of an analysis come from; each read when it is looked at."""

    def heads(self) -> list[BlockHead]:
        """Every block, in order."""

    def home(self, codes: Sequence[str]) -> int | None:
        """Position of the block in which the first of these units is ranked that is ranked."""

    def block(self, position: int) -> BlockRows:
        """One block with all of its units."""

    def summaries(self) -> Mapping[int, Summary]:
        """Position → the block in a few figures, as far as it may be read for one page."""


@dataclass(frozen=True)
class OfEdition:
    """The blocks of an edition out of its frozen lines; one query each."""

    edition: Edition

    def heads(self) -> list[BlockHead]:
        found = self.edition.results.order_by("block_position").values_list(
            "block_position", "block_name"
        )
        return [BlockHead(*row) for row in found.annotate(size=Count("pk"))]

    def home(self, codes: Sequence[str]) -> int | None:
        ranked = self.edition.results.filter(unit_code__in=codes, rank__isnull=False)
        homes = dict(ranked.values_list("unit_code", "block_position"))
        return next((homes[code] for code in codes if code in homes), None)

    def block(self, position: int) -> BlockRows:
        lines = list(self.edition.results.filter(block_position=position).order_by("position"))
        return _block(position, lines[0].block_name, map(_frozen, lines))

    def summaries(self) -> Mapping[int, Summary]:
        """Kept: an edition does not change."""
        key = f"summaries:{self.edition.digest}"
        return cache.get_or_set(key, self._summaries, SECONDS_KEPT)

    def _summaries(self) -> Mapping[int, Summary]:
        ranked = self.edition.results.filter(rank__isnull=False).order_by("block_position")
        rows = ranked.values_list("block_position", "points", "maximum", "band")
        return _summed(
            (
                (position, [(percent(points, maximum), band) for _, points, maximum, band in found])
                for position, found in groupby(rows, key=lambda row: row[0])
            ),
            self.edition.band_labels,
        )


@dataclass(frozen=True)
class OfPeriod:
    """The blocks of a period as the standings have them; six queries each."""

    period: Period
    side: Side

    def heads(self) -> list[BlockHead]:
        blocks = self.period.blocks.annotate(size=Count("dossiers")).filter(size__gt=0)
        found = blocks.order_by("position").values_list("position", "name", "size")
        return [BlockHead(*row) for row in found]

    def home(self, codes: Sequence[str]) -> int | None:
        found = Dossier.objects.filter(period=self.period, unit__code__in=codes)
        homes = dict(found.values_list("unit__code", "block__position"))
        return next((homes[code] for code in codes if code in homes), None)

    def block(self, position: int) -> BlockRows:
        block = self.period.blocks.select_related("period").get(position=position)
        return _standing(standings_of(block, side=self.side))

    def summaries(self) -> Mapping[int, Summary]:
        """Of more units than are summed at a look none: it would be every component again."""
        if sum(head.size for head in self.heads()) > MOST_LIVE:
            return {}
        return _summed(
            (
                (table.block.position, [(row.figure, row.band) for row in _standing(table).ranked])
                for table in standings(self.period, side=self.side)
            ),
            self.period.band_labels,
        )


@dataclass(frozen=True)
class Inside:
    """The components of the ranked units of a block that the person may read, by the key of the
    line; `nodes` are the criteria of the block."""

    components: Mapping[int, Components]
    nodes: Mapping[str, Mapping[str, Any]]

    def by(self, rows: Iterable[Row], level: Level, area: str = "") -> list[Row]:
        """The rows whose components are known, with their shares by criterion or component of an
        area, or of all areas."""
        parents = below(area, self.nodes, level)
        return [
            replace(row, shares=shares_by(self.components[row.key], self.nodes, parents))
            for row in rows
            if row.key in self.components
        ]


def inside_of(edition: Edition, block: int, user: User) -> Inside:
    """What stands behind the lines of a block, as far as the person may see it. One query for the
    texts, however many, and those that say what they may see."""
    seen = ResultDetail.objects.visible_to(user)
    seen = seen.filter(result__edition=edition, result__block_position=block)
    found = {detail.pk: detail.document["components"] for detail in seen}
    return Inside(found, nodes_of(block, edition.criteria))


def shares_of(line: EditionResult) -> tuple[Share, ...]:
    """The areas of a frozen line, exact."""
    return tuple(
        Share(one["code"], one["title"], Fraction(one["points"]), Fraction(one["maximum"]))
        for one in line.areas
    )


def keys_of(*periods: int) -> dict[tuple[int, int, str], str]:
    """(period, block position, code) → lineage key of each component that has one (one query)."""
    nodes = Criterion.objects.components().exclude(key="")
    nodes = nodes.filter(criteria_set__block__period__in=periods)
    place = ("criteria_set__block__period", "criteria_set__block__position", "code")
    return {
        (period, block, code): key for period, block, code, key in nodes.values_list(*place, "key")
    }


def before(line: EditionResult) -> EditionResult | None:
    """What stands published about the same unit for the last earlier year (one query)."""
    found = EditionResult.objects.before(line).filter(edition__corrected_by=None)
    return found.defer(None).first()


def details_of(lines: Iterable[EditionResult], user: User) -> dict[int, Components]:
    """The components of the lines that the person may read, by the key of the line."""
    seen = ResultDetail.objects.visible_to(user).filter(result__in=[line.pk for line in lines])
    return {detail.pk: detail.document["components"] for detail in seen}


def districts_of(rows: Sequence[Row]) -> dict[int, Home]:
    """Unit → the former district it came from, itself or by most of its predecessors. Two queries.

    A unit for which none is known is not in it.
    """
    roots = [row.unit for row in rows]
    came = dict.fromkeys((root, root) for root in roots)
    came |= dict.fromkeys((one.root, one.predecessor) for one in origins(roots))
    below_districts = UnitSpell.objects.filter(
        unit__in={unit for _, unit in came}, parent__kind=UnitKind.DISTRICT_POLICE
    )
    columns = ("unit", "parent__position", "parent__code", "parent__name")
    stood: dict[int, Home] = {}
    for unit, position, code, name in below_districts.order_by("in_force").values_list(*columns):
        stood[unit] = Home((position, code), name)
    return homes_of((root, stood[unit]) for root, unit in came if unit in stood)


def _summed(
    blocks: Iterable[tuple[int, Sequence[tuple[Fraction, str]]]], labels: Sequence[str]
) -> Mapping[int, Summary]:
    found = ((position, summary_of(rows, labels)) for position, rows in blocks)
    return {position: summary for position, summary in found if summary}


def _block(position: int, name: str, rows: Iterable[Row]) -> BlockRows:
    found = list(rows)
    return BlockRows(
        position,
        name,
        tuple(row for row in found if row.rank is not None),
        tuple(row for row in found if row.rank is None),
    )


def _frozen(line: EditionResult) -> Row:
    row = Row(line.pk, line.unit_id, line.unit_code, line.unit_name, reason=line.unranked_reason)
    if line.rank is None:
        return row
    return replace(
        row,
        rank=line.rank,
        band=line.band,
        points=line.points,
        maximum=Fraction(line.maximum),
        printed=line.percent,
        shares=shares_of(line),
    )


def _standing(table: BlockStanding) -> BlockRows:
    return _block(table.block.position, table.block.name, map(_row, table.rows))


def _row(standing: UnitStanding) -> Row:
    unit, dossier = standing.unit, standing.dossier
    row = Row(dossier.pk, unit.pk, unit.code, standing.name, reason=dossier.get_state_display())
    if standing.placing is None:
        return row
    return replace(
        row,
        rank=standing.placing.rank,
        band=standing.placing.band,
        points=standing.points,
        maximum=Fraction(standing.maximum),
        printed=standing.placing.percent,
        shares=tuple(
            Share(area.code, area.title, area.points, Fraction(area.maximum))
            for area in standing.areas
        ),
    )
