"""The pairs of marks and the verdicts of a period, for the rules of agreement. Reads only."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from django.utils import timezone

from cchc_portal.kit.numerals import as_fraction
from scoring.models import Period, Score, ScoreChange, SecondMark
from scoring.rules.agreement import (
    Agreement,
    Gap,
    Pair,
    Week,
    agreement,
    by_area,
    by_verifier,
    drift,
)
from scoring.rules.kinds import Source
from scoring.rules.second_mark import MarkState, fits, gap
from units.models import User


@dataclass(frozen=True)
class Watched:
    """What a period's second marks and verdicts tell of its verifiers."""

    whole: Agreement
    by_lot: Agreement
    verifiers: list[tuple[User, Agreement]]
    areas: list[tuple[str, Agreement]]
    drift: list[tuple[User, list[Week]]]
    waived: int


def watched(period: Period) -> Watched:
    """Everything about the period. Four queries, however many verdicts."""
    pairs = _pairs(period)
    weeks = drift(_gaps(period))
    each = by_verifier(pairs)
    people = User.objects.in_bulk({*each, *weeks})
    named = sorted(people.values(), key=lambda one: (one.full_name, one.pk))
    waived = SecondMark.objects.of_period(period).filter(state=MarkState.WAIVED).count()
    return Watched(
        whole=agreement(pairs),
        by_lot=agreement(one for one in pairs if one.by_lot),
        verifiers=[(one, each[one.pk]) for one in named if one.pk in each],
        areas=sorted((str(area), found) for area, found in by_area(pairs).items()),
        drift=[(one, weeks[one.pk]) for one in named if one.pk in weeks],
        waived=waived,
    )


def _pairs(period: Period) -> list[Pair]:
    marks = SecondMark.objects.of_period(period).given()
    rows = marks.select_related("marking", "score__criterion__parent__parent")
    return [_pair(one) for one in rows.order_by("pk")]


def _pair(mark: SecondMark) -> Pair:
    area = mark.score.criterion.parent.parent
    between = gap(mark.first, mark.second)
    tolerance = mark.marking.tolerance
    return Pair(
        verifier=mark.first_by_id,
        area=f"{area.code}. {area.title}",
        gap=None if between is None else _percent(between, mark.maximum),
        within=fits(mark.first, mark.second, maximum=mark.maximum, percent=tolerance),
        by_lot=mark.cause == "lot",
    )


def _gaps(period: Period) -> list[Gap]:
    """What the assessor found less what the unit said, by who set the figure that stands and when.
    Two queries."""
    written = ScoreChange.objects.filter(score__dossier__period=period)
    last: Mapping[int, tuple] = {
        score: (by, when)
        for score, by, when in written.newest_of_each(("verified_points",)).values_list(
            "score", "changed_by", "changed_at"
        )
    }
    both = Score.objects.filter(
        dossier__period=period,
        criterion__source=Source.SELF,
        verified_points__isnull=False,
        self_points__isnull=False,
        maximum__gt=0,
    ).order_by()
    rows = both.values_list("pk", "self_points", "verified_points", "maximum")
    return [
        Gap(last[pk][0], timezone.localtime(last[pk][1]).date(), _percent(found - said, maximum))
        for pk, said, found, maximum in rows
        if pk in last
    ]


def _percent(points: Fraction, maximum) -> Fraction:
    return 100 * points / as_fraction(maximum)
