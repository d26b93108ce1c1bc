"""What was raised or concluded at a conference becomes a task of the next commitment."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from cchc_portal.kit.errors import MoveRefused
from commitments.models import Commitment
from commitments.services import conclusions, dialogue, next_draft, promises
from tests.commitments import situations as commitments_of
from tests.commitments.situations import fresh
from tests.conferences.situations import NAMED, QUESTION, an_item, errand, held, sides
from tests.races import at_once
from units.permissions import Role


@pytest.fixture
def who(db):
    return sides()


def parties_of(who):
    return commitments_of.Parties(
        province=who.province,
        unit=who.unit,
        receiver=who.upper,
        editor=who.editor,
        head=who.head,
        receiving_head=None,
    )


def test_an_item_opens_the_draft_of_the_year_and_both_show_the_other(who, client):
    item = an_item(who, held(who), NAMED)

    task = promises.of_item(item, by=who.editor)

    assert (task.commitment.unit, task.commitment.year) == (who.unit, item.conference.held_on.year)
    assert (task.item, task.area, task.title) == (item, "procedures", NAMED.text)
    client.force_login(who.editor)
    from_task = client.get(reverse("commitments:task", args=[task.pk])).content.decode()
    from_item = client.get(reverse("conferences:item", args=[item.pk])).content.decode()
    assert reverse("conferences:item", args=[item.pk]) in from_task
    assert f"Từ ý kiến {item.number}, {item.conference.title}" in from_task
    assert reverse("commitments:task", args=[task.pk]) in from_item
    assert "Nguyễn Văn Kín" not in from_task, "the speaker's name is for the conference alone"


def test_where_the_year_is_signed_it_goes_into_the_year_after(who):
    year = held(who).held_on.year
    commitments_of.a_signed_one(parties_of(who), year=year)

    task = promises.of_item(an_item(who, held(who)), by=who.editor)

    assert task.commitment.year == year + 1


def test_into_a_signed_year_nothing_goes_but_into_its_annex(who):
    parties = parties_of(who)
    parties.receiving_head = who.province.a_person(Role.HEAD, who.upper)
    whole = commitments_of.one_in_force(parties, year=2030)

    with pytest.raises(MoveRefused, match="lập phụ lục trước"):
        next_draft.of_year(who.unit, 2030, by=who.editor)
    annex = commitments_of.an_annex(parties, whole)
    assert next_draft.of_year(who.unit, 2030, by=who.editor) == annex
    assert next_draft.first_open_year(who.unit, 2030) == 2030


def test_an_ended_year_says_that_it_has_ended(who):
    parties = parties_of(who)
    parties.receiving_head = who.province.a_person(Role.HEAD, who.upper)
    commitments_of.a_closed_one(parties, year=2030)

    with pytest.raises(MoveRefused, match="đã kết thúc"):
        next_draft.of_year(who.unit, 2030, by=who.editor)
    assert next_draft.first_open_year(who.unit, 2030) == 2031


def test_an_item_is_promised_once(who):
    item = an_item(who, held(who))
    promises.of_item(item, by=who.editor)

    with pytest.raises(MoveRefused, match="đã có trong bản cam kết"):
        promises.of_item(item, by=who.editor)


def test_an_item_turned_away_is_not_promised(who):
    item = an_item(who, held(who))
    dialogue.discard(item, seen=fresh(item).version, comment="Trùng.", by=who.editor)

    with pytest.raises(MoveRefused, match="không tiếp nhận"):
        promises.of_item(item, by=who.editor)


def test_a_conclusion_keeps_its_day_where_it_lies_in_the_year_of_the_draft(who):
    conference = held(who)
    conclusion = conclusions.conclude(conference, errand=errand(who), by=who.editor)
    commitments_of.a_draft(parties_of(who), year=conclusion.due_on.year)

    task = promises.of_conclusion(conclusion, by=who.editor)

    assert task.conclusion == conclusion
    fits = task.commitment.year == conclusion.due_on.year
    assert (task.due_on == conclusion.due_on) is fits
    assert bool(task.due_text) is not fits


def test_what_was_given_as_a_task_is_promised_from_there(who):
    item = an_item(who, held(who))
    task = conclusions.accept(item, seen=fresh(item).version, errand=errand(who), by=who.editor)

    with pytest.raises(MoveRefused, match="đưa nhiệm vụ đó"):
        promises.of_item(item, by=who.editor)
    assert promises.of_conclusion(task, by=who.editor).conclusion == task


def test_nobody_else_promises_for_the_unit(who):
    with pytest.raises(PermissionDenied):
        promises.of_item(an_item(who, held(who)), by=who.upper_editor)


def test_the_press_leads_to_the_task_and_a_second_press_is_refused_in_words(who, client):
    item = an_item(who, held(who), QUESTION)
    client.force_login(who.editor)
    address = reverse("conferences:item-promise", args=[item.pk])

    first, second = client.post(address), client.post(address)

    assert first.url == reverse("commitments:task-edit", args=[fresh(item).promise.pk])
    assert second.status_code == 409
    assert "đã có trong bản cam kết" in second.content.decode()


@pytest.mark.django_db(transaction=True)
def test_two_who_ask_for_the_draft_at_once_get_the_same(who):
    refusals = at_once(
        lambda: next_draft.of_year(who.unit, 2031, by=who.editor),
        lambda: next_draft.of_year(who.unit, 2031, by=who.head),
    )

    assert refusals == []
    assert Commitment.objects.filter(unit=who.unit, year=2031).count() == 1
