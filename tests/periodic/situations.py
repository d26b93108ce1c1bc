"""Rounds of periodic reports as their users open, write, send and receive them."""

from dataclasses import dataclass
from datetime import date

from commitments.services.plans import Paper
from reports.models import PeriodicReport, ReportRound, SectionText
from reports.rules.outline import USUAL
from reports.services import periodic, periodic_content, rounds, section_texts
from scoring.rules.indicator import Days, Span, usual_days
from tests.worlds import Province, a_province
from units.kinds import UnitKind
from units.models import User
from units.permissions import Role


@dataclass
class Asked:
    """A province that asks its departments for a report, and who does what there."""

    province: Province
    organiser: User
    upper_head: User
    editor: User
    head: User
    round: ReportRound

    def report(self, place: int = 0) -> PeriodicReport:
        """The report of a department as it lies there."""
        unit = self.province.departments[place]
        return PeriodicReport.objects.for_page().get(round=self.round, unit=unit)

    def text(self, key: str, place: int = 0) -> SectionText:
        """The text of a section of a department."""
        return self.report(place).texts.get(section__key=key)

    def write(self, key: str, words: str, **said) -> SectionText:
        """The editor writes a section of the first department."""
        text = self.text(key)
        told = {"by": self.editor, "seen_version": text.version} | said
        return section_texts.write(text.pk, words=words, **told)

    def send(self, *, number: str = "07/BC-PV01") -> PeriodicReport:
        """The head sends the report of the first department."""
        report = self.report()
        paper = Paper(number, date(2026, 6, 18))
        periodic.send(report, seen=seen_of(report), paper=paper, by=self.head)
        return self.report()

    def accept(self) -> PeriodicReport:
        """The level above takes it."""
        report = self.report()
        return periodic.accept(report, seen=report.version, by=self.organiser)

    def summary(self) -> PeriodicReport:
        """The level's own report."""
        return rounds.sum_up(self.round, by=self.organiser)


def asked(province: Province | None = None, *, span: str = Span.HALF, year: int = 2026) -> Asked:
    """Opened with the usual outline for the departments."""
    province = province or a_province()
    organiser = province.a_person(Role.ORGANISER, province.police)
    return Asked(
        province,
        organiser,
        upper_head=province.a_person(Role.HEAD, province.police),
        editor=province.a_person(Role.EDITOR, province.departments[0]),
        head=province.a_person(Role.HEAD, province.departments[0]),
        round=a_round(province, organiser, span=span, year=year),
    )


def a_round(province: Province, organiser: User, *, span: str, year: int) -> ReportRound:
    """A round of the province for its departments."""
    days = usual_days(span, year) or Days(date(year, 1, 1), date(year, 1, 31), date(year, 2, 5))
    return rounds.open_(
        province.police,
        by=organiser,
        year=year,
        span=span,
        days=days,
        outline=USUAL,
        kinds=[UnitKind.DEPARTMENT],
    )


def seen_of(report: PeriodicReport) -> str:
    """What stands on the page from which the head sends."""
    return periodic_content.mark(periodic_content.live(report))


def sent(who: Asked, **texts: str) -> PeriodicReport:
    """Written, by section, and sent."""
    for key, words in (texts or {"direction": "Đã ban hành kế hoạch."}).items():
        who.write(key, words)
    return who.send()
