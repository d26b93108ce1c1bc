"""Three years of thousands of units: two published with their details, one under way.

The first unit, the sets of criteria and the editions come from the services; what is many is
written in single statements, past the wall that wants every change of a score in the log.
"""

from dataclasses import dataclass
from io import StringIO

from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from reports.models import Edition
from scoring import tasks
from scoring.models import BlockUnit, CriteriaSet, Dossier, Period
from scoring.rules.workflow import DossierState, PeriodState
from scoring.services import blocks, criteria, periods
from tests.bench.bench_opening import CATALOGUE
from tests.commitments.crowd import _twin as twin
from tests.commitments.situations import one_in_force, parties
from tests.reports.situations import publish
from tests.scoring.marked import unrecorded
from tests.worlds import Province, Year, a_draft_period
from units.kinds import UnitKind
from units.models import Unit, UnitSpell, User
from units.permissions import Role

YEARS_PUBLISHED = 2

POINTS = """
    WITH said AS MATERIALIZED (
        SELECT score.id, criterion.source,
            CASE WHEN criterion.rule ->> 'type' = 'ratio' AND random() < 0.5
                THEN 40 + floor(random() * 360) ELSE 4 END AS over,
            least(1, 0.6 + 0.6 * random()) AS part,
            score.maximum * 1000 AS thousandths, random() < 0.85 AS agreed, dossier.state
        FROM scoring_score score
            JOIN scoring_dossier dossier ON dossier.id = score.dossier_id
            JOIN scoring_criterion criterion ON criterion.id = score.criterion_id
        WHERE dossier.period_id = %s
    ), exact AS (
        SELECT id, source, agreed, state, (over * 1000)::numeric AS below,
            (floor(over * part) * thousandths)::numeric AS above,
            (floor(over * part / 2) * thousandths)::numeric AS less
        FROM said
    ), reduced AS (
        SELECT id, source, agreed, state,
            ARRAY[above / gcd(above, below), below / gcd(above, below)]::numeric(38,0)[] AS own,
            ARRAY[less / gcd(less, below), below / gcd(less, below)]::numeric(38,0)[] AS cut
        FROM exact
    )
    UPDATE scoring_score score SET
        self_points = CASE WHEN source = 'self' THEN own END,
        verified_points = CASE WHEN state = 'verified' THEN
            CASE WHEN source = 'self' AND NOT agreed THEN cut ELSE own END END,
        approved_points = CASE WHEN state = 'verified' AND %s THEN
            CASE WHEN source = 'self' AND NOT agreed THEN cut ELSE own END END,
        verified_answer = CASE WHEN source = 'survey' AND state = 'verified' THEN
            jsonb_build_object('satisfied', (800 + floor(random() * 200))::text, 'rated', '1000')
            END,
        verified_reason = CASE WHEN state = 'verified' THEN 'Theo tài liệu kiểm chứng.' ELSE '' END
    FROM reduced WHERE reduced.id = score.id AND (state <> 'draft' OR source <> 'self')
"""
"""Half of the ratios are anything between nothing and all, the other components quarters."""


@dataclass
class Force:
    """Who looks, at what: the editions oldest first, and the year under way."""

    province: Province
    year: Year
    editions: list[Edition]
    leader: User
    head: User
    officer: User
    verifier: User


def a_force(units: int, in_blocks: int) -> Force:
    """So many units of one assessor in so many blocks of 65 components, over three years."""
    call_command("import_criteria", str(CATALOGUE), stdout=StringIO())
    who = parties()
    province = who.province
    made = _units(province, units)
    head = province.a_person(Role.HEAD, province.police)
    editions = []
    this_year = timezone.localdate().year
    for back in range(YEARS_PUBLISHED, 0, -1):
        year = _a_year(province, this_year - back, made, in_blocks, new=False)
        _verify(year, 1)
        _give_points(year.period, published=True)
        Period.objects.filter(pk=year.period.pk).update(state=PeriodState.LOCKED)
        held = Period.objects.select_related("assessor").get(pk=year.period.pk)
        editions.append(publish(held, by=head))
    year = _a_year(province, this_year, made, in_blocks, new=True)
    _verify(year, 2)
    _give_points(year.period, published=False)
    _promise(who, made)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return Force(
        province,
        year,
        editions,
        leader=province.a_person(Role.LEADER, province.police),
        head=head,
        officer=province.a_person(Role.EDITOR, made[0]),
        verifier=province.a_person(Role.VERIFIER, province.police),
    )


def _units(province: Province, number: int) -> list[Unit]:
    said = {"parent": province.police, "in_force": province.police.in_force}
    made = Unit.objects.bulk_create(
        Unit(code=f"D{at}", name=f"Phòng số {at}", kind=UnitKind.DEPARTMENT, **said)
        for at in range(number)
    )
    UnitSpell.objects.bulk_create(UnitSpell(unit=unit, name=unit.name, **said) for unit in made)
    return made


def _a_year(
    province: Province, number: int, units: list[Unit], in_blocks: int, *, new: bool
) -> Year:
    """Open, with every dossier. The last unit of each block exists in the newest year only."""
    title = f"Chỉ số cải cách hành chính năm {number}"
    year = a_draft_period(province, year=number, title=title)
    source = CriteriaSet.objects.newest().get(code="CA_TINH")
    members = []
    for at in range(in_blocks):
        block = blocks.add(year.period, by=year.organiser, name=f"Khối {at + 1}", kinds=[])
        criteria.copy_into(block, source, by=year.organiser)
        chosen = units[at::in_blocks]
        members += [
            BlockUnit(block=block, period=year.period, unit=unit)
            for unit in (chosen if new else chosen[:-1])
        ]
    BlockUnit.objects.bulk_create(members)
    year.period = periods.open(year.period, by=year.organiser)
    tasks.fill_period(year.period.pk)
    year.period.refresh_from_db()
    return year


def _verify(year: Year, every: int) -> None:
    """One dossier in so many is verified, the others are handed in, one in ten of those not."""
    now, by = timezone.now(), year.organiser
    handed = {"submitted_at": now, "submitted_by": by}
    found = Dossier.objects.filter(period=year.period)
    keys = list(found.order_by("pk").values_list("pk", flat=True))
    done, waiting = keys[::every], sorted(set(keys) - set(keys[::every]))
    found.filter(pk__in=done).update(
        state=DossierState.VERIFIED, verified_at=now, verified_by=by, **handed
    )
    late = set(waiting[::10])
    found.filter(pk__in=set(waiting) - late).update(state=DossierState.SUBMITTED, **handed)


def _give_points(period: Period, *, published: bool) -> None:
    with unrecorded(), connection.cursor() as cursor:
        cursor.execute("SELECT setseed(0.25)")
        cursor.execute(POINTS, [period.pk, published])


def _promise(who, units: list[Unit]) -> None:
    """Every unit has a commitment of ten tasks."""
    paper = one_in_force(who, number_of_tasks=10)
    twins = [twin(paper, unit=unit) for unit in units]
    type(paper).objects.bulk_create(twins, batch_size=1000)
    terms = list(paper.tasks.all())
    type(terms[0]).objects.bulk_create(
        [twin(task, commitment=one) for one in twins for task in terms], batch_size=2000
    )
