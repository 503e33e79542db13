"""What anyone may fetch of the journal: its published head, so that others can keep copies (ADR 0013)."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse

HEAD_FILE = "journal-head.json"


def head(request: HttpRequest) -> HttpResponse:
    """Where each chain of the journal ends, signed; 404 as long as nothing has been sealed."""
    try:
        content = (settings.STATE / HEAD_FILE).read_bytes()
    except FileNotFoundError:
        raise Http404 from None
    return HttpResponse(content, content_type="application/jose+json", headers={"Cache-Control": "no-cache"})
