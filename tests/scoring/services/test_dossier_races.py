"""Two people on one dossier at the same moment, each on a connection of their own."""

from datetime import timedelta
from decimal import Decimal

import pytest

from scoring.models import Evidence, ReturnRemark, ScoreChange
from scoring.rules.workflow import DossierState, PeriodState
from scoring.services import dossiers, evidence, periods, scores
from scoring.services.extensions import extend
from tests.races import at_once
from tests.scoring.papers import a_document
from tests.worlds import (
    a_draft_dossier,
    a_filled_dossier,
    a_settled_dossier,
    a_submitted_dossier,
    a_verified_dossier,
    an_answer,
    fill,
    hand_in,
    settle,
)

pytestmark = pytest.mark.django_db(transaction=True)

TIMES = range(4)
"""A race is run more than once: it is the order that differs."""


def test_of_two_editors_on_one_component_one_writes_and_the_other_is_told():
    work = a_draft_dossier()
    for turn in TIMES:
        seen = work.score("1.1.1").version

        def write(text, seen=seen):
            return lambda: fill(work, "1.1.1", note=text, seen_version=seen)

        (refusal,) = at_once(write(f"một {turn}"), write(f"hai {turn}"))

        stored = work.score("1.1.1")
        assert refusal == "Nội dung vừa được người khác thay đổi."
        assert stored.version == seen + 1
        assert stored.self_note in (f"một {turn}", f"hai {turn}")


def test_two_editors_on_two_components_both_write():
    work = a_draft_dossier()

    assert at_once(lambda: fill(work, "1.1.1"), lambda: fill(work, "1.1.2")) == []


def test_a_submission_against_an_open_pen_loses_no_word_in_silence():
    work = a_filled_dossier()
    for turn in TIMES:
        seen = work.dossier.scores.stamp()
        note = f"thêm vào phút cuối {turn}"

        refusals = at_once(
            lambda seen=seen: dossiers.submit(work.dossier, by=work.head, seen=seen),
            lambda note=note: fill(work, "1.1.1", note=note),
        )

        written = work.score("1.1.1").self_note == note
        submitted = work.now().state == DossierState.SUBMITTED
        assert len(refusals) == 1
        assert written != submitted
        if submitted:
            dossiers.send_back(work.dossier, by=work.verifier, comment="Làm lại")


def test_two_submissions_at_once_are_one():
    work = a_filled_dossier()

    (refusal,) = at_once(lambda: hand_in(work), lambda: hand_in(work))

    assert "đang ở trạng thái “đã trình nộp”" in refusal
    assert work.dossier.events.count() == 1


def test_of_two_verifiers_on_one_row_one_writes_and_the_other_is_told():
    work = a_submitted_dossier()
    seen = work.score("1.1.1").version

    (refusal,) = at_once(
        lambda: settle(work, "1.1.1", seen_version=seen),
        lambda: settle(work, "1.1.1", points=Decimal(1), reason="khác", seen_version=seen),
    )

    assert refusal == "Nội dung vừa được người khác thay đổi."
    assert work.score("1.1.1").version == seen + 1


def test_a_verdict_against_a_return_is_written_before_it_or_refused():
    work = a_submitted_dossier()

    refusals = at_once(
        lambda: settle(work, "1.1.1"),
        lambda: dossiers.send_back(work.dossier, by=work.verifier, comment="Bổ sung"),
    )

    assert work.now().state == DossierState.RETURNED
    assert work.score("1.1.1").settled == (refusals == [])


def test_the_last_verdict_taken_back_while_the_verification_ends_leaves_no_hole():
    work = a_settled_dossier()
    last = work.score("1.1.1")

    (refusal,) = at_once(
        lambda: dossiers.verify(work.dossier, by=work.verifier),
        lambda: scores.take_back(last, by=work.verifier, seen_version=last.version),
    )

    verified = work.now().state == DossierState.VERIFIED
    assert verified == work.score("1.1.1").settled
    assert ("chưa kết thúc được" in refusal) != verified


def test_a_verified_dossier_is_not_reopened_behind_a_lock():
    work = a_verified_dossier()
    for other in work.year.period.dossiers.exclude(pk=work.dossier.pk):
        dossiers.excuse(other, by=work.year.organiser, comment="Không đánh giá")

    (refusal,) = at_once(
        lambda: periods.lock(work.year.period, by=work.year.organiser),
        lambda: dossiers.reopen(work.dossier, by=work.year.organiser, comment="Xem lại"),
    )

    work.year.period.refresh_from_db()
    locked = work.year.period.state == PeriodState.LOCKED
    assert locked == (work.now().state == DossierState.VERIFIED)
    assert refusal


