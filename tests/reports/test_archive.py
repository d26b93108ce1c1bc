"""The check of files for the archive finds what is broken, by the number of its clause."""

from io import BytesIO

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from cchc_portal.kit.pdf import render_pdf
from tests.reports.archive import faults
from tests.reports.samples import sheet


@pytest.fixture(scope="module")
def sound() -> bytes:
    paper = sheet()
    return render_pdf("reports/pdf/result_sheet.html", {"paper": paper}, title=paper.title)


def _acting(paper: pikepdf.Pdf) -> None:
    paper.Root.OpenAction = paper.make_indirect(Dictionary(S=Name.JavaScript, JS=String("0")))


def _hidden_note(paper: pikepdf.Pdf) -> None:
    note = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=[0, 0, 9, 9], F=2)
    paper.pages[0].obj.Annots = Array([paper.make_indirect(note)])


def _unembedded(paper: pikepdf.Pdf) -> None:
    for thing in paper.objects:
        if isinstance(thing, Dictionary) and thing.get("/Type") == "/FontDescriptor":
            del thing["/FontFile2"]


def _unreadable(paper: pikepdf.Pdf) -> None:
    for thing in paper.objects:
        if isinstance(thing, Dictionary) and thing.get("/Subtype") == "/Type0":
            del thing["/ToUnicode"]


def _wordless(paper: pikepdf.Pdf) -> None:
    for thing in paper.objects:
        if isinstance(thing, Dictionary) and thing.get("/S") == "/Figure":
            del thing["/Alt"]


def _printed_in_inks(paper: pikepdf.Pdf) -> None:
    paper.pages[0].contents_add(b"0 0 0 1 k")


def _with_a_stray_file(paper: pikepdf.Pdf) -> None:
    paper.attachments["số.csv"] = pikepdf.AttachedFileSpec(paper, b"1", mime_type="text/csv")


def _of_another_profile(paper: pikepdf.Pdf) -> None:
    del paper.Root["/OutputIntents"]


def _untagged(paper: pikepdf.Pdf) -> None:
    del paper.Root["/MarkInfo"]


def _retitled(paper: pikepdf.Pdf) -> None:
    paper.docinfo.Title = String("Tên khác")


@pytest.mark.parametrize(
    ("harm", "clause"),
    [
        (_acting, "6.5.1"),
        (_hidden_note, "6.3.2"),
        (_unembedded, "6.2.11.4"),
        (_unreadable, "6.2.11.7"),
        (_wordless, "6.7.5"),
        (_printed_in_inks, "6.2.4.3"),
        (_with_a_stray_file, "6.8"),
        (_of_another_profile, "6.2.3"),
        (_untagged, "6.7.2"),
        (_retitled, "6.6.3"),
    ],
)
def test_a_file_with_one_broken_clause_is_found_out(sound, harm, clause):
    changed = BytesIO()
    with pikepdf.open(BytesIO(sound)) as paper:
        harm(paper)
        paper.save(changed)

    assert faults(sound) == []
    assert clause in {fault.partition(" ")[0] for fault in faults(changed.getvalue())}
