"""Drafting, signing, countersigning, declining, closing: who, when, which version."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from commitments.models import Commitment
from commitments.rules.terms import Heading
from commitments.rules.workflow import CommitmentState, CommitmentVerb
from commitments.services import commitments, seal, tasks
from tests.commitments.situations import (
    TERMS,
    a_draft,
    add_tasks,
    fresh,
    one_in_force,
    report_all,
)
from tests.factories import a_decision
from units.kinds import UnitKind
from units.permissions import Role
from units.services import people, units

HEADING = Heading("Bản cam kết năm 2027", "Nghệ An", date(2026, 12, 24))


def a_team(who, *, below, kind=UnitKind.TEAM):
    """A unit that exists since 01/01/2024."""
    return units.found(
        below,
        code=f"{below.code}-D1",
        name="Đội 1",
        kind=kind,
        decision=a_decision(date(2024, 1, 1)),
        by=who.province.administrator,
    )


def verbs(commitment) -> list[str]:
    return list(commitment.events.order_by("pk").values_list("verb", flat=True))


# --- draft


@pytest.mark.parametrize("writer", ["editor", "head"])
def test_editor_and_head_open_the_commitment_of_a_year(who, writer):
    by = getattr(who, writer)

    commitment = commitments.draft(who.unit, year=2027, heading=HEADING, by=by)

    assert fresh(commitment).state == CommitmentState.DRAFT
    assert commitment.heading == HEADING
    assert verbs(commitment) == [CommitmentVerb.DRAFT]
    assert commitment.events.get().by == by


def test_the_unit_above_receives_the_commitment(who):
    commitment = commitments.draft(who.unit, year=2027, heading=HEADING, by=who.editor)

    assert commitment.received_by == who.receiver


def test_the_receiver_is_the_unit_above_on_the_day_of_signing(who):
    first, second = who.province.departments
    team = a_team(who, below=first)
    units.move(
        team, parent=second, decision=a_decision(date(2025, 3, 1)), by=who.province.administrator
    )
    by = who.province.a_person(Role.EDITOR, team, first_on=date(2024, 1, 1))

    before = commitments.draft(
        team, year=2025, heading=Heading("Năm 2025", "", date(2025, 1, 5)), by=by
    )
    after = commitments.draft(team, year=2026, heading=Heading("Năm 2026"), by=by)

    assert (before.received_by, after.received_by) == (first, second)


def test_a_mass_organisation_promises_like_any_unit(who):
    union = a_team(who, below=who.unit, kind=UnitKind.MASS_ORGANISATION)
    by = who.province.a_person(Role.HEAD, union, first_on=date(2024, 1, 1))

    commitment = commitments.draft(union, year=2026, heading=Heading("Năm 2026"), by=by)

    assert commitment.received_by == who.unit


def test_a_year_has_one_commitment(who, draft):
    with pytest.raises(MoveRefused, match="đã có bản cam kết năm 2026"):
        commitments.draft(who.unit, year=draft.year, heading=HEADING, by=who.head)


def test_who_does_not_write_for_the_unit_opens_nothing(who):
    staff = who.province.a_person(Role.STAFF, who.unit)

    for stranger in (staff, who.receiving_head):
        with pytest.raises(PermissionDenied):
            commitments.draft(who.unit, year=2027, heading=HEADING, by=stranger)
    assert not Commitment.objects.exists()


def test_a_unit_without_one_above_it_has_nobody_to_promise_to(who):
    minister = who.province.a_person(Role.HEAD, who.province.ministry)

    with pytest.raises(MoveRefused, match="không có cấp trên"):
        commitments.draft(who.province.ministry, year=2027, heading=HEADING, by=minister)


def test_nothing_is_promised_on_a_day_when_the_unit_did_not_exist(who):
    team = a_team(who, below=who.unit)
    by = who.province.a_person(Role.EDITOR, team, first_on=date(2024, 1, 1))

    with pytest.raises(MoveRefused, match="không tồn tại vào ngày 31/12/2023"):
        commitments.draft(
            team, year=2024, heading=Heading("Năm 2024", "", date(2023, 12, 31)), by=by
        )


# --- revise


def test_the_heading_of_a_draft_is_rewritten_and_the_log_says_from_what_to_what(who, draft):
    revised = commitments.revise(draft, seen=draft.heading_version, heading=HEADING, by=who.head)

    assert fresh(revised).heading == HEADING
    line = revised.events.of(CommitmentVerb.REVISE).get()
    assert "Tên bản cam kết: Bản cam kết năm 2026 → Bản cam kết năm 2027" in line.comment
    assert "Ngày ký kết: (trống) → 24/12/2026" in line.comment


def test_writing_the_same_heading_again_leaves_no_line(who, draft):
    commitments.revise(draft, seen=draft.heading_version, heading=draft.heading, by=who.head)

    assert CommitmentVerb.REVISE not in verbs(draft)
    assert fresh(draft).version == draft.version


def test_a_heading_rewritten_meanwhile_is_not_overwritten(who, draft):
    commitments.revise(draft, seen=draft.heading_version, heading=HEADING, by=who.head)

    with pytest.raises(ChangedMeanwhile):
        commitments.revise(
            draft, seen=draft.heading_version, heading=Heading("Khác"), by=who.editor
        )
    assert fresh(draft).heading == HEADING


def test_a_new_task_is_no_conflict_for_the_heading(who, draft):
    add_tasks(who, draft, 1)

    revised = commitments.revise(draft, seen=draft.heading_version, heading=HEADING, by=who.head)

    assert revised.title == HEADING.title


def test_a_signed_heading_stays(who, signed):
    with pytest.raises(MoveRefused, match="đã ký"):
        commitments.revise(signed, seen=signed.heading_version, heading=HEADING, by=who.head)


def test_the_receiver_does_not_rewrite_the_unit_s_heading(who, draft):
    with pytest.raises(PermissionDenied):
        commitments.revise(draft, seen=1, heading=HEADING, by=who.receiving_head)


# --- sign


def test_the_head_signs_with_name_rank_and_post_of_the_day(who, draft):
    who.head.police_rank, who.head.post = "Thượng tá", "Trưởng phòng"
    who.head.save()

    signed = fresh(commitments.sign(draft, seen=draft.version, by=who.head))

    assert signed.state == CommitmentState.SIGNED
    assert signed.signer == f"Thượng tá {who.head.full_name}"
    assert signed.signer_post == "Trưởng phòng"
    assert signed.signed_by == who.head
    assert (signed.unit_name, signed.received_by_name) == (who.unit.name, who.receiver.name)
    assert seal.holds(signed)
    line = signed.events.of(CommitmentVerb.SIGN).get()
    assert (line.source, line.target, line.by) == ("draft", "signed", who.head)


def test_the_editor_does_not_sign(who, draft):
    with pytest.raises(PermissionDenied):
        commitments.sign(draft, seen=draft.version, by=who.editor)
    assert fresh(draft).state == CommitmentState.DRAFT


def test_the_receiving_head_does_not_sign_for_the_unit(who, draft):
    with pytest.raises(PermissionDenied):
        commitments.sign(draft, seen=draft.version, by=who.receiving_head)


def test_an_empty_commitment_is_not_signed(who):
    empty = a_draft(who, number_of_tasks=0)

    with pytest.raises(MoveRefused, match="chưa có nhiệm vụ"):
        commitments.sign(empty, seen=empty.version, by=who.head)


def test_nobody_signs_what_was_changed_after_they_read_it(who, draft):
    tasks.add(draft, terms=TERMS, by=who.editor)

    with pytest.raises(ChangedMeanwhile):
        commitments.sign(draft, seen=draft.version, by=who.head)
    assert fresh(draft).digest == ""


def test_a_commitment_is_signed_once(who, signed):
    with pytest.raises(MoveRefused, match="Không thể ký bản cam kết"):
        commitments.sign(signed, seen=signed.version, by=who.head)


# --- countersign


def test_the_receiving_head_countersigns_and_it_is_in_force(who, signed):
    who.receiving_head.post = "Giám đốc"
    who.receiving_head.save()

    in_force = fresh(commitments.countersign(signed, seen=signed.digest, by=who.receiving_head))

    assert in_force.state == CommitmentState.IN_FORCE
    assert in_force.countersigned_by == who.receiving_head
    assert in_force.countersigner_post == "Giám đốc"
    assert in_force.digest == signed.digest
    assert seal.holds(in_force)


def test_the_unit_s_own_head_does_not_countersign(who, signed):
    with pytest.raises(PermissionDenied):
        commitments.countersign(signed, seen=signed.digest, by=who.head)


def test_one_person_who_heads_both_units_does_not_sign_both_sides(who, draft):
    both = who.province.a_person(Role.HEAD, who.unit)
    people.appoint(
        both,
        unit=who.receiver,
        role=Role.HEAD,
        first_on=date(2024, 1, 1),
        by=who.province.administrator,
    )
    signed = commitments.sign(draft, seen=draft.version, by=both)

    with pytest.raises(PermissionDenied, match="cả hai bên"):
        commitments.countersign(signed, seen=signed.digest, by=both)


def test_a_draft_is_not_countersigned(who, draft):
    with pytest.raises(MoveRefused):
        commitments.countersign(draft, seen="", by=who.receiving_head)


def test_nobody_countersigns_other_words_than_those_they_read(who, signed):
    commitments.decline(signed, comment="Bổ sung chỉ tiêu.", by=who.receiving_head)
    again = fresh(signed)
    tasks.add(again, terms=TERMS, by=who.editor)
    commitments.sign(again, seen=fresh(again).version, by=who.head)

    with pytest.raises(ChangedMeanwhile, match="sửa và ký lại"):
        commitments.countersign(signed, seen=signed.digest, by=who.receiving_head)
    assert fresh(signed).state == CommitmentState.SIGNED


def test_what_was_tampered_with_is_not_countersigned(who, signed):
    signed.tasks.update(title="Chữ khác")

    with pytest.raises(MoveRefused, match="không còn đúng như khi đơn vị ký"):
        commitments.countersign(signed, seen=signed.digest, by=who.receiving_head)


# --- decline


def test_declining_gives_the_draft_back_and_the_log_keeps_the_reason(who, signed):
    declined = fresh(
        commitments.decline(signed, comment=" Chỉ tiêu chưa rõ. ", by=who.receiving_head)
    )

    assert declined.state == CommitmentState.DRAFT
    assert (declined.signed_at, declined.digest, declined.signer) == (None, "", "")
    line = declined.events.of(CommitmentVerb.DECLINE).get()
    assert (line.comment, line.by) == ("Chỉ tiêu chưa rõ.", who.receiving_head)
    assert declined.events.of(CommitmentVerb.SIGN).exists()


def test_a_declined_commitment_can_be_mended_and_signed_again(who, signed):
    commitments.decline(signed, comment="Thiếu sản phẩm.", by=who.receiving_head)
    tasks.add(signed, terms=TERMS, by=who.editor)

    again = commitments.sign(signed, seen=fresh(signed).version, by=who.head)

    assert again.digest != signed.digest


def test_declining_needs_a_reason(who, signed):
    with pytest.raises(MoveRefused, match="lý do"):
        commitments.decline(signed, comment="  ", by=who.receiving_head)


def test_the_unit_does_not_decline_its_own_commitment(who, signed):
    with pytest.raises(PermissionDenied):
        commitments.decline(signed, comment="Đổi ý.", by=who.head)


def test_what_is_in_force_is_no_longer_declined(who, in_force):
    with pytest.raises(MoveRefused):
        commitments.decline(in_force, comment="Muộn.", by=who.receiving_head)


# --- close


def test_the_receiving_head_ends_the_year_once_all_is_reported(who, in_force):
    report_all(who, in_force)

    closed = fresh(commitments.close(in_force, comment="Đạt khá.", by=who.receiving_head))

    assert closed.state == CommitmentState.CLOSED
    assert closed.closed_by == who.receiving_head
    assert (
        closed.events.of(CommitmentVerb.CLOSE).get().comment == "Hoàn thành 0/2 nhiệm vụ. Đạt khá."
    )
    assert seal.holds(closed)


def test_a_year_with_silent_tasks_does_not_end(who):
    commitment = one_in_force(who, number_of_tasks=3)

    with pytest.raises(MoveRefused, match="Còn 3 nhiệm vụ chưa báo cáo"):
        commitments.close(commitment, by=who.receiving_head)


def test_the_unit_does_not_close_its_own_year(who, in_force):
    report_all(who, in_force)

    with pytest.raises(PermissionDenied):
        commitments.close(in_force, by=who.head)


def test_what_is_not_in_force_is_not_closed(who, signed):
    with pytest.raises(MoveRefused):
        commitments.close(signed, by=who.receiving_head)


# --- the seal


@pytest.mark.parametrize(
    ("column", "value"),
    [("title", "Tên khác"), ("signer", "Người khác"), ("unit_name", "Đơn vị khác"), ("year", 2030)],
)
def test_the_seal_breaks_when_the_signed_heading_is_touched(who, in_force, column, value):
    Commitment.objects.filter(pk=in_force.pk).update(**{column: value})

    assert not seal.holds(fresh(in_force))


def test_the_seal_breaks_when_a_task_is_taken_out(who, in_force):
    in_force.tasks.last().delete()

    assert not seal.holds(fresh(in_force))


def test_a_later_name_of_unit_or_person_does_not_break_the_seal(who, in_force):
    type(who.unit).objects.filter(pk=who.unit.pk).update(name="Tên mới")
    type(who.head).objects.filter(pk=who.head.pk).update(full_name="Họ tên mới")

    renamed = fresh(in_force)

    assert seal.holds(renamed)
    assert renamed.party != "Tên mới"
