"""What a verifier's desk costs with 250 units of 62 components, evidence and a year before."""

from fractions import Fraction
from random import Random

import pgtrigger
import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from scoring import tasks
from scoring.models import Criterion, Dossier, Evidence, Period, Score
from scoring.rules.kinds import Source
from scoring.rules.workflow import DossierState, PeriodState
from scoring.services import acceptance, blocks, criteria, periods
from tests.bench.bench_opening import a_period_of
from tests.scoring.marked import unrecorded
from tests.worlds import Year, a_draft_period
from units.kinds import UnitKind
from units.models import Document
from units.permissions import Role

pytestmark = pytest.mark.django_db(transaction=True)

UNITS = 250
LOOKS = 9
A_LOOK, A_TABLE = 0.2, 0.5


def opened(year: Year) -> Year:
    year.period = periods.open(year.period, by=year.organiser)
    tasks.fill_period(year.period.pk)
    year.period.refresh_from_db()
    return year


def filled(year: Year, state: DossierState, random: Random) -> list[Score]:
    """Every component the units assess has points: one time in ten other than its neighbours."""
    now = timezone.now()
    done = state == DossierState.VERIFIED
    Dossier.objects.filter(period=year.period).update(
        state=state,
        submitted_at=now,
        submitted_by=year.organiser,
        verified_at=now if done else None,
        verified_by=year.organiser if done else None,
    )
    rows = list(
        Score.objects.filter(dossier__period=year.period, criterion__source=Source.SELF)
        .select_related("criterion")
        .order_by("pk")
    )
    for row in rows:
        over = random.randint(40, 400)
        share = Fraction(random.randint(over // 2, over), over)
        row.self_points = Fraction(row.maximum) * share
        row.verified_points = row.approved_points = row.self_points if done else None
    with unrecorded():
        columns = ["self_points", "verified_points", "approved_points"]
        Score.objects.bulk_update(rows, columns, batch_size=2000)
    return rows


def proven(rows: list[Score], by) -> None:
    """Two papers behind nine rows in ten."""
    dossiers = Dossier.objects.in_bulk({row.dossier_id for row in rows})
    papers = {}
    for dossier in dossiers.values():
        papers[dossier.pk] = Document.objects.bulk_create(
            Document(
                unit_id=dossier.unit_id,
                title=f"Báo cáo {number}",
                number=f"{number}/BC",
                filed_by=by,
            )
            for number in range(8)
        )
    with pgtrigger.ignore("scoring.Evidence:evidence_is_recorded"):
        Evidence.objects.bulk_create(
            (
                Evidence(score=row, document=papers[row.dossier_id][at % 8], page=1, added_by=by)
                for place, row in enumerate(rows)
                if place % 10
                for at in (place, place + 1)
            ),
            batch_size=2000,
        )


@pytest.fixture
def year(db) -> Year:
    random = Random(11)
    now = a_period_of(UNITS, "PHONG_CO_TTHC")
    before = a_draft_period(now.province, year=now.period.year - 1, title="Kỳ trước")
    block = blocks.add(before.period, by=before.organiser, name="Khối", kinds=[UnitKind.DEPARTMENT])
    criteria.copy_into(block, now.block.criteria_set.copied_from, by=before.organiser)
    blocks.choose_by_kind(block, by=before.organiser)
    filled(opened(before), DossierState.VERIFIED, random)
    Period.objects.filter(pk=before.period.pk).update(state=PeriodState.LOCKED)
    proven(filled(opened(now), DossierState.SUBMITTED, random), now.organiser)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return now


def test_both_desks_answer_before_one_notices(
    year, client, stopwatch, django_assert_max_num_queries
):
    verifier = year.province.a_person(Role.VERIFIER, year.province.police)
    client.force_login(verifier)
    rows = Score.objects.filter(dossier__period=year.period, criterion__source=Source.SELF)
    score = rows.order_by("pk").first()
    pages = {
        "component-desk": ("one component in 250 units", score.criterion_id),
        "verification-desk": ("one unit in 62 components", score.dossier_id),
        "accept-of-component": ("what may be accepted together", score.criterion_id),
    }
    for name, (what, key) in pages.items():
        address = reverse(f"scoring:{name}", args=[key])
        client.get(address)  # the middles of the block are reckoned once
        with django_assert_max_num_queries(20 if name == "component-desk" else 25):
            client.get(address)
        with stopwatch(f"{LOOKS} looks at {what}", at_most=LOOKS * A_LOOK):
            for _ in range(LOOKS):
                client.get(address)
    standings = reverse("scoring:standings", args=[year.period.pk])
    client.force_login(year.organiser)
    client.get(standings)
    with stopwatch(f"{LOOKS} looks at the standings of 250 units", at_most=LOOKS * A_TABLE):
        for _ in range(LOOKS):
            assert client.get(standings).status_code == 200
    component = Criterion.objects.get(pk=score.criterion_id)
    seen = dict(Score.objects.filter(criterion=component).values_list("pk", "version"))
    with stopwatch("accepting one component in 250 units", at_most=2):
        done = acceptance.accept_across(component, seen, by=verifier)
    assert len(done.taken) > UNITS // 2
