"""Small files of every kind, and documents filed from them."""

import io
import zipfile

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tests.worlds import Work
from units.models import Document
from units.services import documents

PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"


def a_picture(kind: str) -> bytes:
    """A small picture of a kind Pillow knows."""
    out = io.BytesIO()
    Image.new("RGB", (8, 8), (31, 111, 77)).save(out, kind)
    return out.getvalue()


def a_zip(parts: dict[str, str]) -> bytes:
    """A zip with these parts, their names as they are."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()


DOCX = a_zip({"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>"})
XLSX = a_zip({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<w/>"})
ODT = a_zip({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<o/>"})
ODS = a_zip({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<o/>"})
MACROS = a_zip(
    {"[Content_Types].xml": "<T/>", "word/document.xml": "<w/>", "word/vbaProject.bin": "x"}
)


def an_upload(content: bytes = PDF, name: str = "báo cáo.pdf") -> SimpleUploadedFile:
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, content)


def a_document(work: Work, content: bytes = PDF, **said) -> Document:
    """A document in the cabinet of the dossier's unit."""
    words = {"title": "Báo cáo kết quả", "declared_not_secret": True} | said
    return documents.file(work.dossier.unit, by=work.editor, upload=an_upload(content), **words)
