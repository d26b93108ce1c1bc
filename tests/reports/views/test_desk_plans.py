"""Yearly plans on the desk: to take over, to issue, to tell of."""

import pytest

from commitments.services import plans
from tests.commitments import situations
from tests.commitments.plans import PASSED, a_plan, first, issued, the_plan_above

pytestmark = pytest.mark.django_db


def titles(client, user) -> list[str]:
    client.force_login(user)
    return [duty.title for shelf in client.get("/").context["shelves"] for duty in shelf.duties]


def test_a_plan_waits_first_for_what_was_passed_down_then_for_the_head_then_for_results(client):
    who = situations.parties()
    above = the_plan_above(who, year=2024)
    given = "Cấp trên giao 1 nhiệm vụ trong kế hoạch năm 2024"
    assert given in titles(client, who.editor)
    assert given not in titles(client, who.receiving_head)

    plan = a_plan(who, year=2024, rows=())
    assert "Nhận 1 nhiệm vụ cấp trên giao vào kế hoạch năm 2024" in titles(client, who.editor)

    plans.take_over(plan, chosen={first(above).pk}, by=who.editor)
    assert "Soạn kế hoạch năm 2024" in titles(client, who.editor)
    assert "Ban hành kế hoạch năm 2024" in titles(client, who.head)

    issued(plan, who.head)
    told = "Ghi kết quả nhiệm vụ 1 của kế hoạch năm 2024"
    assert (told in titles(client, who.editor)) == (PASSED.due_on is not None)
    plans.tell(first(plan), seen=1, result="Xong", done_on=PASSED.due_on, by=who.editor)
    assert told not in titles(client, who.editor)
