"""Checks a result table published elsewhere against itself and against its limits."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import groupby

from cchc_portal.kit.numerals import exactly, written
from cchc_portal.kit.worded import Worded
from scoring.rules.points import shown, telling_places
from scoring.rules.published_reading import PublishedLine, Renaming, folded
from scoring.rules.ranking import Scale, TieRule

AS_PRINTED = Renaming({}, {})


class FindingKind(Worded):
    """What does not fit in a published table."""

    RANK_GAP = "rank_gap", "Thiếu thứ hạng"
    REPEATED_RANK = "repeated_rank", "Trùng thứ hạng"
    REPEATED_UNIT = "repeated_unit", "Trùng đơn vị"
    ORDER = "order", "Thứ hạng không theo kết quả"
    TIE = "tie", "Kết quả bằng nhau"
    OUTSIDE_SCALE = "outside_scale", "Ngoài thang điểm"
    PARTS = "parts", "Điểm thành phần không cộng thành tổng"
    PERCENT = "percent", "Tỷ lệ không theo điểm"
    CLASS = "class", "Xếp loại không theo mức"


@dataclass(frozen=True)
class Finding:
    """One oddity: in which line, and a Vietnamese sentence with both figures."""

    kind: FindingKind
    line: int
    sentence: str

    def __str__(self) -> str:
        return f"Dòng {self.line}: {self.kind.label}: {self.sentence}"


def findings(
    rows: Iterable[PublishedLine],
    scale: Scale,
    ties: TieRule = TieRule.SKIP,
    places: int = 2,
    renaming: Renaming = AS_PRINTED,
) -> list[Finding]:
    """Every oddity of a table, by line. An empty cell is unknown and is never one by itself.

    A unit is told twice by its code, or by its name inside a block. Ranks are looked at inside
    each block. A rank shared by true equals is no oddity, two ranks for true equals are.
    Percentages are held against points / own maximum, rounded half up to `places` decimals, or to
    as many as are printed if these are more.
    """
    rows = list(rows)
    blocks: dict[str, list[PublishedLine]] = defaultdict(list)
    found = list(_twice(rows))
    for row in rows:
        blocks[folded(row.block)].append(row)
        found += _outside(row)
        found += _parts(row)
        found += _percent(row, places)
        found += _class(row, scale, places, renaming)
    for members in blocks.values():
        ranked = sorted(
            (row for row in members if row.rank is not None), key=lambda row: row.rank or 0
        )
        groups = [list(group) for _, group in groupby(ranked, key=lambda row: row.rank or 0)]
        found += _repeated(groups)
        found += _gaps(groups, ties)
        found += _order(groups)
    kinds = list(FindingKind)
    return sorted(found, key=lambda finding: (finding.line, kinds.index(finding.kind)))


def without_figure(rows: Iterable[PublishedLine]) -> list[PublishedLine]:
    """Rows whose result is unknown: kept and listed, never ranked and never counted as zero."""
    return [row for row in rows if row.figure is None]


def _outside(row: PublishedLine) -> Iterator[Finding]:
    kind, line = FindingKind.OUTSIDE_SCALE, row.line
    if row.points is not None and row.points < 0:
        yield Finding(kind, line, f"điểm {_two(row.points)} nhỏ hơn 0.")
    if row.points is not None and row.points > row.maximum:
        yield Finding(
            kind, line, f"điểm {_two(row.points)} lớn hơn điểm tối đa {_two(row.maximum)}."
        )
    stands_alone = row.percent is not None and row.percent != row.points
    if row.percent is not None and stands_alone and not 0 <= row.percent <= 100:
        yield Finding(kind, line, f"tỷ lệ {_two(row.percent)} % nằm ngoài khoảng 0 đến 100.")
    if row.rank == 0:
        yield Finding(kind, line, "xếp hạng 0, hạng đầu là 1.")
    for name, figure in row.parts:
        if figure is not None and figure < 0:
            yield Finding(kind, line, f"điểm thành phần “{name}” {_two(figure)} nhỏ hơn 0.")


def _parts(row: PublishedLine) -> Iterator[Finding]:
    known = [Fraction(figure) for _, figure in row.parts if figure is not None]
    if row.points is None or not known or len(known) < len(row.parts):
        return
    if sum(known) != Fraction(row.points):
        total = _two(sum(known, Fraction(0)))
        yield Finding(
            FindingKind.PARTS,
            row.line,
            f"các phần cộng lại được {total}, tổng điểm in {_two(row.points)}.",
        )


def _percent(row: PublishedLine, places: int) -> Iterator[Finding]:
    if row.percent is None or row.figure is None:
        return
    decimals = max(places, _decimals(row.percent))
    follows = shown(row.figure, decimals)
    if follows != row.percent:
        yield Finding(
            FindingKind.PERCENT,
            row.line,
            f"in {written(row.percent, decimals)} %, tính từ {_two(row.points or 0)} / "
            f"{_two(row.maximum)} điểm được {written(follows, decimals)} %.",
        )


def _class(row: PublishedLine, scale: Scale, places: int, renaming: Renaming) -> Iterator[Finding]:
    if not row.band or row.percent is None and row.figure is None:
        return
    percent = shown(row.figure or 0, places) if row.percent is None else row.percent
    band = scale.band(percent)
    if folded(renaming.label(row.band)) != folded(band):
        yield Finding(
            FindingKind.CLASS,
            row.line,
            f"in “{row.band}”, còn {written(percent, max(places, _decimals(percent)))} % "
            f"thuộc mức “{band}” ({scale.reach(band)}).",
        )


def _twice(rows: Iterable[PublishedLine]) -> Iterator[Finding]:
    told: dict[str | tuple[str, str], PublishedLine] = {}
    for row in rows:
        first = told.setdefault(row.unit_code or (folded(row.block), folded(row.unit)), row)
        if first is not row:
            yield Finding(
                FindingKind.REPEATED_UNIT,
                row.line,
                f"“{row.unit}” ({_figure(row, first)}) đã có ở dòng {first.line} "
                f"({_figure(first, row)}).",
            )


def _repeated(groups: Sequence[Sequence[PublishedLine]]) -> Iterator[Finding]:
    for first, *others in groups:
        if _true_tie([first, *others]):
            continue
        for row in others:
            yield Finding(
                FindingKind.REPEATED_RANK,
                row.line,
                f"hạng {row.rank} ({_figure(row, first)}) đã có ở dòng {first.line} "
                f"({_figure(first, row)}).",
            )


def _gaps(groups: Sequence[Sequence[PublishedLine]], ties: TieRule) -> Iterator[Finding]:
    if groups and (start := groups[0][0].rank or 0) > 1:
        yield Finding(
            FindingKind.RANK_GAP,
            groups[0][0].line,
            f"hạng đầu tiên của khối là {start}, thiếu {_ranks(1, start - 1)}.",
        )
    for group, after in zip(groups, groups[1:], strict=False):
        rank, row = group[0].rank or 0, after[0]
        follows, following = rank + len(group), row.rank or 0
        if _true_tie(group) and ties == TieRule.DENSE:
            follows = rank + 1
        if following > follows:
            yield Finding(
                FindingKind.RANK_GAP,
                row.line,
                f"sau hạng {rank} (dòng {group[-1].line}) là hạng {following}, "
                f"thiếu {_ranks(follows, following - 1)}.",
            )
        elif following < follows and _true_tie(group):
            yield Finding(
                FindingKind.TIE,
                row.line,
                f"sau {len(group)} đơn vị đồng hạng {rank} là hạng {following}, "
                f"theo quy tắc đồng hạng phải là {follows}.",
            )


def _order(groups: Sequence[Sequence[PublishedLine]]) -> Iterator[Finding]:
    rows = [row for group in groups for row in group if row.figure is not None]
    for before, row in zip(rows, rows[1:], strict=False):
        if before.rank == row.rank:
            continue
        if (row.figure or 0) > (before.figure or 0):
            yield Finding(
                FindingKind.ORDER,
                row.line,
                f"hạng {row.rank} có {_figure(row, before)}, cao hơn hạng {before.rank} "
                f"có {_figure(before, row)} (dòng {before.line}).",
            )
        elif row.figure == before.figure:
            yield Finding(
                FindingKind.TIE,
                row.line,
                f"hạng {row.rank} và hạng {before.rank} (dòng {before.line}) cùng "
                f"{_figure(row, before)}, theo quy tắc đồng hạng phải cùng hạng {before.rank}.",
            )


def _true_tie(group: Sequence[PublishedLine]) -> bool:
    """Whether more than one, all known, all equal."""
    figures = {row.figure for row in group}
    return len(group) > 1 and len(figures) == 1 and None not in figures


def _ranks(first: int, last: int) -> str:
    return f"hạng {first}" if first == last else f"các hạng {first}–{last}"


def _figure(row: PublishedLine, other: PublishedLine) -> str:
    """The row's percentage, with enough decimals to tell it from the other's."""
    if row.figure is None:
        return "chưa rõ kết quả"
    both = [figure for figure in (row.figure, other.figure) if figure is not None]
    return f"{written(row.figure, telling_places(both))} %"


def _two(figure: Decimal | Fraction | int) -> str:
    return exactly(figure, least=2)


def _decimals(figure: Decimal) -> int:
    exponent = figure.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
