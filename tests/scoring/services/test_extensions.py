"""Deadlines are instants in Viet Nam; the assessor may lengthen them for one dossier."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from scoring.models import Dossier
from scoring.rules.workflow import DossierState
from scoring.services import dossiers, periods
from scoring.services.extensions import extend
from tests.worlds import (
    a_draft_dossier,
    a_filled_dossier,
    a_submitted_dossier,
    a_verified_dossier,
    fill,
    hand_in,
)
from units.permissions import Role

pytestmark = pytest.mark.django_db

HERE = ZoneInfo("Asia/Ho_Chi_Minh")
DAY = timedelta(days=1)
REASON = "Đơn vị bị mất điện ba ngày do bão."


def last_second(day: date) -> datetime:
    """23:59:59 of the day in Viet Nam."""
    return datetime.combine(day, time(23, 59, 59), tzinfo=HERE)


def midnight_after(day: date) -> datetime:
    """The next instant that counts: 00:00:00 of the day after."""
    return datetime.combine(day + DAY, time(0), tzinfo=HERE)


def granted(work, *, days: int = 5, **said) -> Dossier:
    """So many days more than the dossier has."""
    now = work.now()
    usual = {
        "by": work.year.organiser,
        "until": now.last_day + days * DAY,
        "reason": REASON,
        "seen": now.last_day,
    }
    work.dossier = extend(work.dossier, **(usual | said))
    return work.dossier


def test_the_last_second_of_the_deadline_hands_in_and_the_next_does_not():
    work = a_filled_dossier()
    deadline = work.dossier.period.submit_by

    with (
        time_machine.travel(midnight_after(deadline), tick=False),
        pytest.raises(MoveRefused, match=f"hết hạn ngày {deadline:%d/%m/%Y}"),
    ):
        hand_in(work)
    with time_machine.travel(last_second(deadline), tick=False):
        hand_in(work)

    assert work.now().state == DossierState.SUBMITTED


def test_an_extension_moves_the_boundary_to_the_end_of_its_own_day():
    work = a_filled_dossier()
    until = granted(work).extended_until

    with time_machine.travel(midnight_after(work.dossier.period.submit_by), tick=False):
        fill(work, "1.1.1", note="sau hạn cũ")
    with time_machine.travel(last_second(until), tick=False):
        fill(work, "1.1.1", note="phút cuối")
    with (
        time_machine.travel(midnight_after(until), tick=False),
        pytest.raises(MoveRefused, match=f"hết hạn ngày {until:%d/%m/%Y}"),
    ):
        hand_in(work)
    with time_machine.travel(last_second(until), tick=False):
        hand_in(work)

    assert work.now().state == DossierState.SUBMITTED


def test_an_extension_after_the_deadline_opens_the_dossier_again():
    work = a_filled_dossier()
    late = midnight_after(work.dossier.period.submit_by) + 2 * DAY

    with time_machine.travel(late, tick=False):
        with pytest.raises(MoveRefused, match="hết hạn"):
            hand_in(work)
        granted(work)
        hand_in(work)

    assert work.now().state == DossierState.SUBMITTED


def test_a_returned_dossier_is_mended_until_the_later_of_verification_and_extension():
    work = a_submitted_dossier()
    dossiers.send_back(work.dossier, by=work.verifier, comment="Bổ sung")
    verify_by = work.dossier.period.verify_by
    assert work.now().last_day == verify_by

    granted(work)

    assert work.now().last_day == verify_by + 5 * DAY
    with time_machine.travel(last_second(verify_by + 5 * DAY), tick=False):
        fill(work, "1.1.1", note="đã bổ sung")


def test_a_dossier_with_more_time_may_still_be_sent_back_in_it():
    work = a_filled_dossier()
    until = work.dossier.period.verify_by + 3 * DAY
    granted(work, until=until)
    hand_in(work)

    with time_machine.travel(last_second(until), tick=False):
        dossiers.send_back(work.dossier, by=work.verifier, comment="Bổ sung")

    assert work.now().state == DossierState.RETURNED


def test_the_log_tells_who_until_when_and_why():
    work = a_draft_dossier()

    granted(work)

    event = work.dossier.events.first()
    assert event.words == "Gia hạn"
    assert event.by == work.year.organiser
    assert event.comment == f"đến hết ngày {work.dossier.extended_until:%d/%m/%Y}. {REASON}"
    assert work.now().extension_reason == REASON


def test_a_later_extension_takes_the_place_of_the_earlier_and_the_log_keeps_both():
    work = a_draft_dossier()
    first = granted(work).extended_until

    second = granted(work, reason="Chưa khắc phục xong.").extended_until

    assert second == first + 5 * DAY
    assert work.now().extension_reason == "Chưa khắc phục xong."
    assert work.dossier.events.filter(verb="extend").count() == 2


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"days": 0}, "phải sau hạn hiện nay"),
        ({"days": -2}, "phải sau hạn hiện nay"),
        ({"days": 400}, "trước ngày dự kiến công bố"),
        ({"reason": "  "}, "ghi rõ lý do gia hạn"),
    ],
)
def test_an_extension_that_gives_no_time_too_much_or_no_reason_is_refused(said, sentence):
    work = a_draft_dossier()

    with pytest.raises(MoveRefused, match=sentence):
        granted(work, **said)

    assert work.now().extended_until is None


def test_a_day_that_has_passed_is_refused():
    work = a_draft_dossier()
    deadline = work.dossier.period.submit_by

    with (
        time_machine.travel(midnight_after(deadline + 3 * DAY), tick=False),
        pytest.raises(MoveRefused, match="đã qua"),
    ):
        granted(work, days=2)


def test_who_saw_another_last_day_is_told():
    work = a_draft_dossier()
    seen = work.dossier.last_day
    granted(work)

    with pytest.raises(ChangedMeanwhile, match="vừa được người khác thay đổi"):
        granted(work, seen=seen)


@pytest.mark.parametrize("build", [a_submitted_dossier, a_verified_dossier])
def test_what_is_not_in_the_units_hands_is_not_extended(build):
    with pytest.raises(MoveRefused, match="nên không gia hạn"):
        granted(build())


def test_nothing_is_extended_once_the_period_is_locked():
    work = a_draft_dossier()
    for dossier in work.year.period.dossiers.all():
        dossiers.excuse(dossier, by=work.year.organiser, comment="Không đánh giá")
    periods.lock(work.year.period, by=work.year.organiser)

    with pytest.raises(MoveRefused, match="đã chốt"):
        granted(work)


@pytest.mark.parametrize("role", [Role.VERIFIER, Role.HEAD, Role.LEADER, Role.ADMINISTRATOR])
def test_only_who_organises_at_the_assessor_extends(role):
    work = a_draft_dossier()
    other = work.year.province.a_person(role, work.year.province.police)

    with pytest.raises(PermissionDenied):
        granted(work, by=other)


def test_the_unit_does_not_extend_its_own_dossier():
    work = a_draft_dossier()
    insider = work.year.province.a_person(Role.ORGANISER, work.dossier.unit)

    with pytest.raises(PermissionDenied):
        granted(work, by=insider)


@pytest.mark.parametrize(
    "columns",
    [{"extended_until": date(2026, 9, 30)}, {"extension_reason": "không có ngày"}],
)
def test_the_database_wants_day_and_reason_together(columns):
    work = a_draft_dossier()

    with (
        pytest.raises(IntegrityError, match="dossier_extension_has_a_reason"),
        transaction.atomic(),
    ):
        Dossier.objects.filter(pk=work.dossier.pk).update(**columns)


def test_midnight_is_that_of_viet_nam_and_not_of_greenwich():
    work = a_filled_dossier()
    deadline = work.dossier.period.submit_by

    # 17:00 UTC is midnight in Viet Nam: the day is over though Greenwich still has it.
    with time_machine.travel(
        datetime.combine(deadline, time(17), tzinfo=ZoneInfo("UTC")), tick=False
    ):
        assert timezone.localdate() == deadline + DAY
        with pytest.raises(MoveRefused, match="hết hạn"):
            hand_in(work)
