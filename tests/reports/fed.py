"""A period with components that are fed by commitments, and commitments to feed them."""

from commitments.models import Commitment
from commitments.rules.workflow import TaskOutcome
from commitments.services import reporting
from scoring.models import Criterion
from scoring.rules.kinds import Source
from scoring.services import criteria, periods
from tests.commitments.situations import Parties, fresh, judge_last, one_in_force
from tests.worlds import Province, Year, a_prepared_period
from units.models import Unit
from units.permissions import Role

OWN, OUTSIDE = "1.2.1", "2.1.1"
"""Fed, and assessed by the unit; fed, and set by the organiser."""


def a_fed_period(province: Province | None = None, **columns) -> Year:
    """The usual period, with two of its ratios fed by commitments; opened."""
    year = a_prepared_period(province, **columns)
    for code, source in ((OWN, Source.SELF), (OUTSIDE, Source.CENTRAL)):
        node = Criterion.objects.get(criteria_set__block=year.block, code=code)
        rule = {**node.rule, "of_commitments": True}
        criteria.edit(node, by=year.organiser, seen=node.version, rule=rule, source=source)
    year.period = periods.open(year.period, by=year.organiser)
    return year


def a_commitment(
    year: Year, unit: Unit, *, tasks: int = 3, done: int = 1, of_year: int = 0
) -> Commitment:
    """In force for the year of the period, so many of its tasks reported done and accepted."""
    province = year.province
    who = Parties(
        province=province,
        unit=unit,
        receiver=province.police,
        editor=province.a_person(Role.EDITOR, unit),
        head=province.a_person(Role.HEAD, unit),
        receiving_head=province.a_person(Role.HEAD, province.police),
    )
    made = one_in_force(who, year=of_year or year.period.year, number_of_tasks=tasks)
    for task in made.tasks.order_by("position")[:done]:
        reporting.report(
            task,
            seen=task.version,
            outcome=TaskOutcome.DONE,
            result="Đã xong.",
            done_on=made.countersigned_at.date(),
            by=who.editor,
        )
        judge_last(who, task)
    return fresh(made)
