"""The log of a period, newest first, out of everything that keeps events. Reads only.

All sources are united, sorted and cut to a page in the database; only what is shown is read.
"""

from collections.abc import Iterator
from itertools import islice

from django.db.models import QuerySet

from scoring.models import Period, SecondMark
from scoring.models.log import LINE, DossierLog, LogSource, PeriodLog, VerdictLog
from scoring.rules.log import Asked, Entry
from units.models import Unit, User

SOURCES: list[LogSource] = [PeriodLog(), DossierLog(), VerdictLog()]
"""Every source of the log. A new one is a line here; an app above scoring appends its own when it
starts (`AppConfig.ready`)."""

AT_ONCE = 500
Line = tuple[object, int, int]


class Log:
    """The log as it is asked for. As a sequence it can be cut into pages by a Paginator.

    `reader`: the first mark of a row that they may be asked to mark again is left out.
    """

    def __init__(self, period: Period, asked: Asked, reader: User | None = None):
        every = enumerate(SOURCES)
        kept = SecondMark.objects.hidden_from(reader).values("score") if reader else None
        found = [source.lines(period, asked, number, kept) for number, source in every]
        self.parts: list[QuerySet] = [part for part in found if part is not None]

    def count(self) -> int:
        """How many entries there are. One query a source."""
        return sum(part.count() for part in self.parts)

    __len__ = count

    def __getitem__(self, place: slice) -> list[Entry]:
        """One stretch of it. One query, and one or two a source that has something in it."""
        return _told(list(self._united()[place])) if self.parts else []

    def __iter__(self) -> Iterator[Entry]:
        """All of it, never held in memory at once."""
        lines = iter(self._united().iterator(chunk_size=AT_ONCE) if self.parts else ())
        while few := list(islice(lines, AT_ONCE)):
            yield from _told(few)

    def _united(self) -> QuerySet:
        first, *others = self.parts
        return first.union(*others, all=True).order_by(*(f"-{column}" for column in LINE))


def people_of(period: Period) -> QuerySet:
    """Who has done anything in the period, by name.

    A query a source: alone each is a semi-join that ends at a person's first entry; joined by OR
    the database would read every entry for every person.
    """
    found: set[int] = set()
    for source in SOURCES:
        did = User.objects.filter(pk__in=source.within(period).values(source.by))
        found.update(did.values_list("pk", flat=True))
    return User.objects.filter(pk__in=found).order_by("full_name", "pk")


def units_of(period: Period) -> QuerySet:
    """The units that are assessed in the period, in order."""
    return Unit.objects.filter(dossiers__period=period).order_by("position", "code")


def kinds() -> list[tuple[str, list[tuple[str, str]]]]:
    """What can happen, under the headings of the sources."""
    return [(source.title, source.choices) for source in SOURCES]


def _told(lines: list[Line]) -> list[Entry]:
    keys: dict[int, list[int]] = {}
    for _, number, key in lines:
        keys.setdefault(number, []).append(key)
    entries = {number: SOURCES[number].tell(those) for number, those in keys.items()}
    return [entries[number][key] for _, number, key in lines]
