"""What `make run` builds is the year that was told: one build, looked at from every side."""

from collections import Counter
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction
from django.urls import reverse

from commitments.models import Conference, Escalation
from commitments.rules.conference import ConferenceState
from commitments.rules.progress import Rate
from reports.demo.people import PASSWORD
from reports.models import Edition, EditionResult, LostPoint
from reports.rules.differences import differences
from reports.services import fed_figures, unit_years
from scoring.models import Collection, Evidence, Period, PublishedTable, Score, SecondMark
from scoring.rules.indicator import Roll
from scoring.rules.second_mark import MarkState
from scoring.rules.workflow import DossierState, PeriodState
from scoring.services import drawn_figures, results, rollups, underneath
from tests.reports.demo.walker import dead_ends
from units.models import Unit, User

# Built once, in one test process; the build takes most of the time.
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.timeout(600),
    pytest.mark.xdist_group("demo"),
]

WHO = [
    *("", "nhaplieu.pc06", "thutruong.pc06", "thamdinh2", "thamdinh3", "thamdinh.px01"),
    *("thammuu", "thammuu.bo", "lanhdao", "giamdoc", "quantri", "truong.cualo", "giamdoc.nghean"),
]
DISTRICTS = "Khối Công an cấp huyện"
OFFICES = "Khối phòng trực tiếp giải quyết thủ tục hành chính"
WITHOUT_PROCEDURES = "Khối phòng không trực tiếp giải quyết thủ tục hành chính"


def figures(assessor: str, year: int, title: str) -> list:
    period = Period.objects.get(assessor__code=assessor, year=year, title=title)
    return results.lines(period)


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    """The demo year, built once for the tests below and taken back after them."""
    whole = transaction.atomic()
    whole._from_testcase = True  # services that must be outermost are so for all that matters here
    with django_db_blocker.unblock():
        whole.__enter__()
        call_command("build_demo", stdout=StringIO())
    yield
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        whole.__exit__(None, None, None)


