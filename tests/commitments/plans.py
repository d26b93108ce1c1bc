"""Yearly plans in both states, built only through the services."""

from datetime import date

from commitments.models import Plan, PlannedTask
from commitments.rules.plan import PlanHeading, PlannedTerms
from commitments.services import plans
from tests.commitments.situations import Parties
from units.models import Unit, User

ROW = PlannedTerms(area="procedures", title="Rà soát thủ tục hành chính", due_text="quý III")
PASSED = PlannedTerms(
    area="digital", title="Số hóa hồ sơ", due_on=date(2026, 6, 30), passed_down=True
)


def a_plan(who: Parties, *, year: int = 2026, rows=(ROW, ROW)) -> Plan:
    """A draft of the department."""
    return _written(who.unit, who.editor, year, rows)


def an_issued_plan(who: Parties, *, year: int = 2026, rows=(ROW, ROW)) -> Plan:
    return issued(a_plan(who, year=year, rows=rows), who.head)


def the_plan_above(who: Parties, *, year: int = 2026, rows=(PASSED, ROW)) -> Plan:
    """Issued by the police above; its first row is passed down."""
    return issued(_written(who.receiver, who.receiving_head, year, rows), who.receiving_head)


def issued(plan: Plan, head: User) -> Plan:
    paper = plans.Paper("12/KH-CAT", date(2026, 1, 15))
    return plans.issue(plan, seen=fresh(plan).version, paper=paper, by=head)


def first(plan: Plan) -> PlannedTask:
    return plan.tasks.select_related("plan").first()


def fresh(row):
    """The row as it lies in the database now."""
    return type(row).objects.get(pk=row.pk)


def _written(unit: Unit, by: User, year: int, rows) -> Plan:
    heading = PlanHeading(f"Kế hoạch cải cách hành chính năm {year}")
    plan = plans.draft(unit, year=year, heading=heading, by=by)
    for row in rows:
        plans.add(plan, terms=row, by=by)
    return fresh(plan)
