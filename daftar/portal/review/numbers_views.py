"""Numbers of the queue and of the last thirty days, as bars with their tables beside them (S3.16)."""

from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from daftar.portal.cases.selectors import numbers, numbers_sent_back
from daftar.portal.review.guards import for_reviewers
from daftar.portal.review.selectors import DAYS_COUNTED, LONGER, TERMS, days_counted, pace
from daftar.portal.review.totals import Totals
from daftar.portal.theme.bars import Row, chart
from daftar.portal.theme.templatetags.words import day, digits
from daftar.terms.jurisdictions import jurisdictions

TOOK = {
    "day": _("within a day"),
    "three": _("within three days"),
    "week": _("within a week"),
    LONGER: _("longer than a week"),
}
"""How long reviewers took, as the page says it."""


@for_reviewers
def numbers_page(request: HttpRequest) -> HttpResponse:
    """Of the cases that the account may review."""
    now = timezone.now()
    zone = ZoneInfo(jurisdictions()[request.scope.jurisdiction].time_zone)
    totals = Totals(numbers(request.scope, at=now))
    sent_back = Totals(numbers_sent_back(request.scope, at=now))
    found = pace(request.scope, at=now, zone=zone)
    took = [(TOOK[name], found.took[name]) for name in (*TERMS, LONGER)]
    days = [(each, found.days[each]) for each in days_counted(now, zone)]
    context = {
        "totals": totals,
        "waiting_chart": totals.chart(),
        "sent_back": sent_back,
        "sent_back_chart": sent_back.chart(),
        "pace": found,
        "took": took,
        "took_chart": chart([Row(str(word), (count,), digits(count)) for word, count in took]),
        "days": days,
        "days_chart": chart([Row(day(each), (count,), digits(count)) for each, count in days if count]),
        "days_counted": DAYS_COUNTED,
    }
    return render(request, "review/numbers.html", context)
