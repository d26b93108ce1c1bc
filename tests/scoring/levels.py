"""Two levels that keep lists of indicators, one above the other."""

from scoring.models import Indicator
from scoring.services import indicators
from scoring.services.indicators_above import Offer, above, mark, offers, take
from tests.scoring.reported import CATALOGUE, USUAL
from tests.worlds import a_province
from units.models import Unit, User
from units.permissions import Role


class Levels:
    """A ministry with the four usual indicators, a province below it with none."""

    def __init__(self) -> None:
        self.province = a_province()
        self.ministry, self.police = self.province.ministry, self.province.police
        self.upper = self.province.a_person(Role.ORGANISER, self.ministry)
        self.by = self.province.a_person(Role.ORGANISER, self.police)
        for line in CATALOGUE:
            self.add(self.ministry, **line)

    def add(self, owner: Unit, **said) -> Indicator:
        return indicators.add(owner, USUAL | said, by=self.writer(owner))

    def writer(self, owner: Unit) -> User:
        return self.by if owner == self.police else self.upper

    def the(self, code: str, owner: Unit | None = None) -> Indicator:
        return (owner or self.police).indicators.current().get(code=code)

    def revise(self, one: Indicator, **changed) -> Indicator:
        said = {name: getattr(one, name) for name in indicators.SHOWN if name != "edition"}
        by, seen = self.writer(one.owner), indicators.mark(one)
        return indicators.revise(one.pk, said | changed, by=by, seen=seen)

    def offered(self) -> list[Offer]:
        return offers(self.police, above([self.police])[self.police.pk])

    def take(self, *codes: str, seen: str = "", by: User | None = None) -> list[str]:
        """Codes that are in the list of the province by this press."""
        offered = self.offered()
        chosen = {one.indicator.pk for one in offered if one.indicator.code in codes}
        taken = take(self.police, chosen=chosen, seen=seen or mark(offered), by=by or self.by)
        return [one.code for one in taken]
