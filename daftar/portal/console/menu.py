"""The bar below the page head: what an account may open, by role."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from daftar.portal.accounts.models import Role

ASK = ("entitlement:ask", _("Ask about a person"))
COUNTER = ("console:find", _("Office counter"))
EXPLAIN = ("console:explain", _("Explain a code"))
FEEDS = ("console:feeds", _("Feeds"))

PAGES: dict[str, tuple[tuple[str, Promise], ...]] = {
    Role.OPERATOR: (ASK,),
    Role.SUPERVISOR: (ASK,),
    Role.ADMINISTRATOR: (ASK,),
    Role.COUNTER: (COUNTER, EXPLAIN),
    Role.REVIEWER: (EXPLAIN,),
    Role.HOTLINE: (EXPLAIN,),
    Role.INSURER_ADMIN: (FEEDS, EXPLAIN),
}
"""Pages by role; the first is where a log-in ends. The pages themselves name their roles once more."""


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """One link of the bar."""

    url: str
    name: Promise
    current: bool


def start_page(role: str) -> str:
    """Name of the page where a log-in ends."""
    return PAGES[role][0][0] if PAGES.get(role) else "home"


def _entries(request: HttpRequest) -> list[MenuEntry]:
    if not request.user.is_authenticated:
        return []
    pages = [(reverse(name), label) for name, label in PAGES.get(request.user.role, ())]
    return [MenuEntry(url, label, request.path.startswith(url)) for url, label in pages]


class _Later:
    """The entries, looked up when a template walks over them: an error page never asks the database."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def __iter__(self) -> Any:
        return iter(_entries(self.request))


def menu(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `menu`."""
    return {"menu": _Later(request)}
