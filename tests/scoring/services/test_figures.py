"""The organiser sets what units do not assess themselves."""

from fractions import Fraction

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from scoring.models import Period, Score, ScoreChange
from scoring.rules.answers import AnswerFault
from scoring.rules.kinds import Door, Side, Source
from scoring.services import accounts, dossiers, locking, periods
from scoring.services.standings import standings_of
from tests.races import at_once
from tests.scoring.figures import PAPER, a_year_with, put
from tests.scoring.marked import unrecorded
from tests.worlds import (
    LONG_AGO,
    a_draft_dossier,
    a_filled_dossier,
    a_settled_dossier,
    a_verified_dossier,
    hand_in,
    settle,
)
from units.permissions import Role
from units.services import people


@pytest.fixture
def work(db):
    return a_draft_dossier()


def test_a_survey_is_counted_by_its_rule_with_its_source(work):
    score = put(work, "3.1.1", {"satisfied": "2518", "rated": "2756"})

    assert score.verified_points == Fraction(10 * 2518, 2756)
    assert score.verified_source == PAPER
    lines = score.changes.values_list("column", "after", "door")
    assert ("verified_source", PAPER, Door.PAGE) in lines
    assert ("verified_points", str(Fraction(10 * 2518, 2756)), Door.PAGE) in lines


def test_points_may_stand_alone_where_only_they_are_known(work):
    assert put(work, "3.1.1", {"direct": "9,1375"}).verified_points == Fraction(91375, 10000)
    assert put(work, "3.1.2", {"points": "5.5"}).verified_points == Fraction(11, 2)


@pytest.mark.parametrize(
    ("code", "typed", "sentence"),
    [
        ("3.1.1", {"direct": "10,01"}, r"lớn hơn điểm tối đa \(10,00\)"),
        ("3.1.2", {"points": "6,5"}, r"lớn hơn điểm tối đa \(6,00\)"),
        ("3.1.1", {"direct": "-1"}, "không được nhỏ hơn 0"),
        ("3.1.1", {"direct": "1,23456"}, "tối đa 4 chữ số sau dấu phẩy"),
        ("3.1.1", {"direct": "chín"}, "phải ghi bằng chữ số"),
        ("3.1.1", {"satisfied": "9", "rated": "8"}, "lớn hơn"),
        ("3.1.1", {"satisfied": "9"}, "Chưa nhập"),
        ("3.1.1", {"satisfied": "9", "rated": "10", "direct": "9"}, "Chỉ ghi một cách"),
    ],
)
def test_a_figure_beyond_its_rule_is_refused(work, code, typed, sentence):
    with pytest.raises(AnswerFault, match=sentence):
        put(work, code, typed)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"source": " "}, "Đề nghị ghi nguồn số liệu"),
        ({"typed": {}, "source": "", "reason": "Vì sao"}, "Chưa ghi số liệu hoặc điểm"),
    ],
)
def test_a_figure_without_its_ground_is_refused(work, said, sentence):
    with pytest.raises(MoveRefused, match=sentence):
        put(work, "3.1.2", said.pop("typed", {"points": "5"}), **said)
    assert not ScoreChange.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("source", [Source.BONUS, Source.PENALTY])
def test_points_on_top_need_a_reason_unless_there_are_none(source):
    work = a_draft_dossier(a_year_with(source))

    with pytest.raises(MoveRefused, match="lý do của điểm thưởng, điểm trừ"):
        put(work, "4.1.1", {"points": "1"})
    assert put(work, "4.1.1", {"points": "0"}).verified_points == 0
    assert put(work, "4.1.1", {"points": "1"}, reason="Sáng kiến cấp Bộ.").verified_points == 1


@pytest.mark.django_db
def test_a_penalty_takes_away_from_the_total():
    work = a_filled_dossier(a_year_with(Source.PENALTY))
    put(work, "3.1.1", {"direct": "9"})
    put(work, "3.1.2", {"points": "5"})
    put(work, "4.1.1", {"points": "2"}, reason="Để xảy ra chậm hồ sơ.")
    hand_in(work)
    for code in work.dossier.scores.unsettled().values_list("criterion__code", flat=True):
        settle(work, code)
    dossiers.verify(work.now(), by=work.verifier)

    row = standings_of(work.year.block, side=Side.VERIFIED).row_of(work.dossier)

    without = sum(
        score.verified_points
        for score in work.dossier.scores.exclude(criterion__code="4.1.1")
        if score.verified_points
    )
    assert row.points == without - 2


def test_an_emptied_row_takes_the_figure_back_and_the_log_keeps_it(work):
    put(work, "3.1.2", {"points": "5"})

    score = put(work, "3.1.2", {}, source="", reason="")

    assert not score.settled
    assert score.verified_source == ""
    assert score.changes.filter(column="verified_source", before=PAPER, after="").exists()


def test_what_the_unit_assesses_itself_is_not_set_here(work):
    with pytest.raises(MoveRefused, match="đơn vị tự chấm"):
        put(work, "1.1.1", {"direct": "5"})


def test_nobody_but_an_organiser_sets_a_figure(work):
    for person in (work.verifier, work.editor, work.head):
        with pytest.raises(PermissionDenied):
            put(work, "3.1.2", {"points": "5"}, by=person)


