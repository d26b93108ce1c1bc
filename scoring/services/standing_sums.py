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
NOUGHT = Fraction(0)


@dataclass
class AreaSum:
    """What a dossier has in one area: exact points and applicable maximum, on each side.

    The provisional side takes what is verified; where nothing is yet, what the unit gave itself
    (`open`). Hundreds of these are made for one table, so they add no more than they must.
    """

    verified: Fraction = NOUGHT
    own: Fraction = NOUGHT
    open: Fraction = NOUGHT
    verified_maximum: Decimal = Decimal(0)
    own_maximum: Decimal = Decimal(0)
    provisional_maximum: Decimal = Decimal(0)

    def points(self, side: Side) -> Fraction:
        """The exact points of a side."""
        if side == Side.PROVISIONAL:
            return self.verified + self.open
        return self.own if side == Side.SELF else self.verified

    def maximum(self, side: Side) -> Decimal:
        """What of the area counts on a side."""
        if side == Side.PROVISIONAL:
            return self.provisional_maximum
        return self.own_maximum if side == Side.SELF else self.verified_maximum


@dataclass
class Progress:
    """How far a dossier is: components that are answered by the unit, of those it assesses, and
    settled by the assessor, of all."""

    answered: int = 0
    own: int = 0
    settled: int = 0
    all: int = 0

    def add(self, answered: int, own: int, settled: int, all_: int) -> None:
        """Counts more components in."""
        self.answered += answered
        self.own += own
        self.settled += settled
        self.all += all_


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
        verified, own = _fraction(found[0], over), _fraction(found[1], own_over)
        still_open, (of_verified, of_own, of_open, of_settled) = found[2], found[3:7]
        row = sums.areas[dossier, area]
        if verified is not None:
            row.verified += verified
        if own is not None:
            row.own += own
        if still_open:
            row.open += _fraction(still_open, own_over) or NOUGHT
        row.verified_maximum += of_verified
        row.own_maximum += of_own
        row.provisional_maximum += of_settled + of_open
        sums.progress[dossier].add(*found[7:])
        if verified is not None and own is not None:
            before = sums.differences.get(dossier, NOUGHT)
            sums.differences[dossier] = before if verified == own else before + verified - own
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
