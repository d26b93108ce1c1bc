"""Small files of every kind, and documents filed from them."""

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.units.files import a_docx, an_odt, an_xlsx, changed_pdf
from tests.worlds import Work
from units.models import Document
from units.services import documents

PDF = changed_pdf(lambda paper: None)
DOCX = a_docx("Báo cáo")
XLSX = an_xlsx("Số liệu")
ODT = an_odt("Báo cáo")
ODS = an_odt("Số liệu", kind="spreadsheet")


def an_upload(content: bytes = PDF, name: str = "báo cáo.pdf") -> SimpleUploadedFile:
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, content)


def a_document(work: Work, content: bytes = PDF, **said) -> Document:
    """A document in the cabinet of the dossier's unit."""
    words = {"title": "Báo cáo kết quả", "declared_not_secret": True} | said
    return documents.file(
        work.dossier.unit, by=work.editor, upload=an_upload(content, "báo cáo"), **words
    )
