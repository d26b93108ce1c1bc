"""How far the verifiers of a period agree, and how their hand moves: figures, words, small bars."""

from dataclasses import dataclass
from fractions import Fraction

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cchc_portal.kit.numerals import half_up
from scoring.models import SecondMarking
from scoring.rules.agreement import FEWEST, SLIGHT, Week, moved
from scoring.second_access import require_empty_hands
from scoring.services.agreements import watched
from scoring.views.scope import find_period
from units.models import User
from units.permissions import Permission

HALF = 40
"""Half the width of a bar, in units of its drawing."""


@dataclass(frozen=True)
class Bar:
    """A figure as a bar from the middle, to the right above nought; places are text."""

    x: str
    width: str
    generous: bool


@dataclass(frozen=True)
class Line:
    """One week of one verifier with its bar, if it has one."""

    week: Week
    bar: Bar | None


@dataclass(frozen=True)
class Hand:
    """One verifier's weeks, and how far the last lies from the first."""

    verifier: User
    lines: list[Line]
    moved: Fraction | None

    @property
    def words(self) -> str:
        if self.moved is None:
            return "quá ít để thấy xu hướng"
        if abs(self.moved) < SLIGHT:
            return "không đổi đáng kể"
        return "rộng tay dần" if self.moved > 0 else "chặt tay dần"


@require_safe
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Agreement by verifier and area; week by week what verifiers find against what units say."""
    period = find_period(request, pk, Permission.SEE_DASHBOARD)
    require_empty_hands(request.user, period)
    found = watched(period)
    widest = _widest(week.mean_gap for _, weeks in found.drift for week in weeks)
    context = {
        "period": period,
        "marking": SecondMarking.objects.filter(period=period).first(),
        "found": found,
        "whole": [("Tất cả", found.whole), ("Riêng các dòng rút thăm", found.by_lot)],
        "tables": [
            ("Theo người thẩm định lần một", "nguoi", "Người thẩm định", found.verifiers),
            ("Theo lĩnh vực", "linh-vuc", "Lĩnh vực", found.areas),
        ],
        "hands": [
            Hand(one, [Line(week, _bar(week.mean_gap, widest)) for week in weeks], moved(weeks))
            for one, weeks in found.drift
        ],
        "fewest": FEWEST,
        "made_up": period.made_up,
    }
    return render(request, "scoring/agreement.html", context)


def _widest(figures) -> Fraction:
    return max((abs(one) for one in figures if one is not None), default=Fraction(0))


def _bar(figure: Fraction | None, widest: Fraction) -> Bar | None:
    if figure is None or not widest:
        return None
    width = HALF * abs(figure) / widest
    x = Fraction(HALF) if figure > 0 else HALF - width
    return Bar(str(half_up(x, 1)), str(half_up(width, 1)), figure > 0)
