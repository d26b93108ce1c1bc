"""What stands in the way of opening a period, and of locking it. Reads only."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count

from cchc_portal.kit.numerals import exactly, grouped
from scoring.models import Block, BlockUnit, Criterion, Dossier, Period
from scoring.rules.criteria import Fault, faults
from scoring.rules.workflow import SETTLED, DossierState
from scoring.services.blocks import candidates
from scoring.services.criteria import as_tree

NAMES_SHOWN = 5


@dataclass(frozen=True)
class Obstacle:
    """One thing in the way, and where it is mended: the block, or a node of its criteria."""

    sentence: str
    block: int | None = None
    criteria: bool = False


@dataclass(frozen=True)
class BlockReport:
    """One block of a period with its counts and everything wrong with its criteria."""

    block: Block
    units: int
    components: int
    faults: tuple[Fault, ...]
    maximum: Decimal | None = None

    @property
    def fits(self) -> bool:
        """Whether the set's points are those of the period's scale."""
        return self.maximum is None or self.maximum == self.block.period.scale_total


@dataclass(frozen=True)
class Tally:
    """How many dossiers are in each state."""

    by_state: Mapping[str, int]

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.by_state.values())

    @property
    def settled(self) -> int:
        """Those that no longer keep the period from being locked."""
        return sum(self.by_state.get(state, 0) for state in SETTLED)

    @property
    def words(self) -> str:
        """The states that occur, in the order of the workflow: "đang soạn 3 · bị trả lại 1"."""
        found = [(state, self.by_state.get(state, 0)) for state in DossierState]
        return " · ".join(f"{state.label.lower()} {grouped(n)}" for state, n in found if n)


NONE_YET = Tally({})


def block_reports(period: Period) -> list[BlockReport]:
    """Every block of the period, in order: units, components, faults. Two queries."""
    blocks = list(period.blocks.for_page().order_by("position"))
    nodes: dict[int, list[Criterion]] = {}
    for node in Criterion.objects.filter(criteria_set__block__period=period):
        nodes.setdefault(node.criteria_set_id, []).append(node)
    return [_report(block, nodes) for block in blocks]


def obstacles(period: Period, reports: list[BlockReport] | None = None) -> list[Obstacle]:
    """Everything that keeps the period from being opened, each in a sentence; empty if it may open.

    `reports` spares reading the blocks again where the caller has them.
    """
    reports = block_reports(period) if reports is None else reports
    found = []
    if not reports:
        found.append(Obstacle("Kỳ đánh giá chưa có khối nào."))
    for report in reports:
        found += _of_block(report, period)
    return found + list(_strangers(period))


def dossiers_by_state(periods: Iterable[Period], *, part: str = "period") -> dict[int, Tally]:
    """How many dossiers are in each state, by period or by `block` of the periods. One query."""
    counts: dict[int, dict[str, int]] = {}
    rows = Dossier.objects.filter(period__in=periods).order_by().values(part, "state")
    for row in rows.annotate(number=Count("pk")):
        counts.setdefault(row[part], {})[row["state"]] = row["number"]
    return {key: Tally(by_state) for key, by_state in counts.items()}


def unsettled(period: Period):
    """Dossiers that keep the period from being locked: neither verified nor excused."""
    left = Dossier.objects.filter(period=period).exclude(state__in=SETTLED)
    return left.select_related("unit", "block").order_by(
        "block__position", "unit__position", "unit__code"
    )


def _report(block: Block, nodes: dict[int, list[Criterion]]) -> BlockReport:
    owned = getattr(block, "criteria_set", None)
    if owned is None:
        return BlockReport(block, block.unit_count, 0, ())
    tree = as_tree(owned, nodes.get(owned.pk, ()))
    components, wrong = len(tree.components()), tuple(faults(tree))
    return BlockReport(block, block.unit_count, components, wrong, owned.maximum)


def _of_block(report: BlockReport, period: Period) -> Iterator[Obstacle]:
    block = report.block
    if not report.units:
        yield Obstacle(f"Khối “{block.name}” chưa có đơn vị nào.", block.pk)
    owned = getattr(block, "criteria_set", None)
    if owned is None:
        yield Obstacle(f"Khối “{block.name}” chưa có bộ tiêu chí.", block.pk, criteria=True)
        return
    for fault in report.faults:
        yield Obstacle(f"Khối “{block.name}”, mã {fault}", block.pk, criteria=True)
    if owned.maximum != period.scale_total:
        total, scale = exactly(owned.maximum, 2), exactly(period.scale_total, 2)
        yield Obstacle(
            f"Khối “{block.name}”: tổng điểm của bộ tiêu chí là {total}, "
            f"khác thang điểm {scale} của kỳ.",
            block.pk,
            criteria=True,
        )


def _strangers(period: Period) -> Iterator[Obstacle]:
    """Units chosen earlier that are not below the assessor on the day of opening any more."""
    known = candidates(period).values("pk")
    gone = BlockUnit.objects.filter(period=period).exclude(unit__in=known)
    for chosen in gone.select_related("unit", "block").order_by("block__position", "pk"):
        yield Obstacle(
            f"Khối “{chosen.block.name}”: {chosen.unit.name} không trực thuộc cơ quan đánh giá "
            f"vào ngày mở kỳ {period.opens_on:%d/%m/%Y}.",
            chosen.block_id,
        )


def in_the_way(parts: list[str], between: str = " ") -> str:
    """Several reasons or names in one line: the first ones, and how many more there are."""
    shown = between.join(parts[:NAMES_SHOWN])
    rest = len(parts) - NAMES_SHOWN
    return f"{shown}{between}và {grouped(rest)} nội dung khác" if rest > 0 else shown
