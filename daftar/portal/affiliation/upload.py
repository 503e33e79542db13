"""Receiving a file without a trace of it on the disk: it is held in memory until its parts are sealed."""

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest

LONGEST_BYTES = 64 * 1024 * 1024


class InMemory(FileUploadHandler):
    """Keeps an upload in memory; one that is larger than any file may be is cut off and marked `too_large`."""

    def __init__(self, request: HttpRequest, longest: int | None = None) -> None:
        super().__init__(request)
        self.longest = longest or LONGEST_BYTES
        self.content = BytesIO()
        self.too_large = False

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Take the next piece."""
        if start + len(raw_data) > self.longest:
            self.too_large = True
            self.request.upload_too_large = True
            raise StopUpload(connection_reset=False)
        self.content.write(raw_data)

    def file_complete(self, file_size: int) -> Any:
        """The whole file, from its beginning."""
        self.content.seek(0)
        return InMemoryUploadedFile(
            self.content, self.field_name, self.file_name, self.content_type, file_size, self.charset
        )
