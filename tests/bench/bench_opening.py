"""How long it takes to open a period: a province at once, the whole force in the background."""

from fractions import Fraction
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from scoring import tasks
from scoring.models import CriteriaSet, Dossier, Period, Score
from scoring.rules.workflow import PeriodState
from scoring.services import blocks, criteria, periods
from tests.scoring.marked import unrecorded
from tests.worlds import Year, a_draft_period, a_province
from units.kinds import UnitKind
from units.models import Unit, UnitSpell

pytestmark = pytest.mark.django_db(transaction=True)

CATALOGUE = settings.BASE_DIR / "scoring" / "data" / "criteria.json"


def a_period_of(units: int, set_code: str) -> Year:
    """One block of so many departments, with a set of the catalogue."""
    call_command("import_criteria", str(CATALOGUE), stdout=StringIO())
    province = a_province(departments=0)
    year = a_draft_period(province)
    said = {"parent": province.police, "in_force": province.police.in_force}
    made = Unit.objects.bulk_create(
        Unit(code=f"D{number}", name=f"Phòng {number}", kind=UnitKind.DEPARTMENT, **said)
        for number in range(units)
    )
    UnitSpell.objects.bulk_create(UnitSpell(unit=unit, name=unit.name, **said) for unit in made)
    block = blocks.add(year.period, by=year.organiser, name="Khối", kinds=[UnitKind.DEPARTMENT])
    source = CriteriaSet.objects.newest().get(code=set_code)
    criteria.copy_into(block, source, by=year.organiser)
    blocks.choose_by_kind(block, by=year.organiser)
    return year


def test_a_province_opens_while_its_organiser_waits(stopwatch):
    year = a_period_of(41, "PHONG_CO_TTHC")

    with stopwatch("opening 41 units x 62 components", at_most=2):
        periods.open(year.period, by=year.organiser)

    assert Score.objects.count() == 41 * 62


def test_the_whole_force_opens_in_the_background(stopwatch, monkeypatch):
    year = a_period_of(4400, "CA_TINH")
    with monkeypatch.context() as lost:  # the errand is done here, where it can be timed
        lost.setattr(tasks.fill_period, "delay_on_commit", lambda period: None)
        with stopwatch("pressing the button for 4,400 units", at_most=2):
            periods.open(year.period, by=year.organiser)

    with stopwatch("making 4,400 dossiers of 65 components (286,000 rows)", at_most=60):
        tasks.fill_period(year.period.pk)

    assert Period.objects.get().state == PeriodState.OPEN
    assert Score.objects.count() == 4400 * 65
    now = timezone.now()
    Dossier.objects.update(
        state="verified",
        submitted_at=now,
        submitted_by=year.organiser,
        verified_at=now,
        verified_by=year.organiser,
    )
    half = Fraction(1, 4)
    with unrecorded():
        Score.objects.update(self_points=half, verified_points=half)
    with stopwatch("locking 4,400 dossiers of 65 components", at_most=60):
        periods.lock(year.period, by=year.organiser)
