"""The command view of one period: all that its page and its paper say, gathered once. Reads."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from statistics import mean

from django.db.models import Count, Min

from commitments.models import Commitment, CommitmentTask
from commitments.rules.progress import Standing
from commitments.rules.workflow import COUNTERSIGNED
from reports.rules.command import (
    AreaLoss,
    Both,
    Move,
    Parting,
    area_losses,
    moves,
    parting,
    worst_first,
)
from reports.rules.rated import Rated, together
from scoring.models import Dossier, Period
from scoring.rules.kinds import Side
from scoring.rules.points import percent
from scoring.rules.satisfaction import share_interval
from scoring.rules.workflow import DECIDED, DossierState, PeriodState
from scoring.rules.year_change import Result
from scoring.services import earlier
from scoring.services.earlier import Earlier
from scoring.services.standing_sums import Progress
from scoring.services.standings import BlockStanding, UnitStanding, standings
from units.models import Succession


@dataclass(frozen=True)
class LateUnit:
    """A unit whose last day to hand in has passed, and by how many days."""

    row: UnitStanding
    days: int


@dataclass(frozen=True)
class Owing:
    """A unit with overdue tasks of its commitment: how many, the oldest by how many days."""

    unit: int
    name: str
    number: int
    days: int


@dataclass(frozen=True)
class Promises:
    """The tasks of one year's commitments, counted as their heat list counts them."""

    year: int
    all: int
    done: int
    overdue: int
    owing: tuple[Owing, ...]


@dataclass(frozen=True)
class Command:
    """A period as its leaders see it. Every figure is one of its standings or a sum of them."""

    period: Period
    side: Side
    today: date
    tables: tuple[BlockStanding, ...]
    last: Earlier | None
    origins: dict[int, list[int]]
    promises: Promises | None

    @cached_property
    def rows(self) -> dict[int, UnitStanding]:
        """Ranked rows by unit."""
        return {row.unit.pk: row for table in self.tables for row in table.ranked}

    @cached_property
    def places(self) -> dict[int, BlockStanding]:
        """The table in which each ranked unit stands."""
        return {row.unit.pk: table for table in self.tables for row in table.ranked}

    @property
    def units(self) -> int:
        """How many units are assessed, ranked or not."""
        return sum(len(assessed(table)) for table in self.tables)

    @cached_property
    def late(self) -> list[LateUnit]:
        """Who has not handed in although the last day has passed, the longest first."""
        if self.period.state != PeriodState.OPEN:
            return []
        found = [
            LateUnit(row, (self.today - row.dossier.last_day).days)
            for table in self.tables
            for row in table.rows
            if row.dossier.fillable and row.dossier.last_day < self.today
        ]
        return sorted(found, key=lambda one: -one.days)

    @cached_property
    def behind(self) -> list[UnitStanding]:
        """Who has not handed in yet, those with the least answered first."""
        if self.period.state != PeriodState.OPEN:
            return []
        found = [
            (share, row)
            for table in self.tables
            for row in table.rows
            if row.dossier.fillable and (share := answered_share(row)) is not None
        ]
        return [row for _, row in sorted(found, key=lambda one: one[0])]

    @cached_property
    def progress(self) -> Progress:
        """How far the components of all units are."""
        whole = Progress()
        for table in self.tables:
            for row in assessed(table):
                one = row.progress
                whole.add(one.answered, one.own, one.settled, one.all)
        return whole

    @cached_property
    def lost(self) -> dict[str, AreaLoss]:
        """What all ranked units lost, by area."""
        return losses_of(self.rows.values())

    @cached_property
    def worst(self) -> list[AreaLoss]:
        """The same, what costs most points first."""
        return worst_first(self.lost.values())

    @cached_property
    def moves(self) -> list[Move]:
        """Who stands higher or lower than the year before, the largest climb first."""
        if self.last is None:
            return []
        now = {
            unit: Result(row.placing.figure, row.placing.rank, self.places[unit].block.name)
            for unit, row in self.rows.items()
            if row.placing
        }
        return moves(now, self.last.results, self.origins)

    @cached_property
    def index(self) -> Fraction | None:
        """The mean index of the ranked units, in percent, exact."""
        found = [row.placing.figure for row in self.rows.values() if row.placing]
        return mean(found) if found else None

    @cached_property
    def satisfaction(self) -> Rated:
        """How satisfied citizens are with all units together, ranked or not."""
        return together(row.satisfaction for table in self.tables for row in table.rows)

    @cached_property
    def both(self) -> dict[int, Both]:
        """By unit, where there are index and satisfaction."""
        found = {unit: both_of(row) for unit, row in self.rows.items()}
        return {unit: both for unit, both in found.items() if both}

    @cached_property
    def parting(self) -> Parting | None:
        """Where index and satisfaction part."""
        return parting(self.both)


