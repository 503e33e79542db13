"""A court hides a look from the person for a time (X.5): for its supervisors; what is longer needs two of them."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from daftar.portal.affiliation.guards import SUPERVISORS, for_panel
from daftar.portal.affiliation.selectors import Asked, page_of
from daftar.portal.journal.models import Inquiry
from daftar.portal.journal.selectors import inquiry_id
from daftar.portal.looks import services
from daftar.portal.looks.forms import HidingForm
from daftar.portal.looks.hidings import hidings_of
from daftar.portal.looks.own import INVALID, _page
from daftar.portal.looks.selectors import LookSeen, seen
from daftar.portal.theme.forms import typed
from daftar.rules.hiding import longest
from daftar.terms.jurisdictions import jurisdictions
from daftar.terms.outcomes import Mode

JUDICIAL = ("judicial", "quasi_judicial")


def for_judicial(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let in supervisors of judicial and quasi-judicial organisations, also after their agreement has ended."""

    def guarded(request: HttpRequest, *args: object, **options: object) -> HttpResponse:
        if request.organisation.kind not in JUDICIAL:
            raise PermissionDenied
        return view(request, *args, **options)

    return for_panel(*SUPERVISORS, ended_may=True)(guarded)


@for_judicial
def hidings(request: HttpRequest) -> HttpResponse:
    """The organisation's looks with what was decided about each, the newest first; nothing of the persons."""
    number, now = _page(request), timezone.now()
    inquiries, more = page_of(Asked(organisation=request.organisation.code), number)
    decided = hidings_of([each.row.id for each in inquiries])
    lines = [
        (each, hiding if (hiding := decided.get(each.row.id)) and hiding.until > now else None) for each in inquiries
    ]
    context = {"lines": lines, "newer": number - 1, "older": more and number + 1, "organisation": request.organisation}
    return render(request, "looks/hidings.html", context | {"zone": request.user.jurisdiction})


@for_judicial
def hide(request: HttpRequest, code: str) -> HttpResponse:
    """One look: hide it until a day, or confirm what a colleague has decided."""
    look, now = _look(request, code), timezone.now()
    jurisdiction = jurisdictions()[request.user.jurisdiction]
    if request.method == "POST" and "confirm" in request.POST:
        services.hiding_confirm(inquiry=look.row.id, by=request.user, at=now)
        return redirect("looks:hide", code)
    form = HidingForm(typed(request), today=jurisdiction.today(now))
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        services.hiding_decide(look=look, until=values["until"], reason=values["reason"], by=request.user, at=now)
        return redirect("looks:hide", code)
    context = {
        "form": form,
        "look": look,
        "hidden": look.hiding if look.hiding and look.hiding.until > now else None,
        "alone": longest(jurisdiction.today(look.row.asked_at), jurisdiction.code),
        "organisation": request.organisation,
        "zone": jurisdiction.code,
    }
    return render(request, "looks/hide.html", context, status=INVALID if form.errors else 200)


def _look(request: HttpRequest, code: str) -> LookSeen:
    own = Inquiry.objects.filter(
        id=inquiry_id(code) or -1, organisation=request.organisation.code, mode=Mode.AFFILIATION
    )
    found = seen(list(own))
    if not found:
        raise Http404
    return found[0]
