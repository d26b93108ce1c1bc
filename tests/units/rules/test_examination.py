"""Every kind of bad file is refused, each with its own sentence; good ones are received."""

import io
import json
import struct
import unicodedata
import zlib

import pikepdf
import pytest

from tests.units.files import (
    a_docx,
    a_locked_pdf,
    a_pdf,
    a_picture,
    a_zip,
    an_odt,
    an_xlsx,
    changed_pdf,
    relations,
)
from units.rules import office_files, pdf_files, pictures
from units.rules.examination import examine
from units.rules.file_kinds import DAMAGED, LOCKED, OLD_OFFICE, TWOFOLD


def found(content: bytes, name: str = "báo cáo") -> dict:
    return json.loads(examine(io.BytesIO(content), name))


def refusal(content: bytes, name: str = "báo cáo") -> str:
    return found(content, name)["refusal"]


def a_huge_png() -> bytes:
    """A megapixel picture in a few hundred bytes: 20,000 × 20,000 white dots."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        whole = kind + content
        return struct.pack(">I", len(content)) + whole + struct.pack(">I", zlib.crc32(whole))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 20_000, 20_000, 1, 0, 0, 0, 0))
    rows = chunk(b"IDAT", zlib.compress(b"\x00" * 1000))
    return b"\x89PNG\r\n\x1a\n" + head + rows + chunk(b"IEND", b"")


def a_locked_zip(content: bytes) -> bytes:
    """The zip with the mark "encrypted" on each part."""
    marked = bytearray(content)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = marked.find(mark)
        while at >= 0:
            marked[at + offset] |= 1
            at = marked.find(mark, at + 1)
    return bytes(marked)


def an_attachment(name: str):
    def attach(paper: pikepdf.Pdf) -> None:
        paper.attachments[name] = pikepdf.AttachedFileSpec(paper, b"x", filename=name)

    return attach


def _script(paper):
    paper.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def _launch(paper):
    act = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="cmd.exe")
    link = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, A=act)
    paper.pages[0].Annots = pikepdf.Array([link])


LOCKED_ODT = (
    '<m:manifest xmlns:m="urn:m"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>'
)
MACRO_TYPE = (
    '<Types><Override ContentType="application/vnd.ms-word.document.macroEnabled"/></Types>'
)
FIELD = "DDEAUTO c:\\\\windows\\\\cmd.exe"
EVENT = '<office:script><event-listener xmlns="urn:s"/></office:script>'

GOOD = {
    "pdf": a_pdf("Báo cáo"),
    "docx": a_docx("Báo cáo", also={"word/embeddings/Book1.xlsx": an_xlsx("1")}),
    "xlsx": an_xlsx("Số liệu"),
    "odt": an_odt("Báo cáo"),
    "ods": an_odt("Số liệu", kind="spreadsheet"),
    "png": a_picture("PNG"),
    "jpg": a_picture("JPEG"),
}

BAD = {
    "pdf cut off": (GOOD["pdf"][:400], DAMAGED),
    "pdf without pages": (b"%PDF-1.7\n1 0 obj\n<</Type/Catalog>>\nendobj\n%%EOF\n", DAMAGED),
    "pdf in name only": (b"%PDF-1.7\nnothing\n%%EOF\n", DAMAGED),
    "docx cut off": (a_docx("Báo cáo")[:-40], DAMAGED),
    "docx with a broken part": (a_docx("x", also={"word/header1.xml": "<a><b></a>"}), DAMAGED),
    "docx with spoilt bytes": (a_docx("Báo cáo").replace(b"<w:body>", b"<w:bodx>"), DAMAGED),
    "entities": (
        a_docx("x", also={"word/header1.xml": "<!DOCTYPE a [<!ENTITY e 'x'>]><a>&e;</a>"}),
        DAMAGED,
    ),
    "png cut off": (a_picture("PNG", (90, 90))[:90], DAMAGED),
    "jpg cut off": (a_picture("JPEG", (400, 400))[:700], DAMAGED),
    "pdf with a password": (a_locked_pdf(), LOCKED),
    "docx with a password": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + b"\x00" * 5000
        + "EncryptedPackage".encode("utf-16-le"),
        LOCKED,
    ),
    "zip with a password": (a_locked_zip(a_docx("x")), LOCKED),
    "odt with a password": (an_odt("x", also={"META-INF/manifest.xml": LOCKED_ODT}), LOCKED),
    "old Word": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, OLD_OFFICE),
    "zip bomb": (
        a_zip(
            {"[Content_Types].xml": "<T/>", "word/document.xml": b" " * 60_000_000}, compress=True
        ),
        office_files.BOMB,
    ),
    "too many parts": (
        a_docx("x", also={f"word/media/{n}": "" for n in range(5001)}),
        office_files.BOMB,
    ),
    "picture bomb": (a_huge_png(), pictures.TOO_MANY_DOTS),
    "pdf with a script": (changed_pdf(_script), pdf_files.SCRIPTED),
    "pdf that starts a program": (changed_pdf(_launch), pdf_files.SCRIPTED),
    "pdf with a program inside": (changed_pdf(an_attachment("x.exe")), pdf_files.CARRYING),
    "docx with macros": (a_docx("x", also={"word/vbaProject.bin": "x"}), office_files.MACROS),
    "macros by type": (a_docx("x", also={"[Content_Types].xml": MACRO_TYPE}), office_files.MACROS),
    "odt with macros": (
        an_odt("x", also={"Basic/Standard/Module1.xml": "<x/>"}),
        office_files.MACROS,
    ),
    "macros in an embedded workbook": (
        a_docx("x", also={"word/embeddings/B.xlsx": an_xlsx("1", also={"xl/vbaProject.bin": "x"})}),
        office_files.MACROS,
    ),
    "docx with an OLE object": (
        a_docx("x", also={"word/embeddings/oleObject1.bin": "x"}),
        office_files.EMBEDDED,
    ),
    "xlsx with ActiveX": (
        an_xlsx("x", also={"xl/activeX/activeX1.bin": "x"}),
        office_files.EMBEDDED,
    ),
    "docx with a web page": (
        a_docx("x", also={"word/afchunk.htm": "<html/>"}),
        office_files.WEB_INSIDE,
    ),
    "docx with a web page by relation": (
        a_docx(
            "x",
            also={"word/_rels/document.xml.rels": relations("aFChunk", "a.dat", external=False)},
        ),
        office_files.WEB_INSIDE,
    ),
    "odt with a web page": (
        an_odt("x", also={"trang.html": "<html><script/></html>"}),
        office_files.WEB_INSIDE,
    ),
    "odt with a listener": (an_odt(EVENT), office_files.WEB_INSIDE),
    "docx with a foreign template": (
        a_docx("x", also={"word/_rels/settings.xml.rels": relations("attachedTemplate")}),
        office_files.FROM_ELSEWHERE,
    ),
    "docx with a DDE field": (
        a_docx("x", also={"word/footer1.xml": f"<w><instrText>{FIELD}</instrText></w>"}),
        office_files.FROM_ELSEWHERE,
    ),
    "pdf and zip": (GOOD["pdf"] + a_zip({"a": "x"}), TWOFOLD),
    "pdf and page": (GOOD["pdf"][:9] + b"<html><script>1</script>\n" + GOOD["pdf"][9:], TWOFOLD),
    "docx and more": (GOOD["docx"] + b"<html>", TWOFOLD),
    "png and page": (GOOD["png"] + b"<html><script>alert(1)</script>", TWOFOLD),
    "jpg and zip": (GOOD["jpg"] + a_zip({"a": "x"}), TWOFOLD),
}


@pytest.mark.parametrize("ending", GOOD)
def test_a_good_file_of_every_kind_is_received(ending):
    answer = found(GOOD[ending], f"báo cáo.{ending}")

    assert answer["refusal"] == ""
    assert answer["content_type"]


@pytest.mark.parametrize("case", BAD)
def test_a_bad_file_is_refused_with_its_own_sentence(case):
    content, sentence = BAD[case]

    assert refusal(content) == sentence


def test_pages_of_a_pdf_are_counted():
    assert found(a_pdf("Báo cáo", pages=3))["pages"] == 3


def test_a_link_to_a_page_is_no_foreign_template():
    linked = a_docx("x", also={"word/_rels/document.xml.rels": relations("hyperlink")})

    assert refusal(linked) == ""


def test_figures_attached_to_a_pdf_are_received():
    assert refusal(changed_pdf(an_attachment("số liệu.csv"))) == ""


@pytest.mark.parametrize("name", ["ảnh.png", "hồ sơ.exe", "a.pdf.scr"])
def test_a_name_that_says_another_kind_is_refused(name):
    assert "nhưng nội dung là tệp PDF" in refusal(GOOD["pdf"], name)


@pytest.mark.parametrize("name", ["Báo cáo số 12.2026", "a.PDF", "báo cáo"])
def test_a_name_that_says_no_other_kind_is_received(name):
    assert refusal(GOOD["pdf"], name) == ""


@pytest.mark.parametrize("mark", ["MẬT", "TỐI MẬT", "TUYỆT MẬT"])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("kind", ["pdf", "docx", "odt", "xlsx"])
def test_a_stamp_of_secrecy_in_a_file_is_found(mark, form, kind):
    words = ("BÁO CÁO", unicodedata.normalize(form, mark), "Kính gửi: Công an tỉnh")
    make = {"pdf": a_pdf, "docx": a_docx, "odt": an_odt, "xlsx": an_xlsx}[kind]

    assert refusal(make(*words)) == (
        f"Nội dung tệp có dấu chỉ độ mật “{mark}”. "
        "Tài liệu bí mật nhà nước không được đưa lên cổng."
    )


def test_a_stamp_in_the_head_of_the_pages_is_found():
    head = '<w:hdr xmlns:w="urn:w"><w:p><w:r><w:t>TỐI MẬT</w:t></w:r></w:p></w:hdr>'

    assert "TỐI MẬT" in refusal(a_docx("Báo cáo", also={"word/header1.xml": head}))
