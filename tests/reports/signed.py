"""Papers of editions, signed by keys made for tests, honestly and otherwise."""

from functools import cache
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.signers import SimpleSigner

from cchc_portal.kit.key_for_show import self_signed
from cchc_portal.kit.pdf_signing import signed
from reports.models import Edition
from reports.tasks import render_edition

NAME = "Nguyễn Văn An"


def with_paper(edition: Edition) -> Edition:
    """The edition once the press has delivered."""
    render_edition(edition.pk)
    return Edition.objects.for_page().get(pk=edition.pk)


def paper_of(edition: Edition) -> bytes:
    """The bytes that the press delivered."""
    with edition.pdf.open("rb") as file:
        return file.read()


@cache
def a_key(name: str) -> SimpleSigner:
    """A key that vouches for itself; made once."""
    return SimpleSigner.load_pkcs12_data(self_signed(name, organisation="Công an tỉnh"), [], None)


def signed_by(paper: bytes, name: str = NAME) -> bytes:
    """As software of an office would sign it."""
    return signed(paper, by=a_key(name), lines=[f"Người ký: {name}"], anchor="cho-ky")


def emptied(paper: bytes) -> bytes:
    """A later revision in which the first page is blank."""
    writer = IncrementalPdfFileWriter(BytesIO(paper))
    ref, _ = writer.find_page_for_modification(0)
    page = ref.get_object()
    page["/Contents"] = writer.add_object(generic.StreamObject(stream_data=b" "))
    writer.update_container(page)
    return _written(writer)


def with_another_root(paper: bytes) -> bytes:
    """A later revision that points to a catalogue of its own, one page long."""
    writer = IncrementalPdfFileWriter(BytesIO(paper))
    root = generic.DictionaryObject(dict(writer.root))
    only = generic.DictionaryObject(dict(writer.root["/Pages"]))
    only[generic.NameObject("/Kids")] = generic.ArrayObject([only["/Kids"].raw_get(0)])
    only[generic.NameObject("/Count")] = generic.NumberObject(1)
    root[generic.NameObject("/Pages")] = writer.add_object(only)
    writer._root = writer.add_object(root)
    return _written(writer)


def with_a_note(paper: bytes) -> bytes:
    """A later revision that lays a text box over the first page."""
    writer = IncrementalPdfFileWriter(BytesIO(paper))
    ref, _ = writer.find_page_for_modification(0)
    note = generic.DictionaryObject(
        {
            generic.NameObject("/Type"): generic.NameObject("/Annot"),
            generic.NameObject("/Subtype"): generic.NameObject("/FreeText"),
            generic.NameObject("/Rect"): generic.ArrayObject(
                map(generic.NumberObject, (90, 90, 500, 500))
            ),
            generic.NameObject("/Contents"): generic.TextStringObject("99,99"),
        }
    )
    writer.register_annotation(ref, writer.add_object(note))
    return _written(writer)


def _written(writer: IncrementalPdfFileWriter) -> bytes:
    output = BytesIO()
    writer.write(output)
    return output.getvalue()


def an_upload(content: bytes, name: str = "quyet-dinh-da-ky.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="application/pdf")
