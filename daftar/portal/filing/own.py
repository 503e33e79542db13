"""One's own filings: «参保人登记备案查询» (S4.10, S4.16). A confirmed mailbox is enough (design §4)."""

from functools import wraps

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from daftar.portal.accounts.roles import View, for_citizens
from daftar.portal.filing import selectors, services
from daftar.portal.filing.forms import SERVICE
from daftar.terms.jurisdictions import jurisdictions


def for_filers(view: View) -> View:
    """Let in citizens of a jurisdiction that shows the service (contracts §1)."""

    @for_citizens(verified=False)
    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **options: object) -> HttpResponse:
        if SERVICE not in jurisdictions()[request.user.jurisdiction].services:
            raise PermissionDenied(_("Where you are insured, treatment in another region is not filed."))
        return view(request, *args, **options)

    return guarded


@for_filers
def filings(request: HttpRequest) -> HttpResponse:
    """All filings of the person, with the state of the card; opening the page is journalled with what it shows."""
    person, now = request.user.person_key, timezone.now()
    jurisdiction = jurisdictions()[request.user.jurisdiction]
    with transaction.atomic():
        holder = selectors.holder_of(person)
        found = selectors.filings_of(person, holder, jurisdiction.code, jurisdiction.today(now)) if holder else []
        services.own_filings_record(person=person, count=len(found), by=request.user.user, at=now)
    context = {"holder": holder, "filings": found, "jurisdiction": jurisdiction}
    return render(request, "filing/filings.html", context)
