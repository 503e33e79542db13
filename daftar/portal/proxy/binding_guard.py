"""Who may open the pages of binding: verified citizens of a jurisdiction that has the service, for themselves alone."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from daftar.portal.accounts.roles import View, for_citizens
from daftar.portal.proxy.acts import Act
from daftar.portal.proxy.asked import Refusal
from daftar.portal.proxy.binding_draft import Draft, drop_draft, read_draft
from daftar.portal.proxy.checking import open_binding
from daftar.portal.proxy.models import ProxyBinding
from daftar.portal.proxy.pages import for_oneself
from daftar.portal.proxy.persons import SERVICE
from daftar.terms.jurisdictions import jurisdictions

REFUSED = "binding_refused"
"""In the session: why nobody was bound, for the page that says so."""


def where_offered(act: Act) -> Callable[[View], View]:
    """Let in citizens for themselves, where there is the service of family proxies (S3.2)."""

    def wear(view: View) -> View:
        @for_citizens()
        @for_oneself(act)
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
            if SERVICE not in jurisdictions()[request.user.jurisdiction].services:
                raise PermissionDenied(_("There is no family proxy service where you are insured."))
            return view(request, *args, **options)

        return guarded

    return wear


for_binding = where_offered(Act.BIND)
"""Who may bind somebody; a proxy has no proxies (S3.8)."""


def with_draft(*, of_child: bool) -> Callable[[View], View]:
    """Let in who has filled in the member's basic information; `request.draft` holds it. Others begin anew."""

    def wear(view: View) -> View:
        @for_binding
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
            draft = read_draft(request, timezone.now())
            if draft is None or bool(draft.child) is not of_child:
                return redirect("proxy:over")
            request.draft = draft
            return view(request, *args, **options)

        return guarded

    return wear


def after(request: HttpRequest, draft: Draft, bound: ProxyBinding | Refusal) -> HttpResponse:
    """The page that tells what came of it; it survives a reload, and a second submit ends at the same one."""
    if bound in (Refusal.ALREADY_BOUND, Refusal.ALREADY_ASKED):
        bound = open_binding(request.user.person_key, draft.member, timezone.now()) or bound
    drop_draft(request)
    if isinstance(bound, ProxyBinding):
        return redirect("proxy:done", binding=UUID(str(bound.pk)))
    request.session[REFUSED] = bound
    return redirect("proxy:refused")
