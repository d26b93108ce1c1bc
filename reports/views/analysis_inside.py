"""Pages of an analysis that look behind the areas: what made a change, what criteria are worth."""

from collections.abc import Mapping, Sequence
from typing import Any

from reports.models import EditionResult
from reports.rules.bridge import Part, bridge
from reports.rules.inside import Usefulness, usefulness
from reports.rules.sealed_detail import mark_of, nodes_of
from reports.rules.shares import heads_of
from reports.services import analysis
from reports.services.analysis import Components
from reports.views import analysis_charts as charts
from reports.views.analysis_asked import Asked
from scoring.rules.kinds import Level
from scoring.views.standing_order import folded

LEVELS = {"tieu-chi": (Level.CRITERION, "Tiêu chí"), "thanh-phan": (Level.COMPONENT, "Thành phần")}


def changes(asked: Asked) -> Mapping[str, Any]:
    """The bridge of one unit from its last published year: by area for everybody, by component for
    whoever may read the details of both years."""
    now = EditionResult.objects.select_related("edition__period").get(pk=asked.unit.key)
    then = analysis.before(now)
    found: dict[str, Any] = {"unit": asked.unit, "then": then}
    if then is None:
        return found
    both = (then, now)
    years = (then.edition.year, now.edition.year)
    places = max(then.edition.places, now.edition.places)
    by_area = bridge(*(_areas(line) for line in both), places)
    found |= {
        "by_area": by_area,
        "area_chart": charts.steps("theo-linh-vuc", "lĩnh vực", by_area, years),
    }
    details = analysis.details_of(both, asked.user)
    if len(details) == len(both):
        keys = analysis.keys_of(*(line.edition.period_id for line in both))
        way = bridge(*(_components(line, details[line.pk], keys) for line in both), places)
        found |= {
            "by_component": way,
            "chart": charts.steps("theo-thanh-phan", "tiêu chí thành phần", way, years),
        }
    return found


def _areas(line: EditionResult) -> list[Part]:
    """The areas of a frozen line; their titles join the years, as areas bear no key."""
    return [
        Part(folded(share.title), share.code, share.title, share.points, share.maximum)
        for share in analysis.shares_of(line)
    ]


def _components(
    line: EditionResult, components: Components, keys: Mapping[tuple[int, int, str], str]
) -> list[Part]:
    nodes = nodes_of(line.block_position, line.edition.criteria)
    parts = []
    for one in components:
        code = one["code"]
        mark = mark_of(one, nodes[code])
        key = keys.get((line.edition.period_id, line.block_position, code), "")
        parts.append(
            Part(key, code, nodes[code]["title"], mark.counted_points, mark.counted_maximum)
        )
    return parts


ORDERS = {
    "bo": "Theo bộ tiêu chí",
    "phan-biet": "Phân biệt kém nhất trước",
    "dat": "Đạt thấp nhất trước",
    "toi-da": "Nhiều đơn vị đạt tối đa trước",
}


def criteria(asked: Asked) -> Mapping[str, Any]:
    """Every criterion over the units of the block, for whoever may read the details of all."""
    asked_level = asked.get("cap")
    level_key = asked_level if asked_level in LEVELS else "tieu-chi"
    order = asked.get("xep") if asked.get("xep") in ORDERS else "bo"
    inside = analysis.inside_of(asked.edition, asked.block.position, asked.user)
    level, _ = LEVELS[level_key]
    rows = inside.by(asked.block.ranked, level, asked.area)
    whole = len(rows) == len(asked.block.ranked)
    found: dict[str, Any] = {
        "levels": [(key, label) for key, (_, label) in LEVELS.items()],
        "level": level_key,
        "orders": ORDERS.items(),
        "order": order,
        "whole": whole,
        "seen": len(rows),
    }
    if not whole:
        return found
    told = []
    for code, title in heads_of(rows):
        reached = [(row.figure, row.reached(code)) for row in rows]
        known = [(figure, here) for figure, here in reached if here is not None]
        if one := usefulness(code, title, known):
            told.append(one)
    return found | {
        "lines": _ordered(told, order),
        "chart": charts.usefulness(told, asked.places),
    }


def _ordered(told: Sequence[Usefulness], order: str) -> list[Usefulness]:
    if order == "phan-biet":
        return sorted(told, key=lambda one: (one.index is None, one.index or 0))
    if order == "dat":
        return sorted(told, key=lambda one: one.mean)
    if order == "toi-da":
        return sorted(told, key=lambda one: -one.full)
    return list(told)
