"""The three files of real units: what is alive on which day, and that loading twice is nothing."""

from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db.models import Count

from units.kinds import UnitKind
from units.models import Succession, Unit, UnitEvent, UnitSpell
from units.models.tree import ids_below

DATA = Path(settings.BASE_DIR) / "units" / "data"
FILES = [str(DATA / f"units-{part}.csv") for part in ("ministry", "hatinh", "nghean")]
FUNCTIONS = str(DATA / "handles-procedures.csv")


@pytest.fixture
def the_real_units(db, capsys):
    call_command("import_units", *FILES, functions=FUNCTIONS)
    return capsys.readouterr().out


def alive(code: str, day: date) -> tuple[int, int, int]:
    """Departments, district police, commune police below the province on the day."""
    below = ids_below([Unit.objects.get(code=code).pk], day=day)
    kinds = (UnitKind.DEPARTMENT, UnitKind.DISTRICT_POLICE, UnitKind.COMMUNE_POLICE)
    units = Unit.objects.filter(pk__in=below).in_force_on(day)
    counts = dict(units.values_list("kind").annotate(n=Count("pk")).order_by())
    return tuple(counts.get(kind, 0) for kind in kinds)


def test_every_line_of_the_three_files_is_new_to_an_empty_portal(the_real_units):
    assert "units-ministry.csv: 2 dòng: 2 mới, 0 thay đổi, 0 không đổi, 0 sai." in the_real_units
    assert "units-hatinh.csv: 363 dòng: 363 mới, 0 thay đổi" in the_real_units
    assert "units-nghean.csv: 684 dòng: 684 mới, 0 thay đổi" in the_real_units
    assert "handles-procedures.csv: 7 dòng: 0 mới, 7 thay đổi" in the_real_units
    assert Unit.objects.count() == 2 + 363 + 684


ALIVE = {
    date(2022, 11, 24): {"HT": (28, 13, 216), "NA": (28, 21, 460)},
    date(2025, 1, 15): {"HT": (28, 12, 209), "NA": (28, 20, 412)},
    date(2025, 3, 15): {"HT": (26, 0, 209), "NA": (26, 0, 412)},
    date(2025, 7, 1): {"HT": (26, 0, 69), "NA": (26, 0, 130)},
}
"""The table of units/data/README.md."""


def test_the_units_alive_on_a_day_are_those_of_the_table(the_real_units):
    assert {
        day: {code: alive(code, day) for code in provinces} for day, provinces in ALIVE.items()
    } == ALIVE


def test_a_second_load_of_the_same_files_changes_nothing(the_real_units, capsys):
    before = [list(model.objects.values_list()) for model in (Unit, UnitSpell, Succession)]
    events = UnitEvent.objects.count()

    call_command("import_units", *FILES, functions=FUNCTIONS)

    after = [list(model.objects.values_list()) for model in (Unit, UnitSpell, Succession)]
    assert after == before
    assert UnitEvent.objects.count() == events
    told = capsys.readouterr().out
    assert "684 dòng: 0 mới, 0 thay đổi, 684 không đổi, 0 sai" in told
    assert "7 dòng: 0 mới, 0 thay đổi, 7 không đổi, 0 sai" in told


def test_communes_of_a_district_come_under_the_province_when_districts_end(the_real_units):
    commune = UnitSpell.objects.filter(
        unit__kind=UnitKind.COMMUNE_POLICE, parent__code="HT", in_force__startswith=date(2025, 3, 1)
    ).first()

    before = commune.unit.spells.in_force_on(date(2025, 2, 28)).get()
    assert before.parent.kind == UnitKind.DISTRICT_POLICE
    assert commune.unit.parent.code == "HT"


def test_a_ward_of_cua_lo_is_followed_through_two_steps(the_real_units):
    ward = Unit.objects.get(name__contains="Nghi Thủy", in_force__endswith=date(2024, 12, 1))

    second = ward.successions.get().successor
    third = second.successions.get().successor

    assert second.in_force.lower == date(2024, 12, 1)
    assert (third.name, third.in_force.lower) == ("Công an phường Cửa Lò", date(2025, 7, 1))


def test_a_commune_divided_among_three_has_three_successors(the_real_units):
    commune = Unit.objects.get(name__contains="Kỳ Lợi")

    assert commune.successions.count() == 3


def test_a_department_handles_procedures_from_the_day_the_file_names(the_real_units):
    records = Unit.objects.get(code="NA-PV06")

    spells = list(records.spells.order_by("in_force"))

    assert [spell.handles_procedures for spell in spells] == [False, True]
    assert spells[1].in_force.lower == date(2025, 3, 1)
    assert records.handles_procedures