def test_of_two_who_write_the_words_of_the_dossier_one_is_told():
    work = a_draft_dossier()

    def write(text):
        return lambda: dossiers.save_words(
            work.dossier, by=work.editor, difficulties=text, proposals="", seen_version=1
        )

    (refusal,) = at_once(write("một"), write("hai"))

    assert "người khác" in refusal
    assert work.now().version == 2


def test_one_document_attached_twice_at_once_is_attached_once():
    work = a_draft_dossier()
    document = a_document(work)

    def attach():
        evidence.attach(work.score("1.1.1"), by=work.editor, document=document)

    (refusal,) = at_once(attach, attach)

    assert "đã gắn" in refusal
    assert Evidence.objects.count() == 1


def test_one_document_taken_off_twice_at_once_leaves_one_line():
    work = a_draft_dossier()
    document = a_document(work)
    attached = evidence.attach(work.score("1.1.1"), by=work.editor, document=document)
    twin = Evidence.objects.get(pk=attached.pk)

    refusals = at_once(
        lambda: evidence.detach(attached, by=work.editor, reason="Nhầm"),
        lambda: evidence.detach(twin, by=work.editor, reason="Nhầm"),
    )

    assert refusals == []
    assert ScoreChange.objects.filter(column="evidence").count() == 2


def test_a_document_attached_while_the_dossier_is_handed_in_is_in_it_or_refused():
    work = a_filled_dossier()
    document = a_document(work)

    refusals = at_once(
        lambda: hand_in(work),
        lambda: evidence.attach(work.score("1.1.1"), by=work.editor, document=document),
    )

    assert work.now().state == DossierState.SUBMITTED
    assert Evidence.objects.exists() == (refusals == [])


def test_an_excuse_against_a_submission_leaves_one_state():
    work = a_filled_dossier()

    (refusal,) = at_once(
        lambda: hand_in(work),
        lambda: dossiers.excuse(work.dossier, by=work.year.organiser, comment="Mới thành lập"),
    )

    stored = work.now()
    assert refusal.startswith("Không thể")
    assert (stored.state == DossierState.SUBMITTED) == (stored.submitted_at is not None)


def test_two_answers_that_say_the_same_at_once_are_no_conflict():
    work = a_draft_dossier()
    score = work.score("1.2.1")
    answer = an_answer(score)

    def write():
        scores.save_self(
            score, by=work.editor, answer=answer, note="", not_applicable=False, seen_version=1
        )

    assert at_once(write, write) == []
    assert work.score("1.2.1").version == 2


def test_an_extension_against_a_submission_leaves_one_story():
    work = a_filled_dossier()
    last_day = work.dossier.last_day

    def grant():
        extend(
            work.dossier,
            by=work.year.organiser,
            until=last_day + timedelta(days=3),
            reason="Mất điện",
            seen=last_day,
        )

    refusals = at_once(lambda: hand_in(work), grant)

    stored = work.now()
    assert stored.state == DossierState.SUBMITTED
    assert (stored.extended_until is None) == bool(refusals)
    assert all("nên không gia hạn" in refusal for refusal in refusals)


def test_of_two_extensions_at_once_one_is_granted_and_the_other_is_told():
    work = a_draft_dossier()
    last_day = work.dossier.last_day

    def grant(days):
        return lambda: extend(
            work.dossier,
            by=work.year.organiser,
            until=last_day + timedelta(days=days),
            reason=f"Thêm {days} ngày",
            seen=last_day,
        )

    (refusal,) = at_once(grant(3), grant(5))

    assert "vừa được người khác thay đổi" in refusal
    stored = work.now()
    days = (stored.extended_until - last_day).days
    assert stored.extension_reason == f"Thêm {days} ngày"
    assert stored.events.filter(verb="extend").count() == 1


def test_two_submissions_at_once_are_kept_once():
    work = a_filled_dossier()

    at_once(lambda: hand_in(work), lambda: hand_in(work))

    kept = work.dossier.submissions.get()
    assert (kept.number, kept.scores.count()) == (1, 9)


def test_of_two_returns_at_once_one_names_the_components_and_the_other_is_told():
    work = a_submitted_dossier()

    def send_back(code):
        remarks = {work.score(code).pk: f"Bổ sung {code}"}
        return lambda: dossiers.send_back(
            work.dossier, by=work.verifier, comment="Đề nghị sửa", remarks=remarks
        )

    (refusal,) = at_once(send_back("1.1.1"), send_back("1.1.2"))

    assert "đang ở trạng thái “bị trả lại”" in refusal
    assert ReturnRemark.objects.count() == 1
