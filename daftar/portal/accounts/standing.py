"""A log-in that its owner has ended elsewhere is over at the next request."""

from collections.abc import Callable

from django.contrib.auth import SESSION_KEY, logout
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from daftar.portal.accounts.sessions import session_stands


class StandingLogIns:
    """Middleware: logs out whoever's log-in was ended."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, as nobody when the log-in is over."""
        logged_in = SESSION_KEY in request.session and request.user.is_authenticated
        if logged_in and not session_stands(request, at=timezone.now()):
            logout(request)
        return self.get_response(request)
