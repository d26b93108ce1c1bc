"""What is told beside figures of too few people, so that those cannot be worked out. Pure.

Whoever reads a whole and all its parts but one has the last part too, and whoever reads sums along
rows and columns may have a cell that stands nowhere.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain

from scoring.rules.satisfaction import ShownTally

Cells = Mapping[int, int]
"""Of one unit the aspects that are hidden, by place, and how many people rated each."""


IN_PART_IN_WORDS = (
    "Số chung của một số khía cạnh không gồm đơn vị có quá ít người đánh giá khía cạnh ấy, để "
    "không suy ra được kết quả riêng của đơn vị."
)


def without_the_hidden(readings: Mapping[int, ShownTally], minimum: int) -> list[int]:
    """Whose ratings make up the whole, by key: everybody's, unless one unit alone is too small to
    be shown, or all that are so are too few together. Then they are left out, for their sum could
    be had by taking the others away from the whole."""
    hidden = [key for key, one in readings.items() if not one.enough]
    told_apart = _told_apart([readings[key].tally.people for key in hidden], minimum)
    left_out = hidden if told_apart and len(hidden) < len(readings) else []
    return [key for key in readings if key not in left_out]


def without_remainders(aspects: Sequence[ShownTally], minimum: int) -> tuple[ShownTally, ...]:
    """The aspects of one whole as they may be shown beside it. Where one alone is too small, or all
    that are so are too few together, its ratings are the whole less the others: then the smallest
    of the others are hidden with it, until that is so no more."""
    hidden = {at for at, one in enumerate(aspects) if one.tally.rated and not one.enough}
    others = [at for at, one in enumerate(aspects) if one.enough]
    others.sort(key=lambda at: (aspects[at].tally.people, at))
    while others and _told_apart([aspects[at].tally.people for at in hidden], minimum):
        hidden.add(others.pop(0))
    return tuple(
        ShownTally(one.tally, None, None, None, False) if at in hidden else one
        for at, one in enumerate(aspects)
    )


def aspects_in_part(
    shown: Iterable[Sequence[ShownTally]], unshown: Iterable[Sequence[ShownTally]], minimum: int
) -> frozenset[int]:
    """Which aspects of the whole are told without the units that hide them, by place.

    `shown`: the aspects of each unit that stands beside the whole, as it shows them; `unshown`:
    those of the units that are in the whole and not shown. Hidden aspects are cells of a table: the
    sum of each row is told with the unit, the sum of each column with the aspect of the whole. A
    cell, or a sum of few, can be worked out where nothing else ties its row to its column: then the
    aspects of that row are told of those alone who show them, which says nothing new, until no such
    cell is left.
    """
    rows = [cells for cells in map(_hidden, shown) if cells]
    pool = [cells for cells in map(_hidden, unshown) if cells]
    columns = {at for cells in (*rows, *pool) for at in cells}
    parted = {
        at
        for at in columns
        if _told_apart([cells[at] for cells in (*rows, *pool) if at in cells], minimum)
    }
    while more := _more(rows, pool, parted, minimum):
        parted |= more
    return frozenset(parted)


def _more(rows: Sequence[Cells], pool: Sequence[Cells], parted: set[int], minimum: int) -> set[int]:
    """Aspects that must be told in part as well; nothing where nothing can be worked out."""
    times = Counter(frozenset(cells) for cells in rows)
    together = frozenset(at for cells in pool for at in cells)
    for cells in rows:
        mine = frozenset(cells)
        if times[mine] > 1 or mine <= parted:  # another row, or what is parted, ties all of it
            continue
        others = (one for one in times if one != mine)
        for group in _groups(mine, chain([together, parted], others)):
            if _told_apart([cells[at] for at in group], minimum):
                return set(mine)
    if not together <= parted:
        for group in _groups(together, [*times, parted]):
            theirs = [[cells[at] for at in group if at in cells] for cells in pool]
            if _told_apart([max(people) for people in theirs if people], minimum):
                return set(together)
    for column in [parted, *({at} for at in together.union(*times) - parted)]:
        rest = [one - column for one in (*times, together)]
        ties = _groups(together.union(*times), [*rest, parted - column])
        for tie in [one - column for one in ties]:
            tied = [cells for cells in (*rows, *pool) if not tie.isdisjoint(cells)]
            people = [cells[at] for cells in tied for at in cells.keys() & column]
            if _told_apart(people, minimum):
                return tie | column
    return set()


def _hidden(aspects: Sequence[ShownTally]) -> Cells:
    return {
        at: one.tally.people for at, one in enumerate(aspects) if one.tally.rated and not one.enough
    }


def _groups(mine: frozenset[int], others: Iterable[Collection[int]]) -> list[set[int]]:
    """The aspects of a row, those together that the other rows tie to one another."""
    groups = [{at} for at in mine]
    for other in others:
        tied = [group for group in groups if not group.isdisjoint(other)]
        groups = [group for group in groups if group.isdisjoint(other)]
        groups.append(set(other).union(*tied))
        if mine <= groups[-1]:
            return [set(mine)]
    return [group & mine for group in groups if group & mine]


def _told_apart(people: Sequence[int], minimum: int) -> bool:
    """Whether those are one alone, or too few together, so that their sum must not be had."""
    return bool(people) and (len(people) == 1 or sum(people) < minimum)
