"""What a reader of an analysis asked for, out of the address."""

from collections.abc import Iterable
from fractions import Fraction
from functools import cached_property
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from reports.models import Edition
from reports.rules.shares import WHOLE, BlockHead, BlockRows, Row
from reports.services.analysis import OfEdition, OfPeriod
from reports.views.searched import tidied
from scoring.models import Period
from scoring.rules.kinds import Side
from scoring.rules.ranking import TieRule
from scoring.rules.result_table import Line, lines

MOST_UNITS = 4


class Asked:
    """An edition or a period, its blocks, and what of it is looked at. Whatever the address says
    that does not exist is passed over."""

    def __init__(
        self,
        request: HttpRequest,
        source: Edition | Period,
        read: OfEdition | OfPeriod,
        side: Side | None = None,
    ):
        self.request, self.source, self.read, self.side = request, source, read, side

    @property
    def user(self):
        return self.request.user

    @property
    def edition(self) -> Edition | None:
        """None where a period under way is looked at."""
        return self.source if isinstance(self.source, Edition) else None

    @property
    def places(self) -> int:
        return self.source.places

    @property
    def ties(self) -> TieRule:
        return TieRule(self.source.tie_rule)

    def get(self, name: str) -> str:
        """One value of the address, tidied."""
        return tidied(self.request.GET.get(name, ""))

    @cached_property
    def codes(self) -> list[str]:
        """Codes of the units asked for, each once."""
        said = self.request.GET.getlist("dv")[: 2 * MOST_UNITS]
        asked = [code for code in said if code and "\0" not in code]
        return list(dict.fromkeys(asked))[:MOST_UNITS]

    @cached_property
    def blocks(self) -> list[BlockHead]:
        """Every block that has units, by name."""
        return self.read.heads()

    @cached_property
    def block(self) -> BlockRows | None:
        """The block asked for, else that of the first unit asked for, else the first. No other is
        read."""
        positions = [head.position for head in self.blocks]
        asked = self.get("khoi")
        wanted = next((one for one in positions if str(one) == asked), None)
        if wanted is None and self.codes:
            wanted = self.read.home(self.codes)
        wanted = wanted if wanted is not None else next(iter(positions), None)
        return None if wanted is None else self.read.block(wanted)

    @cached_property
    def units(self) -> list[Row]:
        """The ranked units of the block that were asked for, in the order of asking."""
        found = (self.block.row(code) for code in self.codes) if self.block else ()
        return [row for row in found if row]

    @cached_property
    def unit(self) -> Row:
        """The first of them; the best of the block where none was asked for."""
        return self.units[0] if self.units else self.block.ranked[0]

    def drawn(self, ranked: Iterable[tuple[Row, int, Fraction]]) -> list[Line[Row]]:
        """The units as every ranked table draws them: ties named, figures told apart."""
        return list(lines(ranked, self.source.scale.bands, self.places))

    @cached_property
    def figures(self) -> dict[int, Line[Row]]:
        """Each ranked unit of the block as the page of the edition (or the standings) draws it."""
        placed = ((row, row.rank, row.figure) for row in self.block.ranked)
        return {line.entry.key: line for line in self.drawn(placed)}

    @cached_property
    def area(self) -> str:
        """The area asked for, or the whole."""
        asked = self.get("lv")
        return asked if self.block and asked in dict(self.block.areas) else WHOLE

    @property
    def area_title(self) -> str:
        """What it is called; empty for the whole."""
        return dict(self.block.areas).get(self.area, "")

    @property
    def band(self) -> str:
        """The class asked for, or none."""
        asked = self.get("loai")
        return asked if asked in self.source.band_labels else ""

    @property
    def kept(self) -> str:
        """What goes along to another tab."""
        said = [("khoi", str(self.block.position))] if self.block else []
        said += [("dv", row.code) for row in self.units]
        said += [("lv", self.area)] if self.area else []
        return urlencode(said + ([("side", self.side)] if self.side else []))

    def address(self, page: str, **said: str) -> str:
        """Another page of the same, about the block and what is said here."""
        name = "reports:analysis" if self.edition else "reports:period-analysis"
        values = {"khoi": str(self.block.position)} | said
        if self.side:
            values["side"] = self.side
        return f"{reverse(name, args=[self.source.pk, page])}?{urlencode(values)}"
