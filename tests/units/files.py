"""Files as people really make them, and as those make them who mean harm."""

import io
import zipfile
from functools import cache

import pikepdf
from PIL import Image
from weasyprint import HTML

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
OPEN = "urn:oasis:names:tc:opendocument:xmlns"


def a_zip(parts: dict[str, str | bytes], *, compress: bool = False) -> bytes:
    """A zip with these parts, their names as they are."""
    out = io.BytesIO()
    way = zipfile.ZIP_DEFLATED if compress else zipfile.ZIP_STORED
    with zipfile.ZipFile(out, "w", way) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def a_docx(*paragraphs: str, also: dict[str, str | bytes] | None = None) -> bytes:
    """A Word document of these paragraphs, each letter a run of its own as editors leave them."""
    body = "".join(
        f"<w:p>{''.join(f'<w:r><w:t>{letter}</w:t></w:r>' for letter in words)}</w:p>"
        for words in paragraphs
    )
    return a_zip(
        {
            "[Content_Types].xml": "<Types/>",
            "word/document.xml": f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>',
        }
        | (also or {})
    )


def an_xlsx(*cells: str, also: dict[str, str | bytes] | None = None) -> bytes:
    """A workbook whose cells say this."""
    strings = "".join(f"<si><t>{cell}</t></si>" for cell in cells)
    return a_zip(
        {
            "[Content_Types].xml": "<Types/>",
            "xl/workbook.xml": "<workbook/>",
            "xl/sharedStrings.xml": f"<sst>{strings}</sst>",
        }
        | (also or {})
    )


def an_odt(
    *paragraphs: str, kind: str = "text", also: dict[str, str | bytes] | None = None
) -> bytes:
    """An OpenDocument file of these paragraphs."""
    body = "".join(f"<text:p>{words}</text:p>" for words in paragraphs)
    spaces = f'xmlns:office="{OPEN}:office:1.0" xmlns:text="{OPEN}:text:1.0"'
    return a_zip(
        {
            "mimetype": f"application/vnd.oasis.opendocument.{kind}",
            "content.xml": f"<office:document-content {spaces}>{body}</office:document-content>",
        }
        | (also or {})
    )


@cache
def a_pdf(*paragraphs: str, pages: int = 1) -> bytes:
    """A PDF that says this on each page."""
    body = "".join(f"<p>{words}</p>" for words in paragraphs)
    page = f'<section style="break-after: page">{body}</section>'
    drawn = HTML(string=f"<html lang=vi><body>{page * pages}</body></html>").write_pdf()
    assert drawn
    return drawn


def changed_pdf(change, **saving) -> bytes:
    """A PDF of one page after `change(pdf)`."""
    out = io.BytesIO()
    with pikepdf.new() as paper:
        paper.add_blank_page()
        change(paper)
        paper.save(out, **saving)
    return out.getvalue()


def a_locked_pdf() -> bytes:
    """One that asks for a password when it is opened."""
    lock = pikepdf.Encryption(user="mở", owner="chủ")
    return changed_pdf(lambda paper: None, encryption=lock)


def a_picture(kind: str, size: tuple[int, int] = (8, 8)) -> bytes:
    """A picture of a kind Pillow knows."""
    out = io.BytesIO()
    Image.new("RGB", size, (31, 111, 77)).save(out, kind)
    return out.getvalue()


def relations(kind: str, target: str = "https://xa.example/x", *, external: bool = True) -> str:
    """A part that ties another to the document."""
    mode = ' TargetMode="External"' if external else ""
    return (
        f'<Relationships xmlns="{RELATIONS}"><Relationship Id="r1" Type="{OFFICE}/{kind}" '
        f'Target="{target}"{mode}/></Relationships>'
    )
