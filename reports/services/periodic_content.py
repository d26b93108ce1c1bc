"""What a periodic report says: its texts, the figures in their places, the annexes. Reads only.

The content is a mapping of texts, as it is frozen at sending:

    heading    title, unit, unit_code, owner, own, starts_on, ends_on, made_up
    sections   key, part, title, words, figures
    figures    code, name, measure, amount, before: every indicator that the unit reports; of where
               the amount is what units below come to, of how many of them, and unfinished how many
               of those lack units of their own; before_of where the figure of the year before is of
               another number of units; below and below_of where the units that the unit itself asks
               come to another figure
    compared   whether any figure of the year before is known
    units      indicators (code, name, measure), rows (unit, cells) and their total: figures of the
               units below (`reports/rules/unit_annex.py`)
    merged     how many units below were asked, and whose reports were received
"""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db.models import Count, Q

from cchc_portal.kit.digest import digest
from cchc_portal.kit.numerals import grouped
from reports.models import PeriodicReport, ReportRound, SentReport
from reports.rules.outline import picks
from reports.rules.periodic import SETTLED, Content
from reports.rules.unit_annex import NOT_ADDED, NOT_ASKED
from reports.services import inspected_figures
from scoring.models import Collection, Indicator
from scoring.rules.indicator import Roll
from scoring.rules.rolling import rolled
from scoring.services import rollups
from scoring.services.underneath import Below, below, of_units, underneath, unfinished
from units.models import Unit

OF_ITS_OWN = "của cơ quan lập báo cáo"


def live(report: PeriodicReport) -> Content:
    """The report as it stands now. As many queries for many units below as for few."""
    figures = figures_of(report)
    texts = report.texts.select_related("section").order_by("section__position")
    round_ = report.round
    return {
        "heading": {
            "title": round_.title,
            "unit": report.unit.name,
            "unit_code": report.unit.code,
            "owner": round_.owner.name,
            "own": report.own,
            "starts_on": round_.starts_on.isoformat(),
            "ends_on": round_.ends_on.isoformat(),
            "made_up": round_.made_up,
        },
        "sections": [
            {
                "key": one.section.key,
                "part": one.section.part,
                "title": one.section.title,
                "words": one.words,
                "figures": in_section(figures, one.section.codes),
            }
            for one in texts
        ],
        "figures": figures,
        "compared": compared(figures),
        "units": _units(report),
        "merged": merged(report),
    }


def in_section(figures: list[dict[str, str]], codes: list[str]) -> list[dict[str, str]]:
    """Those whose code the section names, in their order."""
    return [one for one in figures if picks(codes, one["code"])]


def compared(figures: list[dict[str, str]]) -> bool:
    """Whether any figure of the year before is known, so that its column has a place."""
    return any(one["before"] for one in figures)


def figures_of(report: PeriodicReport) -> list[dict[str, str]]:
    """Every figure that the unit reports for the stretch, beside that of the same stretch of the
    year before and, where the unit asks units of its own, of what those come to. For a summary they
    are added up over the units below, and what the level itself inspected stands in lines of its
    own."""
    collection = report.round.figures_of(report.round.owner_id)
    if collection is None:
        return []
    if report.own:
        return _summed(collection)
    asked = _asked(collection, report.unit_id)
    now = _cells(collection, asked, report.unit)
    earlier = rollups.earlier_of(collection)
    before = _cells(earlier, asked, report.unit) if earlier else [None] * len(asked)
    there = below(report.unit_id, collection, asked)
    then = below(report.unit_id, earlier, asked) if earlier else {}
    return [
        _figure(one, *two) | _beside(there.get(one.code), then.get(one.code))
        for one, *two in zip(asked, now, before, strict=True)
    ]


def _beside(now: Below | None, then: Below | None) -> dict[str, str]:
    """Of how many units below the figure is; where it is another than they come to, what they come
    to. Of how many it was a year before, where that was another number."""
    told = {}
    if now and now.same:
        told["of"] = now.of
    elif now:
        told |= {"below": rollups.cell_text(now.amount), "below_of": now.of}
    if then and then.same and not (now and now.same and now.said == then.said):
        told["before_of"] = f"{grouped(then.said)} đơn vị"
    return told


def _of_how_many(total: rollups.Total, lacking: int) -> dict[str, str]:
    """The same of a sum over all units; `lacking`: how many of them lack units of their own."""
    told = {}
    if total.amount is not None:
        told["of"] = of_units(total.said, total.asked)
        if lacking:
            told["unfinished"] = f"{grouped(lacking)} đơn vị chưa đủ cấp dưới"
    if total.before is not None and total.said_before != total.said:
        told["before_of"] = f"{grouped(total.said_before)} đơn vị"
    return told


def unlike_below(figures: list[dict[str, str]]) -> list[dict[str, str]]:
    """Figures that are another than the units below come to."""
    return [one for one in figures if one.get("below") and one["amount"]]


