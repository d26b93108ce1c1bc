"""What the database refuses, whoever writes: each constraint once."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from commitments.models import Commitment, CommitmentEvent, CommitmentTask
from commitments.rules.areas import ReformArea
from commitments.rules.workflow import CommitmentState, TaskOutcome
from tests.commitments.situations import a_closed_one, a_draft, fresh


def refused(name: str):
    """The write inside is refused by the constraint of this name."""
    return pytest.raises(IntegrityError, match=name)


def set_commitment(commitment, **columns):
    with transaction.atomic():
        Commitment.objects.filter(pk=commitment.pk).update(**columns)


def set_task(task, **columns):
    with transaction.atomic():
        CommitmentTask.objects.filter(pk=task.pk).update(**columns)
        connection.check_constraints()


@pytest.fixture
def task(draft):
    return draft.tasks.first()


def test_a_unit_has_one_commitment_a_year(who, draft):
    with refused("commitment_once_a_year"), transaction.atomic():
        Commitment.objects.create(
            unit=who.unit, received_by=who.receiver, year=draft.year, title="Bản thứ hai"
        )


def test_nobody_promises_to_themselves(who, draft):
    with refused("commitment_parties_differ"):
        set_commitment(draft, received_by=who.unit)


@pytest.mark.parametrize("year", [1999, 2101])
def test_a_year_is_of_our_time(draft, year):
    with refused("commitment_year_plausible"):
        set_commitment(draft, year=year)


def test_an_unknown_state_is_refused(signed):
    with refused("commitment_state_known"):
        set_commitment(signed, state="lost")


def test_a_signature_has_moment_and_person(signed):
    with refused("commitment_signature_is_whole"):
        set_commitment(signed, signed_by=None)


def test_a_countersignature_has_moment_and_person(in_force):
    with refused("commitment_countersignature_is_whole"):
        set_commitment(in_force, countersigned_by=None)


def test_a_closing_has_moment_and_person(who):
    with refused("commitment_closing_is_whole"):
        set_commitment(a_closed_one(who), closed_by=None)


def test_a_signed_paper_is_no_draft(signed):
    with refused("commitment_signature_agrees_with_state"):
        set_commitment(signed, state=CommitmentState.DRAFT)


def test_a_paper_is_in_force_only_when_countersigned(signed):
    with refused("commitment_countersignature_agrees_with_state"):
        set_commitment(signed, state=CommitmentState.IN_FORCE)


def test_a_paper_is_closed_only_by_somebody(in_force):
    with refused("commitment_closing_agrees_with_state"):
        set_commitment(in_force, state=CommitmentState.CLOSED)


@pytest.mark.parametrize("column", ["digest", "signer", "unit_name", "received_by_name"])
def test_a_signature_has_a_digest_and_names(signed, column):
    with refused("commitment_signature_has_a_digest_and_names"):
        set_commitment(signed, **{column: ""})


def test_a_draft_has_no_digest(draft):
    with refused("commitment_signature_has_a_digest_and_names"):
        set_commitment(draft, digest="0" * 64)


def test_a_countersignature_has_a_name(in_force):
    with refused("commitment_countersignature_has_a_name"):
        set_commitment(in_force, countersigner="")


def test_two_tasks_do_not_share_a_place(draft, task):
    with refused("task_position_once_in_a_commitment"):
        set_task(task, position=2)


def test_a_task_says_what_is_to_be_done(task):
    with refused("task_has_a_title"):
        set_task(task, title="")


def test_a_task_has_a_term_as_day_or_words(task):
    set_task(task, due_on=None, due_text="thường xuyên")
    with refused("task_has_a_term"):
        set_task(task, due_on=None, due_text="")


def test_a_baseline_without_a_target_is_refused(task):
    with refused("task_baseline_needs_a_target"):
        set_task(task, baseline=3)


def test_an_unknown_area_is_refused(task):
    with refused("task_area_known"):
        set_task(task, area="sport")


def reported(who, **columns):
    said = {
        "outcome": TaskOutcome.DONE,
        "result": "Đã làm.",
        "done_on": timezone.localdate(),
        "reported_at": timezone.now(),
        "reported_by": who.editor,
    }
    return said | columns


def test_an_unknown_outcome_is_refused(who, task):
    with refused("task_outcome_known"):
        set_task(task, **reported(who, outcome="nearly", done_on=None))


def test_done_without_a_result_is_refused(who, task):
    with refused("task_outcome_has_a_result"):
        set_task(task, **reported(who, result=""))


def test_a_value_reached_without_an_outcome_is_refused(task):
    with refused("task_outcome_has_a_result"):
        set_task(task, reached=3)


def test_done_without_a_day_is_refused(who, task):
    with refused("task_done_on_a_day"):
        set_task(task, **reported(who, done_on=None))


def test_a_day_for_what_is_not_done_is_refused(who, task):
    with refused("task_done_on_a_day"):
        set_task(task, **reported(who, outcome=TaskOutcome.PARTLY))


def test_an_outcome_has_its_reporter_and_moment(who, task):
    with refused("task_report_agrees_with_outcome"):
        set_task(task, **reported(who, reported_at=None, reported_by=None))


def test_a_report_is_whole(who, task):
    with refused("task_report_is_whole"):
        set_task(task, **reported(who, reported_by=None))


def test_an_update_has_moment_and_person(task):
    with refused("task_update_is_whole"):
        set_task(task, updated_by=None)


def test_the_log_is_never_rewritten(draft):
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        CommitmentEvent.objects.update(comment="Khác.")
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        CommitmentEvent.objects.all().delete()


def test_a_task_knows_every_area_of_reform(task):
    for area in ReformArea:
        set_task(task, area=area)
    assert fresh(task).area == ReformArea.DIGITAL


def test_a_code_names_year_and_unit_and_begins_the_digest(who, signed):
    assert signed.code == f"C26-{signed.unit.code}-{signed.digest[:8].upper()}"
    assert a_draft(who, year=2027).code == ""
