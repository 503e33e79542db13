"""Who may open which page: small predicates on a role, and the decorator that every page with roles wears."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.authentication import get_authentication_records
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from daftar.portal.accounts.models import Account, Role

ORGANISATION_ROLES = frozenset({Role.OPERATOR, Role.SUPERVISOR, Role.ADMINISTRATOR})
STAFF_ROLES = frozenset({Role.COUNTER, Role.REVIEWER, Role.HOTLINE, Role.INSURER_ADMIN})

GOING_TO = "going_to"
"""In the session: the page that wanted a verified identity."""

View = Callable[..., HttpResponse]


def is_staff(account: Account) -> bool:
    """Whether the account belongs to the insurer's own staff."""
    return account.role in STAFF_ROLES


def needs_second_factor(account: Account) -> bool:
    """Whether the account must show a second factor at each log-in (S4.12: staff and organisations always)."""
    return account.role != Role.CITIZEN


def second_factor_shown(request: HttpRequest) -> bool:
    """Whether a second factor was shown in this session."""
    records = get_authentication_records(request, request.user)
    return any(record["method"] == "mfa" for record in records)


def for_roles(*roles: Role) -> Callable[[View], View]:
    """Let only these roles in: others are sent to log in, to enrol their second factor, or refused with 403."""

    def wear(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.path, reverse("account_login"))
            if request.user.role not in roles:
                raise PermissionDenied
            if needs_second_factor(request.user) and not second_factor_shown(request):
                return redirect("mfa_activate_totp")
            return view(request, *args, **options)

        guarded.roles = frozenset(roles)  # a test reads which pages name their roles
        return guarded

    return wear


def identity_verified(account: Account) -> bool:
    """Whether a citizen's identity is verified, not their mailbox alone (design §4)."""
    return account.role == Role.CITIZEN and account.verified_at is not None


def for_citizens(*, verified: bool = True) -> Callable[[View], View]:
    """Let in citizens; with `verified` those alone whose identity is verified (design §4).

    `request.user.person_key` is the person. Who is not verified yet is sent to the page that does it, and back.
    """

    def wear(view: View) -> View:
        @for_roles(Role.CITIZEN)
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
            if verified and not identity_verified(request.user):
                request.session[GOING_TO] = request.path
                return redirect("account_identity")
            return view(request, *args, **options)

        return guarded

    return wear
