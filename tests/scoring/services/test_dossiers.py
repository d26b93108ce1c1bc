"""A dossier goes its way: every verb, what it needs, what it leaves behind."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from scoring import access
from scoring.models import DossierEvent
from scoring.rules.workflow import DossierState, DossierVerb
from scoring.services import dossiers, evidence, periods
from tests.scoring.papers import a_document
from tests.worlds import (
    a_draft_dossier,
    a_filled_dossier,
    a_settled_dossier,
    a_submitted_dossier,
    a_verified_dossier,
    fill,
    hand_in,
    settle,
)
from units.permissions import Role
from units.services import people

pytestmark = pytest.mark.django_db


def last_event(work) -> DossierEvent:
    return work.dossier.events.first()


def test_the_head_hands_in_a_dossier_whose_components_are_all_answered():
    work = a_filled_dossier()

    hand_in(work)

    stored = work.now()
    assert stored.state == DossierState.SUBMITTED
    assert stored.submitted_by == work.head
    assert stored.submitted_at is not None
    event = last_event(work)
    assert (event.verb, event.source, event.target, event.by) == (
        "submit",
        "draft",
        "submitted",
        work.head,
    )


def test_a_dossier_with_an_unanswered_component_is_not_handed_in():
    work = a_draft_dossier()
    fill(work, "1.1.1")

    with pytest.raises(MoveRefused, match=r"Còn 8 dòng \(1\.1\.2, 1\.1\.3, 1\.2\.1"):
        hand_in(work)


def test_what_changed_after_the_head_looked_is_looked_at_again():
    work = a_filled_dossier()
    seen = work.dossier.scores.stamp()
    fill(work, "1.1.1", {"yes": False})

    with pytest.raises(ChangedMeanwhile, match="xem lại"):
        dossiers.submit(work.dossier, by=work.head, seen=seen)

    assert work.now().state == DossierState.DRAFT


@pytest.mark.parametrize("role", [Role.STAFF, Role.EDITOR, Role.ORGANISER, Role.LEADER])
def test_only_the_head_hands_in(role):
    work = a_filled_dossier()
    other = work.year.province.a_person(role, work.dossier.unit)

    with pytest.raises(PermissionDenied):
        dossiers.submit(work.dossier, by=other, seen=work.dossier.scores.stamp())


def test_the_head_of_the_assessor_does_not_hand_in_for_the_unit():
    work = a_filled_dossier()
    chief = work.year.province.a_person(Role.HEAD, work.year.province.police)

    with pytest.raises(PermissionDenied):
        dossiers.submit(work.dossier, by=chief, seen=work.dossier.scores.stamp())


def test_after_the_deadline_nothing_is_handed_in(monkeypatch):
    work = a_filled_dossier()
    the_day_after = work.dossier.period.submit_by + timedelta(days=1)
    moment = datetime.combine(the_day_after, time(0, 0), tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
    monkeypatch.setattr(timezone, "now", lambda: moment.astimezone(UTC))

    with pytest.raises(MoveRefused, match="hết hạn"):
        hand_in(work)


def test_the_assessor_sends_back_with_a_reason_and_the_unit_has_the_pen_again():
    work = a_submitted_dossier()

    dossiers.send_back(work.dossier, by=work.verifier, comment="  Bổ sung minh chứng  ")

    stored = work.now()
    assert stored.state == DossierState.RETURNED
    assert (stored.submitted_at, stored.submitted_by) == (None, None)
    assert last_event(work).comment == "Bổ sung minh chứng"
    assert fill(work, "1.1.1", note="đã bổ sung").self_note == "đã bổ sung"


def test_sending_back_without_a_reason_is_refused():
    work = a_submitted_dossier()

    with pytest.raises(MoveRefused, match="ghi rõ lý do"):
        dossiers.send_back(work.dossier, by=work.verifier, comment="  ")


def test_after_the_day_of_verification_nothing_is_sent_back(monkeypatch):
    work = a_submitted_dossier()
    too_late = work.dossier.period.verify_by + timedelta(days=1)
    moment = datetime.combine(too_late, time(8, 0), tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
    monkeypatch.setattr(timezone, "now", lambda: moment.astimezone(UTC))

    with pytest.raises(MoveRefused, match="không còn thời gian sửa"):
        dossiers.send_back(work.dossier, by=work.verifier, comment="Bổ sung")


def test_a_returned_dossier_is_handed_in_again():
    work = a_submitted_dossier()
    dossiers.send_back(work.dossier, by=work.verifier, comment="Bổ sung")

    hand_in(work)

    assert work.now().state == DossierState.SUBMITTED
    verbs = work.dossier.events.order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["submit", "return", "submit"]


def test_evidence_that_changed_after_a_return_makes_its_component_wait_again():
    work = a_settled_dossier()
    dossiers.send_back(work.dossier, by=work.verifier, comment="Thiếu minh chứng 1.1.1")
    evidence.attach(work.score("1.1.1"), by=work.editor, document=a_document(work))

    hand_in(work)

    assert not work.score("1.1.1").settled
    assert work.score("1.1.2").settled


def test_verification_ends_when_every_component_is_settled():
    work = a_settled_dossier()

    dossiers.verify(work.dossier, by=work.verifier)

    stored = work.now()
    assert stored.state == DossierState.VERIFIED
    assert stored.verified_by == work.verifier
    assert last_event(work).verb == DossierVerb.VERIFY


def test_verification_does_not_end_while_a_component_waits():
    work = a_submitted_dossier()
    settle(work, "1.1.1")

    with pytest.raises(MoveRefused, match=r"Còn 10 dòng \(1\.1\.2"):
        dossiers.verify(work.dossier, by=work.verifier)


def test_a_unit_is_excused_and_recalled_with_reasons():
    work = a_filled_dossier()

    dossiers.excuse(work.dossier, by=work.year.organiser, comment="Mới thành lập")
    assert work.now().state == DossierState.ABSENT
    dossiers.recall(work.dossier, by=work.year.organiser, comment="Đủ điều kiện đánh giá")

    assert work.now().state == DossierState.DRAFT
    assert work.score("1.1.1").answered


def test_a_verified_dossier_is_put_back_on_the_desk_with_its_verdicts():
    work = a_verified_dossier()

    dossiers.reopen(work.dossier, by=work.year.organiser, comment="Có kiến nghị")

    stored = work.now()
    assert stored.state == DossierState.SUBMITTED
    assert (stored.verified_at, stored.verified_by) == (None, None)
    assert stored.submitted_by == work.head
    assert work.score("1.1.1").settled


@pytest.mark.parametrize(
    ("build", "act"),
    [
        (a_draft_dossier, dossiers.send_back),
        (a_draft_dossier, dossiers.reopen),
        (a_draft_dossier, dossiers.recall),
        (a_submitted_dossier, dossiers.excuse),
        (a_verified_dossier, dossiers.send_back),
        (a_verified_dossier, dossiers.recall),
    ],
)
def test_a_verb_out_of_its_state_is_refused_in_words(build, act):
    work = build()

    with pytest.raises(MoveRefused, match="Không thể .* hồ sơ tự đánh giá đang ở trạng thái"):
        act(work.dossier, by=work.year.organiser, comment="thử")


@pytest.mark.parametrize("act", [dossiers.excuse, dossiers.recall, dossiers.reopen])
def test_what_the_organiser_does_a_verifier_does_not(act):
    work = {
        dossiers.excuse: a_draft_dossier,
        dossiers.recall: a_draft_dossier,
        dossiers.reopen: a_verified_dossier,
    }[act]()
    if act is dossiers.recall:
        dossiers.excuse(work.dossier, by=work.year.organiser, comment="Mới thành lập")

    with pytest.raises(PermissionDenied):
        act(work.dossier, by=work.verifier, comment="thử")


@pytest.mark.parametrize("role", [Role.EDITOR, Role.HEAD, Role.LEADER])
def test_only_the_desk_sends_back_and_verifies(role):
    work = a_settled_dossier()
    other = work.year.province.a_person(role, work.year.province.police)

    with pytest.raises(PermissionDenied):
        dossiers.send_back(work.dossier, by=other, comment="thử")
    with pytest.raises(PermissionDenied):
        dossiers.verify(work.dossier, by=other)


def test_nothing_moves_once_the_period_is_locked():
    work = a_verified_dossier()
    for other in work.year.period.dossiers.exclude(pk=work.dossier.pk):
        dossiers.excuse(other, by=work.year.organiser, comment="Không đánh giá")
    periods.lock(work.year.period, by=work.year.organiser)

    with pytest.raises(MoveRefused, match="đã chốt"):
        dossiers.reopen(work.dossier, by=work.year.organiser, comment="thử")
    assert access.open_moves(work.year.organiser, work.now(), today=timezone.localdate()) == []


def test_words_are_kept_and_the_log_keeps_what_they_replaced():
    work = a_draft_dossier()
    words = {"difficulties": "Thiếu biên chế", "proposals": "Bổ sung thiết bị"}
    dossiers.save_words(work.dossier, by=work.editor, seen_version=1, **words)

    dossiers.save_words(
        work.dossier, by=work.head, seen_version=2, **(words | {"proposals": "Bổ sung máy quét"})
    )

    stored = work.now()
    assert (stored.difficulties, stored.proposals) == ("Thiếu biên chế", "Bổ sung máy quét")
    event = last_event(work)
    assert (event.verb, event.comment, event.by) == ("proposals", "Bổ sung thiết bị", work.head)


def test_words_somebody_else_wrote_meanwhile_are_not_overwritten():
    work = a_draft_dossier()
    dossiers.save_words(
        work.dossier, by=work.head, difficulties="của thủ trưởng", proposals="", seen_version=1
    )

    with pytest.raises(ChangedMeanwhile):
        dossiers.save_words(
            work.dossier, by=work.editor, difficulties="của cán bộ", proposals="", seen_version=1
        )

    assert work.now().difficulties == "của thủ trưởng"


def test_the_same_words_sent_twice_are_written_once():
    work = a_draft_dossier()
    for _ in range(2):
        dossiers.save_words(
            work.dossier, by=work.editor, difficulties="một", proposals="", seen_version=1
        )

    assert work.now().version == 2


def test_words_of_a_submitted_dossier_are_closed():
    work = a_submitted_dossier()

    with pytest.raises(MoveRefused, match="đã trình nộp"):
        dossiers.save_words(
            work.dossier, by=work.editor, difficulties="muộn", proposals="", seen_version=1
        )


def verbs_open_to(user, work) -> set[str]:
    moves = access.open_moves(user, work.now(), today=timezone.localdate())
    return {move.verb.value for move in moves}


def test_each_sees_the_moves_that_are_theirs_to_make():
    work = a_filled_dossier()
    assert verbs_open_to(work.editor, work) == set()
    assert verbs_open_to(work.head, work) == {"submit"}
    assert verbs_open_to(work.verifier, work) == set()
    assert verbs_open_to(work.year.organiser, work) == {"excuse"}

    hand_in(work)

    assert verbs_open_to(work.head, work) == set()
    assert verbs_open_to(work.verifier, work) == {"return", "verify"}


def test_a_party_sees_no_move_at_the_desk():
    work = a_submitted_dossier()
    insider = work.year.province.a_person(Role.VERIFIER, work.year.province.police)
    people.appoint(
        insider,
        unit=work.dossier.unit,
        role=Role.STAFF,
        first_on=work.dossier.period.data_from,
        by=work.year.province.administrator,
    )

    assert verbs_open_to(insider, work) == set()
