"""A paper drawn in parts reads like one drawn in one pass; the data travel inside it."""

import csv
import io
import json
from contextlib import ExitStack

import pikepdf
import pytest

from cchc_portal.kit.digest import digest
from cchc_portal.kit.pdf import render_pdf
from cchc_portal.kit.pdf_join import bookmarked_pages, lay_numbers, open_joined, page_labels
from reports.papers.decision import AnnexPart
from reports.papers.editions import edition_pdf
from reports.rules.slices import Slice, even, packed
from tests.reports.reading import families, in_the_top_margin, pages, text
from tests.reports.samples import block, decision
from tests.reports.situations import an_edition
from tests.worlds import a_province


@pytest.fixture(scope="module")
def joined() -> bytes:
    """A decision over a short annex and one of 90 lines, in three parts."""
    paper = decision(block("Khối ngắn", 3), block("Khối dài", 90))
    parts = [[Slice(0, 0, 3)], [Slice(1, 0, 50)], [Slice(1, 50, 90)]]
    drawn = [
        render_pdf(
            "reports/pdf/edition_part.html",
            {
                "paper": paper,
                "parts": [AnnexPart(paper.numbered_annexes[one.annex], *one[1:]) for one in part],
                "opens": number == 0,
                "closes": number == 2,
            },
            title=paper.title,
        )
        for number, part in enumerate(parts)
    ]
    out = io.BytesIO()
    with ExitStack() as held:
        whole = open_joined([io.BytesIO(part) for part in drawn], held)
        lay_numbers(whole, page_labels(len(whole.pages), bookmarked_pages(whole)), held)
        whole.save(out, deterministic_id=True)
    return out.getvalue()


@pytest.mark.parametrize(
    ("lengths", "parts"),
    [
        ([3, 4], [[(0, 0, 3), (1, 0, 4)]]),
        ([3, 8, 2], [[(0, 0, 3)], [(1, 0, 8), (2, 0, 2)]]),
        ([3, 25, 4], [[(0, 0, 3)], [(1, 0, 8)], [(1, 8, 16)], [(1, 16, 25)], [(2, 0, 4)]]),
        ([0, 10], [[(0, 0, 0), (1, 0, 10)]]),
    ],
)
def test_short_annexes_go_whole_and_a_long_one_is_cut_evenly(lengths, parts):
    assert packed(lengths, 10) == parts


@pytest.mark.parametrize(("length", "most", "stretches"), [(250, 25, 10), (251, 25, 11), (1, 9, 1)])
def test_stretches_follow_each_other_without_a_gap_and_none_is_too_long(length, most, stretches):
    cut = even(length, most)

    assert len(cut) == stretches
    assert [first for first, _ in cut] == [0, *(last for _, last in cut[:-1])]
    assert cut[-1][1] == length
    assert max(last - first for first, last in cut) <= most


def test_numbers_begin_anew_at_every_start_whose_own_page_bears_none():
    assert page_labels(6, {0, 1, 4}) == [None, None, 2, 3, None, 2]


def test_every_line_of_the_parts_stands_in_the_whole_once_and_in_order(joined):
    words = text(joined)
    places = [words.index(f"Công an huyện thứ {number} ") for number in range(4, 91)]

    assert places == sorted(places)
    assert words.count("Công an huyện thứ 51 ") == 1
    assert words.count("KẾT QUẢ XÁC ĐỊNH CHỈ SỐ") == 2


def test_pages_are_numbered_through_the_cut(joined):
    numbers = in_the_top_margin(joined)

    assert numbers[:3] == ["", "", ""]
    assert numbers[3:] == [str(number) for number in range(2, len(numbers) - 1)]
    assert [page.partition("\n")[0] for page in pages(joined)[1:3]] == ["Phụ lục I", "Phụ lục II"]


def test_the_whole_has_the_marks_tags_and_bookmarks_of_a_paper_for_the_archive(joined):
    with pikepdf.open(io.BytesIO(joined)) as paper:
        root = paper.Root
        leaves = list(root.StructTreeRoot.ParentTree.Nums)[::2]
        assert [int(key) for key in leaves] == [int(page.StructParents) for page in paper.pages]
        headings = [tag for tag in paper.objects if _is(tag, "/TH")]
        keys = [str(tag.ID) for tag in headings if "/ID" in tag]
        assert len(set(keys)) == len(keys) > 0
        for tag in (tag for tag in paper.objects if _is(tag, "/TD")):
            asked = tag.get("/A", {}).get("/Headers", [])
            assert {str(key) for key in asked} <= set(keys)
        with paper.open_outline() as outline:
            assert [item.title for item in outline.root] == [
                "QUYẾT ĐỊNH",
                "Phụ lục I. Khối ngắn",
                "Phụ lục II. Khối dài",
            ]
        with paper.open_metadata() as said:
            assert (said["pdfaid:part"], said["pdfaid:conformance"]) == ("3", "A")
        assert root.Lang == "vi"
    assert families(joined) == {"Portal-Tinos"}


def _is(tag, kind: str) -> bool:
    return isinstance(tag, pikepdf.Dictionary) and tag.get("/S") == kind


@pytest.mark.django_db
def test_the_data_in_the_decision_are_its_printed_figures_and_give_its_digest():
    edition = an_edition(a_province(departments=3), verified=2).edition
    drawn = edition_pdf(edition)
    words = text(drawn)

    with pikepdf.open(io.BytesIO(drawn)) as paper:
        files = {name: spec.get_file() for name, spec in paper.attachments.items()}
        kinds = {name: file.mime_type for name, file in files.items()}
        content = {name.rpartition(".")[2]: file.read_bytes() for name, file in files.items()}
        said_by = [str(spec.AFRelationship) for spec in paper.Root.AF]
        title = str(paper.docinfo.Title)
    lines = list(csv.DictReader(io.StringIO(content["csv"].decode("utf-8-sig"))))
    sealed = json.loads(content["json"])

    assert sorted(kinds.values()) == ["application/json", "text/csv"]
    assert said_by == ["/Data", "/Data"]
    assert title.startswith("Quyết định phê duyệt")
    assert digest(sealed["sealed"]) == sealed["digest"] == edition.digest
    assert len(lines) == 3
    for line in lines:
        printed = line["percent"].replace(".", ",")
        assert f"{line['unit']} " in words
        if line["rank"]:
            assert f" {printed} {line['rank']} {line['classification']} " in words
    assert drawn == edition_pdf(edition)
