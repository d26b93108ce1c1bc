"""A file of a unit's cabinet, answered to whoever was found to have a right to it."""

from django.http import FileResponse, Http404

from cchc_portal.kit.stored_files import stored_file
from units.models import Document


def file_of(document: Document) -> FileResponse:
    """The file of a paper; 404 where it is a link alone."""
    if not document.file:
        raise Http404("Tài liệu này không có tệp trong tủ tài liệu.")
    return stored_file(
        document.file.name,
        document.content_type,
        as_attachment=True,
        filename=document.download_name,
    )
