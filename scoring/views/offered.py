"""The units of a block beside a figure that something else makes for one of their components."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from scoring import figure_access, parties
from scoring.models import Block, Criterion, Score
from scoring.rules.workflow import DossierState
from scoring.services.figures import Offer
from units.models import User


@dataclass(frozen=True)
class Line:
    """One unit: what is offered, what stands in the row, and why nobody writes it."""

    score: Score
    offer: Offer | None
    closed: str

    @property
    def same(self) -> bool:
        """Whether the row says so already."""
        return bool(self.offer) and self.score.verified_answer == self.offer.answer.as_json()

    @property
    def differs(self) -> bool:
        """Whether the row bears a figure that is another one, as after what is offered changed."""
        held = self.score.verified_points is not None and not self.score.not_applicable
        return bool(self.offer) and held and not self.same

    @property
    def takes(self) -> bool:
        """Whether there is something to take that may be written."""
        return bool(self.offer) and not self.closed and not self.same

    @property
    def usual(self) -> bool:
        """Whether the row is chosen to begin with: it holds no other figure."""
        return self.takes and self.score.verified_points is None


def lines_of(
    block: Block,
    node: Criterion,
    *,
    offered: Callable[[list[int]], Mapping[int, Offer]],
    reader: User,
) -> list[Line]:
    """A line a unit that is assessed, in the order of the list; `offered` is asked by keys of
    units."""
    found = Score.objects.filter(criterion=node, dossier__block=block)
    found = found.exclude(dossier__state=DossierState.ABSENT).select_related(
        "criterion", "dossier__unit"
    )
    rows = list(found.order_by("dossier__unit__position", "dossier__unit__code"))
    for row in rows:
        row.dossier.period = block.period
    papers = [row.dossier for row in rows]
    refusals = parties.why_not_judges(reader, papers, period=block.period)
    made = offered([paper.unit_id for paper in papers])
    return [
        Line(
            row,
            made.get(row.dossier.unit_id),
            refusals.get(row.dossier_id) or figure_access.why_no_figure(row.dossier),
        )
        for row in rows
    ]
