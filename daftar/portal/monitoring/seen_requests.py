"""Each request of the portal gets an id and is counted with its time; the gate does the same for its own (S2.15)."""

import time
from collections.abc import Callable

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from daftar.answers import request_ids
from daftar.answers.traffic import TRAFFIC

SLOW_SECONDS = 1.0
log = structlog.get_logger()


class SeenRequests:
    """Middleware, outermost: what it logs is the name of the page, never its address or what was sent."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, with the id in the response."""
        began = time.perf_counter()
        id = request_ids.begin(request.headers.get(request_ids.HEADER))
        try:
            response = self.get_response(request)
            response.headers[request_ids.HEADER] = id
            if not request.path.startswith(settings.STATIC_URL):
                self.count(request, response.status_code, time.perf_counter() - began)
        finally:
            request_ids.CURRENT.set("")  # the thread goes on with something else
        return response

    def count(self, request: HttpRequest, status: int, seconds: float) -> None:
        """Count one request, and log it where it failed, was slow, or all are wanted."""
        door = door_of(request.path)
        TRAFFIC.seen(door, status, seconds)
        if settings.LOG_ALL_REQUESTS or status >= 500 or seconds > SLOW_SECONDS:
            page = request.resolver_match.view_name if request.resolver_match else ""
            log.info("request", door=door, page=page, status=status, milliseconds=round(seconds * 1000))


def door_of(path: str) -> str:
    """`api` for machines' lists, `app` for the app, `web` for all pages."""
    first, _, rest = path.lstrip("/").partition("/")
    if first == "api":
        return "api"
    return "app" if rest.startswith("app/") else "web"
