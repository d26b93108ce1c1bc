"""Exact sums of the scores of whole blocks, in one query: by dossier and area, on every side."""

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from django.db.models import Case, Count, F, Q, Sum, Value, When

from scoring.models import Score
from scoring.rules.criteria import BEYOND_MAXIMUM
from scoring.rules.kinds import Side, Source

SETTLED = Q(verified_points__isnull=False) | Q(not_applicable=True)
ANSWERED = Q(self_points__isnull=False) | Q(self_not_applicable=True)
COUNTED = ~Q(criterion__source__in=BEYOND_MAXIMUM) & Q(not_applicable=False)
OWN = Q(criterion__source=Source.SELF)
OWN_COUNTED = OWN & Q(self_not_applicable=False)


@dataclass
class AreaSum:
    """What a dossier has in one area: exact points and applicable maximum, on each side.

    The provisional side takes what is verified; where nothing is yet, what the unit gave itself.
    """

    points: dict[Side, Fraction] = field(default_factory=lambda: dict.fromkeys(Side, Fraction(0)))
    maximum: dict[Side, Decimal] = field(default_factory=lambda: dict.fromkeys(Side, Decimal(0)))


@dataclass
class Progress:
    """How far a dossier is: components that are answered by the unit, of those it assesses, and
    settled by the assessor, of all."""

    answered: int = 0
    own: int = 0
    settled: int = 0
    all: int = 0

    def add(self, other: "Progress") -> None:
        """Counts the other in."""
        self.answered += other.answered
        self.own += other.own
        self.settled += other.settled
        self.all += other.all


@dataclass
class Sums:
    """Sums by dossier and area; by dossier what the assessor changed, and how far it is."""

    areas: dict[tuple[int, int], AreaSum] = field(default_factory=lambda: defaultdict(AreaSum))
    differences: dict[int, Fraction] = field(default_factory=dict)
    progress: dict[int, Progress] = field(default_factory=lambda: defaultdict(Progress))


def sums_of(blocks: list[int]) -> Sums:
    """One query. Numerators are added per pair of denominators in the database and the few groups
    joined as fractions, so that nothing is rounded before the end."""
    groups = (
        Score.objects.filter(dossier__block__in=blocks)
        .order_by()
        .values_list(
            "dossier",
            "criterion__parent__parent",
            "verified_points__denominator",
            "self_points__denominator",
        )
        .annotate(
            verified=_signed_sum("verified_points"),
            own=_signed_sum("self_points"),
            own_open=_signed_sum("self_points", ~SETTLED & OWN),
            verified_maximum=_maximum(COUNTED),
            own_maximum=_maximum(OWN_COUNTED),
            open_maximum=_maximum(OWN_COUNTED & ~SETTLED),
            settled_maximum=_maximum(COUNTED & SETTLED),
            answered=Count("pk", filter=OWN & ANSWERED),
            mine=Count("pk", filter=OWN),
            settled=Count("pk", filter=SETTLED),
            all=Count("pk"),
        )
    )
    sums = Sums()
    for dossier, area, over, own_over, *found in groups:
        verified, own, own_open = (
            _fraction(part, under)
            for part, under in zip(found[:3], (over, own_over, own_over), strict=True)
        )
        of_verified, of_own, of_open, of_settled, *counts = found[3:]
        row = sums.areas[dossier, area]
        row.points[Side.VERIFIED] += verified or 0
        row.points[Side.SELF] += own or 0
        row.points[Side.PROVISIONAL] += (verified or 0) + (own_open or 0)
        row.maximum[Side.VERIFIED] += of_verified
        row.maximum[Side.SELF] += of_own
        row.maximum[Side.PROVISIONAL] += of_settled + of_open
        sums.progress[dossier].add(Progress(*counts))
        if verified is not None and own is not None:
            before = sums.differences.get(dossier, Fraction(0))
            sums.differences[dossier] = before + verified - own
    return sums


def _maximum(counted: Q) -> Sum:
    return Sum(Case(When(counted, then=F("maximum")), default=Value(Decimal(0))))


def _signed_sum(column: str, counted: Q | None = None) -> Sum:
    """Numerators added; those of a penalty take away."""
    numerator = F(f"{column}__numerator")
    signed = Case(When(criterion__source=Source.PENALTY, then=-numerator), default=numerator)
    return Sum(signed, filter=counted) if counted else Sum(signed)


def _fraction(numerator: Decimal | None, denominator: Decimal | None) -> Fraction | None:
    if numerator is None or denominator is None:
        return None
    return Fraction(int(numerator), int(denominator))
