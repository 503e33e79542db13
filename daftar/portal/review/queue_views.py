"""«城乡居民参保审核» and the like: the cases that wait for this account, by certificate number or all (S3.16)."""

import secrets
from collections.abc import Iterator
from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from daftar.portal.cases.models import Case
from daftar.portal.cases.review_services import case_claim
from daftar.portal.cases.scope import Scope
from daftar.portal.cases.selectors import Age, Place, Wanted, counted, queue
from daftar.portal.cases.stepping import CaseNotDone
from daftar.portal.people.selectors import person_key
from daftar.portal.review.forms import NumberForm, QueueFilter
from daftar.portal.review.guards import for_reviewers
from daftar.portal.review.marks import mark_read, mark_written
from daftar.portal.review.rows import lines
from daftar.portal.review.services import cases_about
from daftar.portal.theme.forms import IdentifierForm, say, typed
from daftar.terms.cases import CaseState
from daftar.terms.identifiers import Identifier
from daftar.terms.jurisdictions import jurisdictions

INVALID = 422
HANDLES = "reviewed_people"
MOST_HANDLES = 20


@for_reviewers
def pending(request: HttpRequest) -> HttpResponse:
    """Everything pending that the account may review, the longest waiting first; the filter is in the address."""
    return _queue_page(request)


@for_reviewers
def find(request: HttpRequest) -> HttpResponse:
    """By certificate number; it comes by POST alone, and the page found has a random handle of this session."""
    form = _person_form(request)
    if request.method != "POST":
        return redirect("review:queue")
    if form.is_valid():
        return redirect("review:found", _handle(request, form.cleaned_data["identifier"]))
    return _queue_page(request, person_form=form)


@for_reviewers
def number(request: HttpRequest) -> HttpResponse:
    """By case number, which is random and says nothing of anybody."""
    form = NumberForm(request.GET)
    if form.is_valid():
        found = Case.objects.filter(number=form.cleaned_data["number"]).defer("sealed").first()
        if found and request.scope.refusal(found) is None:
            return redirect("review:case", found.number)
        form.add_error("number", say("case_not_done.out_of_scope"))
    return _queue_page(request, number_form=form)


@for_reviewers
def found(request: HttpRequest, handle: str) -> HttpResponse:
    """All cases about a person that this account may review, in any state; journalled under the person."""
    key, now = request.session.get(HANDLES, {}).get(handle), timezone.now()
    if key is None:
        raise Http404
    cases = cases_about(UUID(key), scope=request.scope, by=request.user, at=now)
    context = {"cases": lines(cases, user=request.user.user, at=now), "zone": request.scope.jurisdiction}
    return render(request, "review/found.html", context)


@require_POST
@for_reviewers
def take_next(request: HttpRequest) -> HttpResponse:
    """Take up the case that has waited longest and that nobody is at."""
    now = timezone.now()
    for each in _unclaimed(request.scope, now):
        try:
            case_claim(case=each.pk, by=request.user, at=now)
        except CaseNotDone:  # somebody was faster, or the other pair of eyes must do it
            continue
        return redirect("review:case", each.number)
    return redirect(f"{reverse('review:queue')}?nothing=next")


def _unclaimed(scope: Scope, at: datetime) -> Iterator[Case]:
    """Cases that nobody is at, page by page."""
    cases, more = queue(scope, Wanted(states=[CaseState.SUBMITTED]), at=at)
    yield from cases
    while more:
        cases, more = queue(scope, Wanted(states=[CaseState.SUBMITTED]), at=at, after=more)
        yield from cases


def _queue_page(
    request: HttpRequest, *, person_form: IdentifierForm | None = None, number_form: NumberForm | None = None
) -> HttpResponse:
    now = timezone.now()
    listed = {} if person_form or number_form else request.GET
    filter_form = QueueFilter(listed)
    cases: list[Case] = []
    more: Place | None = None
    with transaction.atomic():
        if filter_form.is_valid():
            mark = mark_read(listed.get("after", ""))
            wanted = filter_form.wanted(request.user.user)
            cases, more = queue(request.scope, wanted, at=now, after=Place(*mark) if mark else None)
        numbers = counted(request.scope, at=now)
    kept = {name: value for name, value in listed.items() if name in filter_form.fields and value}
    faulty = next((form for form in (person_form, number_form, filter_form) if form is not None and form.errors), None)
    context = {
        "filter": filter_form,
        "form": faulty,
        "person_form": person_form or _person_form(request),
        "number_form": number_form or NumberForm(),
        "cases": lines(cases, user=request.user.user, at=now),
        "numbers": numbers,
        "ages": [(age, numbers.ages[age]) for age in reversed(Age)],
        "next": urlencode({**kept, "after": mark_written((more.queued_at, more.id))}) if more else "",
        "paged": bool(listed.get("after")),
        "kept": kept,
        "kept_query": urlencode(kept),
        "nothing": request.GET.get("nothing"),
        "zone": request.scope.jurisdiction,
    }
    return render(request, "review/queue.html", context, status=INVALID if faulty else 200)


def _person_form(request: HttpRequest) -> IdentifierForm:
    types = jurisdictions()[request.scope.jurisdiction].identifier_types
    return IdentifierForm(typed(request), types=types)


def _handle(request: HttpRequest, identifier: Identifier) -> str:
    """A random name for a person in this session's addresses; the newest twenty are kept.

    A case may be about somebody whom the registry does not know yet.
    """
    key = person_key(identifier) or settings.SECRETS.key(identifier.type, identifier.number)
    known: dict[str, str] = request.session.get(HANDLES, {})
    handle = secrets.token_urlsafe(9)
    request.session[HANDLES] = dict(list({**known, handle: key.hex}.items())[-MOST_HANDLES:])
    return handle
