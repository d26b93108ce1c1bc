"""A conference from its plan to its end; what was signed stays as it was signed."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from commitments.models import Conference
from commitments.rules.conference import ConferenceState, ConferenceVerb, ItemState
from commitments.services import conclusions, conferences, dialogue
from tests.commitments.situations import fresh
from tests.conferences.situations import (
    NAMED,
    a_conclusion,
    an_item,
    answered,
    held,
    minuted,
    planned,
    terms,
)
from units.permissions import Role


def test_a_planned_conference_bears_its_terms_and_is_seen_above(who):
    conference = planned(who, kinds=("review", "dialogue"), online=True, points="Tòa nhà A\nB")

    found = Conference.objects.visible_to(who.province.a_person(Role.LEADER, who.upper))
    assert found.get().terms == conference.terms
    assert conference.above == who.upper
    assert fresh(conference).attendance_words == "46 cán bộ, chiến sĩ; 31 công dân"


def test_only_who_holds_conferences_of_the_unit_writes(who):
    conference = held(who)
    staff = who.province.a_person(Role.STAFF, who.unit)

    for by in (staff, who.upper_editor):
        with pytest.raises(PermissionDenied):
            conferences.revise(conference, seen=1, terms=terms(), by=by)
    with pytest.raises(PermissionDenied):
        conferences.sign_minutes(conference, seen=2, by=who.editor)
    for verb in (conferences.take_back, conferences.cancel):
        with pytest.raises(PermissionDenied):
            verb(conference, comment="vì", by=who.editor)
    with pytest.raises(PermissionDenied):
        conferences.close(conference, by=who.editor)


def test_whoever_was_overtaken_rewrites_nothing(who):
    conference = planned(who)
    conferences.revise(conference, seen=1, terms=terms(place="Phòng họp"), by=who.head)

    with pytest.raises(ChangedMeanwhile):
        conferences.revise(conference, seen=1, terms=terms(place="Nơi khác"), by=who.editor)

    assert fresh(conference).place == "Phòng họp"
    line = conference.events.get(verb=ConferenceVerb.REVISE)
    assert line.comment == "Địa điểm: Hội trường → Phòng họp"


def test_a_conference_of_tomorrow_was_not_held_yet(who):
    tomorrow = timezone.localdate() + timedelta(days=1)

    with pytest.raises(MoveRefused, match="Chưa đến ngày họp"):
        held(who, held_on=tomorrow, answer_by=tomorrow)


@pytest.mark.parametrize("part", ["chair", "secretary", "proceedings", "starts"])
def test_minutes_without_what_decree_30_asks_for_are_not_signed(who, part):
    empty = None if part == "starts" else ""

    with pytest.raises(MoveRefused, match="Biên bản còn thiếu"):
        minuted(who, held(who, **{part: empty}))


def test_minutes_that_changed_since_they_were_read_are_not_signed(who):
    conference = held(who)
    an_item(who, conference)

    with pytest.raises(ChangedMeanwhile):
        conferences.sign_minutes(conference, seen=conference.version, by=who.head)


def test_signed_minutes_stay_whatever_is_answered_afterwards(who):
    conference = held(who)
    item = an_item(who, conference, NAMED)
    signed = minuted(who, conference)

    answered(who, item)

    assert fresh(signed).minutes["items"][0]["handling"] == ""
    assert fresh(signed).minutes["heading"]["counts"] == "1 ý kiến, 0 câu hỏi, 0 kiến nghị"
    with pytest.raises(MoveRefused, match="Biên bản hội nghị đã ký"):
        an_item(who, conference)
    with pytest.raises(MoveRefused, match="Biên bản hội nghị đã ký"):
        dialogue.edit(
            item, seen=fresh(item).version, words=replace(NAMED, text="Khác"), by=who.editor
        )


def test_following_up_ends_only_when_everything_has_an_end(who):
    conference = held(who)
    item, task = an_item(who, conference), a_conclusion(who, conference)
    signed = minuted(who, conference)
    with pytest.raises(MoveRefused, match="Còn 1 ý kiến chưa có kết quả và 1 nhiệm vụ"):
        conferences.close(signed, by=who.head)

    answered(who, item)
    conclusions.finish(task, seen=1, result="Đã lắp.", done_on=conference.held_on, by=who.editor)
    closed = conferences.close(signed, by=who.head)

    assert closed.state == ConferenceState.CLOSED
    assert fresh(item).state == ItemState.ENDED


def test_a_conference_whose_opinions_wait_is_not_cancelled(who):
    conference = planned(who)
    item = an_item(who, conference)
    with pytest.raises(MoveRefused, match="Còn 1 ý kiến"):
        conferences.cancel(conference, comment="Bão", by=who.head)

    answered(who, item)

    cancelled = conferences.cancel(conference, comment="Bão", by=who.head)
    assert cancelled.state == ConferenceState.CANCELLED


def test_minutes_that_are_opened_again_can_be_written_and_signed_anew(who):
    signed = minuted(who)

    opened = conferences.take_back(signed, comment="Thiếu một ý kiến", by=who.head)
    an_item(who, opened)

    assert minuted(who, opened).minutes["heading"]["counts"].startswith("0 ý kiến, 1 câu hỏi")
