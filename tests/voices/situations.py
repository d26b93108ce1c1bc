"""Remarks of citizens in several states, built only through the services."""

from dataclasses import dataclass, replace
from uuid import uuid4

from django.utils import timezone

from commitments.models import Voice
from commitments.rules.voice import Heard, Sender
from commitments.services import voices
from tests.worlds import Province, a_province
from units.models import Unit, User
from units.permissions import Role

SENDER = Sender("Nguyễn Văn Kín", "0912 345 678", "Số 9 đường Kín")
PRIVATE = ("Nguyễn Văn Kín", "0912 345 678", "Số 9 đường Kín")


@dataclass
class Sides:
    """A department that deals with remarks, the police above it, and the people there."""

    province: Province
    unit: Unit
    beside: Unit
    upper: Unit
    editor: User
    head: User
    upper_head: User


def sides() -> Sides:
    province = a_province(departments=2)
    unit, beside = province.departments
    return Sides(
        province,
        unit,
        beside,
        province.police,
        editor=province.a_person(Role.EDITOR, unit),
        head=province.a_person(Role.HEAD, unit),
        upper_head=province.a_person(Role.HEAD, province.police),
    )


def heard(**said) -> Heard:
    usual = Heard("procedure", "Chờ lâu, không ai hướng dẫn.", "hotline", timezone.localdate())
    return replace(usual, **said)


def received(who: Sides, sender: Sender = SENDER, **said) -> Voice:
    return voices.receive(
        who.unit,
        concerns=who.unit,
        key=uuid4(),
        heard=heard(**said),
        sender=sender,
        by=who.editor,
    )


def classified(who: Sides, kind: str = "procedure", **said) -> Voice:
    voice = received(who, **said)
    return voices.classify(voice, seen=1, kind=kind, concerns=who.unit, by=who.editor)


def found(who: Sides, result: str = "founded", **said) -> Voice:
    voice = classified(who, **said)
    return voices.verify(voice, seen=2, result=result, finding="Đúng như nêu.", by=who.editor)


def answered(who: Sides, **said) -> Voice:
    return voices.answer(
        found(who, **said),
        seen=3,
        answer="Đơn vị xin lỗi.",
        answer_number="12/PC06",
        answered_on=timezone.localdate(),
        by=who.editor,
    )
