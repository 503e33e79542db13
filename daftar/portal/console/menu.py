"""The bar below the page head: what an account may open, by role."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from daftar.portal.accounts.models import Account, Role
from daftar.portal.accounts.roles import (
    ORGANISATION_ROLES,
    identity_verified,
    needs_second_factor,
    second_factor_shown,
)
from daftar.portal.looks.hiding_views import JUDICIAL
from daftar.portal.organisations.selectors import organisation_named
from daftar.terms.jurisdictions import jurisdictions

ASK = ("entitlement:ask", _("Ask about a person"))
APP = ("app:patient", _("The app"))
COUNTER = ("console:find", _("Office counter"))
EXPLAIN = ("console:explain", _("Explain a code"))
OBJECTIONS = ("objections:list", _("Objections"))
OWN_OBJECTIONS = ("objections:own", _("Objections"))
FEEDS = ("console:feeds", _("Feeds"))
INQUIRIES = ("console:inquiries", _("Inquiries of organisations"))
COMMITMENTS = ("console:commitments", _("Bound by commitment letter"))
OVERLAPS = ("entitlement:overlaps", _("Overlaps of basic insurers"))
REVIEWERS = ("console:reviewers", _("Persons behind staff accounts"))
QUEUE = ("review:queue", _("Cases to review"))
LOOKUP = ("review:lookup", _("Look up cases of the public services"))
PLACEMENTS = ("review:placements", _("Register of treatment elsewhere"))
DIRECTORY = ("console:directory", _("Entries of the directory"))
PROVIDERS = ("providers:report", _("Providers' duty to check"))
INFORMING = ("campaigns:list", _("Informing the public"))
PANEL = ("affiliation:ask", _("Inquiry"))
FILES = ("affiliation:files", _("Files"))
OWN_INQUIRIES = ("affiliation:inquiries", _("Inquiries of the organisation"))
AGREEMENT = ("organisation:agreement", _("Agreement"))
CLIENTS = ("organisation:clients", _("Machine clients"))
OWN_RELATIONSHIP = ("certificates:own", _("Active relationship"))
INBOX = ("certificates:inbox", _("Personal inbox"))
LOOKS = ("looks:looks", _("Who looked at my record"))
HIDINGS = ("looks:hidings", _("Hidden looks"))
CASES = ("looks:cases", _("Questioned looks"))
DOCUMENT = ("certificates:open", _("Open a document"))

FILINGS = ("filing:filings", _("My filings"))
BINDING = ("proxy:bind", _("Bind a family member"))
EXPENSES = ("settlement:expenses", _("Expenses of treatment in another province"))

INSURANCE = ("enrolment:insurance", _("Personal insurance information"))
PROGRESS = ("progress:cases", _("Progress of your cases"))

OPERATIONS = ("monitoring:operations", _("Operations"))
USERS = ("account_users", _("Users"))
IDENTITY = ("account_identity", _("Prove your identity"))
ACCOUNT = ("account_overview", _("My account"))

STAFF_PAGES: dict[str, tuple[tuple[str, Promise], ...]] = {
    Role.COUNTER: (COUNTER, EXPLAIN, OBJECTIONS, DIRECTORY),
    Role.REVIEWER: (EXPLAIN, OBJECTIONS, CASES, DIRECTORY),
    Role.HOTLINE: (OBJECTIONS, EXPLAIN),
    Role.INSURER_ADMIN: (
        *(FEEDS, OPERATIONS, EXPLAIN, OBJECTIONS, INQUIRIES, CASES, DIRECTORY),
        *(PROVIDERS, OVERLAPS, INFORMING, USERS, REVIEWERS),
    ),
}
"""Pages by role; the first is where a log-in ends. The pages themselves name their roles once more."""

REVIEW_PAGES = (QUEUE, LOOKUP, PLACEMENTS)
"""Pages of who reviews cases."""

ACTED_FOR = (Role.COUNTER, Role.REVIEWER, Role.INSURER_ADMIN)
"""Staff who also see whom a mere promise has bound, where people may act for others."""

OFFICIAL_PAGES = (PANEL, FILES, DOCUMENT)
ORGANISATION_PAGES: dict[str, tuple[tuple[str, Promise], ...]] = {
    "provider": (ASK, APP),
    "fund": OFFICIAL_PAGES,
    "judicial": OFFICIAL_PAGES,
    "quasi_judicial": OFFICIAL_PAGES,
}
"""Pages by kind of organisation, for all its users."""

CITIZEN_PAGES = (OWN_RELATIONSHIP, INBOX, LOOKS)
"""Pages of citizens whose identity is verified."""

SERVICE_PAGES = (("filing", FILINGS), ("settlement", EXPENSES), ("proxy", BINDING))
"""Pages of all citizens by the service of their jurisdiction that they belong to; a confirmed mailbox is enough."""

FAMILY_PAGES = (("enrolment", INSURANCE), ("enrolment", PROGRESS))
"""The same of citizens whose identity is verified."""

SUPERVISING = frozenset({Role.SUPERVISOR, Role.ADMINISTRATOR})
ADMINISTRATOR_PAGES = (AGREEMENT, CLIENTS, USERS)


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """One link of the bar."""

    url: str
    name: Promise
    current: bool


def pages_of(account: Account) -> tuple[tuple[str, Promise], ...]:
    """What an account may open: names of addresses and their labels."""
    if account.role == Role.CITIZEN:
        return _citizen_pages(account)
    if account.role not in ORGANISATION_ROLES:
        return _staff_pages(account)
    organisation = organisation_named(account.organisation)
    pages = ORGANISATION_PAGES.get(organisation.kind, ()) if organisation else ()
    if FILES in pages and account.role in SUPERVISING:
        pages += (OWN_INQUIRIES, HIDINGS) if organisation.kind in JUDICIAL else (OWN_INQUIRIES,)
    return pages + ADMINISTRATOR_PAGES if organisation and account.role == Role.ADMINISTRATOR else pages


def _staff_pages(account: Account) -> tuple[tuple[str, Promise], ...]:
    """Cases and commitments belong to the services of the jurisdiction; a reviewer begins with what waits."""
    pages, services = STAFF_PAGES.get(account.role, ()), jurisdictions()[account.jurisdiction].services
    reviewing = REVIEW_PAGES if "enrolment" in services else ()
    if account.role == Role.REVIEWER:
        pages = reviewing + pages
    if account.role == Role.INSURER_ADMIN:
        pages += reviewing
    return (*pages, COMMITMENTS) if account.role in ACTED_FOR and "proxy" in services else pages


def _citizen_pages(account: Account) -> tuple[tuple[str, Promise], ...]:
    services = jurisdictions()[account.jurisdiction].services
    offered = tuple(page for service, page in SERVICE_PAGES if service in services)
    if not identity_verified(account):
        return (ACCOUNT, IDENTITY, *offered)
    family = tuple(page for service, page in FAMILY_PAGES if service in services)
    return (*(CITIZEN_PAGES if "certificates" in services else (LOOKS,)), *family, *offered, OWN_OBJECTIONS)


def start_page(account: Account) -> str:
    """Name of the page where a log-in ends."""
    pages = pages_of(account)
    return pages[0][0] if pages else "home"


def _entries(request: HttpRequest) -> list[MenuEntry]:
    if needs_second_factor(request.user) and not second_factor_shown(request):
        return []
    pages = [(reverse(name), label) for name, label in pages_of(request.user)]
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
