"""Danh mục nhiệm vụ, cam kết phát sinh: what units promised because of points they lost."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from cchc_portal.kit.numerals import written
from cchc_portal.kit.pdf import render_pdf
from commitments.rules.terms import term_words
from reports.models import Edition, LostPoint
from reports.papers.editions import check_of, decision_words, issuer_of, number_words, office_for
from reports.papers.parts import TITLE_WIDTH, Issuer, capital_lines, foot_line
from reports.rules import decree

TITLE = "Danh mục nhiệm vụ, cam kết phát sinh từ kết quả đánh giá"
NOBODY = "Chưa ghi"
SOURCE_WIDTH = 70


class ArisingTask(NamedTuple):
    """One task: what is to be done, for which lost point, until when, by whom, how far it is."""

    number: int
    title: str
    code: str
    lost: str
    term: str
    owner: str
    where: str


class UnitTasks(NamedTuple):
    """The tasks of one unit."""

    unit: str
    tasks: tuple[ArisingTask, ...]


@dataclass(frozen=True)
class ArisingPaper:
    """The list, unit by unit."""

    issuer: Issuer
    year: int
    source: str
    units: tuple[UnitTasks, ...]
    foot: str
    draft: bool = False

    @property
    def title(self) -> str:
        return f"{TITLE} năm {self.year}"

    @property
    def title_lines(self) -> tuple[str, ...]:
        return capital_lines(self.title, TITLE_WIDTH)

    @property
    def source_lines(self) -> tuple[str, ...]:
        return decree.balanced(f"({self.source})", SOURCE_WIDTH)

    @property
    def result(self) -> str:
        """The sum in a sentence."""
        count = sum(len(unit.tasks) for unit in self.units)
        if not count:
            return "Chưa có nhiệm vụ, cam kết nào phát sinh từ điểm bị mất của bản công bố này."
        return (
            f"Có {decree.two_digits(len(self.units))} đơn vị đưa điểm bị mất vào cam kết năm sau, "
            f"với {decree.two_digits(count)} nhiệm vụ:"
        )


def arising_pdf(edition: Edition, points: Sequence[LostPoint]) -> bytes:
    """The list as a file. `points`: `arising_from` the edition."""
    paper = arising_paper(edition, points)
    return render_pdf(
        "reports/pdf/arising_tasks.html",
        {"paper": paper},
        title=paper.title,
        author=edition.issuer_name,
    )


def arising_paper(edition: Edition, points: Sequence[LostPoint]) -> ArisingPaper:
    """What the list says; no query but the edition's own."""
    numbered = enumerate(points, start=1)
    units = groupby(numbered, key=lambda pair: pair[1].dossier.unit)
    return ArisingPaper(
        issuer=issuer_of(edition, office_for(edition)),
        year=edition.year,
        source=f"{number_words(edition)} kèm theo {decision_words(edition)}",
        units=tuple(
            UnitTasks(unit.name, tuple(_task(number, point) for number, point in found))
            for unit, found in units
        ),
        foot=foot_line(number_words(edition), check_of(edition), edition.made_up),
    )


def _task(number: int, point: LostPoint) -> ArisingTask:
    task, commitment = point.task, point.task.commitment
    return ArisingTask(
        number=number,
        title=task.title,
        code=point.code,
        lost=written(point.lost, 2),
        term=term_words(task.terms),
        owner=task.lead or NOBODY,
        where=f"{decree.capitalised(commitment.called)}, {commitment.get_state_display().lower()}",
    )