@pytest.mark.usefixtures("demo")
def test_the_demo_is_the_year_that_was_told():
    year = figures("HT", 2022, "Chỉ số cải cách hành chính năm 2022")
    districts = Counter(line.classification for line in year if line.block == DISTRICTS)
    offices = Counter(line.classification for line in year if line.block != DISTRICTS)
    assert districts == {"Xuất sắc": 2, "Tốt": 11}
    assert offices == {"Xuất sắc": 4, "Tốt": 24}
    assert len({line.block for line in year}) == 3
    excellent = EditionResult.objects.get(edition__number=2, unit__code="HT-PC06")
    assert [one.edition.year for one in EditionResult.objects.before(excellent)] == [2021]
    (own, *_) = unit_years.years_of_unit(excellent.unit)
    assert [one.year for one in own.years] == [2020, 2021, 2022]

    rated = EditionResult.objects.filter(edition=excellent.edition, rank__isnull=False)
    rated = rated.values_list("block_name", "rated", "people")
    told = {(name, number is not None, people is not None) for name, number, people in rated}
    assert told == {
        (OFFICES, True, True),
        (WITHOUT_PROCEDURES, False, False),
        (DISTRICTS, True, True),
    }

    wards = figures("NA-H413", 2022, "Chấm điểm mô hình bộ phận một cửa năm 2022")
    assert [line.max_points for line in wards] == [Decimal(10)] * 7
    assert all(line.points >= 9 for line in wards)

    under_way = Period.objects.get(assessor__code="HT", state=PeriodState.OPEN)
    assert set(under_way.dossiers.values_list("state", flat=True)) == set(DossierState)
    scores = Score.objects.filter(dossier__period=under_way)
    assert scores.filter(self_not_applicable=True, not_applicable=True).exists()
    assert scores.exclude(verified_reason="").exists()
    assert Evidence.objects.filter(score__in=scores).exists()
    (won_back,) = LostPoint.objects.filter(dossier__unit__code="HT-PC06")
    assert (won_back.dossier.period.year, won_back.task.commitment.year) == (2022, 2023)
    upward = Collection.objects.get(owner__code="BCA")
    asked = rollups.indicators_of(upward)
    below = underneath.below(province := Unit.objects.get(code="HT").pk, upward, asked)
    told = upward.readings.filter(unit=province).values_list("indicator__code", "amount")
    assert {code: one.amount for code, one in below.items() if code in dict(told)} == dict(told)
    fed = scores.filter(criterion__key="dk_hoanthanh", criterion__rule__of_commitments=True)
    assert fed_figures.figure_of(fed.get(dossier__unit__code="HT-PC06")).rate == Rate(1, 4)
    shares = [
        total.amount
        for one in Collection.objects.all()
        for total in rollups.totals(one)
        if total.indicator.roll == Roll.RATIO and total.amount is not None
    ]
    assert shares
    assert max(shares) <= 100
    papers = scores.filter(criterion__key="so_vanban").select_related("criterion", "dossier__unit")
    offered = drawn_figures.offered(papers, under_way)
    closed_by_now = [one for one in papers if one.pk in offered]
    assert sum(offered[one.pk].differs_from(one) for one in closed_by_now) == bool(closed_by_now)
    assert sum(offered[one.pk].is_said_by(one) for one in closed_by_now) >= 3 * bool(closed_by_now)
    assert under_way.dossiers.exclude(difficulties="").exists()

    assert not Period.objects.filter(made_up=False).exists()
    assert set(Edition.objects.values_list("year", "made_up")) == {
        (2021, True),
        (2022, True),
        (2025, True),
    }
    new = Edition.objects.exclude(corrects=None).get()
    assert (new.number, new.decision_number) == (2, "3568/QĐ-CAT-PV01")
    assert new.reason
    changed = differences(new.corrects.results.order_by("position"), new.results.all())
    assert [line for line in changed if line.points[0] != line.points[1]]
    assert list(PublishedTable.objects.order_by("year").values_list("year", "assessor__code")) == [
        (2019, "QN"),
        (2020, "HT"),
        (2023, "BCA-V03"),
    ]

    thai_hoa = Conference.objects.get(unit__code="NA-H414")
    assert thai_hoa.plan_words == "Số 317/KH-CAT-PV01 ngày 06/12/2019"
    assert thai_hoa.items.tally().words == "14 ý kiến, 21 câu hỏi, 0 kiến nghị"
    assert thai_hoa.tasks.conclusions().count() == 6
    assert (thai_hoa.made_up, thai_hoa.state) == (True, ConferenceState.CLOSED)
    assert Escalation.objects.filter(item__conference=thai_hoa, state="replied").count() == 4

    users = User.objects.count()
    call_command("build_demo", stdout=StringIO())
    assert User.objects.count() == users
    assert User.objects.get(username="nhaplieu.pc06").check_password(PASSWORD)


@pytest.mark.usefixtures("demo")
def test_the_communes_of_the_newest_edition_stand_in_tiles_by_former_district(client):
    edition = Edition.objects.get(year=2025)
    client.force_login(User.objects.get(username="thammuu"))

    page = client.get(reverse("reports:analysis", args=[edition.pk, "so-do"]))

    places = [name for name, _ in page.context["places"]]
    assert len(places) == 5
    assert "Công an huyện Hương Sơn" in places
    assert len(set(edition.results.values_list("band", flat=True))) > 2


@pytest.mark.usefixtures("demo")
def test_second_marks_are_given_disputed_decided_and_waiting_each_at_a_desk(client):
    period = Period.objects.get(assessor__code="HT", state=PeriodState.OPEN)
    states = Counter(SecondMark.objects.of_period(period).values_list("state", flat=True))
    for state in (MarkState.AGREED, MarkState.DISPUTED, MarkState.DECIDED, MarkState.WAITING):
        assert states[state], states

    for username, told in (("thamdinh", "Chấm lần hai "), ("thamdinh3", "Quyết định ")):
        client.force_login(User.objects.get(username=username))
        assert told in client.get(reverse("reports:desk")).content.decode()
    client.force_login(User.objects.get(username="thammuu"))
    found = client.get(reverse("scoring:agreement", args=[period.pk])).context["found"]
    assert found.whole.enough
    assert found.whole.within < found.whole.number


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("username", WHO)
def test_every_link_that_is_offered_opens(client, username):
    if username:
        client.force_login(User.objects.get(username=username))

    assert dead_ends(client) == []
