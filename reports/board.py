"""How a period under way is doing, for whoever organises it. Reads only."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Count
from django.db.models.functions import TruncDate

from reports.command import assessed
from reports.rules.forecast import Forecast
from scoring.models import Period
from scoring.rules.kinds import Side
from scoring.rules.workflow import SUBMITTED_ONCE, DossierState
from scoring.rules.workload import Load, Workload
from scoring.services.standings import BlockStanding, UnitStanding, standings
from scoring.services.workload import verdicts_in, workload_of
from units.models import Unit


@dataclass(frozen=True)
class Board:
    """The period on the day: its provisional standings, its load by desk, verdicts by day.

    `owners`: the units that verify, by key; `by_day`: rows with a verdict on the day, oldest first.
    """

    period: Period
    today: date
    tables: tuple[BlockStanding, ...]
    load: Workload
    owners: dict[int, Unit]
    by_day: dict[date, int]

    @cached_property
    def rows(self) -> list[UnitStanding]:
        """Every unit that is assessed, in the order of the tables."""
        return [row for table in self.tables for row in assessed(table)]

    @property
    def handing_in(self) -> Forecast:
        """When the last dossier will be handed in, at the pace since the opening."""
        handed = sum(row.dossier.state in SUBMITTED_ONCE for row in self.rows)
        opened = self.period.opens_on
        return Forecast(
            noun="hồ sơ",
            done=handed,
            all=len(self.rows),
            first=opened if opened <= self.today else None,
            today=self.today,
            deadline=self.period.submit_by,
        )

    @property
    def verifying(self) -> Forecast:
        """When the last row will be verified, at the pace since the first verdict."""
        return Forecast(
            noun="dòng",
            done=sum(load.settled for load in self.load.desks.values()),
            all=sum(load.rows for load in self.load.desks.values()),
            first=next(iter(self.by_day), None),
            today=self.today,
            deadline=self.period.verify_by,
        )


def load_of(row: UnitStanding) -> Load:
    """The rows of one unit, counted as those of a desk are."""
    done = row.progress
    left = done.all - done.settled
    ready = left if row.dossier.state == DossierState.SUBMITTED else 0
    return Load(rows=done.all, settled=done.settled, ready=ready)


def board_of(period: Period, today: date) -> Board:
    """Thirteen queries, however many units and rows; `period` with its assessor."""
    load = workload_of(period)
    days = (
        verdicts_in(period)
        .order_by()
        .annotate(day=TruncDate("changed_at"))
        .values_list("day")
        .annotate(number=Count("score", distinct=True))
        .order_by("day")
    )
    return Board(
        period=period,
        today=today,
        tables=tuple(standings(period, side=Side.PROVISIONAL)),
        load=load,
        owners=Unit.objects.in_bulk(load.desks),
        by_day=dict(days),
    )
