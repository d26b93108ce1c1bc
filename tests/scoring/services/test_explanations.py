"""The right of reply: who says what of a verdict, until when, who decides, and what it comes to."""

from datetime import datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from scoring.models import Explanation, Period, ScoreChange
from scoring.rules.reply import Outcome, Stance, Standing
from scoring.services import dossiers, evidence, explanations, periods
from tests.races import at_once
from tests.scoring.papers import a_document
from tests.scoring.replied import REASON, a_told_dossier
from tests.worlds import a_province, an_open_period, settle
from units.permissions import Role

HERE = ZoneInfo("Asia/Ho_Chi_Minh")


def one_unit(**columns):
    return an_open_period(a_province(departments=1), **columns)


@pytest.mark.django_db
def test_an_objection_is_decided_by_somebody_else_and_its_points_and_reason_are_final():
    told = a_told_dossier(one_unit())
    work = told.work
    said = work.score("1.1.1").self_points
    with pytest.raises(PermissionDenied):
        told.say("1.1.1", by=work.verifier)
    told.say("1.1.1", Stance.OBJECT, "")
    with pytest.raises(MoveRefused, match="chưa ghi nội dung giải trình"):
        told.send()
    told.say("1.1.1", Stance.PARTLY, "Có báo cáo quý IV.")
    with pytest.raises(PermissionDenied):
        told.send(by=work.editor)
    with pytest.raises(ChangedMeanwhile):
        told.send(seen="")
    paper = evidence.attach(work.score("1.1.1"), by=work.editor, document=a_document(work))
    assert told.send() == 1
    with pytest.raises(MoveRefused, match="“chờ kết luận”"):
        told.say("1.1.1", Stance.AGREE)
    with pytest.raises(MoveRefused, match="“chờ kết luận”"):
        evidence.detach(paper, by=work.editor, reason="Nhầm")

    one = Explanation.objects.for_page().get()
    assert (one.first_points, one.first_reason, one.first_by) == (0, REASON, work.verifier)
    with pytest.raises(PermissionDenied, match="người khác kết luận"):
        told.decide(one, by=work.verifier)
    with pytest.raises(PermissionDenied):
        told.decide(one, by=work.head)
    with pytest.raises(MoveRefused, match="số điểm được chấp nhận"):
        told.decide(one, Outcome.PARTLY)
    with pytest.raises(MoveRefused, match="khác cả điểm tự chấm"):
        told.decide(one, Outcome.PARTLY, points=said)
    with pytest.raises(MoveRefused, match="lý do"):
        told.decide(one, Outcome.ACCEPTED, decision="  ")
    with pytest.raises(MoveRefused, match="chờ kết luận"):
        dossiers.reopen(work.now(), by=work.year.organiser, comment="Xem lại")

    decided = told.decide(one, Outcome.PARTLY, points=said / 3)

    assert work.score("1.1.1").verified_points == decided.points == said / 3
    assert work.score("1.1.1").verified_reason == "Đã xem lại tài liệu."
    assert ScoreChange.objects.filter(column="verified_points", changed_by=told.decider).exists()
    with pytest.raises(MoveRefused, match="“đã kết luận”"):
        told.decide(one, Outcome.ACCEPTED)
    with pytest.raises(MoveRefused, match="“đã kết luận”"):
        told.say("1.1.1")
    for change in ({"decision": "Khác"}, {"points": None}, {"text": "Khác"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Explanation.objects.filter(pk=one.pk).update(**change)


@pytest.mark.django_db
def test_a_period_is_locked_only_when_every_changed_component_is_agreed_or_decided():
    year = one_unit()
    told = a_told_dossier(year)
    with pytest.raises(MoveRefused, match="còn thời hạn giải trình 2 dòng"):
        periods.lock(year.period, by=year.organiser)
    one = told.object_to("1.1.1")
    with pytest.raises(MoveRefused, match="còn 1 giải trình chờ kết luận; .* 1 dòng"):
        periods.lock(year.period, by=year.organiser)
    with pytest.raises(IntegrityError), transaction.atomic():
        Period.objects.filter(pk=year.period.pk).update(state="locked")
    told.decide(one, Outcome.ACCEPTED)
    assert told.send(agree_rest=True) == 1

    periods.lock(year.period, by=year.organiser)

    score = told.work.score("1.1.1")
    assert score.approved_points == score.self_points
    with pytest.raises(PermissionDenied):
        periods.unlock(year.period, by=year.organiser, comment="Sai sót")
    leader = year.province.a_person(Role.LEADER, year.province.police)
    periods.unlock(year.period, by=leader, comment="Sai sót")
    assert year.period.events.latest("pk").by == leader


@pytest.mark.django_db
def test_silence_counts_as_agreement_from_the_midnight_after_the_last_day_in_vietnam():
    year = one_unit(reply_days=0)
    told = a_told_dossier(year)
    last_day = Period.objects.get().reply_by
    midnight = datetime.combine(last_day + timedelta(days=1), datetime.min.time(), HERE)

    with time_machine.travel(midnight - timedelta(seconds=1), tick=False):
        assert told.standing("1.1.1") == "unsaid"
        told.say("1.1.1", text="Giây cuối cùng.")
    with time_machine.travel(midnight, tick=False):
        assert told.standing("1.1.1") == "silent"
        with pytest.raises(MoveRefused, match="Đã hết hạn giải trình"):
            told.say("1.1.1", text="Muộn.")
        with pytest.raises(MoveRefused, match="đã hết hạn giải trình"):
            told.send()
        periods.lock(year.period, by=year.organiser)
    assert Explanation.objects.get().text == "Giây cuối cùng."


@pytest.mark.django_db
def test_a_second_round_is_there_only_where_the_period_has_two_and_a_third_person_decides_it():
    told = a_told_dossier(one_unit(reply_rounds=2, reply_length=200))
    with pytest.raises(MoveRefused, match="dài quá 200 ký tự"):
        told.say("1.1.1", text="a" * 201)
    first = told.object_to("1.1.1")
    told.decide(first)
    assert told.standing("1.1.1") == "unsaid"

    second = told.object_to("1.1.1")

    assert second.number == 2
    with pytest.raises(PermissionDenied, match="người khác kết luận"):
        told.decide(second)
    third = told.work.year.province.a_person(Role.ORGANISER, told.work.year.province.police)
    told.decide(second, Outcome.REFUSED, by=third)
    assert told.standing("1.1.1") == "decided"
    assert told.work.score("1.1.1").verified_points == Fraction(0)


@pytest.mark.parametrize("turn", range(2))
@pytest.mark.django_db(transaction=True)
def test_lock_against_reply_two_deciders_and_two_editors_each_end_with_one_of_them(turn):
    year = one_unit(reply_days=0)
    told = a_told_dossier(year)
    work = told.work
    other = year.province.a_person(Role.VERIFIER, year.province.police)

    both_write = at_once(
        lambda: told.say("1.1.1", text="Một", seen_version=0),
        lambda: told.say("1.1.1", text="Hai", seen_version=0, by=work.head),
    )
    assert len(both_write) == 1
    assert Explanation.objects.get().version == 1
    told.send()
    one = Explanation.objects.get()
    both_decide = at_once(
        lambda: told.decide(one, Outcome.REFUSED, seen_version=1),
        lambda: told.decide(one, Outcome.ACCEPTED, seen_version=1, by=other),
    )
    assert len(both_decide) == 1
    outcome = Explanation.objects.get().outcome
    score = work.score("1.1.1")
    assert score.verified_points == (0 if outcome == "refused" else score.self_points)

    # at the last second the unit agrees while the organiser locks: never locked over an open one
    told.say("1.2.1", text="Có sổ theo dõi.")
    stamp = told.stamp()
    refusals = at_once(
        lambda: periods.lock(year.period, by=year.organiser),
        lambda: explanations.send(work.now(), by=work.head, seen=stamp),
    )
    assert len(refusals) == 1
    assert "Chưa chốt được" in refusals[0]
    assert Period.objects.get().state == "open"


def verified_anew(told):
    """The organiser reopens the dossier, one verdict becomes another, it is verified again."""
    work = told.work
    dossiers.reopen(work.now(), by=work.year.organiser, comment="Xem lại")
    settle(work, "1.1.1", points=Fraction(1, 2), reason="Có một phần số liệu.")
    work.dossier = dossiers.verify(work.now(), by=work.verifier)


@pytest.mark.django_db
def test_words_written_before_a_dossier_is_verified_anew_are_sent_about_the_verdict_that_stands():
    told = a_told_dossier(one_unit())
    told.say("1.1.1")
    verified_anew(told)

    assert told.standing("1.1.1") == Standing.UNSAID
    assert told.send() == 1

    assert told.standing("1.1.1") == Standing.SENT
    sent = Explanation.objects.standing().sent().get()
    assert (sent.verified_at, sent.first_points) == (told.work.now().verified_at, Fraction(1, 2))


@pytest.mark.django_db
def test_nobody_agrees_to_verdicts_that_became_others_after_they_were_seen():
    told = a_told_dossier(one_unit())
    seen = told.stamp()
    verified_anew(told)

    with pytest.raises(ChangedMeanwhile):
        told.send(seen=seen, agree_rest=True)
    assert not Explanation.objects.exists()
