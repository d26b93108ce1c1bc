"""Conferences in every state, built only through the services."""

from dataclasses import dataclass, replace
from datetime import time, timedelta
from uuid import uuid4

from django.utils import timezone

from cchc_portal.kit.digest import digest
from commitments.models import (
    Conference,
    ConferenceTask,
    DialogueItem,
    DialogueRelease,
    Escalation,
)
from commitments.models.table import public_of
from commitments.rules.conference_terms import ConferenceTerms
from commitments.rules.dialogue import ItemWords
from commitments.services import (
    collecting,
    conclusions,
    conferences,
    dialogue,
    escalations,
    releases,
)
from commitments.services.conclusions import Errand
from commitments.services.escalations import Letter
from tests.commitments.situations import fresh
from tests.worlds import Province, a_province
from units.models import Unit, User
from units.permissions import Role

QUESTION = ItemWords(kind="question", text="Ảnh mờ thì chụp lại thế nào?", speaker="citizen")
NAMED = ItemWords(
    kind="opinion",
    text="Phải chờ lâu vào sáng thứ Hai.",
    speaker="citizen",
    area="procedures",
    speaker_name="Nguyễn Văn Kín",
)


@dataclass
class Sides:
    """A department that holds conferences, the police above it, and the people there."""

    province: Province
    unit: Unit
    upper: Unit
    editor: User
    head: User
    upper_editor: User


def sides(province: Province | None = None) -> Sides:
    province = province or a_province()
    unit = province.departments[0]
    return Sides(
        province=province,
        unit=unit,
        upper=province.police,
        editor=province.a_person(Role.EDITOR, unit),
        head=province.a_person(Role.HEAD, unit),
        upper_editor=province.a_person(Role.EDITOR, province.police),
    )


def terms(**said) -> ConferenceTerms:
    """A dialogue of today with all that minutes need."""
    today = timezone.localdate()
    usual = {
        "title": "Hội nghị đối thoại thử nghiệm",
        "kinds": ("dialogue",),
        "held_on": today,
        "plan_number": "317/KH-CAT-PV01",
        "plan_on": today - timedelta(days=20),
        "starts": time(8, 0),
        "ends": time(11, 30),
        "place": "Hội trường",
        "chair": "Trung tá Hoàng Minh Đức",
        "chair_post": "Trưởng phòng",
        "secretary": "Đại úy Lê Thị Hạnh",
        "answer_by": today + timedelta(days=7),
        "proceedings": "Khai mạc.\nĐối thoại.",
        "attendance": (("officer", 46), ("citizen", 31)),
    }
    return ConferenceTerms(**(usual | said))


def planned(who: Sides, **said) -> Conference:
    return conferences.plan(who.unit, terms=terms(**said), by=who.editor)


def held(who: Sides, **said) -> Conference:
    return conferences.hold(planned(who, **said), by=who.editor)


def minuted(who: Sides, conference: Conference | None = None) -> Conference:
    conference = fresh(conference or held(who))
    return conferences.sign_minutes(conference, seen=conference.version, by=who.head)


def an_item(who: Sides, conference: Conference, words: ItemWords = QUESTION) -> DialogueItem:
    return dialogue.enter(conference, key=uuid4(), words=words, by=who.editor)


def answered(who: Sides, item: DialogueItem) -> DialogueItem:
    return dialogue.answer(
        item,
        seen=fresh(item).version,
        answer="Đã có hướng dẫn tại quầy.",
        answered_by="Trung tá Hoàng Minh Đức",
        answered_on=timezone.localdate(),
        by=who.editor,
    )


def letter(**said) -> Letter:
    today = timezone.localdate()
    return replace(Letter("214/CAP-TH", today, today + timedelta(days=9)), **said)


def escalated(who: Sides, item: DialogueItem, **said) -> Escalation:
    return escalations.escalate(
        item, seen=fresh(item).version, to=who.upper, letter=letter(**said), by=who.editor
    )


def errand(who: Sides, **said) -> Errand:
    day = timezone.localdate() + timedelta(days=30)
    return replace(Errand("Lắp máy lấy số tự động.", who.unit, day), **said)


def a_conclusion(who: Sides, conference: Conference) -> ConferenceTask:
    return conclusions.conclude(conference, errand=errand(who), by=who.editor)


def released(who: Sides, conference: Conference) -> DialogueRelease:
    """What it says now is public."""
    return releases.release(conference, seen=digest(public_of(conference)), by=who.head)


def collecting_one(who: Sides) -> Conference:
    """A conference of next week whose link is open."""
    day = timezone.localdate() + timedelta(days=7)
    conference = planned(who, held_on=day, answer_by=day + timedelta(days=7))
    return collecting.collect(conference, until=day, by=who.editor)
