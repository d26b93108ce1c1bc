"""What was sent twice is written once; a second inspection follows the first."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from cchc_portal.kit.errors import MoveRefused
from commitments.models import Inspection
from commitments.rules.inspection import PointWords
from commitments.services import inspection_openings, inspection_plans, inspection_team, inspections
from tests.inspections.situations import (
    Sides,
    a_draft_plan,
    again,
    demanded,
    followed,
    found,
    looked_at,
    minuted,
    sudden,
    terms,
)

TODAY = timezone.localdate


def test_what_was_sent_twice_stands_there_once(who: Sides):
    plan = a_draft_plan(who)
    with pytest.raises(MoveRefused, match="đã có cuộc kiểm tra tại đơn vị này"):
        inspection_plans.add(plan, inspected=who.inspected, terms=terms(), by=who.organiser)
    sudden(who, scope="Sổ sách")
    with pytest.raises(MoveRefused, match="Đã lập cuộc kiểm tra này"):
        sudden(who, scope="Sổ sách")

    one = looked_at(who)
    before = one.checklist.count()
    inspection_team.add_points(one, points=[PointWords("Sổ theo dõi hồ sơ")], by=who.organiser)
    assert one.checklist.count() == before
    with pytest.raises(MoveRefused, match="đã ghi \\(số 1\\)"):
        found(who, one, point=one.checklist.order_by("position").first())
    assert found(who, one).number == 3  # the same words about another thing

    drawn = minuted(who)
    demanded(who, drawn)
    with pytest.raises(MoveRefused, match="đã ghi \\(số 1\\)"):
        demanded(who, drawn)
    assert drawn.tasks.count() == 1


def test_what_was_concluded_is_looked_at_again_afterwards_and_once_at_a_time(who: Sides):
    one = followed(who)
    early = terms(reason="Kiểm tra lại", starts_on=TODAY() - timedelta(days=1))
    with pytest.raises(MoveRefused, match="từ ngày kết luận lần trước"):
        inspection_openings.again(one, terms=early, by=who.organiser)
    due = terms(reason="Kiểm tra lại")
    second = inspection_openings.again(one, terms=due, by=who.organiser)
    with pytest.raises(MoveRefused, match="từ ngày kết luận lần trước"):
        inspection_openings.revise(
            second, seen=second.terms_seal, inspected=who.inspected, terms=early, by=who.organiser
        )
    with pytest.raises(MoveRefused, match="chưa kết luận"):
        inspection_openings.again(one, terms=due, by=who.organiser)
    inspections.cancel(again(second), seen=1, comment="Đã khắc phục xong.", by=who.organiser)
    third = inspection_openings.again(one, terms=due, by=who.organiser)
    with pytest.raises(IntegrityError, match="once_at_a_time"), transaction.atomic():
        Inspection.objects.filter(pk=second.pk).update(state=third.state)
