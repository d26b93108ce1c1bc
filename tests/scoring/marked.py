"""Periods whose points are written straight into the rows: hundreds of dossiers in one statement.

What the services would make of single answers is tested with them; here only sums, ranks and
pages are looked at, which do not care where a point came from.
"""

import json
from decimal import Decimal
from fractions import Fraction
from random import Random

import pgtrigger
from django.utils import timezone

from scoring import tasks
from scoring.models import CriteriaSet, Dossier, Score
from scoring.rules.catalogue import read_catalogue
from scoring.rules.kinds import Source
from scoring.rules.workflow import SUBMITTED_ONCE, DossierState
from scoring.services import blocks, catalogue, criteria, periods
from tests.worlds import SMALL_SET, Province, Year, a_draft_period, a_province
from units.kinds import UnitKind


def a_set_with_bonus_and_penalty() -> CriteriaSet:
    """The small set, and two areas outside its maximum: up to 5 points more, up to 8 less."""
    data = json.loads(SMALL_SET.read_text(encoding="utf-8"), parse_float=Decimal)
    data["sets"][0]["areas"] += [
        _outside("4", "Điểm thưởng", 5, Source.BONUS),
        _outside("5", "Điểm trừ", 8, Source.PENALTY),
    ]
    data["sets"][0]["code"] = "THUONG_TRU"
    found = read_catalogue(data)
    assert not found.faults, found.faults
    catalogue.import_sets(found.sets)
    return CriteriaSet.objects.newest().get(code="THUONG_TRU")


def a_year(province: Province | None = None, *, communes: bool = False, **columns) -> Year:
    """An open period: a block of all departments, and one of all communes where there are some."""
    year = a_draft_period(province or a_province(departments=3), **columns)
    chosen = a_set_with_bonus_and_penalty()
    kinds = {"Khối phòng": UnitKind.DEPARTMENT}
    if communes:
        kinds["Khối Công an cấp xã"] = UnitKind.COMMUNE_POLICE
    for name, kind in kinds.items():
        block = blocks.add(year.period, by=year.organiser, name=name, kinds=[kind])
        criteria.copy_into(block, chosen, by=year.organiser)
        blocks.choose_by_kind(block, by=year.organiser)
    year.period = periods.open(year.period, by=year.organiser)
    tasks.fill_period(year.period.pk)  # what a worker does for many units
    year.period.refresh_from_db()
    return year


def unrecorded():
    """Past the wall that wants every change of a score in the log."""
    return pgtrigger.ignore("scoring.Score:changes_are_recorded")


def put(dossier: Dossier, state: DossierState, by) -> None:
    """The dossier in this state, signed by the person where the state asks for it."""
    now = timezone.now()
    handed_in, done = state in SUBMITTED_ONCE, state == DossierState.VERIFIED
    Dossier.objects.filter(pk=dossier.pk).update(
        state=state,
        submitted_at=now if handed_in else None,
        submitted_by=by if handed_in else None,
        verified_at=now if done else None,
        verified_by=by if done else None,
    )


def mark(scores: list[Score], random: Random) -> None:
    """Points out of the blue on both sides: thirds and sevenths, some not applicable, some open
    where the unit assesses itself."""
    for score in scores:
        own = score.criterion.source == Source.SELF
        said, found = random.random(), random.random()
        score.self_not_applicable = own and said < 0.1
        score.self_points = _points(score, random) if own and said >= 0.2 else None
        score.not_applicable = found < 0.15
        judged = found >= (0.25 if own else 0.15)
        score.verified_points = _points(score, random) if judged else None
        score.verified_reason = "Theo tài liệu kiểm chứng."
    with unrecorded():
        Score.objects.bulk_update(
            scores,
            (
                "self_points",
                "self_not_applicable",
                "verified_points",
                "not_applicable",
                "verified_reason",
            ),
        )


def give(dossier: Dossier, **points: str) -> None:
    """Verified points by component, `_1_1_1="4.5"`; every other component of the dossier gets
    nought. Points of components the unit assesses are its own points too."""
    rows = list(dossier.scores.select_related("criterion"))
    for row in rows:
        figure = Fraction(points.get("_" + row.criterion.code.replace(".", "_"), "0"))
        row.verified_points, row.not_applicable = figure, False
        row.self_points = figure if row.criterion.source == Source.SELF else None
        row.verified_reason = "Theo tài liệu kiểm chứng."
    with unrecorded():
        Score.objects.bulk_update(
            rows, ("self_points", "verified_points", "not_applicable", "verified_reason")
        )


def _points(score: Score, random: Random) -> Fraction:
    whole = random.choice((1, 3, 7, 8))
    return Fraction(score.maximum) * Fraction(random.randint(0, whole), whole)


def _outside(code: str, title: str, maximum: int, source: Source) -> dict:
    component = {
        "code": f"{code}.1.1",
        "key": f"t_{source.value}",
        "title_vi": title,
        "max_points": maximum,
        "scoring": {"type": "given"},
        "points_from": source.value,
    }
    criterion = {
        "code": f"{code}.1",
        "title_vi": title,
        "max_points": maximum,
        "components": [component],
    }
    return {"code": code, "title_vi": title, "max_points": maximum, "criteria": [criterion]}
