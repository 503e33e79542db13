"""No page is kept by a browser or proxy: a shared computer shows nothing of the one before."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
WITH_CAMERA = POLICY.replace("camera=()", "camera=(self)")
"""For the few pages that open it: a face check, a scanner."""


class PrivatePages:
    """Middleware: `no-store` on everything a view answers (static files never come this far)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, with the headers put on."""
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers.setdefault("Permissions-Policy", POLICY)
        return response
