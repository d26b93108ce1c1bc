"""A settled dossier of a period that has verdicts marked twice, and the people who do it."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone

from scoring.models import SecondMark, SecondMarking
from scoring.rules.second_mark import Choice, MarkState
from scoring.services import second_draws, second_marks
from tests.worlds import Work, Year, a_settled_dossier
from units.models import User
from units.permissions import Role

REASON = "Đối chiếu tài liệu, số liệu khác."


@dataclass
class Twice:
    """The dossier is the work of one verifier; `second` and `third` gave no verdict in it."""

    work: Work
    second: User
    third: User

    @property
    def organiser(self) -> User:
        return self.work.year.organiser

    @property
    def marking(self) -> SecondMarking:
        return SecondMarking.objects.get(period=self.work.year.period)

    def draw(self) -> int:
        return second_draws.draw(self.work.year.period, by=self.organiser)

    def mark(self, code: str) -> SecondMark:
        """The standing mark of a component, as it lies in the database now."""
        found = SecondMark.objects.standing().for_page()
        return found.get(score__dossier=self.work.dossier, score__criterion__code=code)

    def take(self, *, by: User | None = None) -> SecondMark:
        taken = second_marks.take(by=by or self.second)
        return SecondMark.objects.for_page().get(pk=taken.pk)

    def take_this(self, code: str) -> SecondMark:
        """Put into the second verifier's hands out of turn, past the service that chooses."""
        one = SecondMark.objects.filter(pk=self.mark(code).pk)
        one.update(state=MarkState.TAKEN, second_by=self.second, taken_at=timezone.now())
        return self.mark(code)

    def only(self, code: str) -> SecondMark:
        """Every other mark is given up, so that this one is the next."""
        for one in SecondMark.objects.unfinished().exclude(score__criterion__code=code):
            second_marks.waive(
                one, by=self.organiser, reason="Không đủ người", seen_version=one.version
            )
        return self.mark(code)

    def give(self, mark: SecondMark, *, by: User | None = None, **verdict) -> SecondMark:
        """Accepts what the unit says, where nothing else is said."""
        said = verdict or {"accept": True}
        return second_marks.give(mark, by=by or self.second, seen_version=mark.version, **said)

    def dispute(self, code: str) -> SecondMark:
        """Taken, and given far from the first."""
        self.only(code)
        self.give(self.take(), points=Decimal(0), reason=REASON)
        return self.mark(code)

    def decide(self, mark: SecondMark, choice: Choice, *, by: User | None = None, **more):
        said = {"reason": "Đã xem cả hai.", "seen_version": mark.version} | more
        return second_marks.decide(mark, by=by or self.third, choice=choice, **said)


def a_verifier(work: Work) -> User:
    return work.year.province.a_person(Role.VERIFIER, work.year.province.police)


def marked_twice(
    year: Year | None = None, *, share: int = 100, tolerance: int = 10, drawn: bool = True
) -> Twice:
    """Settled by its verifier; all of it drawn, where nothing else is said."""
    work = a_settled_dossier(year)
    second_draws.arrange(
        work.year.period,
        by=work.year.organiser,
        share=Decimal(share),
        tolerance=Decimal(tolerance),
        seen=0,
    )
    twice = Twice(work, a_verifier(work), a_verifier(work))
    if drawn:
        twice.draw()
    return twice