@pytest.mark.parametrize("role", [Role.EDITOR, Role.VERIFIER, Role.HEAD])
def test_an_organiser_who_is_of_the_unit_sets_none_for_it(work, role):
    home = work.dossier.unit
    province = work.year.province
    organiser = province.a_person(Role.ORGANISER, province.police)
    people.appoint(organiser, unit=home, role=role, first_on=LONG_AGO, by=province.administrator)

    with pytest.raises(PermissionDenied, match="đơn vị"):
        put(work, "3.1.2", {"points": "5"}, by=organiser)


@pytest.mark.django_db
def test_a_verified_dossier_is_closed_to_figures_until_it_is_taken_up_again():
    work = a_verified_dossier()

    with pytest.raises(MoveRefused, match="đưa về “Thẩm định lại” trước"):
        put(work, "3.1.2", {"points": "5"})
    dossiers.reopen(work.now(), by=work.year.organiser, comment="Có kết quả đo lường mới.")
    assert put(work, "3.1.2", {"points": "5"}).verified_points == 5


def test_an_excused_unit_gets_no_figure(work):
    dossiers.excuse(work.dossier, by=work.year.organiser, comment="Mới thành lập.")

    with pytest.raises(MoveRefused, match="không được đánh giá trong kỳ này"):
        put(work, "3.1.2", {"points": "5"})


@pytest.mark.django_db
def test_a_locked_period_takes_no_figure():
    work = a_verified_dossier()
    for other in work.year.period.dossiers.filter(state="draft"):
        dossiers.excuse(other, by=work.year.organiser, comment="Mới thành lập.")
    periods.lock(work.year.period, by=work.year.organiser)

    with pytest.raises(MoveRefused, match="đã chốt"):
        put(work, "3.1.2", {"points": "5"})


def test_somebody_elses_newer_figure_is_not_covered(work):
    seen = work.score("3.1.2").version
    put(work, "3.1.2", {"points": "5"})

    with pytest.raises(ChangedMeanwhile):
        put(work, "3.1.2", {"points": "4"}, seen_version=seen)
    assert put(work, "3.1.2", {"points": "5"}, seen_version=seen).verified_points == 5


@pytest.mark.django_db
def test_a_verdict_at_the_desk_lets_the_source_go_for_it_is_another_figure():
    work = a_settled_dossier()
    put(work, "3.1.2", {"points": "5"})

    score = settle(work, "3.1.2", points=4, reason="Theo biên bản họp ngày 20/01/2026.")

    assert score.verified_source == ""


def test_a_figure_set_meanwhile_does_not_stop_the_head_from_handing_in(db):
    work = a_filled_dossier()
    seen = work.dossier.scores.stamp()
    put(work, "3.1.1", {"direct": "9"})

    assert dossiers.submit(work.dossier, by=work.head, seen=seen).state == "submitted"


@pytest.mark.django_db
def test_the_account_names_the_source():
    work = a_settled_dossier()
    put(work, "3.1.1", {"direct": "9"})
    dossiers.verify(work.now(), by=work.verifier)

    found = accounts.account(work.now(), Side.VERIFIED)

    (line,) = [one for area in found.account.areas for one in area.lines if one.code == "3.1.1"]
    assert line.drawn_from == PAPER
    assert found.set_by["3.1.1"].changed_by == work.year.organiser


def test_what_is_missing_keeps_the_period_from_being_locked(work):
    def missing() -> list[int]:
        found = locking.holds(work.year.period, now=timezone.now())
        return [one.count for one in found if one.where == locking.Where.FIGURES]

    assert missing() == [4]  # two components of two units
    put(work, "3.1.1", {"direct": "9"})
    assert missing() == [3]
    dossiers.excuse(work.dossier, by=work.year.organiser, comment="Mới thành lập.")
    assert missing() == [2]


def test_no_source_stands_by_sql_where_the_unit_assesses_itself_or_no_verdict_is(work):
    own, empty = work.score("1.1.1"), work.score("3.1.2")
    with unrecorded():
        with pytest.raises(IntegrityError, match="not grounded"), transaction.atomic():
            Score.objects.filter(pk=own.pk).update(
                verified_source=PAPER, verified_points=Fraction(1), verified_reason="Lý do"
            )
        with pytest.raises(IntegrityError, match="source_is_of_a_verdict"), transaction.atomic():
            Score.objects.filter(pk=empty.pk).update(verified_source=PAPER)


@pytest.mark.django_db
def test_no_bonus_stands_by_sql_without_a_reason():
    score = a_draft_dossier(a_year_with(Source.BONUS)).score("4.1.1")

    with unrecorded(), pytest.raises(IntegrityError, match="not grounded"), transaction.atomic():
        Score.objects.filter(pk=score.pk).update(verified_source=PAPER, verified_points=Fraction(1))


@pytest.mark.django_db(transaction=True)
def test_of_two_who_set_one_figure_at_once_one_is_told():
    work = a_draft_dossier()
    province = work.year.province
    other = province.a_person(Role.ORGANISER, province.police)
    seen = work.score("3.1.2").version

    refused = at_once(
        lambda: put(work, "3.1.2", {"points": "5"}, seen_version=seen),
        lambda: put(work, "3.1.2", {"points": "4"}, seen_version=seen, by=other),
    )

    assert refused == ["Nội dung vừa được người khác thay đổi."]
    assert work.score("3.1.2").version == seen + 1
    assert Period.objects.get().state == "open"
