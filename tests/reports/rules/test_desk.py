"""What waits for a person lies on the right shelf, in order, and is counted as it is."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from reports.rules.desk import Duty, abridged, greeting, is_late, shelf_of, shelves

TODAY = date(2026, 9, 25)
REST = Duty(icon="pen", title="{number} việc khác", detail="", address="/", action="Xem tất cả")


def a_duty(title: str = "Việc", *, due: int | None = None, starts: int | None = None) -> Duty:
    """due and starts in days from today."""
    return Duty(
        icon="pen",
        title=title,
        detail="",
        address="/",
        action="Làm",
        due=None if due is None else TODAY + timedelta(days=due),
        starts=None if starts is None else TODAY + timedelta(days=starts),
    )


@pytest.mark.parametrize(("due", "late"), [(-1, True), (0, False), (1, False), (None, False)])
def test_a_duty_is_late_from_the_day_after_its_last(due, late):
    assert is_late(a_duty(due=due), TODAY) is late


@pytest.mark.parametrize(
    ("duty", "title"),
    [
        (a_duty(due=-1), "Quá hạn"),
        (a_duty(due=0), "Hạn trong 7 ngày tới"),
        (a_duty(due=7), "Hạn trong 7 ngày tới"),
        (a_duty(due=8), "Hạn sau 7 ngày"),
        (a_duty(), "Không ấn định hạn"),
        (a_duty(due=3, starts=1), "Chưa đến ngày làm"),
        (a_duty(due=3, starts=0), "Hạn trong 7 ngày tới"),
        (a_duty(starts=1), "Chưa đến ngày làm"),
    ],
)
def test_each_duty_lies_on_the_shelf_of_its_days(duty, title):
    assert shelf_of(duty, TODAY) == title
    (shelf,) = shelves([duty], TODAY)
    assert (shelf.title, shelf.duties, shelf.late) == (title, (duty,), title == "Quá hạn")


def test_the_latest_comes_first_and_what_cannot_be_done_yet_last():
    duties = [
        a_duty("chưa mở", due=2, starts=1),
        a_duty("không hạn"),
        a_duty("xa", due=30),
        a_duty("gần b", due=2),
        a_duty("gần a", due=2),
        a_duty("muộn", due=-1),
        a_duty("muộn hơn", due=-9),
    ]

    found = shelves(duties, TODAY)

    assert [[duty.title for duty in shelf.duties] for shelf in found] == [
        ["muộn hơn", "muộn"],
        ["gần a", "gần b"],
        ["xa"],
        ["không hạn"],
        ["chưa mở"],
    ]


def test_a_shelf_counts_the_things_behind_its_lines():
    (shelf,) = shelves([a_duty(due=1), replace(a_duty(due=2), count=12)], TODAY)

    assert shelf.count == 13


def test_of_one_day_the_line_that_stands_for_several_comes_last():
    line = replace(a_duty("3 việc khác", due=1), count=3)

    (shelf,) = shelves([line, a_duty("Việc", due=1), a_duty("Việc sau", due=2)], TODAY)

    assert [duty.title for duty in shelf.duties] == ["Việc", "3 việc khác", "Việc sau"]


def test_as_many_as_there_is_room_for_are_all_shown():
    duties = [a_duty(str(number), due=number) for number in range(3)]

    assert abridged(duties, REST, 3, TODAY) == duties


def test_more_than_there_is_room_for_end_in_a_line_that_says_how_many():
    duties = [a_duty(str(number), due=number) for number in range(5)]

    first, second, line = abridged(duties, REST, 3, TODAY)

    assert [first, second] == duties[:2]
    assert (line.title, line.count, line.due) == ("3 việc khác", 3, duties[2].due)
    assert (line.address, line.action, line.icon) == (REST.address, REST.action, REST.icon)


def test_the_rest_is_not_called_late_because_one_of_it_is():
    duties = [a_duty(due=-3), a_duty(due=-2), a_duty(due=-1), *[a_duty(due=5)] * 4]

    found = shelves(abridged(duties, REST, 2, TODAY), TODAY)

    assert [(shelf.title, shelf.count) for shelf in found] == [
        ("Quá hạn", 3),
        ("Hạn trong 7 ngày tới", 4),
    ]


def test_the_rest_that_cannot_be_done_yet_stays_with_what_cannot_be_done_yet():
    duties = [a_duty(due=5), a_duty(due=9, starts=1), a_duty(due=9, starts=2), a_duty()]

    found = shelves(abridged(duties, REST, 2, TODAY), TODAY)

    assert [(shelf.title, shelf.count) for shelf in found] == [
        ("Hạn trong 7 ngày tới", 1),
        ("Không ấn định hạn", 1),
        ("Chưa đến ngày làm", 2),
    ]


@pytest.mark.parametrize(
    ("name", "days", "words"),
    [
        ("Lê Thị Hạnh", [], "Chào đồng chí Hạnh. Hiện không có việc nào chờ."),
        ("Lê Thị Hạnh", [1, 2], "Chào đồng chí Hạnh. Có 2 việc chờ."),
        (
            "Lê Thị Hạnh",
            [-1, 2, 3],
            "Chào đồng chí Hạnh. Có 3 việc chờ, trong đó 1 việc quá hạn.",
        ),
        ("Hạnh", [-1, -2], "Chào đồng chí Hạnh. Có 2 việc chờ, đều đã quá hạn."),
        ("", [], "Chào đồng chí. Hiện không có việc nào chờ."),
    ],
)
def test_the_greeting_says_how_much_waits_and_how_much_is_late(name, days, words):
    duties = [a_duty(due=day) for day in days]

    assert greeting(name, shelves(duties, TODAY)) == words
