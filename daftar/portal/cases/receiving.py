"""Receiving files of a case: held in memory until they were made anew and sealed, never on the disk as they came.

A file that is too large is dropped while it arrives and only counted, so that the others of the same form are kept.
"""

from functools import wraps
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from daftar.portal.accounts.roles import View
from daftar.portal.cases.materials.limits import MEGABYTE, MOST_BYTES

MOST_AT_ONCE = 5
"""Files of one form: each is checked while the person waits."""

MOST_TOGETHER = 50 * MEGABYTE
"""Bytes of one form."""


class InMemory(FileUploadHandler):
    """Keeps files in memory; what comes after MOST_TOGETHER is cut off, and the request marked `upload_too_large`."""

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self.received = 0
        self.content = BytesIO()

    def new_file(self, *args: Any, **options: Any) -> None:
        """Begin with another file."""
        super().new_file(*args, **options)
        self.content = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Take the next piece, or only count it."""
        self.received += len(raw_data)
        if self.received > MOST_TOGETHER:
            self.request.upload_too_large = True
            raise StopUpload(connection_reset=False)
        if start + len(raw_data) > MOST_BYTES:
            self.content = BytesIO()
        else:
            self.content.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        """The file; of one that is too large its size alone."""
        self.content.seek(0)
        return InMemoryUploadedFile(
            self.content, self.field_name, self.file_name, self.content_type, file_size, self.charset
        )


def takes_files(view: View) -> View:
    """Above every other decorator of a view whose form sends files: nothing reads the request before this."""
    checked = csrf_protect(view)  # made once the handler is in place: looking for the token reads the upload

    @csrf_exempt
    @wraps(view)
    def received(request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        request.upload_handlers = [InMemory(request)]
        return checked(request, *args, **options)

    return received