def silent_above(figures: list[dict[str, str]]) -> list[dict[str, str]]:
    """Figures that the unit does not report although units below have reported them."""
    return [one for one in figures if one.get("below") and not one["amount"]]


def _summed(collection: Collection) -> list[dict[str, str]]:
    """Figures of the units below added up; under those of inspections, a line of what the level
    itself did, which it reports to nobody here and which stands in no sum."""
    totals = rollups.totals(collection)
    every = [one.indicator for one in totals]
    earlier = rollups.earlier_of(collection)
    now, before = _counted(collection, every), _counted(earlier, every) if earlier else {}
    under = underneath(collection, every)
    lines = []
    for one in totals:
        code = one.indicator.code
        of = _of_how_many(one, unfinished(under, code))
        lines.append(_figure(one.indicator, one.amount, one.before) | of)
        if code in now:
            line = _figure(one.indicator, now[code], before.get(code))
            lines.append(line | {"name": f"{one.indicator.name}, {OF_ITS_OWN}"})
    return lines


def _counted(collection: Collection, indicators: list[Indicator]) -> dict[str, Decimal | Fraction]:
    """Code → what the inspections of the level that asks come to over the stretch, with ratios."""
    level = collection.owner_id
    counts = inspected_figures.counts_of([level], collection).get(level, {})
    sums = {code: Decimal(number) for code, number in counts.items()}
    return rolled([one.meaning for one in indicators], sums)


def merged(report: PeriodicReport) -> Content:
    """How far the round of the unit itself has come: asked, settled. One query; empty without."""
    rounds = ReportRound.objects.standing().filter(
        report.round.same_stretch(), owner=report.unit_id
    )
    below = ~Q(reports__unit=report.unit_id)
    settled = below & Q(reports__state__in=SETTLED)
    counts = rounds.order_by().aggregate(
        asked=Count("reports", filter=below), settled=Count("reports", filter=settled)
    )
    return counts if counts["asked"] else {}


def mark(content: Content) -> str:
    """SHA-256 over a live content: which texts and figures somebody saw."""
    return digest(content)


def seal(content: Mapping[str, Any], sent: SentReport) -> str:
    """SHA-256 over the content and under which number, day and name it went."""
    return digest(
        {
            "content": content,
            "number": sent.number,
            "paper_number": sent.paper_number,
            "issued_on": sent.issued_on,
            "signer": sent.signer,
            "signer_post": sent.signer_post,
        }
    )


def holds(sent: SentReport) -> bool:
    """Whether what lies in the database is, to the letter, what was sent."""
    return seal(sent.content, sent) == sent.digest


def _figure(one: Indicator, amount, before) -> dict[str, str]:
    return {
        "code": one.code,
        "name": one.name,
        "measure": one.measure,
        "amount": rollups.cell_text(amount),
        "before": rollups.cell_text(before),
    }


def _asked(collection: Collection, unit: int) -> list[Indicator]:
    """The indicators of the collection that this unit reports; a ratio where both ends are."""
    rows = set(collection.readings.filter(unit=unit).values_list("indicator", flat=True))
    return _reported(rollups.indicators_of(collection), rows)


def _reported(every: list[Indicator], rows: set[int]) -> list[Indicator]:
    """Those whose keys are among the rows of a unit, and the ratios of them."""
    codes = {one.code for one in every if one.pk in rows}
    return [
        one
        for one in every
        if one.pk in rows or one.roll == Roll.RATIO and {one.numerator, one.denominator} <= codes
    ]


def _cells(collection: Collection, indicators: list[Indicator], unit: Unit) -> list:
    (line,) = rollups.lines(collection, indicators, [(unit.pk, unit.name)])
    return list(line.cells)


def _units(report: PeriodicReport) -> Content:
    collection = report.round.figures_of(report.unit_id)
    if collection is None:
        return {"indicators": [], "rows": [], "total": []}
    indicators = rollups.indicators_of(collection)
    totals = rollups.totals(collection, indicators)
    there = Unit.objects.filter(readings__collection=collection).distinct()
    units = there.order_by("position", "code").values_list("pk", "name")
    asked: dict[int, set[int]] = {}
    for unit, indicator in collection.readings.order_by().values_list("unit", "indicator"):
        asked.setdefault(unit, set()).add(indicator)
    theirs = {unit: {one.pk for one in _reported(indicators, rows)} for unit, rows in asked.items()}
    return {
        "indicators": [
            {"code": one.code, "name": one.name, "measure": one.measure} for one in indicators
        ],
        "rows": [
            {
                "unit": line.name,
                "cells": [
                    text if one.pk in theirs[line.unit] else NOT_ASKED
                    for one, text in zip(indicators, line.texts, strict=True)
                ],
            }
            for line in rollups.lines(collection, indicators, list(units))
        ],
        "total": [
            NOT_ADDED if one.indicator.roll == Roll.APART else rollups.cell_text(one.amount)
            for one in totals
        ],
    }
