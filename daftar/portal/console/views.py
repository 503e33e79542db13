"""Pages that join several rooms: home, the start page of an account, explained codes, feeds."""

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from daftar.disclosure.explanation import Looker, explain, looks
from daftar.portal.accounts.models import Role
from daftar.portal.accounts.roles import for_roles
from daftar.portal.console import selectors
from daftar.portal.console.forms import ExplainForm
from daftar.portal.console.guard import concern
from daftar.portal.console.home_services import sections
from daftar.portal.console.menu import start_page
from daftar.portal.feeds.models import FeedBatch
from daftar.portal.guides.selectors import guides_seen
from daftar.portal.journal.services import TRACKING, looks_record, raw_connection
from daftar.portal.notices.announcements import announcements_shown
from daftar.portal.theme.forms import typed
from daftar.portal.theme.page import language
from daftar.terms.misunderstood import Misunderstood
from daftar.terms.outcomes import Channel
from daftar.terms.tracking_codes import read_tracking_code

EXPLAINERS = (Role.COUNTER, Role.REVIEWER, Role.HOTLINE, Role.INSURER_ADMIN)


def home(request: HttpRequest) -> HttpResponse:
    """What one can do here: the services of each country, the guides."""
    citizen = request.user.is_authenticated and request.user.role == Role.CITIZEN
    own = request.user.jurisdiction if citizen else ""
    context = {
        "sections": sections(language(), own),
        "guides": guides_seen(),
        "announcements": announcements_shown(own or None, timezone.now()),
    }
    return render(request, "console/home.html", context)


@for_roles(*Role)
def start(request: HttpRequest) -> HttpResponse:
    """Where a log-in ends: the first page of the role."""
    return redirect(start_page(request.user))


@for_roles(*EXPLAINERS)
def explain_code(request: HttpRequest) -> HttpResponse:
    """Ask for a tracking code."""
    form = ExplainForm(typed(request))
    if request.method == "POST" and form.is_valid():
        return redirect("console:explained", form.cleaned_data["code"])
    return render(request, "console/explain.html", {"form": form}, status=422 if form.errors else 200)


@for_roles(*EXPLAINERS)
def explained(request: HttpRequest, code: str) -> HttpResponse:
    """Why a code was answered as it was; this look is journalled too. One that is no business of theirs: not there."""
    try:
        tracking_code = read_tracking_code(code)
    except Misunderstood:
        raise Http404 from None
    with transaction.atomic():
        found = explain(raw_connection(), tracking_code, tracking=TRACKING)
        if found is not None and any(concern(request.user, each.key) for each in found.facts):
            found = None
        if found is not None:
            by = Looker(request.user.user, Channel.WEB, request.user.office)
            looks_record(looks(found, by), at=timezone.now())
    if found is None:
        return render(request, "console/unexplained.html", {"code": tracking_code}, status=404)
    context = {
        "code": tracking_code,
        "inquiry": found.inquiry,
        "found": found,
        "askers": selectors.asked_by(found.inquiry),
        "zone": request.user.jurisdiction,
    }
    return render(request, "console/explained.html", context)


@for_roles(Role.INSURER_ADMIN)
def feeds(request: HttpRequest) -> HttpResponse:
    """Batches, rows that wait, and how old the newest fact of each office is (S2.15)."""
    context = {
        "batches": selectors.newest_batches(),
        "lags": selectors.office_lags(timezone.now()),
        "pending": selectors.pending_rows(),
        "zone": request.user.jurisdiction,
    }
    return render(request, "console/feeds.html", context)


@for_roles(Role.INSURER_ADMIN)
def batch(request: HttpRequest, number: int) -> HttpResponse:
    """One batch and the rows that it did not let in."""
    row = FeedBatch.objects.filter(id=number).first()
    if row is None:
        raise Http404
    context = {"batch": row, "quarantine": selectors.quarantine_of(number), "zone": request.user.jurisdiction}
    return render(request, "console/batch.html", context)
