"""Staff's list of bindings by commitment letter: nothing but a promise stands behind them (S3.9).

Counters and reviewers see those whose child is insured in the region of their office, headquarters all of their
country. Every child on the page is journalled: their name is shown.
"""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from daftar.answers import Entry
from daftar.portal.accounts.models import Account, Role
from daftar.portal.accounts.roles import for_roles
from daftar.portal.console.mending import area_of
from daftar.portal.console.persons import handle_of
from daftar.portal.journal.services import looks_record
from daftar.portal.people.models import Person
from daftar.portal.proxy.models import ProxyBinding, Way
from daftar.portal.proxy.selectors import PAGE, commitments
from daftar.portal.proxy.telling import MODE
from daftar.store.keys import Key
from daftar.terms.outcomes import Channel, Ground

SEEING = (Role.COUNTER, Role.REVIEWER, Role.INSURER_ADMIN)


@for_roles(*SEEING)
def listed(request: HttpRequest) -> HttpResponse:
    """The newest first, a page at a time; a counter goes on from here to the child's own page."""
    account, now = request.user, timezone.now()
    regions = area_of(account)
    if request.method == "POST":
        return _opened(request, regions)
    everything = request.GET.get("show") == "all"
    with transaction.atomic():
        found = commitments(
            account.jurisdiction, now, before=_before(request), regions=regions, standing=not everything
        )
        looks_record([_entry(account, each.row) for each in found], at=now)
    context = {
        "bindings": found,
        "nothing": regions == frozenset(),
        "everything": everything,
        "opens": account.role == Role.COUNTER,
        "more": found[-1].row.pk if len(found) == PAGE else None,
        "first": "before" not in request.GET,
        "zone": account.jurisdiction,
    }
    return render(request, "console/commitments.html", context)


def _opened(request: HttpRequest, regions: frozenset[str] | None) -> HttpResponse:
    """The child's page at the counter, under a handle of this session; raises PermissionDenied, Http404."""
    if request.user.role != Role.COUNTER:
        raise PermissionDenied
    row = _commitment(request, request.POST.get("open", ""))
    if regions is not None and not Person.objects.filter(key=row.member, insured_region__in=regions).exists():
        raise Http404
    return redirect("console:bindings", handle_of(request, row.member))


def _before(request: HttpRequest) -> tuple[object, UUID] | None:
    """Moment and name of the last binding of the page before."""
    if "before" not in request.GET:
        return None
    row = _commitment(request, request.GET["before"])
    return row.asked_at, row.pk


def _commitment(request: HttpRequest, id: str) -> ProxyBinding:
    """A commitment binding of the account's country by its random name; raises Http404."""
    try:
        name = UUID(id)
    except ValueError:
        raise Http404 from None
    row = ProxyBinding.objects.filter(pk=name, way=Way.COMMITMENT, jurisdiction=request.user.jurisdiction).first()
    if row is None:
        raise Http404
    return row


def _entry(account: Account, row: ProxyBinding) -> Entry:
    return Entry(
        channel=Channel.COUNTER if account.role == Role.COUNTER else Channel.WEB,
        mode=MODE,
        key=Key(row.member),
        outcome="shown",
        reason="listed",
        ground=Ground.DUTY,
        shown="name binding",
        account=account.user,
        office=account.office or None,
        reference=str(row.pk),
    )
