"""Filings of oneself or a member: «参保人登记备案查询» (S4.10, S4.16). A confirmed mailbox is enough (design §4)."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from daftar.portal.accounts.roles import identity_verified
from daftar.portal.filing import selectors, services
from daftar.portal.filing.guards import for_filers
from daftar.portal.proxy.acting import persons
from daftar.portal.proxy.acts import Act
from daftar.terms.jurisdictions import jurisdictions


@for_filers(Act.SEE_FILINGS, verified=False)
def filings(request: HttpRequest) -> HttpResponse:
    """All filings of the person, with the state of the card; opening the page is journalled with what it shows."""
    who, now = persons(request.user.person_key, request.acting), timezone.now()
    jurisdiction = jurisdictions()[request.user.jurisdiction]
    with transaction.atomic():
        holder = selectors.holder_of(who.key)
        found = selectors.filings_of(who.key, holder, jurisdiction.code, jurisdiction.today(now)) if holder else []
        services.own_filings_record(who=who, count=len(found), by=request.user.user, at=now)
    context = {
        "holder": holder,
        "filings": found,
        "jurisdiction": jurisdiction,
        "may_file": identity_verified(request.user),
    }
    return render(request, "filing/filings.html", context)
