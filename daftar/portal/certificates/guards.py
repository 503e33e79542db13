"""Who issues certificates: citizens whose identity is verified, where their insurer offers the service."""

from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from daftar.portal.accounts.roles import View, for_citizens
from daftar.terms.jurisdictions import jurisdictions

SERVICE = "certificates"


def for_owners(view: View) -> View:
    """Let in verified citizens of a jurisdiction that shows the service (contracts §1)."""

    @for_citizens()
    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **options: object) -> HttpResponse:
        if SERVICE not in jurisdictions()[request.user.jurisdiction].services:
            raise PermissionDenied(_("Certificates are not issued where you are insured."))
        return view(request, *args, **options)

    return guarded
