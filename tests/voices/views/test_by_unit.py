"""What the remarks of a year came to, unit by unit, for those who deal with them or lead."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from commitments.models import Voice
from commitments.rules.voice import UnitCount, together
from commitments.services import voice_hands, voices
from tests.factories import a_unit
from tests.voices.situations import (
    PRIVATE,
    answered,
    classified,
    found,
    heard,
    received,
)
from units.models import Unit
from units.permissions import Role

PAGE, LIST = "voices:by-unit", "voices:list"


@pytest.fixture
def upper(client, who):
    client.force_login(who.upper_head)
    return client


def about(who, unit: Unit, **said) -> Voice:
    """Somebody of the unit that deals with it writes down a remark about another one."""
    return voices.receive(who.unit, concerns=unit, key=uuid4(), heard=heard(**said), by=who.editor)


def lines_of(client, **asked) -> list[UnitCount]:
    return list(client.get(reverse(PAGE), asked).context["page"])


def test_the_level_above_is_told_how_the_remarks_of_each_unit_stand(who, upper, time_machine):
    time_machine.move_to(datetime(2025, 6, 2, 9, tzinfo=UTC))
    classified(who)
    time_machine.move_to(datetime(2025, 7, 2, 9, tzinfo=UTC))
    for result in ("founded", "partly", "unfounded"):
        answered(who, result=result)
    found(who)
    voices.refer(classified(who, kind="other"), seen=2, to="Sở Tư pháp", by=who.editor)
    voices.point(received(who), seen=1, kind="complaint", to="Thanh tra", by=who.head)
    about(who, who.beside)

    here, beside = lines_of(upper)

    expected = UnitCount(
        unit=who.unit.pk,
        name=who.unit.name,
        received=7,
        open=2,
        overdue=1,
        founded=1,
        partly=1,
        unfounded=1,
        in_time=3,
        outside=1,
        aside=1,
    )
    assert here == expected
    assert here.answered == 3
    assert beside == UnitCount(unit=who.beside.pk, name=who.beside.name, received=1, open=1)


def test_the_sums_by_unit_are_those_by_kind_and_every_number_leads_to_as_many_remarks(who, upper):
    deep = a_unit(parent=who.beside, name="Đội Ở Dưới Sâu")
    answered(who)
    received(who, kind="law")
    about(who, deep)
    about(who, who.upper, kind="other")
    about(who, who.beside)

    page = upper.get(reverse(PAGE))
    lines, year = list(page.context["page"]), page.context["year"]

    assert [(line.name, line.within) for line in lines] == [
        (who.upper.name, ""),
        (who.unit.name, ""),
        (who.beside.name, ""),
        (deep.name, who.beside.name),
    ]
    by_kind = upper.get(reverse(LIST), {"year": year}).context["kinds"]
    assert page.context["sums"] == together(by_kind)
    for line in lines:
        address = f"{reverse(LIST)}?year={year}&amp;concerns={line.unit}"
        assert address in page.content.decode()
        listed = upper.get(reverse(LIST), {"year": year, "concerns": line.unit})
        assert {voice.concerns_id for voice in listed.context["page"]} == {line.unit}
        assert listed.context["page"].paginator.count == line.received
    (law,) = lines_of(upper, kind="law")
    assert (law.unit, law.received) == (who.unit.pk, 1)


def test_the_list_says_that_it_is_of_one_unit_and_keeps_that_when_it_is_narrowed_further(
    who, upper
):
    received(who)
    about(who, who.beside)

    page = upper.get(reverse(LIST), {"concerns": who.beside.pk}).content.decode()

    assert f"Chỉ phản ánh về <b>{who.beside}</b>" in page
    assert f'<input type="hidden" name="concerns" value="{who.beside.pk}"' in page
    assert upper.get(reverse(LIST), {"concerns": 10**30}).status_code == 422
    assert 'name="concerns"' not in upper.get(reverse(LIST)).content.decode()


def test_what_was_handed_on_outside_counts_there_and_only_as_handed_on_where_it_came_from(
    who, client
):
    voice = received(who)
    voice_hands.hand_on(voice, seen=1, to=who.beside, comment="Việc của đơn vị bạn.", by=who.editor)

    client.force_login(who.head)
    (own,) = lines_of(client)
    assert (own.received, own.handed_on, own.open) == (1, 1, 0)
    client.force_login(who.province.a_person(Role.HEAD, who.beside))
    (theirs,) = lines_of(client)
    assert (theirs.unit, theirs.received, theirs.open) == (who.unit.pk, 1, 1)
    client.force_login(who.upper_head)
    (above,) = lines_of(client)
    assert (above.received, above.handed_on, above.open) == (1, 0, 1)


def test_the_table_by_unit_holds_nobodys_name_and_no_word_of_a_remark(who, upper):
    answered(who)
    page = upper.get(reverse(PAGE)).content.decode()

    assert not [words for words in (*PRIVATE, "Chờ lâu", "xin lỗi") if words in page]


def test_the_table_by_unit_is_of_one_year_and_offered_to_whoever_has_units_below(who, client):
    received(who, received_on=date(timezone.localdate().year - 1, 12, 30))
    address = reverse(PAGE)

    client.force_login(who.upper_head)
    assert address in client.get(reverse(LIST)).content.decode()
    assert lines_of(client) == []
    assert len(lines_of(client, year=timezone.localdate().year - 1)) == 1
    assert client.get(address, {"year": "xưa"}).status_code == 422
    client.force_login(who.editor)
    assert address not in client.get(reverse(LIST)).content.decode()
    client.force_login(who.province.a_person(Role.STAFF, who.upper))
    assert client.get(address).status_code == 403


def test_the_table_by_unit_asks_no_more_for_many_units_than_for_few(
    who, upper, assert_flat_queries
):
    def grow():
        for _ in range(30):
            about(who, a_unit(parent=who.beside))

    assert_flat_queries(lambda: upper.get(reverse(PAGE)), grow=grow)
