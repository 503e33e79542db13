"""A material leaves the portal as a file to keep, never as a page: nothing in it runs in the portal's name."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from daftar.portal.cases.materials.names import ENDINGS

HEADERS = {
    "X-Content-Type-Options": "nosniff",  # what it is called is what it is
    "Content-Security-Policy": "default-src 'none'; sandbox",  # should a browser show it after all
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
}


def attachment(name: str, media_type: str, content: bytes) -> HttpResponse:
    """The response with a material; who calls it has journalled the look (X.5). Only what is kept can be answered."""
    if media_type not in ENDINGS:
        raise ValueError(f"{media_type} is no type of a material")
    response = HttpResponse(content, content_type=media_type, headers=HEADERS)
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response
