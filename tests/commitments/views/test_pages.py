"""What the list and the paper show, and that they ask the database no more when there is more."""

from datetime import date

import pytest
from django.urls import reverse

from commitments.rules.terms import Heading
from commitments.rules.workflow import TaskOutcome
from commitments.services import commitments, reporting, tasks
from tests.commitments.situations import (
    TERMS,
    a_closed_one,
    a_draft,
    a_signed_one,
    add_tasks,
    judge_last,
    one_in_force,
    report_all,
)

LIST = "/cam-ket/"


def rows(client, **query):
    return list(client.get(LIST, query).context["page"])


@pytest.fixture
def three_years(who):
    return {
        "draft": a_draft(who, year=2026),
        "signed": a_signed_one(who, year=2025),
        "closed": a_closed_one(who, year=2024),
    }


def test_the_newest_year_comes_first(client, who, three_years):
    client.force_login(who.editor)

    assert [row.year for row in rows(client)] == [2026, 2025, 2024]


def test_the_list_narrows_by_year_state_and_unit(client, who, three_years):
    client.force_login(who.editor)

    assert rows(client, year=2025) == [three_years["signed"]]
    assert rows(client, state="closed") == [three_years["closed"]]
    assert len(rows(client, words="phong nghiep vu 1")) == 3
    assert rows(client, words="huyện") == []
    assert rows(client, year=2025, state="closed") == []


def test_the_chips_count_what_each_state_would_show(client, who, three_years):
    client.force_login(who.receiving_head)

    chips = {chip.value: chip.count for chip in client.get(LIST).context["chips"]}

    assert chips == {"": 3, "mine": 1, "draft": 1, "signed": 1, "in_force": 0, "closed": 1}


@pytest.mark.parametrize(
    ("person", "waiting"), [("editor", None), ("head", "draft"), ("receiving_head", "signed")]
)
def test_what_waits_for_me_is_what_i_am_to_sign(client, who, three_years, person, waiting):
    client.force_login(getattr(who, person))

    expected = [three_years[waiting]] if waiting else []
    assert rows(client, state="mine") == expected


def test_a_row_counts_tasks_done_and_overdue(client, who):
    commitment = one_in_force(who, number_of_tasks=3)
    first = commitment.tasks.first()
    reporting.report(
        first,
        seen=1,
        outcome=TaskOutcome.DONE,
        result="Xong.",
        done_on=date(2024, 6, 1),
        by=who.editor,
    )
    client.force_login(who.editor)

    (row,) = rows(client)

    assert (row.tasks_in_all, row.tasks_done, row.tasks_awaiting) == (3, 0, 1)
    judge_last(who, first)
    (row,) = rows(client)
    assert (row.tasks_in_all, row.tasks_done, row.tasks_awaiting) == (3, 1, 0)
    assert row.tasks_overdue == 2  # both were due on 30/06/2024


def test_nothing_is_overdue_before_both_have_signed(client, who, signed):
    client.force_login(who.editor)

    page = client.get(reverse("commitments:detail", args=[signed.pk])).content.decode()

    assert rows(client)[0].tasks_overdue == 0
    assert "Quá hạn" not in page


def test_a_person_without_commitments_is_told_what_would_be_here(client, who):
    client.force_login(who.editor)

    page = client.get(LIST).content.decode()

    assert "Chưa có bản cam kết nào" in page
    assert reverse("commitments:draft") in page


def test_a_page_beyond_the_last_is_the_last(client, who, draft):
    client.force_login(who.editor)

    assert rows(client, page=99) == [draft]
    assert rows(client, page="hai") == [draft]


def test_the_paper_names_both_signatories_and_the_code(client, who, in_force):
    client.force_login(who.editor)

    page = client.get(reverse("commitments:detail", args=[in_force.pk])).content.decode()

    assert str(who.head) in page
    assert str(who.receiving_head) in page
    assert in_force.code in page


def test_a_made_up_commitment_is_marked_on_its_pages(client, who):
    commitment = commitments.draft(
        who.unit, year=2026, heading=Heading("Bản cam kết"), by=who.editor, made_up=True
    )
    client.force_login(who.editor)

    for name in ("detail", "revise", "task-add"):
        page = client.get(reverse(f"commitments:{name}", args=[commitment.pk]))
        assert "Dữ liệu minh họa" in page.content.decode()


def test_the_buttons_are_those_of_the_workflow_for_this_person(client, who, signed):
    def buttons(user):
        client.force_login(user)
        page = client.get(reverse("commitments:detail", args=[signed.pk]))
        return [move.verb.value for move, _ in page.context["moves"]]

    assert buttons(who.receiving_head) == ["countersign", "decline"]
    assert buttons(who.head) == []


def test_the_list_is_flat(client, who, assert_flat_queries):
    client.force_login(who.receiving_head)
    one_in_force(who, year=2010)

    assert_flat_queries(
        lambda: client.get(LIST),
        grow=lambda: [a_signed_one(who, year=year) for year in range(2011, 2030)],
    )


def test_the_paper_is_flat(client, who, assert_flat_queries):
    client.force_login(who.editor)
    draft = a_draft(who, number_of_tasks=1)

    assert_flat_queries(
        lambda: client.get(reverse("commitments:detail", args=[draft.pk])),
        grow=lambda: add_tasks(who, draft, 30),
    )


def test_the_paper_in_force_is_flat(client, who, assert_flat_queries):
    client.force_login(who.editor)
    small, large = (
        one_in_force(who, number_of_tasks=1),
        one_in_force(who, year=2027, number_of_tasks=30),
    )
    shown = [small]

    def grow():
        report_all(who, large)
        shown[0] = large

    assert_flat_queries(
        lambda: client.get(reverse("commitments:detail", args=[shown[0].pk])), grow=grow
    )


def test_signing_reads_the_whole_text_flatly(client, who, assert_flat_queries):
    client.force_login(who.head)
    draft = a_draft(who, number_of_tasks=1)

    assert_flat_queries(
        lambda: client.get(reverse("commitments:sign", args=[draft.pk])),
        grow=lambda: [tasks.add(draft, terms=TERMS, by=who.editor) for _ in range(30)],
    )
