"""The other units of the story: filled, handed in and verified by the services, for speed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from scoring.models import Dossier
from scoring.rules.kinds import Source
from scoring.services import dossiers
from tests.worlds import Province, Work, Year, an_answer, fill, hand_in, settle
from units.models import User
from units.permissions import Role

Answers = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Hands:
    """Who works at a unit, and who verifies it."""

    editor: User
    head: User
    verifier: User


def carry_through(province: Province, period, unit, answers: Answers) -> None:
    """A whole dossier by component code: what the unit says, and what the survey found."""
    hands = Hands(
        editor=province.a_person(Role.EDITOR, unit),
        head=province.a_person(Role.HEAD, unit),
        verifier=province.a_person(Role.VERIFIER, province.police),
    )
    dossier = Dossier.objects.for_page().get(period=period, unit=unit)
    work = Work(
        year=Year(province, hands.verifier, period),
        dossier=dossier,
        editor=hands.editor,
        head=hands.head,
        verifier=hands.verifier,
    )
    by_unit = dossier.scores.filter(criterion__source=Source.SELF)
    for code in by_unit.values_list("criterion__code", flat=True):
        fill(work, code, answers[code])
    hand_in(work)
    for score in work.dossier.scores.select_related("criterion"):
        code = score.criterion.code
        if score.criterion.source == Source.SELF:
            settle(work, code)
        else:
            answer = an_answer(score, answers[code])
            settle(work, code, answer=answer, reason="Kết quả đo lường sự hài lòng năm nay.")
    dossiers.verify(work.dossier, by=work.verifier)