def assessed(table: BlockStanding) -> list[UnitStanding]:
    """Its units without those that are not assessed this time."""
    return [row for row in table.rows if row.dossier.state != DossierState.ABSENT]


def answered_share(row: UnitStanding) -> Fraction | None:
    """Percent of what the unit assesses itself that it has answered; None where it does nothing."""
    done = row.progress
    return Fraction(100 * done.answered, done.own) if done.own else None


def both_of(row: UnitStanding) -> Both | None:
    """Index and satisfaction of a unit; None where it has not both."""
    said = row.satisfaction
    if row.placing is None or not said.rated or said.satisfied is None:
        return None
    share = percent(Fraction(said.satisfied), Fraction(said.rated))
    ends = share_interval(said.satisfied, said.rated, said.people) if said.people else None
    return Both(row.placing.figure, share, ends[1] if ends else None)


def losses_of(rows) -> dict[str, AreaLoss]:
    """What these rows of the standings lost, by title of area."""
    return area_losses(
        [(area.title, area.points, area.maximum) for area in row.areas] for row in rows
    )


def command_of(user, period: Period, today: date) -> Command:
    """Ten queries, however many units, components and tasks; six more the first time after the year
    before was published. `period` with its assessor.

    A period that is locked or published is told by what was verified; one under way by what is
    verified and, where nothing is yet, by what the units gave themselves.
    """
    side = Side.VERIFIED if period.state in DECIDED else Side.PROVISIONAL
    tables = tuple(standings(period, side=side))
    for table in tables:
        for row in table.rows:
            row.dossier.period = period
    return Command(
        period=period,
        side=side,
        today=today,
        tables=tables,
        last=earlier.before(period),
        origins=_origins(period, min(today, period.publish_on)),
        promises=_promises(user, today),
    )


def _origins(period: Period, day: date) -> dict[int, list[int]]:
    """Unit → those it had succeeded by the day, of the units that are assessed."""
    units = Dossier.objects.filter(period=period).values("unit")
    return {unit: list(names) for unit, names in Succession.objects.origins_of(units, day).items()}


def _promises(user, today: date) -> Promises | None:
    """The newest year of which the person sees commitments in force, as the heat list shows it."""
    seen = Commitment.objects.visible_to(user).whole().filter(state__in=COUNTERSIGNED)
    year = seen.order_by("-year").values_list("year", flat=True).first()
    if year is None:
        return None
    tasks = CommitmentTask.objects.visible_to(user).live()
    binding = tasks.filter(commitment__year=year, commitment__state__in=COUNTERSIGNED)
    counted = (
        binding.with_standing(today)
        .order_by()
        .values_list("commitment__unit", "commitment__unit__name", "stands")
        .annotate(number=Count("pk"), first=Min("deadline"))
    )
    by_standing: dict[str, int] = {}
    owing = []
    for unit, name, stands, number, first in counted:
        by_standing[stands] = by_standing.get(stands, 0) + number
        if stands == Standing.OVERDUE:
            owing.append(Owing(unit, name, number, (today - first).days))
    return Promises(
        year=year,
        all=sum(by_standing.values()),
        done=by_standing.get(Standing.DONE, 0),
        overdue=by_standing.get(Standing.OVERDUE, 0),
        owing=tuple(sorted(owing, key=lambda one: (-one.days, -one.number, one.name))),
    )
