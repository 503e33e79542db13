"""One's own objections: to an answer by its code, what was taken down, how each stands (S2.12)."""

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from daftar.answers import Entry
from daftar.disclosure.objections import Objected
from daftar.portal.accounts.roles import for_citizens
from daftar.portal.cases.models import Case
from daftar.portal.cases.objecting import complaint_of, objection_submit
from daftar.portal.cases.powers import sees
from daftar.portal.journal.services import looks_record
from daftar.portal.objections.forms import OwnForm
from daftar.portal.objections.selectors import own_objections
from daftar.portal.proxy.acts import Act
from daftar.portal.proxy.pages import for_oneself
from daftar.portal.theme.forms import typed
from daftar.store.keys import Key
from daftar.terms.cases import CaseKind
from daftar.terms.jurisdictions import jurisdictions
from daftar.terms.outcomes import Channel, Ground

INVALID = 422


@for_citizens()
@for_oneself(Act.OBJECT)
def own(request: HttpRequest) -> HttpResponse:
    """One's objections, and the form for another one; a code that came by SMS or from a hospital does as well."""
    person, now = request.user.person_key, timezone.now()
    form = OwnForm(typed(request), initial={"code": request.GET.get("code", "")[:40]})
    if request.method == "POST" and form.is_valid():
        code, said = form.cleaned_data["code"], form.cleaned_data["said"]
        told = objection_submit(code=code, by=person, account=request.user, said=said, at=now)
        if isinstance(told, Objected):
            return redirect("objections:taken", told.number)
        form.add_error("code", complaint_of(told, request.user.jurisdiction))
    with transaction.atomic():
        cases = own_objections(person)
        if cases:  # also beside what was wrong with the form: each showing is a look
            _list_record(request, person, cases)
    context = {
        "form": form,
        "cases": cases,
        "zone": request.user.jurisdiction,
        "hotline": jurisdictions()[request.user.jurisdiction].hotline,
    }
    return render(request, "objections/own.html", context, status=INVALID if form.errors else 200)


@for_citizens()
@for_oneself(Act.OBJECT)
def taken(request: HttpRequest, number: str) -> HttpResponse:
    """The number, the day by which it is answered, what happens next."""
    wanted = number if number.isascii() and number.isdecimal() else ""
    case = Case.objects.filter(number=wanted, kind=CaseKind.OBJECTION, objection__isnull=False).first()
    if case is None or not sees(case, request.user.person_key):
        raise Http404
    hotline = jurisdictions()[case.jurisdiction].hotline
    return render(request, "objections/taken.html", {"case": case, "hotline": hotline})


def _list_record(request: HttpRequest, person: Key, cases: list[Case]) -> None:
    entry = Entry(
        channel=Channel.WEB,
        mode="progress",
        key=person,
        outcome="shown",
        reason="progress",
        ground=Ground.OWN,
        shown="case",
        account=request.user.user,
        reference=str(len(cases)),
    )
    looks_record([entry], at=timezone.now())
