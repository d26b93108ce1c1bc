"""The years of a unit, and the heat list of a year."""

from collections import Counter
from datetime import date, timedelta
from itertools import product

import pytest
from django.urls import reverse
from django.utils import timezone

from commitments.models import Commitment, CommitmentTask
from commitments.rules.heat import Cell, Order, ordered, rows, shade, total
from commitments.rules.progress import Standing
from commitments.rules.workflow import Change, Finding, TaskOutcome, Verdict
from commitments.services import annexes, commitments, tasks
from tests.commitments.situations import (
    TERMS,
    a_closed_one,
    a_draft,
    an_annex,
    judge_last,
    one_in_force,
    report_all,
    sign_both,
)
from tests.factories import a_unit
from units.kinds import UnitKind

TODAY = timezone.localdate()


@pytest.fixture
def receiver(client, who):
    client.force_login(who.receiving_head)
    return client


def page(client, name: str, *key: int, **query) -> str:
    answer = client.get(reverse(f"commitments:{name}", args=key), query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_database_says_of_every_task_what_the_rules_say(who, in_force):
    now, days = timezone.now(), (None, *(TODAY + timedelta(days=n) for n in (-1, 0, 15, 16)))
    CommitmentTask.objects.all().delete()
    made = []
    for outcome, verdict, finding, day in product(
        ("", *TaskOutcome), ("", *Verdict), ("", *Finding), days
    ):
        if verdict and not outcome:
            continue
        said = {"result": "Rồi.", "reported_at": now, "reported_by": who.editor} if outcome else {}
        made.append(
            CommitmentTask(
                commitment=in_force,
                position=len(made) + 1,
                area="finance",
                title="Thử",
                due_text="x",
                outcome=outcome,
                verdict=verdict,
                finding=finding,
                deadline=day,
                done_on=TODAY if outcome == TaskOutcome.DONE else None,
                **said,
            )
        )
    CommitmentTask.objects.bulk_create(made)

    told = CommitmentTask.objects.with_standing(TODAY)

    assert len(told) == len(made) > 300
    assert [task.stands for task in told] == [task.standing for task in told]


def test_the_years_of_a_unit_say_the_rate_that_each_commitment_says(who, receiver):
    older = one_in_force(who, year=2021, number_of_tasks=3)
    report_all(who, older)
    first, *_ = older.tasks.all()
    commitments.close(older, by=who.receiving_head, findings={first.pk: Finding.DONE})
    a_closed_one(who, year=2022)
    a_draft(who, year=2023)

    shown = page(receiver, "unit", who.unit.pk)

    context = receiver.get(reverse("commitments:detail", args=[older.pk])).context
    assert (context["rate"].done, context["rate"].all) == (1, 3)
    assert "33,3" in shown
    assert "Chưa có hiệu lực" in shown
    assert shown.index("Năm 2023") < shown.index("Năm 2022") < shown.index("Năm 2021")


def test_an_annex_and_what_was_carried_over_are_told_in_their_year(who, receiver):
    whole = one_in_force(who, year=2022)
    annex = an_annex(who, whole)
    cancelled, kept = whole.tasks.all()
    annexes.touch(annex, task=cancelled, change=Change.CANCEL, by=who.editor)
    tasks.add(annex, terms=TERMS, by=who.editor, carried_from=kept)
    sign_both(who, annex)

    shown = receiver.get(reverse("commitments:unit", args=[who.unit.pk]))

    (year, papers, carried), *_ = shown.context["years"]
    assert (year.rate.all, [one.pk for one in papers], carried) == (2, [annex.pk], 1)
    assert "Phụ lục số 1" in shown.content.decode()


def test_of_the_heat_list_late_units_come_first_and_cells_add_up(who, receiver):
    in_force = one_in_force(who, year=2024, number_of_tasks=4)
    done, *_ = in_force.tasks.all()
    report_all(who, in_force)
    for task in in_force.tasks.all():
        judge_last(who, task)
    CommitmentTask.objects.filter(pk=done.pk).update(outcome="done", done_on=TODAY)
    other = others(1, 5)[0]

    answer = receiver.get(reverse("commitments:heat"), {"year": 2024})

    lines = answer.context["lines"]
    assert [line.unit.pk for line in lines] == [other.pk, who.unit.pk]
    assert answer.context["whole"].counts == {"overdue": 5, "partly": 3, "done": 1}
    shown = " ".join(answer.content.decode().split())
    assert "1/4" in shown
    assert "5 quá hạn" in shown
    assert [line.unit.pk for line in at(receiver, standing="partly")] == [who.unit.pk]
    assert at(receiver, kind=UnitKind.STATION) == []
    cells = dict(zip(Standing, at(receiver, across="standing")[1].cells, strict=True))
    assert (cells["done"].figure, cells["partly"].figure, cells["overdue"].figure) == ("1", "3", "")
    assert at(receiver, across="standing")[0].cells[list(Standing).index("overdue")].shade == 5
    assert [line.unit.pk for line in at(receiver, order="unit")] != [other.pk, who.unit.pk]


def test_of_a_filter_that_does_not_exist_the_list_says_so(receiver):
    answer = receiver.get(reverse("commitments:heat"), {"standing": "lost"})

    assert answer.status_code == 422
    assert "Tình trạng không có trong danh mục" in answer.content.decode()


def test_a_unit_sees_nothing_of_others_in_the_heat_list(who, client):
    one_in_force(who, year=2024)
    others(2, 2)
    client.force_login(who.editor)

    assert [line.unit.pk for line in at(client)] == [who.unit.pk]


def test_the_heat_list_asks_no_more_at_300_units_of_10_tasks(who, receiver, assert_flat_queries):
    one_in_force(who, year=2024)
    address = reverse("commitments:heat")

    assert_flat_queries(lambda: receiver.get(address, {"year": 2024}), grow=lambda: others(300, 10))
    assert CommitmentTask.objects.count() > 3000


def test_the_years_of_a_unit_ask_no_more_at_ten_years(who, receiver, assert_flat_queries):
    one_in_force(who, year=2024)
    address = reverse("commitments:unit", args=[who.unit.pk])

    def grow():
        for year in range(2010, 2019):
            others(1, 10, year=year, unit=who.unit)

    assert_flat_queries(lambda: receiver.get(address), grow=grow)


def test_shades_are_steps_of_the_exact_share():
    assert [shade(part, 100) for part in (0, 1, 10, 11, 25, 26, 50, 51, 75, 76, 100)] == [
        0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5,
    ]  # fmt: skip
    assert shade(0, 0) is None


def test_rows_are_put_in_order_and_summed():
    found = rows(
        [(1, "finance", "done", 2), (2, "finance", "overdue", 1), (2, "digital", "done", 3)]
    )

    assert [row.unit for row in ordered(found, Order.LATE)] == [2, 1]
    assert [row.unit for row in ordered(found, Order.RATE)] == [2, 1]
    assert [row.unit for row in ordered(found, Order.UNIT)] == [1, 2]
    assert Counter(total(found).whole.counts) == {"done": 5, "overdue": 1}
    assert Cell({"done": 2, "overdue": 1}).words == "3 nhiệm vụ: 2 hoàn thành, 1 quá hạn"


def at(client, **query) -> list:
    return client.get(reverse("commitments:heat"), {"year": 2024, **query}).context["lines"]


def others(number: int, tasks_each: int, *, year: int = 2024, unit=None) -> list:
    """Commitments in force received by the same police, made in bulk for their number alone."""
    model = Commitment.objects.exclude(countersigned_at=None).first()
    units = [unit] if unit else [a_unit(parent=model.received_by) for _ in range(number)]
    columns = {
        field.attname: getattr(model, field.attname)
        for field in Commitment._meta.concrete_fields
        if field.name not in ("id", "unit", "year")
    }
    papers = Commitment.objects.bulk_create(
        Commitment(unit=one, year=year, **columns) for one in units
    )
    CommitmentTask.objects.bulk_create(
        CommitmentTask(
            commitment=paper,
            position=place + 1,
            area="procedures",
            title="Thử",
            due_on=date(2024, 1, 1),
            deadline=date(2024, 1, 1),
        )
        for paper in papers
        for place in range(tasks_each)
    )
    return units
