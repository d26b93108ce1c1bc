"""Blocks whose units have just these totals, and their tables as a page shows them."""

from collections.abc import Sequence
from decimal import Decimal

from django.db.models import F
from lxml import html

from scoring.models import Dossier, Period
from scoring.rules.workflow import DossierState
from scoring.services import periods
from tests.scoring.marked import a_year, give, put
from tests.worlds import Province, Year, a_province
from units.permissions import Role


def a_ranked_year(
    totals: Sequence[str | DossierState], province: Province | None = None, **columns
) -> Year:
    """One department a total, in their order: verified with so many points of 100. A state in
    place of a total leaves the dossier in it, without points."""
    year = a_year(province or a_province(departments=len(totals)), **columns)
    dossiers = year.period.dossiers.order_by("unit__code")
    for dossier, total in zip(dossiers, totals, strict=True):
        if isinstance(total, DossierState):
            put(dossier, total, year.organiser)
        else:
            put(dossier, DossierState.VERIFIED, year.organiser)
            give_in_all(dossier, total)
    return year


def give_in_all(dossier: Dossier, total: str) -> None:
    """The components are filled one after another until the total is reached."""
    left, points = Decimal(total), {}
    counted = dossier.scores.exclude(criterion__source__in=("bonus", "penalty"))
    for code, maximum in counted.order_by("criterion__position").values_list(
        F("criterion__code"), "maximum"
    ):
        given = min(left, maximum)
        points["_" + code.replace(".", "_")] = str(given)
        left -= given
    assert not left
    give(dossier, **points)


def publish(year: Year) -> Period:
    """Locked by its organiser and made public by the head of the assessor."""
    locked = periods.lock(year.period, by=year.organiser)
    head = year.province.a_person(Role.HEAD, year.province.police)
    year.period = periods.mark_published(locked, by=head)
    return year.period


def rows_of(answer) -> list[list[str]]:
    """The lines of the page's table, limits among them, cell by cell as they are read."""
    (table,) = html.fromstring(answer.content.decode()).xpath("//main//table")
    return [
        [" ".join(cell.text_content().split()) for cell in row.xpath("./td|./th")]
        for row in table.xpath("./tbody/tr")
    ]


def links_of(answer) -> dict[str, str]:
    """Where each unit's name leads."""
    page = html.fromstring(answer.content.decode())
    return {link.text_content(): link.get("href") for link in page.xpath("//main//tbody/tr/th/a")}
