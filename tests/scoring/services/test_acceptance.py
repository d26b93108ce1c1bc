"""Rows of low risk accepted in one act: each asked like a single verdict, the list in the log."""

from fractions import Fraction

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from scoring.models import Criterion, Dossier, DossierEvent, PeriodEvent, Score, ScoreChange
from scoring.rules.workflow import ACCEPT, DossierState
from scoring.services import acceptance, assignments, dossiers, evidence
from tests.races import at_once
from tests.scoring.marked import a_year, put, unrecorded
from tests.scoring.papers import a_document
from tests.worlds import a_filled_dossier, a_province, an_open_period, hand_in, settle
from units.permissions import Role

QUIET = ("1.1.1", "1.1.2", "1.2.1")
"""Components that bear evidence here: of low risk, the others are not."""


def a_quiet_dossier():
    work = a_filled_dossier(an_open_period(a_province(departments=3)))
    paper = a_document(work)
    for code in QUIET:
        evidence.attach(work.score(code), by=work.editor, document=paper)
    return hand_in(work)


@pytest.fixture
def work(db):
    return a_quiet_dossier()


def seen_of(work, *codes: str) -> dict[int, int]:
    return {score.pk: score.version for score in map(work.score, codes or QUIET)}


def accept(work, *codes: str, by=None, seen=None) -> acceptance.Accepted:
    seen = seen_of(work, *codes) if seen is None else seen
    return acceptance.accept_in_dossier(work.dossier, seen, by=by or work.verifier)


def left(done: acceptance.Accepted) -> dict[str, str]:
    return {score.criterion.code: why for score, why in done.left}


def test_each_row_becomes_what_the_unit_says_with_a_line_of_its_own_and_the_list_in_the_log(work):
    done = accept(work)

    assert [score.criterion.code for score in done.taken] == list(QUIET)
    for code in QUIET:
        stored = work.score(code)
        assert (stored.verified_points, stored.verified_answer, stored.verified_reason) == (
            stored.self_points,
            stored.self_answer,
            "",
        )
        assert (stored.updated_by, stored.version) == (work.verifier, 3)
        lines = ScoreChange.objects.filter(score=stored, changed_by=work.verifier)
        assert {line.column for line in lines} == {"verified_answer", "verified_points"}
    event = DossierEvent.objects.get(dossier=work.dossier, verb=ACCEPT)
    assert event.comment == "3 dòng, 24,79 điểm: 1.1.1 (5,00), 1.1.2 (10,00), 1.2.1 (9,79)"
    assert (event.by, event.words) == (work.verifier, "Nhận các dòng rủi ro thấp")


def test_a_row_that_moved_meanwhile_is_left_and_named_and_the_others_are_taken(work):
    seen = seen_of(work)
    settle(work, "1.1.1", points=1, reason="Chậm.")
    seen[work.score("1.1.2").pk] += 1

    done = accept(work, seen=seen)

    assert left(done) == {
        "1.1.1": f"đã có kết quả thẩm định của {work.verifier}",
        "1.1.2": acceptance.CHANGED,
    }
    assert work.score("1.1.1").verified_points == 1
    assert not work.score("1.1.2").settled
    assert work.score("1.2.1").settled


def test_a_row_with_a_reason_to_look_closely_is_never_taken_together(work):
    done = accept(work, "1.1.3", "1.1.1", "3.1.1")

    assert left(done) == {
        "1.1.3": "có điểm mà không có minh chứng",
        "3.1.1": "đơn vị không tự chấm",
    }
    assert not work.score("1.1.3").settled


def test_a_row_given_to_somebody_else_is_left(work):
    other = work.year.province.a_person(Role.VERIFIER, work.year.province.police)
    node = Criterion.objects.get(criteria_set__block=work.dossier.block_id, code="1.1")
    assignments.assign(
        work.year.block,
        officer=other,
        desk=work.year.province.police.pk,
        dossiers=[],
        node=node.pk,
        by=work.year.organiser,
    )

    done = accept(work)

    assert left(done) == dict.fromkeys(("1.1.1", "1.1.2"), acceptance.NOT_YOURS)


@pytest.mark.parametrize("who", ["editor", "head", "organiser_below"])
def test_who_does_not_verify_there_takes_nothing(work, who):
    by = work.year.province.a_person(Role.VERIFIER, work.dossier.unit)
    by = by if who == "organiser_below" else getattr(work, who)

    done = accept(work, by=by)

    assert (done.taken, set(left(done).values())) == ((), {acceptance.NOT_YOURS})
    assert not DossierEvent.objects.filter(verb=ACCEPT).exists()


def test_nothing_is_taken_from_a_dossier_that_left_the_desk(work):
    dossiers.send_back(work.dossier, by=work.verifier, comment="Bổ sung.")

    done = accept(work)

    assert done.taken == ()
    assert "bị trả lại" in left(done)["1.1.1"]


def test_rows_of_another_dossier_are_not_touched(work):
    other = Dossier.objects.exclude(pk=work.dossier.pk).first()

    with pytest.raises(MoveRefused, match="không còn ở đây"):
        acceptance.accept_in_dossier(other, seen_of(work), by=work.verifier)


def across(number: int, code: str = "TN"):
    """A component in so many units, handed in with points nothing speaks against."""
    year = a_year(a_province(code, departments=number), title=f"Kỳ của {number} đơn vị")
    rows = Score.objects.filter(dossier__period=year.period, criterion__code="1.1.1")
    for dossier in year.period.dossiers.all():
        put(dossier, DossierState.SUBMITTED, year.organiser)
    with unrecorded():
        rows.update(self_points=Fraction(0), self_answer={"yes": False})
    verifier = year.province.a_person(Role.VERIFIER, year.province.police)
    return rows, verifier


@pytest.mark.django_db
def test_across_units_costs_the_same_for_three_and_for_three_hundred_and_the_period_tells_of_it():
    def counted(rows, verifier) -> int:
        seen = dict(rows.values_list("pk", "version"))
        component = Criterion.objects.get(pk=rows.first().criterion_id)
        with CaptureQueriesContext(connection) as queries:
            done = acceptance.accept_across(component, seen, by=verifier)
        assert len(done.taken) == len(seen)
        return len(queries)

    few, many = across(3), across(300, "LN")

    assert counted(*few) == counted(*many) < 20
    assert not many[0].unsettled().exists()
    event = PeriodEvent.objects.filter(verb=ACCEPT).latest("pk")
    assert event.comment.startswith("1.1.1 ")
    assert "300 đơn vị: Phòng Nghiệp vụ 1 (0,00)" in event.comment
    assert DossierEvent.objects.filter(verb=ACCEPT).count() == 303


@pytest.mark.django_db(transaction=True)
def test_of_a_single_verdict_and_two_acts_at_once_every_row_is_written_once():
    work = a_quiet_dossier()
    second = work.year.province.a_person(Role.VERIFIER, work.year.province.police)
    component = Criterion.objects.get(pk=work.score("1.1.1").criterion_id)
    seen, one = seen_of(work), seen_of(work, "1.1.1")
    version = work.score("1.1.1").version
    done: list[acceptance.Accepted] = []

    refusals = at_once(
        lambda: done.append(accept(work, seen=seen)),
        lambda: done.append(acceptance.accept_across(component, one, by=second)),
        lambda: settle(work, "1.1.1", seen_version=version, points=1, reason="Chậm."),
    )

    assert refusals in ([], [ChangedMeanwhile().sentence])
    taken = [score.criterion.code for act in done for score in act.taken]
    assert sorted(taken + ["1.1.1"] * (not refusals)) == list(QUIET)
    assert work.score("1.1.1").version == version + 1
