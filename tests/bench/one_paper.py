"""Draws one paper, or some of its parts, and tells what that took: `bench_papers.py` runs it."""

import json
import os
import resource
import sys
import time
from contextlib import ExitStack
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cchc_portal.settings.test")

import django

django.setup()

from cchc_portal.kit.pdf import no_collector, render_pdf  # noqa: E402 - settings come first
from cchc_portal.kit.pdf_join import (  # noqa: E402
    bookmarked_pages,
    lay_numbers,
    open_joined,
    page_labels,
)
from reports.papers.decision import AnnexPart, EditionPaper  # noqa: E402
from reports.papers.long_papers import LINES_A_PART  # noqa: E402
from reports.rules.slices import packed  # noqa: E402
from tests.reports.samples import block, decision  # noqa: E402


def draw_plain(paper: EditionPaper) -> None:
    """As the library does it by itself, into the same kind of file."""
    render_pdf("reports/pdf/edition.html", {"paper": paper}, title=paper.title)


def draw_parts(paper: EditionPaper, folder: Path, numbers: list[int]) -> None:
    """As a worker does it, part after part."""
    parts = packed([annex.unit_count for annex in paper.annexes], LINES_A_PART)
    for number in numbers:
        context = {
            "paper": paper,
            "parts": [
                AnnexPart(paper.numbered_annexes[one.annex], one.first, one.last)
                for one in parts[number - 1]
            ],
            "opens": number == 1,
            "closes": number == len(parts),
        }
        with no_collector():
            drawn = render_pdf("reports/pdf/edition_part.html", context, title=paper.title)
        (folder / f"{number:03}.pdf").write_bytes(drawn)


def join(folder: Path) -> None:
    """As the last task does it."""
    with ExitStack() as held:
        whole = open_joined(sorted(folder.glob("*.pdf")), held)
        labels = page_labels(len(whole.pages), bookmarked_pages(whole))
        lay_numbers(whole, labels, held)
        whole.save(folder / "whole", deterministic_id=True)


if __name__ == "__main__":
    what, blocks, units, *rest = sys.argv[1:]
    paper = decision(*(block(f"Khối thứ {number}", int(units)) for number in range(int(blocks))))
    spent, begun = time.process_time(), time.perf_counter()
    if what == "plain":
        draw_plain(paper)
    elif what == "parts":
        draw_parts(paper, Path(rest[0]), [int(number) for number in rest[1:]])
    else:
        join(Path(rest[0]))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    took = (time.process_time() - spent, time.perf_counter() - begun, peak)
    print(json.dumps(took))
