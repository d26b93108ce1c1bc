"""What is sent beyond the largest file is counted, never kept: a huge upload fills no disk."""

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler


class Counted(FileUploadHandler):
    """First of the upload handlers. The size a file reports stays true, so it is refused by it."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """The piece for the handlers that keep it, as long as the file may still be received."""
        return raw_data if start <= settings.DOCUMENT_LARGEST else None

    def file_complete(self, file_size: int) -> None:
        """Another handler holds the file."""
