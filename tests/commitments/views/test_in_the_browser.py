"""Commitments as people see them: nothing in the way, on a desk and on a phone."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from commitments.services import tasks
from tests.commitments import situations
from tests.commitments.plans import an_issued_plan
from tests.commitments.tables import bring, taken
from tests.factories import PASSWORD
from tests.fixtures.browser import DESK, PHONE


@pytest.fixture
def who(live_server):
    return situations.parties()


def a_strange_file(who, draft):
    """Brought back with a row of every kind: new, changed, in conflict, wrong, left out."""
    first = situations.add_tasks(who, draft, 3)[0]
    table = taken(who, draft).put(1, lead="Đội 1").put(2, target="hai mươi").empty(4)
    table.put(3, lead="Của tệp").put(6, area="Cải cách thể chế", title="Mới", due_text="quý I")
    tasks.edit(first, seen=1, terms=situations.TERMS, by=who.head)
    return bring(who, draft, table)


@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["desk", "phone"])
def test_no_page_of_commitments_has_barriers_or_is_too_wide(
    who, page, sign_in, assert_no_barriers, screen
):
    draft, in_force = situations.a_draft(who), situations.one_in_force(who, year=2025)
    signed = situations.a_signed_one(who, year=2024)
    situations.report_all(who, in_force)
    an_issued_plan(who)
    pages = [
        (who.head, "list", None),
        (who.editor, "draft", None),
        (who.head, "detail", draft),
        (who.head, "detail", in_force),
        (who.head, "revise", draft),
        (who.head, "sign", draft),
        (who.receiving_head, "countersign", signed),
        (who.receiving_head, "decline", signed),
        (who.receiving_head, "close", in_force),
        (who.editor, "task-add", draft),
        (who.editor, "task-edit", draft.tasks.first()),
        (who.editor, "task-remove", draft.tasks.first()),
        (who.editor, "task-report", in_force.tasks.first()),
        (who.editor, "workbook", draft),
        (who.editor, "workbook-preview", a_strange_file(who, draft)),
        (who.editor, "from-plan", draft),
        (who.editor, "task", in_force.tasks.first()),
        (who.receiving_head, "heat", None),
        (who.receiving_head, "unit", who.unit),
    ]
    page.set_viewport_size(screen)

    for user, name, row in pages:
        sign_in(user)
        page.goto(reverse(f"commitments:{name}", args=[row.pk] if row else []))
        assert_no_barriers(page)
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 0, f"{name} is {wide} px too wide"


def test_a_head_signs_with_the_password_and_sees_that_the_seal_holds(who, page, sign_in):
    draft = situations.a_draft(who)
    sign_in(who.head)
    page.goto(reverse("commitments:detail", args=[draft.pk]))

    page.get_by_role("link", name="Ký bản cam kết…").click()
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Ký bản cam kết").click()

    expect(page.get_by_text("Nội dung đúng như khi ký")).to_be_visible()
    expect(page.get_by_text(re.compile("đang chờ .* ký nhận"))).to_be_visible()


def test_an_editor_who_was_overtaken_sees_both_texts_and_keeps_their_own(who, page, sign_in):
    task = situations.a_draft(who).tasks.first()
    sign_in(who.editor)
    page.goto(reverse("commitments:task-edit", args=[task.pk]))
    page.get_by_label("Chủ trì").fill("Đội của cán bộ")
    tasks.edit(task, seen=task.version, terms=situations.TERMS, by=who.head)

    page.get_by_role("button", name="Ghi").click()

    expect(page.get_by_text("Chưa có gì bị ghi đè")).to_be_visible()
    expect(page.get_by_label("Chủ trì")).to_have_value("Đội của cán bộ")
    page.get_by_role("button", name="Ghi").click()
    expect(page.get_by_text("Đã ghi nhiệm vụ.")).to_be_visible()
    assert situations.fresh(task).lead == "Đội của cán bộ"
