"""Addresses where inspections meet papers, criteria and figures, and who comes through."""

from commitments.models import Inspection
from tests.house.registry import Address, seats
from tests.inspections.situations import Sides, an_issued_plan, followed
from tests.scoring.dossier_addresses import SEES, VERIFIES
from tests.scoring.reported import Reports, open_reports
from tests.worlds import Province
from units.permissions import Permission, Role

SIDE = seats(Permission.SEE_UNIT, "above")
BOTH = SIDE | seats(Permission.SEE_UNIT, "here")
FORM = ("get", "post")


def a_concluded_inspection(province: Province, people: dict) -> Inspection:
    """Of the first department, out of an issued plan."""
    who = Sides(
        province,
        province.police,
        province.departments[0],
        organiser=people[Role.ORGANISER, "above"],
        head=people[Role.HEAD, "above"],
        editor=people[Role.EDITOR, "here"],
    )
    return followed(who, an_issued_plan(who).inspections.get())


def asked_figures(province: Province, people: dict) -> Reports:
    """The province asks its departments."""
    return open_reports(province, organiser=people[Role.ORGANISER, "above"])


def _paper(name: str) -> Address:
    return Address(f"reports:{name}", passed=BOTH, args=lambda world: (world.inspection.pk,))


INSPECTIONS = [
    Address(
        "reports:inspection-plan-paper",
        passed=BOTH,
        args=lambda world: (world.inspection.plan_id,),
    ),
    _paper("inspection-minutes"),
    _paper("inspection-conclusion"),
    Address(
        "reports:inspection-criteria",
        passed=seats(Permission.RUN_INSPECTION, "above"),
        refused=BOTH,
        args=lambda world: (world.inspection.pk,),
        methods=FORM,
    ),
    Address(
        "reports:inspected",
        passed=VERIFIES,
        refused=SEES,
        args=lambda world: (world.fed_row.pk,),
    ),
    Address(
        "reports:told-figures",
        passed=seats(Permission.FILL_DOSSIER, "here")
        | seats(Permission.RUN_PERIOD, "here", "above"),
        refused=seats(Permission.SEE_BELOW, "above") | seats(Permission.SEE_UNIT, "here"),
        args=lambda world: (
            world.figures.collection.pk,
            world.figures.province.departments[0].pk,
        ),
        methods=FORM,
    ),
]
