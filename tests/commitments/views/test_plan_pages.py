"""What the pages of yearly plans show, refuse and keep on the screen."""

import pytest
from django.urls import reverse

from commitments.services import plans
from tests.commitments.plans import (
    PASSED,
    ROW,
    a_plan,
    an_issued_plan,
    first,
    issued,
    the_plan_above,
)
from tests.commitments.situations import parties
from tests.factories import PASSWORD
from tests.fixtures.browser import DESK, PHONE


def of(name, row):
    return reverse(f"commitments:{name}", args=[row.pk])


def test_a_plan_shows_its_tasks_by_area_and_offers_what_was_passed_down(client, who):
    the_plan_above(who)
    plan = a_plan(who, rows=(PASSED, ROW))
    client.force_login(who.editor)

    answer = client.get(of("plan", plan))

    assert [str(area.value) for area, _ in answer.context["areas"]] == ["procedures", "digital"]
    assert "Cấp trên giao 1 nhiệm vụ" in answer.content.decode()


def test_what_was_typed_stays_when_it_is_refused(client, who):
    plan = a_plan(who)
    client.force_login(who.editor)

    answer = client.post(of("planned-add", plan), {"area": "digital", "title": "Tên đã gõ"})

    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Tên đã gõ" in page
    assert "Đề nghị ghi thời hạn" in page


def test_a_conflict_shows_both_texts_and_the_next_answer_is_about_what_lies_there(client, who):
    task = first(a_plan(who))
    client.force_login(who.editor)
    typed = {"area": "procedures", "title": "Của tôi", "due_text": "quý I", "seen": 1}
    plans.edit(task, seen=1, terms=PASSED, by=who.head)

    answer = client.post(of("planned-edit", task), typed)

    assert answer.status_code == 409
    assert "Chưa có gì bị ghi đè" in answer.content.decode()
    assert client.post(of("planned-edit", task), typed | {"seen": 2}).status_code == 302


def test_the_password_is_asked_again_before_a_plan_is_issued(client, who):
    plan = a_plan(who)
    client.force_login(who.head)
    typed = {"number": "5/KH-PC06", "issued_on": "2026-01-20", "seen": plan.version}

    assert client.post(of("plan-issue", plan), typed | {"password": "sai"}).status_code == 422
    answer = client.post(of("plan-issue", plan), typed | {"password": PASSWORD})

    assert answer.status_code == 302
    assert "5/KH-PC06" in client.get(of("plan", plan)).content.decode()


def test_the_unit_above_sees_which_units_lack_a_task(client, who):
    above = the_plan_above(who)
    client.force_login(who.receiving_head)
    (row,) = client.get(of("plan-coverage", above)).context["rows"]
    assert who.unit in row.missing

    plan = a_plan(who, rows=())
    plans.take_over(plan, chosen={first(above).pk}, by=who.editor)
    issued(plan, who.head)

    (row,) = client.get(of("plan-coverage", above)).context["rows"]
    assert who.unit not in row.missing
    assert len(row.cover.issued) == 1


def test_pages_of_plans_ask_the_database_no_more_when_there_is_more(
    client, who, assert_flat_queries
):
    plan = an_issued_plan(who)
    above = the_plan_above(who)
    client.force_login(who.receiving_head)

    def grow():
        plans.reopen(plan, comment="Bổ sung", by=who.head)
        for _ in range(20):
            plans.add(plan, terms=ROW, by=who.editor)
        issued(plan, who.head)
        plans.reopen(above, comment="Bổ sung", by=who.receiving_head)
        for _ in range(20):
            plans.add(above, terms=PASSED, by=who.receiving_head)
        issued(above, who.receiving_head)

    def look():
        client.get(of("plan", plan))
        client.get(of("plan-coverage", above))
        client.get(reverse("commitments:plans"))

    assert_flat_queries(look, grow=grow)


@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["desk", "phone"])
def test_no_page_of_plans_has_barriers_or_is_too_wide(
    live_server, page, sign_in, assert_no_barriers, screen
):
    who = parties()
    above, plan = the_plan_above(who), a_plan(who)
    told = an_issued_plan(who, year=2025)
    pages = [
        (who.editor, reverse("commitments:plans")),
        (who.editor, of("plan", plan)),
        (who.editor, of("plan-take", plan)),
        (who.editor, of("planned-edit", first(plan))),
        (who.editor, of("planned-tell", first(told))),
        (who.head, of("plan-issue", plan)),
        (who.receiving_head, of("plan-coverage", above)),
    ]
    page.set_viewport_size(screen)

    for user, address in pages:
        sign_in(user)
        page.goto(address)
        assert_no_barriers(page)
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 0, f"{address} is {wide} px too wide"
