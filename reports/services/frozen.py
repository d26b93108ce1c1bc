"""What is frozen at publication: decision, rules, criteria, and every line of every block."""

from collections.abc import Collection, Mapping
from datetime import date
from fractions import Fraction
from itertools import groupby
from typing import Any, NamedTuple

from django.utils import timezone

from reports.models import Edition, EditionResult
from reports.rules.summary import why_unranked
from reports.seal import FORM, plain
from scoring.models import Criterion, Period
from scoring.models.ranking_rules import RankingRules
from scoring.rules.points import shown
from scoring.services.standings import BlockStanding, UnitStanding
from units.models import Unit, User


class Decision(NamedTuple):
    """What the records office and the signer give: number with symbol, day, place, signature.

    reason: why an edition published before is corrected; empty for the first of a period.
    """

    number: str
    decided_on: date
    place: str
    signer_authority: str
    signer_position: str
    signer_rank: str
    signer_name: str
    reason: str = ""


def edition_of(
    period: Period,
    by: User | None,
    decision: Decision,
    criteria: list[dict[str, Any]] | None = None,
) -> Edition:
    """An edition of the period, not yet sealed, numbered or stored; `criteria` where they have been
    read already."""
    now = timezone.now()
    issuer, superior = _names_on(decision.decided_on, period.assessor)
    rules = {field.name: getattr(period, field.name) for field in RankingRules._meta.fields}
    return Edition(
        period=period,
        title=period.title,
        year=period.year,
        kind=period.kind,
        data_from=period.data_from,
        data_until=period.data_until,
        decision_number=decision.number,
        decided_on=decision.decided_on,
        place=decision.place,
        superior_name=superior,
        issuer_name=issuer,
        signer_authority=decision.signer_authority,
        signer_position=decision.signer_position,
        signer_rank=decision.signer_rank,
        signer_name=decision.signer_name,
        made_up=period.made_up,
        form=FORM,
        criteria=_criteria(period) if criteria is None else criteria,
        published_at=now,
        published_by=by,
        sent_at=now,
        **rules,
    )


def _criteria(period: Period) -> list[dict[str, Any]]:
    """Block by block the whole set, in plain texts: one query."""
    nodes = Criterion.objects.filter(criteria_set__block__period=period).select_related(
        "criteria_set__block", "parent"
    )
    nodes = nodes.order_by("criteria_set__block__position", "position")
    return [
        {
            "position": owned.block.position,
            "name": owned.block.name,
            "set": owned.code,
            "set_title": owned.title,
            "maximum": plain(owned.maximum),
            "criteria": [_node(node) for node in tree],
        }
        for owned, tree in groupby(nodes, key=lambda node: node.criteria_set)
    ]


def _node(node: Criterion) -> Mapping[str, Any]:
    return {
        "code": node.code,
        "parent": node.parent.code if node.parent else "",
        "level": node.level,
        "title": node.title,
        "maximum": plain(node.maximum),
        "source": node.source,
        "rule": node.rule,
        "not_applicable_allowed": node.not_applicable_allowed,
    }


def _names_on(day: date, assessor: Unit) -> tuple[str, str]:
    """What the assessor and its superior were called on the day; no superior: an empty name.

    Outside a unit's life its latest name and superior stand in.
    """
    then = Unit.objects.as_on(day).get(pk=assessor.pk)
    above = then.parent_then or then.parent_id
    superior = Unit.objects.as_on(day).get(pk=above) if above else None
    return _name(then), _name(superior) if superior else ""


def _name(then: Unit) -> str:
    return then.name_then or then.name


def names_on(day: date, units: Collection[int]) -> dict[int, str]:
    """Unit → what it was called on the day. One query."""
    found = Unit.objects.filter(pk__in=units).as_on(day)
    return {then.pk: _name(then) for then in found}


def lines_of(edition: Edition, tables: list[BlockStanding]) -> list[EditionResult]:
    """The lines of an edition, under the names of the day of its decision."""
    rows = [(table.block, row) for table in tables for row in table.rows]
    names = names_on(edition.decided_on, [row.unit.pk for _, row in rows])
    return [
        EditionResult(
            edition=edition,
            position=position,
            unit=row.unit,
            unit_code=row.unit.code,
            unit_name=names[row.unit.pk],
            block_position=block.position,
            block_name=block.name,
            satisfied=row.satisfaction.satisfied,
            rated=row.satisfaction.rated,
            people=row.satisfaction.people,
            survey=row.satisfaction.survey,
            **_figures(row, edition.places),
        )
        for position, (block, row) in enumerate(rows, start=1)
    ]


def _figures(row: UnitStanding, places: int) -> dict[str, Any]:
    if row.placing is None:
        return {"unranked_reason": why_unranked(row.dossier.state, row.maximum)}
    return {
        "points": row.points,
        "maximum": row.maximum,
        "percent": row.placing.percent,
        "rank": row.placing.rank,
        "band": row.placing.band,
        "areas": [
            {
                "code": area.code,
                "title": area.title,
                "points": str(area.points),
                "maximum": str(Fraction(area.maximum)),
                "percent": str(shown(area.percent, places)),
            }
            for area in row.areas
        ],
    }
