"""One's account stays one's own while acting: its pages lie below this app, so they cannot wear `for_oneself`."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from daftar.portal.proxy.acts import Act
from daftar.portal.proxy.pages import for_oneself

PAGES = frozenset(
    {
        *("account_overview", "account_new_password", "account_notices", "account_sessions"),
        *("mfa_activate_totp", "mfa_deactivate_totp"),
    }
)
"""Names of the addresses; logging in and out is nobody's but the reader's, and stays open."""


class OwnAccount:
    """Middleware: refuses the pages of an account to whom acts for a member (design §4: one account, one person)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, options: Any
    ) -> HttpResponse | None:
        """The page that refuses, or None."""
        if request.resolver_match is None or request.resolver_match.view_name not in PAGES:
            return None
        return for_oneself(Act.CHANGE_ACCOUNT)(_pass)(request) or None


def _pass(request: HttpRequest) -> None:
    """The page may be opened."""
