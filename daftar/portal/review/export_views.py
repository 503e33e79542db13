"""The lists as files; each export is journalled (S3.17)."""

from datetime import datetime
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from daftar.portal.cases.models import Case
from daftar.portal.cases.selectors import QUEUED, waiting
from daftar.portal.review.exports import as_file, every
from daftar.portal.review.forms import QueueFilter
from daftar.portal.review.guards import for_reviewers
from daftar.portal.review.lookup_forms import LookupFilter
from daftar.portal.review.lookup_views import KINDS
from daftar.portal.review.selectors import all_looked_up
from daftar.portal.review.services import export_record
from daftar.portal.theme.forms import PageForm
from daftar.terms.jurisdictions import jurisdictions


@require_POST
@for_reviewers
def queue_file(request: HttpRequest) -> HttpResponseBase:
    """The pending cases of a filter."""
    form = QueueFilter(request.POST)
    if not form.is_valid():
        return _complaint("queue", form)
    now = timezone.now()
    found = waiting(request.scope, form.wanted(request.user.user), at=now)
    return _file(request, found, QUEUED, newest_first=False, at=now)


@require_POST
@for_reviewers
def lookup_file(request: HttpRequest) -> HttpResponseBase:
    """The cases of «公服待办业务查询»."""
    return _looked_up(request, "lookup")


@require_POST
@for_reviewers
def placements_file(request: HttpRequest) -> HttpResponseBase:
    """The cases of «异地安置登记»."""
    return _looked_up(request, "placements")


def _looked_up(request: HttpRequest, which: str) -> HttpResponseBase:
    form = LookupFilter(request.POST, kinds=KINDS[which])
    if not form.is_valid():
        return _complaint(which, form)
    wanted = form.wanted(_zone(request))
    found = all_looked_up(request.scope, wanted)
    return _file(request, found, wanted.moment, newest_first=True, at=timezone.now())


def _file(
    request: HttpRequest, found: QuerySet[Case], moment: str, *, newest_first: bool, at: datetime
) -> HttpResponseBase:
    """The list as it is now: what comes to it while it is fetched is in the next one."""
    found = found.filter(**{f"{moment}__lte": at})
    export_record(lines=found.count(), by=request.user, at=at)
    return as_file(every(found, moment, newest_first=newest_first), zone=_zone(request))


def _complaint(which: str, form: PageForm) -> HttpResponseBase:
    """A filter that says nothing sensible exports nothing: its page says what is wrong with it."""
    return redirect(
        f"{reverse(f'review:{which}')}?{urlencode({name: form.data.get(name, '') for name in form.fields})}"
    )


def _zone(request: HttpRequest) -> ZoneInfo:
    return ZoneInfo(jurisdictions()[request.scope.jurisdiction].time_zone)
