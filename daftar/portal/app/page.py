"""How the app shows itself: a whole page, or only its stage where the app's script asked for it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from daftar.portal.theme.privacy import WITH_CAMERA

PART = "X-Daftar-Part"
"""Header of a request that wants only what stands on the stage, and of the answer that is no more."""


def stage(request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """A page of the app; to its script only the stage, a fifth of the bytes."""
    part = PART in request.headers
    layout = "app/part.html" if part else "app/layout.html"
    response = render(request, f"app/{template}.html", context | {"layout": layout, "plain": True}, status=status)
    if part:
        response.headers[PART] = "1"
    return response


def with_camera(response: HttpResponse) -> HttpResponse:
    """Let this page alone open the camera, for its scanner."""
    response.headers["Permissions-Policy"] = WITH_CAMERA
    return response
