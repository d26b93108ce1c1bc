"""Standings, publishing and what anybody may read, as lines of a table."""

from io import BytesIO
from typing import NamedTuple

import pikepdf
from django.urls import reverse
from playwright.sync_api import Locator, expect

from tests.walk.windows import Window


class Line(NamedTuple):
    """A unit's result as it is written everywhere."""

    rank: str
    unit: str
    points: str
    maximum: str
    percent: str
    band: str

    def as_printed(self, place: int) -> str:
        """The line of the annex, as its text is read back."""
        figures = f"{self.points} {self.maximum} {self.percent}"
        return f"{place} {self.unit} {figures} {self.rank} {self.band}"


def a_small_paper() -> bytes:
    """A PDF of one empty page."""
    written = BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(written)
    return written.getvalue()


def expect_standings(window: Window, period, expected: dict[str, list[Line]]) -> None:
    """The organiser's table of every block."""
    window.menu("Xếp hạng")
    for block in period.blocks.order_by("position"):
        window.open(reverse("scoring:standings", args=[period.pk]) + f"?khoi={block.position}")
        expect_results(window, expected[block.name])


def expect_results(window: Window, lines: list[Line]) -> None:
    """One row for each unit, in this order, with rank, percent and class."""
    rows = window.page.locator("main table tbody tr", has=window.page.locator("th"))
    expect(rows).to_have_count(len(lines))
    for position, line in enumerate(lines):
        row = rows.nth(position)
        expect(row.locator("th")).to_contain_text(line.unit)
        expect(row.locator(".rank")).to_have_text(line.rank)
        expect(row.get_by_role("cell", name=line.percent, exact=True).first).to_be_visible()
        expect(row).to_contain_text(line.band)


def download(window: Window, link: Locator) -> bytes:
    """The file behind a link, as this person gets it."""
    answer = window.page.context.request.get(link.get_attribute("href") or "")
    assert answer.status == 200
    assert answer.headers["content-type"] == "application/pdf"
    return answer.body()
