"""Pages over many commitments ask the database no more than over one."""

from django.urls import reverse

from commitments.models import CommitmentTask
from commitments.rules.workflow import TaskOutcome
from commitments.services import reporting
from tests.commitments.crowd import UNITS, YEARS, a_crowd
from tests.commitments.situations import (
    Parties,
    a_signed_one,
    add_tasks,
    an_annex,
    fresh,
    judge_last,
    one_in_force,
    sign_both,
)
from tests.worlds import a_province
from units.permissions import Role


def many() -> Parties:
    province = a_province(departments=UNITS + 1)
    unit = province.departments[0]
    return Parties(
        province=province,
        unit=unit,
        receiver=province.police,
        editor=province.a_person(Role.EDITOR, unit),
        head=province.a_person(Role.HEAD, unit),
        receiving_head=province.a_person(Role.HEAD, province.police),
    )


def test_list_and_register_of_three_hundred_commitments_are_flat(client, db, assert_flat_queries):
    who = many()
    paper = one_in_force(who, year=2051, number_of_tasks=10)
    client.force_login(who.receiving_head)
    lists = [reverse("commitments:list"), reverse("commitments:register")]

    def look():
        for address in lists:
            answer = client.get(address)
            assert answer.status_code == 200
            if answer.streaming:
                b"".join(answer.streaming_content)

    assert_flat_queries(look, grow=lambda: a_crowd(paper))

    assert CommitmentTask.objects.count() == (UNITS * len(YEARS) + 1) * 10
    assert client.get(lists[0]).context["page"].paginator.count == UNITS * len(YEARS) + 1


def test_signing_three_hundred_at_a_conference_is_shown_flatly(client, db, assert_flat_queries):
    who = many()
    paper = a_signed_one(who, year=2051, number_of_tasks=1)
    client.force_login(who.receiving_head)
    address = reverse("commitments:ceremony")

    assert_flat_queries(lambda: client.get(address), grow=lambda: a_crowd(paper))

    assert len(client.get(address).context["waiting"]) == UNITS * len(YEARS) + 1


def test_the_paper_with_annexes_and_the_story_of_a_task_are_flat(client, who, assert_flat_queries):
    paper = one_in_force(who)
    task = paper.tasks.first()
    client.force_login(who.receiving_head)

    def told():
        now = fresh(task)
        said = {"outcome": TaskOutcome.UNDER_WAY, "result": "Đang làm."}
        reporting.report(now, seen=now.version, by=who.editor, **said)
        judge_last(who, task)

    def grow():
        for _ in range(3):
            told()
            sign_both(who, _with_a_task(who, an_annex(who, paper)))

    told()
    sign_both(who, _with_a_task(who, an_annex(who, paper)))
    pages = [
        reverse("commitments:detail", args=[paper.pk]),
        reverse("commitments:task", args=[task.pk]),
    ]

    assert_flat_queries(lambda: [client.get(page) for page in pages], grow=grow)


def _with_a_task(who, annex):
    add_tasks(who, annex, 1)
    return annex
