"""How the app shows itself: a whole page, or only its stage where the app's script asked for it."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from daftar.portal.theme.privacy import WITH_CAMERA

PART = "X-Daftar-Part"
"""Header of a request that wants only what stands on the stage, and of the answer that is no more; with the address of
the page that it belongs to where that is another one."""


def stage(request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """A page of the app; to its script only the stage, a fifth of the bytes."""
    part = PART in request.headers
    layout = "app/part.html" if part else "app/layout.html"
    response = render(request, f"app/{template}.html", context | {"layout": layout, "plain": True}, status=status)
    if part:
        response.headers[PART] = "1"
    return response


def onward(request: HttpRequest, view: Callable[..., HttpResponse], address: str, *names: str) -> HttpResponse:
    """On to another page; to the script its stage at once, with its address: a slow line is travelled once."""
    if PART not in request.headers:
        return redirect(address, *names)
    request.method = "GET"
    response = view(request, *names)
    if PART in response.headers:
        response.headers[PART] = reverse(address, args=names)
    return response


def with_camera(response: HttpResponse) -> HttpResponse:
    """Let this page alone open the camera, for its scanner."""
    response.headers["Permissions-Policy"] = WITH_CAMERA
    return response
